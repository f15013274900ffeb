//! Text, headline, bylines and jumps of an article from its regions.

use std::collections::BTreeMap;

use baoku_model::{ArticleDraft, Block, BlockRole, Carry, Headline, IssueArticle, LineSpan, Rect, TextLayer};

use super::{Part, Piece, Work};
use crate::issue::append;
use crate::text::{DraftText, Source, display};

/// The article composed anew from its regions, after lines of them were put right. Everything else about it stays.
pub fn recompose(article: &IssueArticle, layers: &BTreeMap<u32, TextLayer>) -> IssueArticle {
    let mut work = Work::of(0, article);
    for part in &mut work.parts {
        let source = layers.get(&part.page).map(|l| Source::new(&l.lines));
        for piece in &mut part.pieces {
            // Printed forms hold more than their spans (blanks between parts of a row): they stay while the characters do.
            let same = source.as_ref().is_none_or(|s| letters(s, &piece.block.lines) == solid(&piece.block.text));
            piece.fresh = !same;
        }
    }
    IssueArticle { rivals: article.rivals.clone(), supplied: article.supplied, ..self::article(&work, layers) }
}

fn letters(source: &Source, spans: &[LineSpan]) -> String {
    solid(&spans.iter().filter(|s| (s.line as usize) < source.lines.len()).map(|s| source.text(*s)).collect::<String>())
}

fn solid(text: &str) -> String {
    crate::text::blank_free(text)
}

/// Moves the ends of the spans on `line` from its old to its new characters.
pub fn refit(blocks: &mut [Block], line: u32, old: &str, new: &str) {
    let chars = |t: &str| t.chars().collect::<Vec<char>>();
    let carry = Carry::between(&chars(old), &chars(new));
    for span in blocks.iter_mut().flat_map(|b| &mut b.lines).filter(|s| s.line == line) {
        span.start = carry.boundary(span.start as usize) as u32;
        span.end = carry.boundary(span.end as usize) as u32;
    }
}

pub(super) fn article(work: &Work, layers: &BTreeMap<u32, TextLayer>) -> IssueArticle {
    let before = &work.before;
    let mut out: Option<IssueArticle> = None;
    let mut last_jump = None;
    for part in work.parts.iter().filter(|p| !p.pieces.is_empty()) {
        let draft = match layers.get(&part.page) {
            Some(layer) => draft(layer, part, before.column.as_deref()),
            None => as_it_stood(part),
        };
        last_jump = draft.jump_to.clone();
        match &mut out {
            None => {
                let mut first = IssueArticle {
                    kind: draft.kind,
                    headline: draft.headline.clone(),
                    dateline: draft.dateline.clone(),
                    column: draft.column.clone(),
                    jump_from: draft.jump_from.clone(),
                    confidence: before.confidence.max(f32::MIN_POSITIVE),
                    ..IssueArticle::default()
                };
                append(&mut first, &draft, part.page, part.draft, None);
                out = Some(first);
            }
            Some(out) => {
                out.column = out.column.take().or_else(|| draft.column.clone());
                append(out, &draft, part.page, part.draft, Some(part.join));
            }
        }
    }
    let mut out = out.unwrap_or_default();
    out.jump_to = last_jump;
    out.confidence = before.confidence;
    if work.origin.is_some() {
        out.kind = before.kind;
        let bare = |h: &Headline| h.main.is_none() && h.shoulder.is_none() && h.sub.is_none();
        if before.headline.provisional && (out.headline.provisional || bare(&out.headline)) {
            out.headline = before.headline.clone();
        }
    }
    out
}

/// One part in words, by the rules of reading. Headlines come first, then bylines and jumps, then the text in its order.
fn draft(layer: &TextLayer, part: &Part, column: Option<&str>) -> ArticleDraft {
    let source = Source::new(&layer.lines);
    let mut text = DraftText::new(&source);
    let mut blocks: Vec<Block> = Vec::with_capacity(part.pieces.len());
    let mut pieces: Vec<&Piece> = part.pieces.iter().collect();
    pieces.sort_by_key(|p| rank(p.block.role));
    for Piece { block, fresh } in pieces {
        let spans: Vec<LineSpan> =
            block.lines.iter().copied().filter(|s| (s.line as usize) < source.lines.len()).collect();
        let printed = || spans.iter().map(|s| display(&source.text(*s))).collect::<Vec<String>>();
        let words = match block.role {
            BlockRole::HeadlineShoulder | BlockRole::HeadlineMain | BlockRole::HeadlineSub => {
                let lines = if *fresh { printed() } else { vec![block.text.clone()] };
                if !fresh && column == Some(block.text.as_str()) {
                    text.column(&block.text);
                } else {
                    text.headline(block.role, &lines);
                }
                lines.concat()
            }
            BlockRole::Byline => text.byline(&if *fresh { printed().join(" ") } else { block.text.clone() }),
            BlockRole::Jump => text.jump(&if *fresh { printed().concat() } else { block.text.clone() }),
            BlockRole::Caption => text.caption(&spans),
            BlockRole::Table => text.table(&rows(layer, &spans)),
            BlockRole::Body | BlockRole::Subhead | BlockRole::Furniture => text.paragraph(&spans),
        };
        blocks.push(Block { text: words, bbox: bounds(layer, &block.lines).or(block.bbox), ..block.clone() });
    }
    let only_caption = blocks.iter().all(|b| matches!(b.role, BlockRole::Caption | BlockRole::Byline));
    let mut draft = text.finish(only_caption, false);
    draft.blocks = blocks;
    draft.confidence = 1.0;
    draft
}

/// Headline, then bylines and jumps, then text.
pub(super) fn rank(role: BlockRole) -> u8 {
    match role {
        BlockRole::HeadlineShoulder => 0,
        BlockRole::HeadlineMain => 1,
        BlockRole::HeadlineSub => 2,
        BlockRole::Byline | BlockRole::Jump => 3,
        _ => 4,
    }
}

/// A part whose page has no text layer keeps its blocks; nothing else is known of it.
fn as_it_stood(part: &Part) -> ArticleDraft {
    ArticleDraft {
        blocks: part.pieces.iter().map(|p| p.block.clone()).collect(),
        confidence: 1.0,
        ..ArticleDraft::default()
    }
}

/// The box around the spans.
pub(super) fn bounds(layer: &TextLayer, spans: &[LineSpan]) -> Option<Rect> {
    Rect::around(spans.iter().filter_map(|s| {
        layer.lines.get(s.line as usize).and_then(|line| line.span_box(s.start as usize, s.end as usize))
    }))
}

/// Cells of a table, row by row: spans whose middles are at one height are one row, from left to right.
fn rows(layer: &TextLayer, spans: &[LineSpan]) -> Vec<Vec<Vec<LineSpan>>> {
    let mut rows: Vec<(Option<Rect>, Vec<Vec<LineSpan>>)> = Vec::new();
    for span in spans {
        let at = bounds(layer, &[*span]);
        match rows.last_mut() {
            Some((Some(row), cells)) if at.is_some_and(|b| same_row(row, &b)) => cells.push(vec![*span]),
            _ => rows.push((at, vec![vec![*span]])),
        }
    }
    rows.into_iter().map(|(_, cells)| cells).collect()
}

fn same_row(a: &Rect, b: &Rect) -> bool {
    let common = a.bottom().min(b.bottom()) - a.y.max(b.y);
    common > 0.5 * a.h.min(b.h)
}
