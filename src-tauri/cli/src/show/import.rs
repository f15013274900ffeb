//! Imports in words.

use baoku_app::model::Refusal;
use baoku_app::model::view::*;

use super::table::Table;
use crate::words::Words;

pub fn jobs(jobs: &[JobView], words: Words) {
    let mut table = Table::default();
    for job in jobs {
        let state = if job.removed { words.pick("已移除", "removed") } else { state(job.state, words) };
        table.row([
            job.id.to_string(),
            job.started.clone(),
            state.to_owned(),
            words.pick(format!("{} 个文件", job.files.len()), format!("{} files", job.files.len())),
            words.pick(format!("{} 版", job.pages_done), format!("{} pages", job.pages_done)),
            job.operator.clone(),
        ]);
    }
    table.print();
}

fn state(state: JobState, words: Words) -> &'static str {
    match state {
        JobState::Running => words.pick("进行中", "running"),
        JobState::Asking => words.pick("待确认", "waits for an answer"),
        JobState::Done => words.pick("完成", "done"),
        JobState::Cancelled => words.pick("已取消", "cancelled"),
        JobState::Failed => words.pick("失败", "failed"),
    }
}

/// 识别 12/40 页.
pub fn progress_line(job: &JobView, words: Words) -> String {
    let settled = job.files.iter().filter(|f| !matches!(f.state, FileState::Queued | FileState::Reading)).count();
    let left = job
        .seconds_left
        .map(|s| words.pick(format!(" · 约 {s} 秒"), format!(" · about {s} s left")))
        .unwrap_or_default();
    words.pick(
        format!("{settled}/{} 个文件 · {}/{} 版{left}", job.files.len(), job.pages_done, job.pages_total),
        format!("{settled}/{} files · {}/{} pages{left}", job.files.len(), job.pages_done, job.pages_total),
    )
}

/// The outcome of an import: one line a file that needs a word, then what came of it.
pub fn job(job: &JobView, words: Words) {
    for file in &job.files {
        match file.state {
            FileState::Duplicate => {
                println!(
                    "{}: {}",
                    file.name,
                    words.pick("已在库中，未重复导入", "already in the archive, nothing added")
                );
            }
            FileState::Refused => println!("{}: {}", file.name, why(file.refusal.as_ref(), words)),
            FileState::Cancelled => println!("{}: {}", file.name, words.pick("未导入", "left out")),
            FileState::Queued | FileState::Reading | FileState::Asking | FileState::Imported => {}
        }
        for (page, refusal) in &file.page_refusals {
            println!("{}, {}: {}", file.name, words.page(*page), why(Some(refusal), words));
        }
        for warning in &file.warnings {
            println!("{}: {warning}", file.name);
        }
    }
    for issue in job.issues.iter().filter(|i| i.issue.is_some() || (job.dry_run && i.question.is_none())) {
        let counts = if job.dry_run {
            words.pick(format!("将导入 {} 版", issue.pages.len()), format!("{} pages to import", issue.pages.len()))
        } else {
            words.pick(
                format!("{} 版 {} 篇", issue.pages.len(), issue.articles),
                format!("{} pages, {} articles", issue.pages.len(), issue.articles),
            )
        };
        println!("{}  {counts}", title(issue, words));
    }
    let count = |state: FileState| job.files.iter().filter(|f| f.state == state).count();
    let counts = [
        (count(FileState::Imported), words.pick("导入", "imported")),
        (count(FileState::Duplicate), words.pick("已有", "known already")),
        (count(FileState::Asking), words.pick("待确认", "waiting")),
        (count(FileState::Refused), words.pick("未能读取", "refused")),
        (count(FileState::Cancelled), words.pick("未导入", "left out")),
    ];
    let parts: Vec<String> =
        counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{what} {n}")).collect();
    println!(
        "{}{}",
        words.pick(format!("{} 个文件：", job.files.len()), format!("{} files: ", job.files.len())),
        parts.join(words.pick("，", ", "))
    );
}

fn why(refusal: Option<&Refusal>, words: Words) -> String {
    match refusal {
        Some(r) => format!("{} ({})", words.refusal(r.code), r.detail),
        None => String::new(),
    }
}

/// 云泽报 2021-03-15 第512期, with [ ] around what is only guessed.
fn title(issue: &ImportIssue, words: Words) -> String {
    let unknown = || "?".to_owned();
    let mut parts = vec![
        issue.newspaper.clone().unwrap_or_else(unknown),
        issue.date.clone().unwrap_or_else(|| words.pick("日期不详", "no date").to_owned()),
    ];
    parts.extend(issue.number.as_deref().map(|n| words.number(n)));
    parts.join(" ")
}

/// What an issue waits for, in one line.
pub fn question(job: &JobView, issue: &ImportIssue, words: Words) -> String {
    let files: Vec<&str> =
        job.files.iter().filter(|f| issue.files.contains(&f.item)).map(|f| f.name.as_str()).collect();
    let files = match files.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, rest @ ..] => {
            words.pick(format!("{first} 等 {} 个文件", rest.len() + 1), format!("{first} and {} more", rest.len()))
        }
    };
    let text = match &issue.question {
        Some(ImportQuestion::WhichIssue { newspaper_uncertain, date_uncertain }) => {
            match (newspaper_uncertain, date_uncertain) {
                (true, true) => words.pick("哪一种报纸、哪一天？", "which newspaper, and which day?"),
                (true, false) => words.pick("哪一种报纸？", "which newspaper?"),
                (false, _) => words.pick("哪一天？", "which day?"),
            }
            .to_owned()
        }
        Some(ImportQuestion::OtherCarrier { issue }) => words.pick(
            format!("第 {issue} 号期次已有此版：是同一期的另一载体吗？"),
            format!("this page of issue {issue} is held already: is this another carrier of it?"),
        ),
        None => String::new(),
    };
    let conflicts: Vec<String> = issue
        .conflicts
        .iter()
        .map(|c| {
            words.pick(
                format!("“{}” 与 “{}” 不符", c.chosen.printed, c.other.printed),
                format!("“{}” contradicts “{}”", c.chosen.printed, c.other.printed),
            )
        })
        .collect();
    let conflicts = if conflicts.is_empty() { String::new() } else { format!(" ({})", conflicts.join("; ")) };
    format!("{files}: {}  {text}{conflicts}", title(issue, words))
}

/// The questions that nobody was there to answer, each with the flags that answer it.
pub fn files_waiting(job: &JobView, words: Words) {
    for issue in &job.issues {
        let flags = match &issue.question {
            Some(ImportQuestion::WhichIssue { newspaper_uncertain, date_uncertain }) => {
                let mut flags = Vec::new();
                if *newspaper_uncertain {
                    flags.push("--newspaper N");
                }
                if *date_uncertain {
                    flags.push(words.pick("--date 日期（或 unknown）", "--date D (or unknown)"));
                }
                flags.join(" ")
            }
            Some(ImportQuestion::OtherCarrier { .. }) => "--date D / --page P / --as-carrier".to_owned(),
            None => continue,
        };
        eprintln!("{}", words.pick("待确认：", "waiting: ").to_owned() + &question(job, issue, words));
        eprintln!("    {}", words.pick(format!("请重新导入并加上 {flags}"), format!("import it again with {flags}")));
    }
}
