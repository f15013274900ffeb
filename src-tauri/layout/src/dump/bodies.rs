//! Lines of body text put together: where one text ends and the next begins, and where paragraphs do.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baoku_model::LineSpan;
use regex::Regex;

use super::lines::{Line, Role};
use crate::signs;
use crate::text::grams;

/// A stretch of lines that belong together, in dump order.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// Lines `from..to` of one text.
    Body {
        from: usize,
        to: usize,
    },
    /// One headline line.
    Head(usize),
    Byline(usize),
    Jump(usize),
}

/// Cuts the lines into pieces; furniture is left out.
pub(super) fn pieces(lines: &[Line]) -> Vec<Piece> {
    let captions = caption_starts(lines);
    let mut out: Vec<Piece> = Vec::new();
    let mut open = false;
    for (i, l) in lines.iter().enumerate() {
        match l.role {
            Role::Head => out.push(Piece::Head(i)),
            Role::Byline => out.push(Piece::Byline(i)),
            Role::Jump => out.push(Piece::Jump(i)),
            Role::Furniture => {}
            Role::Body => {
                match out.last_mut() {
                    Some(Piece::Body { from, to })
                        if open && *to == i && !captions.contains(&i) && !begins_text(lines, *from, i) =>
                    {
                        *to = i + 1;
                    }
                    _ => out.push(Piece::Body { from: i, to: i + 1 }),
                }
                open = true;
                continue;
            }
        }
        open = l.role == Role::Furniture && open;
    }
    out
}

/// First lines of captions, which end with the photographer's name and are set to a width of their own.
fn caption_starts(lines: &[Line]) -> Vec<usize> {
    let credited =
        (0..lines.len()).filter(|i| lines[*i].role == Role::Body && signs::caption_credit(&lines[*i].shown).is_some());
    credited
        .map(|last| {
            let mut start = last;
            while start > 0 && last - start < 6 {
                let (above, own) = (&lines[start - 1], &lines[start]);
                let flows = above.role == Role::Body && !above.bullet && !above.dateline && !above.ends;
                let as_wide = start == last || (above.width - own.width).abs() < 2.5;
                if !flows || !as_wide {
                    break;
                }
                start -= 1;
            }
            start
        })
        .collect()
}

/// True if another text begins with line `i`, though nothing but text stands before it.
fn begins_text(lines: &[Line], from: usize, i: usize) -> bool {
    let l = &lines[i];
    let before = &lines[i - 1];
    if l.subhead || before.subhead {
        return false;
    }
    if l.opens || l.bullet || (l.dateline && (before.ends || l.lead)) {
        return true;
    }
    // A bulleted item ends with the sentence that closes a short line.
    if lines[from].bullet && before.ends && before.width < widest(&lines[from..i]) - 1.2 {
        return true;
    }
    if before.flush.ends_with(['。', '！', '？', '”']) && signs::caption_credit(&before.flush).is_none() {
        return new_frame(lines, from, i);
    }
    signs::caption_credit(&lines[from..i].iter().map(|x| x.flush.as_str()).collect::<String>()).is_some()
        || signs::caption_credit(&spaced(&lines[from..i])).is_some()
}

fn spaced(lines: &[Line]) -> String {
    lines.iter().map(|l| l.shown.as_str()).collect()
}

fn widest(lines: &[Line]) -> f32 {
    lines.iter().map(|l| l.width).fold(0.0, f32::max)
}

static OPENING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[0-9]{1,2}月[0-9]{1,2}日|日前|近日|今天|昨天|昨日").expect("a fixed pattern"));

static GOES_BACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "^(?:他|她|会上|会议|随后|仪式|活动|据悉|据了解|下一步|同时|此外|此次|目前|其中|为此|接着|最后|在.{2,14}，)",
    )
    .expect("a fixed pattern")
});

/// True for a line that begins as reports do.
pub(super) fn opens_report(flush: &str) -> bool {
    OPENING.find(flush).is_some_and(|m| flush[..m.start()].chars().count() <= 4)
}

/// A change of column width, few shared words and the opening of a report together speak for a new text.
fn new_frame(lines: &[Line], from: usize, i: usize) -> bool {
    let next: Vec<&Line> = lines[i..]
        .iter()
        .take(7)
        .enumerate()
        .take_while(|(k, x)| x.role == Role::Body && (*k == 0 || !(x.dateline || x.bullet)))
        .map(|(_, x)| x)
        .collect();
    if next.len() < 2 {
        return false;
    }
    let mut score = 0.0;
    // Rows in mid-paragraph show the column's width.
    let full = |rows: &[Line]| -> Vec<f32> {
        rows.windows(2).filter(|w| !w[0].ends && !w[1].ends).map(|w| w[1].width.round()).collect()
    };
    let above = full(&lines[from.max(i.saturating_sub(10))..i]);
    let ahead = full(&lines[i..i + next.len()]);
    if let (Some(a), Some(b)) = (mode(&above), mode(&ahead))
        && (a - b).abs() >= 2.0
        && above.len() >= 2
        && ahead.len() >= 2
    {
        score += 1.1;
    }
    let own = grams(&next.iter().map(|l| l.flush.as_str()).collect::<String>());
    let past = grams(&lines[from..i].iter().map(|l| l.flush.as_str()).collect::<String>());
    let common = own.intersection(&past).count() as f32 / own.len().max(1) as f32;
    score += if common < 0.10 {
        0.7
    } else if common < 0.16 {
        0.4
    } else if common > 0.25 {
        -0.7
    } else {
        0.0
    };
    let opening: String = next.iter().map(|l| l.flush.as_str()).collect::<String>().chars().take(40).collect();
    if OPENING.is_match(&opening) {
        score += 0.8;
    }
    if GOES_BACK.is_match(&opening) {
        score -= 0.5;
    }
    score >= 1.75
}

fn mode(values: &[f32]) -> Option<f32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for v in values {
        *counts.entry(*v as i32).or_insert(0) += 1;
    }
    counts.into_iter().max_by_key(|(v, n)| (*n, *v)).map(|(v, _)| v as f32)
}

/// The paragraphs of lines `from..to`.
pub(super) fn paragraphs(lines: &[Line], from: usize, to: usize) -> Vec<Vec<LineSpan>> {
    let mut out: Vec<Vec<LineSpan>> = Vec::new();
    let mut open: Vec<LineSpan> = Vec::new();
    for i in from..to {
        open.push(lines[i].at);
        if i + 1 < to && ends_paragraph(lines, from, to, i) {
            out.push(std::mem::take(&mut open));
        }
    }
    out.push(open);
    out
}

/// A sentence that ends short of the column's width closes a paragraph; so does one before an indented line, which is
/// two characters short although its sentence goes on.
fn ends_paragraph(lines: &[Line], from: usize, to: usize, i: usize) -> bool {
    let l = &lines[i];
    let next = &lines[i + 1];
    if l.subhead || next.subhead {
        return true;
    }
    if !l.flush.ends_with(['。', '！', '？', '”']) {
        return false;
    }
    if next.lead {
        return true;
    }
    let mut near: Vec<f32> = lines[from.max(i.saturating_sub(3))..to.min(i + 4)].iter().map(|x| x.width).collect();
    near.sort_by(f32::total_cmp);
    let column = if near.len() > 1 { near[near.len() - 2] } else { near[0] };
    let widest = near[near.len() - 1];
    if l.width < column - 1.2 {
        return true;
    }
    l.flush.ends_with('。')
        && l.width <= column + 1.0 // closing punctuation may hang
        && !next.ends
        && next.width <= column - 1.0
        && next.width < widest - 1.0
        && next.width < l.width + 0.01
}
