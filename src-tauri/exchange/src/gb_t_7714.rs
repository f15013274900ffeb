//! GB/T 7714 for an article of a newspaper (报纸中的析出文献), numbered references:
//! 主要责任者. 题名：其他题名信息[N]. 报纸题名，出版日期（版次）.
//!
//! The two editions differ in punctuation only here: that of 2015 has half-width marks with a blank, that of 2025 full-width
//! ones except for full stops and square brackets. Without an author the reference begins with its title.

use crate::published::Published;
use crate::{Quoted, Reference};

struct Marks {
    comma: &'static str,
    colon: &'static str,
    open: &'static str,
    close: &'static str,
    and_others: &'static str,
    /// Between page numbers.
    pages: &'static str,
}

const OF_2015: Marks = Marks { comma: ", ", colon: ": ", open: "(", close: ")", and_others: ", 等", pages: ", " };
const OF_2025: Marks =
    Marks { comma: "，", colon: "：", open: "（", close: "）", and_others: "，等", pages: "，" };

/// Authors beyond the third are “and others”.
const NAMED: usize = 3;

pub fn of_2015(reference: &Reference) -> String {
    with_quotation(reference, &OF_2015)
}

pub fn of_2025(reference: &Reference) -> String {
    with_quotation(reference, &OF_2025)
}

fn with_quotation(r: &Reference, marks: &Marks) -> String {
    let entry = entry(r, marks);
    match &r.quoted {
        Some(quoted) => format!("{}\n{entry}\n（{}）", quoted.in_marks(), remark(quoted, r)),
        None => entry,
    }
}

/// On which page the quotation stands, where the article has several, and how it was checked.
fn remark(quoted: &Quoted, r: &Reference) -> String {
    if r.pages.len() > 1 && !quoted.pages.is_empty() {
        format!(
            "引文见{}，{}",
            crate::gazetteer::pages(&quoted.pages),
            quoted.from.in_words().trim_start_matches("引文")
        )
    } else {
        quoted.from.in_words().to_owned()
    }
}

fn entry(r: &Reference, marks: &Marks) -> String {
    let mut entry = String::new();
    if !r.authors.is_empty() {
        let named: Vec<&str> = r.authors.iter().take(NAMED).map(|a| a.name()).collect();
        entry.push_str(&named.join(marks.comma));
        if r.authors.len() > NAMED {
            entry.push_str(marks.and_others);
        }
        entry.push_str(". ");
    }
    let pages: Vec<String> = r.pages.iter().map(u32::to_string).collect();
    let pages = if pages.is_empty() {
        String::new()
    } else {
        format!("{}{}{}", marks.open, pages.join(marks.pages), marks.close)
    };
    let newspaper = r.newspaper_or_unknown();
    match &r.title {
        Some(title) => entry.push_str(&format!("{}[N]. {newspaper}{}", title.joined(marks.colon), marks.comma)),
        None => entry.push_str(&format!("{newspaper}[N]. ")),
    }
    entry.push_str(&r.published.in_digits());
    // Without a date the running number tells which issue it is.
    if let (Published::Unknown, Some(number)) = (&r.published, &r.number) {
        entry.push_str(&format!("{}总第{number}期", marks.comma));
    }
    entry.push_str(r.edition().unwrap_or_default());
    entry.push_str(&pages);
    entry.push('.');
    entry
}
