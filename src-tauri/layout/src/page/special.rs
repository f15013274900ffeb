//! Blocks that are more than their type size says: 小标题, captions, small headlines, bare names.

use super::blocks::{Block, BlockKind, Type};
use super::plane::{Area, Sheet};
use super::rows::Row;
use crate::signs;
use crate::text::blank_free;

/// Takes the title off the top of a run it was chained to: a short centred row over an indented paragraph, larger than the
/// rest or with a notice's words. A recogniser's sizes scatter too much to tell it by size alone.
pub(super) fn find_titles(blocks: &mut Vec<Block>, kind: &Type) {
    if kind.exact {
        return;
    }
    for k in 0..blocks.len() {
        let b = &blocks[k];
        if !matches!(b.kind, BlockKind::Run) || !reads_like_title(&b.rows[0].text) {
            continue;
        }
        let top = b.rows[0].area;
        let below: Vec<Row> = if b.rows.len() > 1 {
            b.rows[1..].to_vec()
        } else {
            let next = blocks.iter().filter(|o| {
                let gap = o.area.top - top.bottom;
                matches!(o.kind, BlockKind::Run)
                    && (-0.3 * kind.em..1.6 * kind.em).contains(&gap)
                    && o.area.across(&top) > 0.6 * top.width()
            });
            next.min_by(|a, b| a.area.top.total_cmp(&b.area.top)).map(|o| o.rows.clone()).unwrap_or_default()
        };
        let Some(column) = Area::around(below.iter().map(|r| r.area)) else { continue };
        let mut sizes: Vec<f32> = below.iter().map(|r| r.em).collect();
        sizes.sort_by(f32::total_cmp);
        let larger = b.rows[0].em > 1.14 * sizes[sizes.len() / 2];
        let centred =
            (top.center().0 - column.center().0).abs() < 1.2 * kind.em && column.width() - top.width() > 3.0 * kind.em;
        let indent = (below[0].area.left - column.left) / kind.em;
        let opens = below.len() == 1 || (1.2..2.8).contains(&indent);
        if !(centred && opens && (larger || signs::is_notice_title(&blank_free(&b.rows[0].text)))) {
            continue;
        }
        // Where the column beside begins level with it in mid-text, both are columns of one article.
        let amid = blocks.iter().any(|o| {
            let apart = -o.area.across(&column);
            matches!(o.kind, BlockKind::Run)
                && (o.area.top - top.top).abs() < 0.8 * kind.em
                && (0.0..4.0 * kind.em).contains(&apart)
                && !reads_like_title(&o.rows[0].text)
        });
        if amid && !signs::is_notice_title(&blank_free(&blocks[k].rows[0].text)) {
            blocks[k].rows[0].subhead = true;
            continue;
        }
        let rows = std::mem::take(&mut blocks[k].rows);
        let (title, rest) = rows.split_at(1);
        let head = Block::of_rows(BlockKind::Head, title.to_vec());
        if rest.is_empty() {
            blocks[k] = head;
        } else {
            blocks[k] = Block::of_rows(BlockKind::Run, rest.to_vec());
            blocks.push(head);
        }
    }
}

/// A few words without a sentence's marks.
fn reads_like_title(text: &str) -> bool {
    (2..=18).contains(&text.chars().count())
        && !text.contains(['。', '，', '；', '：', '、'])
        && !signs::bullet(text)
        && signs::dateline(&blank_free(text)).is_none()
        && signs::byline(text).is_none()
}

/// A small headline between two runs of one column is a 小标题 within them. The same face and size elsewhere, such as at
/// a column's top, says the same.
pub(super) fn merge_subheads(blocks: &mut Vec<Block>, kind: &Type) {
    let mut faces: Vec<(u32, f32)> = Vec::new();
    while let Some((up, h, down)) = find_between(blocks, kind) {
        faces.push((blocks[h].font(), blocks[h].em));
        let mut head = blocks[h].rows.clone();
        for r in &mut head {
            r.subhead = true;
        }
        let tail = blocks[down].rows.clone();
        let target = &mut blocks[up];
        target.rows.extend(head);
        target.rows.extend(tail);
        target.find_core();
        let mut gone = [h, down];
        gone.sort_unstable();
        blocks.remove(gone[1]);
        blocks.remove(gone[0]);
    }
    for b in blocks.iter_mut().filter(|b| could_be_subhead(b, kind)) {
        let known = faces.iter().any(|(font, em)| *font == b.font() && (em / b.em - 1.0).abs() < 0.03);
        // Hardly larger than the body, no headline has this face.
        let small = kind.exact && matches!(b.kind, BlockKind::Run) && (b.font() != kind.font || b.em > 1.06 * kind.em);
        if (known && kind.exact) || small {
            b.kind = BlockKind::Run;
            b.rows[0].subhead = true;
        }
    }
}

