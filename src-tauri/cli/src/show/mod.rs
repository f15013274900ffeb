//! What the commands print for people.

mod catalogue;
mod entity;
mod identity;
mod import;
mod queue;
mod rehearsal;
mod table;

pub use catalogue::{articles, issues, pages};
pub use entity::{entities, entity};
pub use identity::{authority, clusters, mentions, merge_preview, suggestions};
pub use import::{files_waiting, job, jobs, progress_line, question};
pub use queue::{queue, queue_line};
pub use rehearsal::rehearsal;

use baoku_app::model::view::*;

use crate::words::Words;
use table::Table;

/// On the error stream, as a line of JSON for scripts.
pub fn error(error: &AppError, json: bool, words: Words) {
    if json {
        eprintln!("{}", serde_json::json!({ "error": error }));
        return;
    }
    let place = match &error.place {
        // Where a query went wrong is in the message; the place is for the window.
        Some(place) if !error.message.contains(place.as_str()) && !place.starts_with("query:") => format!("{place}: "),
        _ => String::new(),
    };
    eprintln!("{}{place}{}", words.pick("错误：", "error: "), error.message);
}

pub fn timeline(view: &TimelineView, words: Words) {
    let mut table = Table::default();
    table.row(words.pick(["日期", "期", "篇", "事件"], ["date", "issues", "articles", "events"]).map(str::to_owned));
    for b in &view.buckets {
        table.row([b.date.clone(), b.issues.to_string(), b.articles.to_string(), b.events.to_string()]);
    }
    table.print();
    println!(
        "{}",
        words.pick(
            format!("共 {} 期 {} 篇", view.issues, view.articles),
            format!("{} issues, {} articles in all", view.issues, view.articles)
        )
    );
    if view.undated_issues > 0 {
        println!(
            "{}",
            words.pick(
                format!("另有 {} 期日期不详，未计入", view.undated_issues),
                format!("{} more issues are without a date and not counted", view.undated_issues)
            )
        );
    }
}

pub fn chronicle(chronicle: &Chronicle, words: Words) {
    for line in &chronicle.lines {
        let doubt = if line.confirmed { "" } else { words.pick("［未经确认］", "[not confirmed] ") };
        println!("{}  {doubt}{}（{}）", line.date, line.sentence, line.citation);
    }
    let (confirmed, unconfirmed) = (chronicle.confirmed, chronicle.unconfirmed);
    println!(
        "{}",
        words.pick(
            format!("经人确认 {confirmed} 条，未经确认 {unconfirmed} 条"),
            format!("{confirmed} confirmed, {unconfirmed} not confirmed")
        )
    );
    if chronicle.lines.len() < (confirmed + unconfirmed) as usize {
        println!("{}", words.pick("加 --unconfirmed 一并列出", "--unconfirmed lists the others too"));
    }
}

pub fn search(results: &SearchResults, words: Words) {
    for hit in &results.hits {
        let place = format!("{} {}", hit.newspaper_title, hit.date.as_deref().unwrap_or("?"));
        let pages: Vec<String> = hit.pages.iter().map(|p| words.page(*p)).collect();
        println!("{}  {}  {}", place, pages.join(" "), hit.headline);
        println!("    …{}[{}]{}…", hit.snippet.before, hit.snippet.hit, hit.snippet.after);
    }
    println!(
        "{}",
        words.pick(
            format!("{} 篇，{} 处", results.total, results.occurrences),
            format!("{} articles, {} occurrences", results.total, results.occurrences)
        )
    );
    if !results.unsearched.is_empty() {
        let names: Vec<String> = results
            .unsearched
            .iter()
            .map(|u| format!("{} {}", u.newspaper_title, u.date.as_deref().unwrap_or("?")))
            .collect();
        println!(
            "{}{}",
            words.pick(
                format!("{} 期未识别，可能遗漏：", names.len()),
                format!("{} issues could not be searched in full: ", names.len())
            ),
            names.join(words.pick("、", ", "))
        );
    }
}

pub fn outcome(outcome: &OpOutcome, words: Words) {
    println!("{}", words.pick("已完成：", "done: ").to_owned() + &op(&outcome.op, words));
}

pub fn undone(outcome: &OpOutcome, words: Words) {
    println!("{}", words.pick("已撤销：", "undone: ").to_owned() + &op(&outcome.op, words));
}

pub fn redone(outcome: &OpOutcome, words: Words) {
    println!("{}", words.pick("已重做：", "redone: ").to_owned() + &op(&outcome.op, words));
}

pub fn history(lines: &[OpLine], words: Words) {
    let mut table = Table::default();
    for line in lines {
        let state = if line.undone { words.pick("已撤销", "undone") } else { "" };
        table.row([line.at.clone(), line.operator.clone(), op(line, words), state.to_owned()]);
    }
    table.print();
}

/// An act in words: 移除导入 徐汇报 2022-01-17.
fn op(line: &OpLine, words: Words) -> String {
    let verb = match line.verb.as_str() {
        "set_newspaper" => words.pick("更改报纸", "change newspaper"),
        "set_issue" => words.pick("更改期次", "change issue"),
        "set_page" => words.pick("更改版次", "change page"),
        "remove_import" => words.pick("移除导入", "remove import"),
        "add_carrier" => words.pick("归入另一来源", "add another source"),
        "confirm_mention" => words.pick("确认提及", "confirm mention"),
        "reject_mention" => words.pick("否定提及", "reject mention"),
        "move_mention" => words.pick("移动提及至", "move mentions to"),
        "split_entity" => words.pick("拆分出", "split off"),
        "confirm_entity" => words.pick("确认", "confirm"),
        "reject_entity" => words.pick("否定", "reject"),
        "merge_entities" => words.pick("合并", "merge"),
        "unmerge_entity" => words.pick("取消合并", "unmerge"),
        "tell_apart" => words.pick("确认不是同一", "tell apart"),
        "allow_same" => words.pick("取消“不是同一”", "no longer tell apart"),
        "rename_entity" => words.pick("改名", "rename"),
        "describe_entity" => words.pick("修改说明", "describe"),
        "add_name" => words.pick("增加名称", "add name"),
        "set_name" => words.pick("修改名称", "change name"),
        "remove_name" => words.pick("删除名称", "remove name"),
        "add_authority_id" => words.pick("增加规范编号", "add authority number"),
        "remove_authority_id" => words.pick("删除规范编号", "remove authority number"),
        "add_tag" => words.pick("加标签", "add tag"),
        "remove_tag" => words.pick("去标签", "remove tag"),
        "add_note" => words.pick("加附注", "add note"),
        "set_note" => words.pick("修改附注", "change note"),
        "remove_note" => words.pick("删除附注", "remove note"),
        "add_statement" => words.pick("加外部记载", "add statement from elsewhere"),
        "remove_statement" => words.pick("删除外部记载", "remove statement from elsewhere"),
        "import_authority" => words.pick("导入规范档", "import authority file"),
        other => other,
    };
    format!("{verb} {}", line.subject)
}

pub fn check(report: &CheckReport, words: Words) {
    for problem in &report.problems {
        println!("{problem}");
    }
    println!(
        "{}",
        words.pick(
            format!("校验了 {} 个原件，{} 个问题", report.originals_checked, report.problems.len()),
            format!("{} originals checked, {} problems", report.originals_checked, report.problems.len())
        )
    );
}
