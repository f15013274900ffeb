//! An article in the making becomes a draft: text with its map, blocks, byline, dateline, jumps, kind.

use baoku_model::{ArticleDraft, Block as PageBlock, BlockRole, LineSpan, Rect, Rival, RivalAspect, TextLayer};

use super::blocks::Block;
use super::gather::{Item, Unit};
use super::headline;
use super::paragraphs::{Passage, passages};
use super::span_box;
use crate::text::{DraftText, Source, display};

/// Puts `unit` into words. `em` is the em of the page's body text.
pub(crate) fn draft(layer: &TextLayer, source: &Source, blocks: &[Block], unit: &Unit, em: f32) -> ArticleDraft {
    let mut text = DraftText::new(source);
    let mut out: Vec<PageBlock> = Vec::new();
    let boxed = |spans: &[LineSpan]| Rect::around(spans.iter().filter_map(|s| span_box(layer, *s)));
    let push = |out: &mut Vec<PageBlock>, role: BlockRole, spans: Vec<LineSpan>, text: String| {
        out.push(PageBlock { role, bbox: boxed(&spans), lines: spans, text });
    };
    for title in headline::titles(blocks, &unit.heads, em) {
        let block = &blocks[title.block];
        let printed: Vec<String> = block.rows.iter().map(|r| display(&r.text)).collect();
        if title.rubric {
            text.column(&printed.concat());
        } else {
            text.headline(title.role, &printed);
        }
        push(&mut out, title.role, headline::spans(block), printed.concat());
    }
    for item in &unit.items {
        let block = &blocks[item.block()];
        match item {
            Item::Byline(_) => {
                let printed = text.byline(&block.text());
                push(&mut out, BlockRole::Byline, headline::spans(block), printed);
            }
            Item::Jump(_) => {
                let printed = text.jump(&block.text());
                push(&mut out, BlockRole::Jump, headline::spans(block), printed);
            }
            Item::Run(_) | Item::Caption(_) | Item::Table(_) => {}
        }
    }
    for passage in passages(blocks, &unit.items) {
        match passage {
            Passage::Body(spans) => {
                let printed = text.paragraph(&spans);
                push(&mut out, BlockRole::Body, spans, printed);
            }
            Passage::Subhead(spans) => {
                let printed = text.paragraph(&spans);
                push(&mut out, BlockRole::Subhead, spans, printed);
            }
            Passage::Caption(spans) => {
                let printed = text.caption(&spans);
                push(&mut out, BlockRole::Caption, spans, printed);
            }
            Passage::Table(rows) => {
                let printed = text.table(&rows);
                let spans = rows.into_iter().flatten().flatten().collect();
                push(&mut out, BlockRole::Table, spans, printed);
            }
        }
    }
    let only_caption =
        unit.heads.is_empty() && out.iter().all(|b| matches!(b.role, BlockRole::Caption | BlockRole::Byline));
    let mut draft = text.finish(only_caption, unit.framed);
    draft.blocks = out;
    draft.confidence = unit.confidence;
    if let Some((other, share)) = unit.rival {
        draft.rivals.push(Rival {
            aspect: RivalAspect::Block,
            text: draft.text.lines().next().unwrap_or_default().to_owned(),
            article: Some(other as u32),
            confidence: share,
        });
    }
    draft
}
