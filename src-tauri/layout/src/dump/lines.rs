//! The lines of a text dump and what each is: body, headline, byline, jump, furniture.

use baoku_model::LineSpan;

use super::columns;
use crate::signs;
use crate::text::{Source, blank_free, display};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Body,
    Head,
    Byline,
    Jump,
    Furniture,
}

/// One line, or the part of one that is a byline or jump marker of its own.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub at: LineSpan,
    /// Without any blanks.
    pub flush: String,
    /// As a display line.
    pub shown: String,
    /// In full-width characters; Latin letters and figures count half.
    pub width: f32,
    /// Begins with a blank: a paragraph or text frame starts here.
    pub lead: bool,
    pub dateline: bool,
    pub bullet: bool,
    /// Ends with a sentence's end or a closing quotation mark.
    pub ends: bool,
    pub role: Role,
    /// Another text goes on here, though the one above breaks off in mid-sentence.
    pub opens: bool,
    /// A 小标题 between paragraphs.
    pub subhead: bool,
}

impl Line {
    /// True if a blank stands between two of its words, as in headlines.
    pub fn pauses(&self) -> bool {
        let chars: Vec<char> = self.shown.chars().collect();
        chars.windows(3).any(|w| w[1] == ' ' && signs::is_han(w[0]) && signs::is_han(w[2]))
    }
}

/// The visible lines of the source with their roles.
pub(super) fn lines(source: &Source) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for (i, chars) in source.lines.iter().enumerate() {
        let text: String = chars.iter().collect();
        for (start, end) in parts(&text, chars.len()) {
            let part: String = chars[start..end].iter().collect();
            let flush = blank_free(&part);
            if flush.is_empty() {
                continue;
            }
            let role = if signs::jump(&part).is_some() {
                Role::Jump
            } else if signs::byline(&part).is_some() {
                Role::Byline
            } else {
                Role::Body
            };
            out.push(Line {
                at: LineSpan { line: i as u32, start: start as u32, end: end as u32 },
                shown: display(&part),
                width: flush.chars().map(|c| if (c as u32) < 0x2000 { 0.5 } else { 1.0 }).sum(),
                lead: part.starts_with([' ', '\u{3000}', '\t']),
                dateline: signs::dateline(&flush).is_some(),
                bullet: role == Role::Body && signs::bullet(&part),
                ends: flush.ends_with(['。', '！', '？', '；', '：', '”', '』', '」', '…']),
                role,
                opens: false,
                subhead: false,
                flush,
            });
        }
    }
    find_furniture(&mut out);
    columns::find(&mut out);
    out
}

/// Cuts off a jump marker or bracketed byline that shares its line with body text.
fn parts(text: &str, len: usize) -> Vec<(usize, usize)> {
    let cut = signs::find_jump(text)
        .filter(|(start, end)| *start > 0 && text.chars().skip(*end).all(char::is_whitespace))
        .map(|(start, _)| start)
        .or_else(|| signs::trailing_byline(text));
    match cut {
        Some(at) if at > 0 && at < len => vec![(0, at), (at, len)],
        _ => vec![(0, len)],
    }
}

/// Lines of the masthead and the editors, wherever the dump put them. They never stand in mid-sentence.
fn find_furniture(lines: &mut [Line]) {
    for i in 0..lines.len() {
        let open = i > 0 && lines[i - 1].role == Role::Body && !lines[i - 1].ends && lines[i].width > 6.0;
        if lines[i].role == Role::Body
            && !open
            && signs::furniture(&lines[i].shown).is_some()
            && !lines[i].flush.ends_with('。')
        {
            lines[i].role = Role::Furniture;
        }
    }
}
