//! Authority control, in words.

use baoku_app::model::view::*;

use super::table::Table;
use crate::words::Words;

pub fn mentions(rows: &[MentionRow], words: Words) {
    let mut table = Table::default();
    for row in rows {
        let status = match row.status {
            DecisionStatus::Confirmed => "✓",
            DecisionStatus::Rejected => "✗",
            DecisionStatus::Proposed => "",
        };
        table.row([
            row.id.to_string(),
            status.to_owned(),
            row.published.clone().unwrap_or_else(|| "?".into()),
            words.page(row.page),
            format!("…{}[{}]{}…", row.before, row.surface, row.after),
        ]);
    }
    table.print();
}

pub fn suggestions(rows: &[Suggestion], words: Words) {
    let mut table = Table::default();
    for row in rows {
        let form = row.form.as_ref().map_or_else(String::new, |f| format!("({f})"));
        table.row([
            row.entity.to_string(),
            words.kind(row.kind).to_owned(),
            format!("{}{form}", row.name),
            words.pick(format!("{} 次", row.mentions), format!("{}x", row.mentions)),
        ]);
    }
    table.print();
}

pub fn clusters(clusters: &[Cluster], words: Words) {
    for cluster in clusters {
        let reason = match cluster.reason {
            ClusterReason::SameName => words.pick("同名", "same name"),
            ClusterReason::Variant => words.pick("异体字", "variant characters"),
            ClusterReason::Pinyin => words.pick("同音", "same sound"),
            ClusterReason::Abbreviation => words.pick("简称", "abbreviation"),
            ClusterReason::Ocr => words.pick("形近误识", "look alike"),
        };
        println!("{reason}  {}", words.kind(cluster.kind));
        let mut table = Table::default();
        for row in &cluster.entities {
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

pub fn merge_preview(preview: &MergePreview, words: Words) {
    side(words.pick("并入：", "into: "), &preview.into, words);
    for from in &preview.from {
        side(words.pick("来自：", "from: "), from, words);
    }
    println!(
        "{}",
        words.pick(
            format!("合并后 {} 处，{} 篇", preview.mentions_after, preview.articles_after),
            format!("together: {} mentions in {} articles", preview.mentions_after, preview.articles_after)
        )
    );
    if preview.shared_articles > 0 {
        println!(
            "{}",
            words.pick(
                format!("{} 篇文章同时提到两者", preview.shared_articles),
                format!("{} articles name more than one of them", preview.shared_articles)
            )
        );
    }
    if let Some(days) = preview.gap_days {
        println!("{}", words.pick(format!("见报相隔最近 {days} 天"), format!("nearest mentions {days} days apart")));
    }
    if !preview.shared_posts.is_empty() {
        println!(
            "{}{}",
            words.pick("共同任职：", "posts in common: "),
            preview.shared_posts.join(words.pick("、", ", "))
        );
    }
    if let Some(refusal) = &preview.refusal {
        let why = match refusal.as_str() {
            "same" => words.pick("本来就是同一条", "they are one entry already"),
            "other_kind" => words.pick("类别不同", "they are of different kinds"),
            "distinct" => words.pick("已确认不是同一", "they were said not to be the same"),
            other => other,
        };
        println!("{}{why}", words.pick("不能合并：", "cannot be merged: "));
    }
}

fn side(title: &str, side: &MergeSide, words: Words) {
    let row = &side.entity;
    println!(
        "{title}{} {}  {}",
        row.id,
        row.name,
        words
            .pick(format!("{} 处 {} 篇", row.mentions, row.articles), format!("{}x in {}", row.mentions, row.articles))
    );
    let comma = words.pick("、", ", ");
    for (name, list) in [
        (words.pick("名称", "names"), &side.names),
        (words.pick("任职", "posts"), &side.posts),
        (words.pick("编号", "numbers"), &side.ids),
        (words.pick("共现", "together with"), &side.together),
    ] {
        if !list.is_empty() {
            println!("    {name}  {}", list.join(comma));
        }
    }
}

pub fn authority(told: &AuthorityImport, words: Words) {
    println!(
        "{}",
        words.pick(
            format!("{} 条：新增 {}，补充 {}，不变 {}", told.entries, told.added, told.enriched, told.unchanged),
            format!(
                "{} entries: {} new, {} told more, {} unchanged",
                told.entries, told.added, told.enriched, told.unchanged
            )
        )
    );
    if !told.ambiguous.is_empty() {
        println!(
            "{}{}",
            words.pick("同名多条，未处理：", "left out, several of that name: "),
            told.ambiguous.join(words.pick("、", ", "))
        );
    }
}