/// One short row of display type that is no sentence.
fn could_be_subhead(b: &Block, kind: &Type) -> bool {
    let [row] = &b.rows[..] else { return false };
    let n = row.text.chars().count();
    matches!(b.kind, BlockKind::Head | BlockKind::Run)
        && (0.97 * kind.em..1.36 * kind.em).contains(&b.em)
        && (2..=16).contains(&n)
        && !row.text.contains(['。', '，', '；'])
        && !signs::bullet(&row.text)
        && !signs::is_notice_title(&blank_free(&row.text))
        && signs::dateline(&blank_free(&row.text)).is_none()
}

/// A block that could be a subhead with the runs right above and below it in the same column.
fn find_between(blocks: &[Block], kind: &Type) -> Option<(usize, usize, usize)> {
    (0..blocks.len()).filter(|h| could_be_subhead(&blocks[*h], kind)).find_map(|h| {
        let head = &blocks[h];
        let other_face = head.is_head() || (kind.exact && (head.font() != kind.font || head.em > 1.06 * kind.em));
        if !other_face {
            return None;
        }
        let column = |b: &Block| {
            matches!(b.kind, BlockKind::Run)
                && b.area.left <= head.area.left + 0.3 * kind.em
                && b.area.right >= head.area.right - 0.3 * kind.em
                && b.area.width() > head.area.width() + kind.em
        };
        let close = 0.0..2.0 * kind.em;
        let up = (0..blocks.len())
            .find(|i| *i != h && column(&blocks[*i]) && close.contains(&(head.area.top - blocks[*i].area.bottom)))?;
        let down = (0..blocks.len())
            .find(|i| *i != h && column(&blocks[*i]) && close.contains(&(blocks[*i].area.top - head.area.bottom)))?;
        let (u, d) = (&blocks[up], &blocks[down]);
        let same_column =
            (u.area.left - d.area.left).abs() < 3.0 * kind.em && (u.area.right - d.area.right).abs() < 3.0 * kind.em;
        let fresh = signs::dateline(&blank_free(&d.rows[0].text)).is_some() || signs::bullet(&d.rows[0].text);
        (same_column && !fresh && up != down).then_some((up, h, down))
    })
}

/// Runs that describe a picture: close to one and set unlike the body, or closed by a photographer's name.
pub(super) fn find_captions(sheet: &Sheet, blocks: &mut [Block], kind: &Type) {
    for b in blocks.iter_mut() {
        if !matches!(b.kind, BlockKind::Run) || b.rows.len() > 8 {
            continue;
        }
        let unlike = if kind.exact {
            (b.em / kind.em - 1.0).abs() > 0.025 || b.font() != kind.font
        } else {
            b.em < kind.em * 0.93
        };
        let beside = sheet.pictures.iter().any(|p| {
            let below = b.area.top - p.bottom;
            let above = p.top - b.area.bottom;
            let close =
                (-0.5 * kind.em..1.6 * kind.em).contains(&below) || (-0.5 * kind.em..1.2 * kind.em).contains(&above);
            close && b.area.across(p) > 0.6 * b.area.width()
        });
        let text = b.text();
        if (beside && unlike && !signs::bullet(&text)) || signs::looks_like_caption(&text) {
            b.kind = BlockKind::Caption;
        }
    }
}

