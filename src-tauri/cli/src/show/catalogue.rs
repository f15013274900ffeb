//! Issues, articles and pages in words.

use baoku_app::model::Headline;
use baoku_app::model::view::*;

use super::table::Table;
use crate::run::PageReport;
use crate::words::Words;

pub fn issues(rows: &[IssueRow], words: Words) {
    if rows.is_empty() {
        println!(
            "{}",
            words.pick("还没有报纸。用 baoku import 导入。", "No issues yet. `baoku import` brings them in.")
        );
        return;
    }
    let mut table = Table::default();
    for row in rows {
        let state = if row.unidentified {
            words.pick("待定", "unidentified").to_owned()
        } else if row.unrecognised > 0 {
            words.pick(format!("{} 版未识别", row.unrecognised), format!("{} pages not recognised", row.unrecognised))
        } else {
            String::new()
        };
        table.row([
            row.id.to_string(),
            row.date.clone().unwrap_or_else(|| words.pick("日期不详", "no date").to_owned()),
            row.newspaper_title.clone(),
            row.number.as_deref().map(|n| words.number(n)).unwrap_or_default(),
            words.pick(format!("{} 版", row.pages), format!("{} pages", row.pages)),
            words.pick(format!("{} 篇", row.articles), format!("{} articles", row.articles)),
            state,
            row.headlines.first().cloned().unwrap_or_default(),
        ]);
    }
    table.print();
}

pub fn articles(articles: &[ArticleView], words: Words) {
    for article in articles {
        let pages: Vec<String> = article.pages.iter().map(|p| words.page(*p)).collect();
        println!("{} · {}", article.id, pages.join(" "));
        headline(&article.headline, words);
        if !article.byline.is_empty() {
            let names: Vec<String> = article.byline.iter().map(|b| format!("{} {}", b.role, b.name)).collect();
            println!("{}", names.join("  "));
        }
        println!();
        for paragraph in article.text.lines() {
            println!("　　{paragraph}");
        }
        if let Some(end) = article.jump.to.as_ref().filter(|end| !end.joined) {
            println!(
                "{}",
                words.pick(
                    format!("（下转第{}版，未收）", end.page),
                    format!("(continued on p. {}, not held)", end.page)
                )
            );
        }
        println!();
    }
}

fn headline(headline: &Headline, words: Words) {
    for part in [&headline.shoulder, &headline.main, &headline.sub].into_iter().flatten() {
        if headline.provisional {
            // A supplied title stands in brackets, as cataloguers write it.
            println!("[{part}]{}", words.pick("（拟题）", " (supplied)"));
        } else {
            println!("{part}");
        }
    }
}

pub fn pages(pages: &[PageReport], words: Words) {
    for page in pages {
        let state = match page.state {
            PageState::Ready => "",
            PageState::NotRecognised => words.pick("未识别", "not recognised"),
            PageState::Missing => words.pick("缺", "not held"),
            PageState::Failed => words.pick("读取失败", "reading failed"),
        };
        let name = page.label.strip_prefix(&page.number.to_string()).unwrap_or_default().trim();
        println!(
            "{} {name}  {}  {}  {state} {}",
            words.page(page.number),
            page.source.as_deref().unwrap_or_default(),
            page.agent.as_deref().unwrap_or_default(),
            page.note.as_deref().unwrap_or_default(),
        );
        for line in &page.lines {
            println!("    {}", line.text);
        }
    }
}
