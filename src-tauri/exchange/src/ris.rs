//! RIS, type NEWS. A line is a tag of two characters, two blanks, a hyphen, a blank and the value; lines end with carriage return
//! and line feed, and a value never holds a line break.

use chrono::Datelike;

use crate::published::Published;
use crate::{Reference, one_line};

pub fn record(r: &Reference) -> String {
    let mut lines: Vec<(&str, String)> = vec![("TY", "NEWS".to_owned())];
    let title = r.title.as_ref().map(|title| title.joined("："));
    lines.push((
        "TI",
        title.unwrap_or_else(|| format!("{}{}", r.newspaper_or_unknown(), crate::gazetteer::pages(&r.pages))),
    ));
    lines.extend(r.authors.iter().map(|author| ("AU", author.name().to_owned())));
    lines.push(("T2", r.newspaper_or_unknown().to_owned()));
    if let Some((year, date)) = date(&r.published) {
        lines.push(("PY", year));
        lines.push(("DA", date));
    }
    if let Some(number) = &r.number {
        lines.push(("IS", number.clone()));
    }
    if !r.pages.is_empty() {
        let pages: Vec<String> = r.pages.iter().map(u32::to_string).collect();
        lines.push(("SP", pages.join(", ")));
    }
    if let Some(edition) = r.edition() {
        lines.push(("ET", edition.to_owned()));
    }
    if let Some(place) = &r.place {
        lines.push(("CY", place.clone()));
    }
    if let Some(issn) = &r.issn {
        lines.push(("SN", issn.clone()));
    }
    lines.push(("LA", "zh-CN".to_owned()));
    lines.push(("AN", r.uid.clone()));
    if let Some(quoted) = &r.quoted {
        lines.push(("N1", quoted.as_note(r)));
    }
    lines.push(("ER", String::new()));
    lines.into_iter().map(|(tag, value)| format!("{tag}  - {}\r\n", one_line(&value))).collect()
}

/// Year, and `YYYY/MM/DD/other` with what is not known left empty.
fn date(published: &Published) -> Option<(String, String)> {
    let of = |year: i32, rest: String| Some((format!("{year:04}"), format!("{year:04}/{rest}")));
    match published {
        Published::Day(d) => of(d.year(), d.format("%m/%d/").to_string()),
        Published::Days(first, _) => of(first.year(), format!("{}{}", first.format("%m/%d/"), published.in_words())),
        Published::Month { year, month, certain } => {
            of(*year, format!("{month:02}//{}", if *certain { String::new() } else { published.in_words() }))
        }
        Published::Year { year, certain } => {
            of(*year, format!("//{}", if *certain { String::new() } else { published.in_words() }))
        }
        Published::Between(first, last) if first.year() == last.year() => {
            of(first.year(), format!("//{}", published.in_words()))
        }
        Published::Between(..) | Published::Unknown => None,
    }
}