/// A short row right above or below a headline and centred on it, though hardly larger than the body, is a shoulder or
/// sub headline.
pub(super) fn find_head_tails(blocks: &mut [Block], kind: &Type) {
    let heads: Vec<(Area, f32)> = blocks.iter().filter(|b| b.is_head()).map(|b| (b.area, b.em)).collect();
    for b in blocks.iter_mut() {
        if !matches!(b.kind, BlockKind::Run)
            || b.rows.len() > 2
            || b.em < kind.em * 0.98
            || signs::bullet(&b.rows[0].text)
        {
            continue;
        }
        let text = b.text();
        if text.contains(['。', '，']) || text.chars().count() > 40 || signs::dateline(&text).is_some() {
            continue;
        }
        let differs = b.em > kind.em * if kind.exact { 1.08 } else { 1.12 } || (kind.exact && b.font() != kind.font);
        let attached = heads.iter().any(|(h, em)| {
            let gap = (b.area.top - h.bottom).max(h.top - b.area.bottom);
            let centred = (b.area.center().0 - h.center().0).abs() < 1.2 * kind.em
                || (b.area.left - h.left).abs() < 0.6 * kind.em;
            gap > -0.4 * kind.em && gap < 1.1 * em && centred && *em > b.em * 1.15 && h.width() > 4.0 * kind.em
        });
        // A recogniser's sizes say little: there a lone row centred over or under the headline counts whatever its height.
        let lone = !kind.exact
            && b.rows.len() == 1
            && heads.iter().any(|(h, em)| {
                let gap = (h.top - b.area.bottom).max(b.area.top - h.bottom);
                let centred = (b.area.center().0 - h.center().0).abs() < 1.2 * kind.em;
                let amid = b.area.left - h.left > 1.5 * kind.em && h.right - b.area.right > 1.5 * kind.em;
                gap > -0.4 * kind.em && gap < 0.9 * em && (centred || amid)
            });
        if (differs && attached) || lone {
            b.kind = BlockKind::Head;
        }
    }
}

/// A person's name alone beside a headline is a byline: 沈墨 under the title of an essay.
pub(super) fn find_bare_names(blocks: &mut [Block], kind: &Type) {
    let heads: Vec<Area> = blocks.iter().filter(|b| b.is_head()).map(|b| b.area).collect();
    for b in blocks.iter_mut() {
        if b.rows.len() != 1 || !matches!(b.kind, BlockKind::Run | BlockKind::Head) || b.em > kind.em * 1.5 {
            continue;
        }
        if !signs::is_person_name(&blank_free(&b.text())) {
            continue;
        }
        let near = heads.iter().any(|h| {
            let (below, after) = (b.area.top - h.bottom, b.area.left - h.right);
            let under = (-0.3 * kind.em..2.5 * kind.em).contains(&below) && b.area.across(h) > -6.0 * kind.em;
            // Down from a vertical title the name goes on in its line.
            let beside = (0.0..5.0 * kind.em).contains(&after) && b.area.down(h) > 0.6 * b.area.height();
            *h != b.area && (under || beside)
        });
        if near {
            b.kind = BlockKind::Byline;
        }
    }
}

/// Marks 小标题: short centred rows without a full stop, set in another face or between two paragraphs.
pub(super) fn find_subheads(block: &mut Block, kind: &Type) {
    if !matches!(block.kind, BlockKind::Run) || block.rows.len() < 3 {
        return;
    }
    let mut fonts: Vec<u32> = block.rows.iter().map(|r| r.font).collect();
    fonts.sort_unstable();
    let main = fonts[fonts.len() / 2];
    for i in 0..block.rows.len() {
        let r = &block.rows[i];
        let text = blank_free(&r.text);
        let short = (2..=16).contains(&text.chars().count());
        let plain = !text.ends_with(['。', '，', '；', '：', '、', '！', '？', '”']) && !text.contains(['，', '。']);
        let centred = r.indent > 0.8 && r.slack > 0.8 && (r.indent - r.slack).abs() < 0.5 * (r.indent + r.slack) + 0.8;
        let face = (kind.exact && r.font != main) || r.bold != block.rows[(i + 1) % block.rows.len()].bold;
        let between = i > 0
            && signs::ends_sentence(&block.rows[i - 1].text)
            && i + 1 < block.rows.len()
            && block.rows[i + 1].indent > 0.9;
        let left_set = r.slack > 3.0 && face;
        if short && plain && ((centred && (face || between && r.indent > 2.4)) || (left_set && between)) {
            block.rows[i].subhead = true;
        }
    }
}
