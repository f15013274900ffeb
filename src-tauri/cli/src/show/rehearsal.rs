//! A rehearsal in words: issues that need a look first, then what is left out, then the counts.

use baoku_app::model::ClueField;
use baoku_app::model::view::*;

use crate::words::Words;

pub fn rehearsal(view: &RehearsalView, words: Words) {
    let unknown = words.pick("？", "?");
    for issue in &view.issues {
        let value = |field: &RehearsalField| match &field.value {
            Some(value) if field.certain => value.clone(),
            Some(value) => format!("{value}{unknown}"),
            None => unknown.to_owned(),
        };
        let numbers: Vec<&str> = issue.pages.iter().map(|p| p.number.value.as_deref().unwrap_or(unknown)).collect();
        println!(
            "{} {}  {}",
            value(&issue.newspaper),
            value(&issue.date),
            words.pick(
                format!("{} 版：{}", issue.pages.len(), numbers.join("、")),
                format!("{} pages: {}", issue.pages.len(), numbers.join(", ")),
            )
        );
        for exception in &issue.exceptions {
            println!("    {}", exception_in_words(exception, words));
        }
        for page in &issue.pages {
            for exception in &page.exceptions {
                println!("    {}: {}", page.key, exception_in_words(exception, words));
            }
        }
    }
    for aside in &view.set_aside {
        let why = match &aside.reason {
            AsideReason::Duplicate { of } => words.pick(format!("与 {of} 相同"), format!("the same bytes as {of}")),
            AsideReason::Held => words.pick("已在库中", "in the archive already").to_owned(),
            AsideReason::FilmTarget => words.pick("胶片标板", "a film target").to_owned(),
        };
        println!("{}: {why}", aside.key);
    }
    for refusal in &view.refusals {
        let page = refusal.index.map(|i| words.pick(format!("，第 {} 页", i + 1), format!(", p. {}", i + 1)));
        println!("{}{}: {}", refusal.name, page.unwrap_or_default(), refusal.refusal.detail);
    }
    let c = &view.counts;
    println!(
        "{}",
        words.pick(
            format!(
                "{} 个文件（不可读 {}），{} 版 = 入期 {} + 随附 {} + 重复 {} + 标板 {} + 不可读 {}；{} 期，待确认 {}，有疑点 {}",
                c.files, c.refused_files, c.pages, c.placed, c.companions, c.duplicates, c.targets, c.refused_pages,
                c.issues, c.questions, c.with_exceptions
            ),
            format!(
                "{} files ({} unreadable); {} pages = {} placed + {} companions + {} duplicates + {} targets + {} unreadable; \
                 {} issues, {} to be answered, {} with exceptions",
                c.files, c.refused_files, c.pages, c.placed, c.companions, c.duplicates, c.targets, c.refused_pages,
                c.issues, c.questions, c.with_exceptions
            ),
        )
    );
}

fn exception_in_words(exception: &RehearsalException, words: Words) -> String {
    use RehearsalException as E;
    let field = |field: &ClueField| match field {
        ClueField::Newspaper => words.pick("报纸", "newspaper"),
        ClueField::Date => words.pick("日期", "date"),
        ClueField::IssueNumber => words.pick("期号", "issue number"),
        ClueField::Page => words.pick("版次", "page number"),
        _ => words.pick("其他", "other"),
    };
    match exception {
        E::Unknown { field: f } => words.pick(format!("{}不明", field(f)), format!("{} not known", field(f))),
        E::Doubtful { field: f } => words.pick(format!("{}存疑", field(f)), format!("{} doubtful", field(f))),
        E::Conflict { chosen, other } => words.pick(
            format!("{}不一致：{} / {}", field(&chosen.field), chosen.printed, other.printed),
            format!("{} contradicts: {} / {}", field(&chosen.field), chosen.printed, other.printed),
        ),
        E::WrongNewspaper { expected } => {
            words.pick(format!("不是《{expected}》"), format!("not of {expected}, as the others are"))
        }
        E::YearDoubtful { suggested } => {
            words.pick(format!("年份可疑，或为 {suggested}"), format!("year doubtful; perhaps {suggested}"))
        }
        E::FolderOfOtherYear { folder } => {
            words.pick(format!("放在另一年的文件夹：{folder}"), format!("lies in the folder of another year: {folder}"))
        }
        E::SameDateOtherNumber { number, .. } => {
            words.pick(format!("同日另有第{number}期"), format!("another issue of that day has number {number}"))
        }
        E::SameNumberOtherDate { date, .. } => {
            words.pick(format!("同一期号另见于 {date}"), format!("the same number also on {date}"))
        }
        E::NumberRunsBackwards { number, .. } => {
            words.pick(format!("期号倒退（前有第{number}期）"), format!("number runs backwards (after {number})"))
        }
        E::HeldAlready => {
            words.pick("馆藏已有此期，将作为另一载体", "held already; comes in as another carrier").to_owned()
        }
        E::PagesMissing { numbers } => {
            words.pick(format!("缺第{}版", numbers.join("、")), format!("pages missing: {}", numbers.join(", ")))
        }
        E::NumberedByOrder => words.pick("版次按文件顺序推定", "pages numbered by the order of the files").to_owned(),
        E::SplitWithoutMasthead => words
            .pick("没有报头，按版次重新开始分期", "no masthead; split where the page numbers start again")
            .to_owned(),
        E::SameNumber { page } => words.pick(format!("与 {page} 版次相同"), format!("the same page number as {page}")),
        E::OutOfOrder => words.pick("版次与文件顺序不符", "page number out of order").to_owned(),
        E::PackageProblem { problem } => words.pick(
            format!("供应商文件包：{}", problem.detail),
            format!("in the supplier's package: {}", problem.detail),
        ),
        E::OtherDate { other } => words
            .pick(format!("版面印着另一日期：{}", other.printed), format!("prints another date: {}", other.printed)),
        E::OtherNewspaper { other } => words
            .pick(format!("版面印着另一报名：{}", other.printed), format!("prints another title: {}", other.printed)),
    }
}
