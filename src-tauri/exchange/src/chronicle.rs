//! A draft of a chronicle (大事记) in the form of local gazetteers: the years as headings, a line an event, the source noted
//! behind it. What nobody confirmed says so.

use baoku_model::Edtf;
use baoku_model::view::{ChronicleFormat, ChronicleLine, IssueKind};
use chrono::Datelike;

use crate::{Published, one_line};

/// What the draft is of.
#[derive(Debug, Clone, Copy)]
pub struct Heading<'t> {
    pub archive: &'t str,
    /// Civil days, inclusive; open where absent.
    pub from: Option<&'t str>,
    pub to: Option<&'t str>,
}

pub fn write(heading: &Heading<'_>, lines: &[ChronicleLine], format: ChronicleFormat) -> String {
    let marked = format == ChronicleFormat::Markdown;
    let confirmed = lines.iter().filter(|line| line.confirmed).count();
    let mut text = String::new();
    text.push_str(if marked { "# 大事记（草稿）\n\n" } else { "大事记（草稿）\n" });
    let span = match (heading.from, heading.to) {
        (None, None) => String::new(),
        (from, to) => format!("，{}", in_words(&format!("{}/{}", from.unwrap_or(".."), to.unwrap_or("..")))),
    };
    text.push_str(&format!("据{}{span}。经人确认 {confirmed} 条", heading.archive));
    if lines.len() > confirmed {
        text.push_str(&format!("，未经确认 {} 条", lines.len() - confirmed));
    }
    text.push_str("。\n");
    let mut year = None;
    for line in lines {
        let begun = line.date.parse::<Edtf>().ok().map(|date| date.min_day().year());
        if begun != year {
            let mark = if marked { "## " } else { "" };
            match begun {
                Some(begun) => text.push_str(&format!("\n{mark}{begun}年\n")),
                None => text.push_str(&format!("\n{mark}日期不详\n")),
            }
            text.push_str(if marked { "\n" } else { "" });
            year = begun;
        }
        let date = in_words(&line.date);
        let doubt = if line.confirmed { "" } else { "［未经确认］" };
        let sentence = one_line(&line.sentence);
        text.push_str(&if marked {
            format!("- **{date}**　{doubt}{}（{}）\n", escaped(&sentence), escaped(&line.citation))
        } else {
            format!("{date}　{doubt}{sentence}（{}）\n", line.citation)
        });
    }
    text
}

/// An interval of days is what happened on all of them.
fn in_words(edtf: &str) -> String {
    let open = edtf.starts_with("..") || edtf.ends_with("..");
    let kind = if open { IssueKind::Regular } else { IssueKind::Combined };
    let words = Published::new(Some(edtf), kind).in_words();
    if words.is_empty() { edtf.to_owned() } else { words }
}

/// Characters that Markdown would take for marks.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}
