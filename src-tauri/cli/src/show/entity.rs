//! Names and the page of one of them, in words.

use baoku_app::model::view::*;

use super::table::Table;
use crate::run::KINDS;
use crate::words::Words;

pub fn entities(rows: &[EntityRow], words: Words) {
    for kind in KINDS {
        let of_kind: Vec<&EntityRow> = rows.iter().filter(|row| row.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        println!("{} ({})", words.kind(kind), of_kind.len());
        let mut table = Table::default();
        for row in of_kind {
            table.row([
                format!("  {}", row.id),
                row.name.clone(),
                words.pick(format!("{} 次", row.mentions), format!("{}x", row.mentions)),
                row.gloss.clone().unwrap_or_default(),
            ]);
        }
        table.print();
    }
}

pub fn entity(view: &EntityView, words: Words) {
    let row = &view.entity;
    println!("{}  {}", row.name, words.kind(row.kind));
    if !row.forms.is_empty() {
        println!("{}{}", words.pick("又作：", "also: "), row.forms.join(words.pick("、", ", ")));
    }
    section(words.pick("任职", "posts"), view.tenures.len());
    for tenure in &view.tenures {
        let span = match (&tenure.first, &tenure.last) {
            (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
            (Some(day), _) | (None, Some(day)) => day.clone(),
            (None, None) => words.pick("日期不详", "no date").to_owned(),
        };
        println!(
            "  {span}  {}{}  {}",
            tenure.organisation_name.as_deref().unwrap_or_default(),
            tenure.post,
            if tenure.person == row.id { "" } else { &tenure.person_name },
        );
        for evidence in &tenure.evidence {
            println!("      “{}” {} {}", evidence.sentence, evidence.newspaper_title, words.page(evidence.page));
        }
    }
    section(words.pick("事件", "events"), view.events.len());
    for event in &view.events {
        println!("  {}  {}", event.date, event.sentence);
    }
    section(words.pick("数额", "amounts"), view.amounts.len());
    for amount in &view.amounts {
        println!("  {}  {}", amount.surface, amount.sentence);
    }
    section(words.pick("共现", "together with"), view.together.len());
    let mut table = Table::default();
    for other in view.together.iter().take(20) {
        table.row([format!("  {}", other.name), words.kind(other.kind).to_owned(), other.articles.to_string()]);
    }
    table.print();
    section(words.pick("文章", "articles"), view.articles.len());
    for article in &view.articles {
        println!(
            "  {} {}  {}  {}",
            article.newspaper_title,
            article.published.as_deref().unwrap_or("?"),
            words.page(article.page),
            article.headline
        );
    }
}

fn section(title: &str, entries: usize) {
    if entries > 0 {
        println!("{title} ({entries})");
    }
}
