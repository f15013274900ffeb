//! The lines of a text dump and what each is: body, headline, byline, jump, furniture.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baoku_model::LineSpan;
use regex::Regex;

use crate::signs;
use crate::text::{Source, blank_free, display, grams};

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
                flush,
            });
        }
    }
    find_furniture(&mut out);
    find_headlines(&mut out);
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

/// Words after which a line of body text goes on: a line that ends so is no headline.
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:宣布|指出|表示|强调|要求|希望|认为|介绍|主持|出席|参加|获悉|告诉|率|说|与|和|在|对|为|的|了|等|及|由|把|将|是|从|到|向|以|并|被|让|使)$")
        .expect("a fixed pattern")
});

/// A headline is a line that no line flows into and that flows into none, and that repeats the page's words. Several may
/// follow each other, so lines are judged in runs that could be display type.
fn find_headlines(lines: &mut [Line]) {
    let mut counts: BTreeMap<(char, char), u32> = BTreeMap::new();
    for l in lines.iter() {
        for g in grams(&l.flush) {
            *counts.entry(g).or_insert(0) += 1;
        }
    }
    let mut from = 0;
    while from < lines.len() {
        let to = from + lines[from..].iter().take_while(|l| display_like(l)).count();
        if to == from {
            from += 1;
            continue;
        }
        let start = run_start(lines, from, to);
        if let Some(end) = start.and_then(|s| run_end(lines, s, to, &counts)) {
            for l in &mut lines[start.unwrap_or(from)..end] {
                l.role = Role::Head;
            }
        }
        from = to;
    }
}

/// True if nothing in the line itself says that it is body text.
fn display_like(l: &Line) -> bool {
    l.role == Role::Body
        && !l.dateline
        && !l.bullet
        && !l.flush.contains('。')
        && !l.flush.ends_with(['，', '；', '、', '：'])
        && l.flush.matches('，').count() <= 1
        && (2.0..=36.0).contains(&l.width)
}

/// Where in `from..to` headlines can start: after a closed text, or where a blank opens a frame.
fn run_start(lines: &[Line], from: usize, to: usize) -> Option<usize> {
    let closed = from == 0 || lines[from - 1].role != Role::Body || lines[from - 1].ends;
    if closed { Some(from) } else { (from + 1..to).find(|i| lines[*i].lead) }
}

/// Where the headlines that start at `from` end, if there are any: the last line that does not flow on.
fn run_end(lines: &[Line], from: usize, to: usize, counts: &BTreeMap<(char, char), u32>) -> Option<usize> {
    // Rows of one width that break words are a column of body text that lost its punctuation.
    let column_like = to - from >= 3
        && lines[from..to - 1].windows(2).all(|w| (w[0].width - w[1].width).abs() < 0.8)
        && lines[from..to].windows(2).filter(|w| straddles(&w[0], &w[1], counts)).count() * 2 >= to - from;
    if column_like {
        return None;
    }
    // A line as wide as the column above it is likely one more of its lines, and so are those after it.
    let above = lines[..from].iter().rev().take(4).take_while(|l| l.role == Role::Body);
    let in_column = above.into_iter().any(|l| (l.width - lines[from].width).abs() < 0.6) && !lines[from].lead;
    let last = (from..to).rev().find(|i| {
        let after = lines.get(i + 1);
        let flows_on = after.is_some_and(|n| n.role == Role::Body && !n.dateline && !n.bullet);
        let after_headline = *i > from || from.checked_sub(1).is_some_and(|k| lines[k].role != Role::Body);
        let score = headline_score(lines, *i, after_headline, after, counts) - if in_column { 1.2 } else { 0.0 };
        // With nothing to flow into, less is asked for.
        score >= if flows_on { 2.0 } else { 1.5 }
    });
    last.map(|i| i + 1)
}

fn headline_score(
    lines: &[Line],
    i: usize,
    after_headline: bool,
    after: Option<&Line>,
    counts: &BTreeMap<(char, char), u32>,
) -> f32 {
    let l = &lines[i];
    let mut score = 0.0;
    let flows_on = after.filter(|n| n.role == Role::Body && !n.dateline && !n.bullet);
    match flows_on {
        None => score += 2.0,
        Some(_) => {
            // Wider or far narrower than the column below it?
            let mut column: Vec<f32> =
                lines[i + 1..].iter().take(5).take_while(|x| x.role == Role::Body).map(|x| x.width).collect();
            column.sort_by(f32::total_cmp);
            if let (Some(median), Some(widest)) = (column.get(column.len() / 2), column.last()) {
                if l.width > median * 1.2 && l.width > widest + 0.6 {
                    score += 2.0;
                } else if l.width < median - 3.1 {
                    score += 1.2;
                } else if l.width < median - 2.6 || (median - 1.4..median - 0.4).contains(&l.width) {
                    score += 0.4;
                }
            }
        }
    }
    score += if after_headline { 0.5 } else { 0.0 };
    score += if l.lead { 0.5 } else { 0.0 };
    let chars: Vec<char> = l.shown.chars().collect();
    let parted = chars.windows(3).any(|w| w[1] == ' ' && signs::is_han(w[0]) && signs::is_han(w[2]));
    score += if parted { 0.7 } else { 0.0 };
    score += if l.flush.contains('，') { 0.0 } else { 0.3 };
    let own = grams(&l.flush);
    if !own.is_empty() {
        let repeated =
            own.iter().filter(|g| counts.get(g).copied().unwrap_or(0) >= 2).count() as f32 / own.len() as f32;
        if repeated >= 0.6 {
            score += 0.7;
        } else if repeated < 0.3 {
            score -= 0.5;
        }
    }
    if GOES_ON.is_match(&l.flush) {
        score -= 1.2;
    }
    if let Some(next) = flows_on
        && straddles(l, next, counts)
    {
        score -= 2.0;
    }
    score
}

/// True if a word or figure reaches over the line break. The page itself is the dictionary: a pair of characters that
/// stands together inside other lines is likely a word.
fn straddles(a: &Line, b: &Line, counts: &BTreeMap<(char, char), u32>) -> bool {
    let (Some(end), Some(start)) = (a.flush.chars().last(), b.flush.chars().next()) else { return false };
    if end.is_ascii_digit() && (start.is_ascii_digit() || matches!(start, '年' | '月' | '日' | '个' | '万' | '亿'))
    {
        return true;
    }
    matches!(end, '年' | '月') && start.is_ascii_digit() || counts.get(&(end, start)).copied().unwrap_or(0) >= 1
}
