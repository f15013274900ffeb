//! Text poured into columns of any width and depth.

use super::wrap::{Look, Row, paragraph};

/// A column to pour into: its measure in ems and how many rows it holds.
#[derive(Debug, Clone, Copy)]
pub struct Vessel {
    pub measure: f32,
    pub rows: usize,
}

/// What an article's text is, before it is broken.
pub struct Text<'a> {
    pub paragraphs: Vec<&'a str>,
    pub verse: bool,
    pub centred: bool,
    /// It goes on in mid-paragraph from another page.
    pub flush: bool,
    /// Closing lines: a byline, a jump marker.
    pub closing: Vec<(String, Look)>,
}

/// The rows of each column, or `None` if the text is too long for them.
pub fn pour(text: &Text<'_>, vessels: &[Vessel]) -> Option<Vec<Vec<Row>>> {
    let mut out: Vec<Vec<Row>> = vec![Vec::new(); vessels.len()];
    let mut at = 0;
    let mut queue: Vec<(String, bool)> = text.paragraphs.iter().map(|p| ((*p).to_owned(), false)).collect();
    if let (true, Some(first)) = (text.flush, queue.first_mut()) {
        first.1 = true;
    }
    queue.reverse();
    while let Some((p, flush)) = queue.pop() {
        while at < vessels.len() && out[at].len() >= vessels[at].rows {
            at += 1;
        }
        let vessel = vessels.get(at)?;
        let free = vessel.rows - out[at].len();
        if p.starts_with('|') {
            // A table stays in one column.
            let first = out[at].last().is_none_or(|r| r.look != Look::Cells);
            let more = queue.iter().rev().take_while(|(q, _)| q.starts_with('|')).count();
            if first && free < more + 1 {
                at += 1;
                queue.push((p, flush));
                continue;
            }
        }
        let rows = look_of(text, &p, vessel.measure, flush);
        if rows.len() <= free {
            out[at].extend(rows);
            continue;
        }
        let used: usize = rows[..free].iter().map(|r| r.text.chars().count()).sum();
        let continues_flush = free > 0 || flush;
        let mut taken = rows;
        taken.truncate(free);
        out[at].extend(taken);
        queue.push((p.chars().skip(used).collect(), continues_flush));
        at += 1;
    }
    for (line, look) in &text.closing {
        while at < vessels.len() && out[at].len() >= vessels[at].rows {
            at += 1;
        }
        vessels.get(at)?;
        out[at].push(Row { text: line.clone(), indent: 0.0, full: false, look: *look, first: true, last: true });
    }
    Some(out)
}

fn look_of(text: &Text<'_>, p: &str, measure: f32, flush: bool) -> Vec<Row> {
    let lone = |look| vec![Row { text: p.to_owned(), indent: 0.0, full: false, look, first: true, last: true }];
    if p.is_empty() {
        lone(Look::Blank)
    } else if text.verse {
        lone(Look::Verse)
    } else if text.centred {
        lone(Look::Centred)
    } else if super::wrap::length(p) < 14.0 && !p.contains(['。', '□', '#', '|', '；']) && !flush {
        // Signature and date under a notice.
        lone(Look::Signature)
    } else {
        paragraph(p, measure, flush)
    }
}
