//! Paragraphs from indents and short lines, across columns.

use baoku_model::LineSpan;

use super::blocks::{Block, BlockKind};
use super::gather::Item;
use super::rows::Row;
use crate::signs;

/// A paragraph, subhead, caption or table of an article, in reading order.
pub(crate) enum Passage {
    Body(Vec<LineSpan>),
    Subhead(Vec<LineSpan>),
    Caption(Vec<LineSpan>),
    Table(Vec<Vec<Vec<LineSpan>>>),
}

/// Divides the text items of an article into passages.
pub(crate) fn passages(blocks: &[Block], items: &[Item]) -> Vec<Passage> {
    let indents = uses_indents(blocks, items);
    let mut out: Vec<Passage> = Vec::new();
    let mut before: Option<&Row> = None;
    for item in items {
        match item {
            Item::Run(b) => {
                for (i, row) in blocks[*b].rows.iter().enumerate() {
                    let spans = row.spans.iter().copied();
                    if row.subhead {
                        match (out.last_mut(), before) {
                            (Some(Passage::Subhead(open)), Some(p)) if p.subhead && i > 0 => open.extend(spans),
                            _ => out.push(Passage::Subhead(spans.collect())),
                        }
                    } else {
                        let fresh = before.is_none_or(|p| p.subhead || begins(p, row, i == 0, indents));
                        match out.last_mut() {
                            Some(Passage::Body(open)) if !fresh => open.extend(spans),
                            _ => out.push(Passage::Body(spans.collect())),
                        }
                    }
                    before = Some(row);
                }
            }
            Item::Caption(b) => {
                let spans = blocks[*b].rows.iter().flat_map(|r| r.spans.iter().copied()).collect();
                out.push(Passage::Caption(spans));
                before = None;
            }
            Item::Table(b) => {
                if let BlockKind::Table(cells) = &blocks[*b].kind {
                    out.push(Passage::Table(cells.clone()));
                }
                before = None;
            }
            Item::Byline(_) | Item::Jump(_) => {}
        }
    }
    out
}

/// True if the article's paragraphs begin with an indent: at least one row does after a closed sentence.
fn uses_indents(blocks: &[Block], items: &[Item]) -> bool {
    let rows: Vec<&Row> = items
        .iter()
        .filter_map(|i| if let Item::Run(b) = i { Some(&blocks[*b].rows) } else { None })
        .flatten()
        .filter(|r| !r.subhead)
        .collect();
    rows.first().is_some_and(|r| indented(r))
        || rows.windows(2).any(|w| signs::ends_sentence(&w[0].text) && indented(w[1]))
}

fn indented(row: &Row) -> bool {
    (0.9..3.6).contains(&row.indent)
}

/// True if `row` begins a paragraph after `before`. `column_top`: it is the first row of another run.
fn begins(before: &Row, row: &Row, column_top: bool, indents: bool) -> bool {
    if signs::bullet(&row.text) {
        return true;
    }
    let ended = signs::ends_sentence(&before.text);
    let short = before.slack > 1.3;
    if row.indent > 0.9 {
        // A picture set into the column moves several rows in; they still go on.
        let moved_with_it =
            !column_top && (row.indent - before.indent).abs() < 0.4 && !(ended && (1.4..2.7).contains(&row.indent));
        // Signatures and dates stand one under the other at the right edge.
        let set_apart = ended || row.indent < 3.6 || before.slack > 0.8 || before.indent > 0.9;
        return if moved_with_it { ended && short } else { set_apart };
    }
    if column_top {
        return ended && before.slack > 2.2;
    }
    if ended && short {
        return !indents || before.slack > 4.0;
    }
    // Centred rows of an advertisement or notice each stand for themselves.
    let centred = before.indent > 0.7 && before.slack > 0.7 && (before.indent - before.slack).abs() < 1.0;
    if centred && !ended && !before.text.contains(['，', '。']) && !row.text.contains('。') {
        return true;
    }
    // A row that stops far short of the edge was ended on purpose: verse, addresses, signatures.
    before.slack > 4.0 && (before.slack - row.slack).abs() > 1.0 && before.indent > 0.9
}
