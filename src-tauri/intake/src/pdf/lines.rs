//! Chains of glyphs become text lines with an edge for every character.

use baoku_model::{Direction, Rect, TextLine};

use super::chains::{Chain, Course, is_full_width};
use super::glyphs::{FontFace, Glyph};

/// Confidence of a text layer that another program recognised and hid behind the picture of the page.
const HIDDEN: f32 = 0.9;
/// A gap from this many em on, wider than the line's own spacing, is a blank between words of Chinese.
const BLANK: f32 = 0.6;
/// The same between Latin letters.
const LATIN_BLANK: f32 = 0.18;

/// One character with its edge along the line, in points.
struct Cell {
    ch: char,
    start: f32,
    end: f32,
}

pub fn lines(glyphs: &[Glyph], chains: &[Chain], fonts: &[FontFace], width: f32, height: f32) -> Vec<TextLine> {
    let mut lines: Vec<TextLine> = Vec::with_capacity(chains.len());
    for chain in chains {
        let Some(line) = line(glyphs, chain, fonts, width, height) else { continue };
        match lines.iter_mut().rev().take(40).find(|known| is_drawn_twice(known, &line)) {
            Some(known) => known.bold = true,
            None => lines.push(line),
        }
    }
    lines
}

fn line(glyphs: &[Glyph], chain: &Chain, fonts: &[FontFace], width: f32, height: f32) -> Option<TextLine> {
    let members: Vec<&Glyph> = chain.glyphs.iter().map(|&i| &glyphs[i]).collect();
    let first = *members.first()?;
    let direction = match chain.course {
        Course::Downwards | Course::Upwards => Direction::Vertical,
        Course::Leftwards => Direction::RightToLeft,
        Course::Open | Course::Rightwards => Direction::Horizontal,
    };
    let mut cells = cells(&members, chain.course);
    while cells.last().is_some_and(|cell| cell.ch.is_whitespace()) {
        cells.pop();
    }
    if cells.iter().all(|cell| cell.ch.is_whitespace()) {
        return None;
    }
    let along = if direction == Direction::Vertical { height } else { width };
    let end = cells.last()?.end;
    let edges = cells.iter().map(|cell| cell.start).chain([end]).map(|edge| (edge / along).clamp(0.0, 1.0)).collect();
    let inked = |g: &&&Glyph| !g.ch.is_whitespace();
    let across = members.iter().filter(inked).map(|g| Rect::from_edges(g.left, g.top, g.right, g.bottom));
    let bounds = Rect::around(across)?;
    let part = |value: f32, of: f32| (value / of).clamp(0.0, 1.0);
    let mut sizes: Vec<f32> = members.iter().filter(inked).map(|g| g.em).collect();
    sizes.sort_by(f32::total_cmp);
    let faces: Vec<&FontFace> = members.iter().filter(inked).filter_map(|g| fonts.get(usize::from(g.font))).collect();
    let bold = faces.iter().filter(|face| face.bold).count() * 2 > faces.len();
    let stroked = members.iter().all(|g| g.stroked);
    Some(TextLine {
        text: cells.iter().map(|cell| cell.ch).collect(),
        bbox: Some(Rect::from_edges(
            part(bounds.x, width),
            part(bounds.y, height),
            part(bounds.right(), width),
            part(bounds.bottom(), height),
        )),
        direction,
        size: sizes.get(sizes.len() / 2)? / height,
        font: faces.get(faces.len() / 2).and_then(|face| face.name.clone()),
        bold: bold || stroked,
        confidence: if first.invisible { HIDDEN } else { 1.0 },
        edges,
        char_confidence: Vec::new(),
        invisible: first.invisible,
    })
}

/// The characters of a line with the blanks that were drawn as mere distance.
fn cells(members: &[&Glyph], course: Course) -> Vec<Cell> {
    let span = |glyph: &Glyph| match course {
        Course::Open | Course::Rightwards => (glyph.left, glyph.right),
        Course::Leftwards => (glyph.right, glyph.left),
        Course::Downwards => (glyph.top, glyph.bottom),
        Course::Upwards => (glyph.bottom, glyph.top),
    };
    let sign = if matches!(course, Course::Leftwards | Course::Upwards) { -1.0 } else { 1.0 };
    let gap = |a: &Glyph, b: &Glyph| sign * (span(b).0 - span(a).1) / a.em.max(b.em);
    let usual = median(members.windows(2).map(|pair| gap(pair[0], pair[1])).collect());
    let mut cells: Vec<Cell> = Vec::with_capacity(members.len());
    for (index, glyph) in members.iter().enumerate() {
        let (start, end) = span(glyph);
        if let Some(before) = index.checked_sub(1).map(|i| members[i]) {
            // Punctuation fills its cell only in part, on either side.
            let words = before.ch.is_alphanumeric() && glyph.ch.is_alphanumeric();
            let latin = !is_full_width(before.ch) && !is_full_width(glyph.ch);
            let limit = if latin { LATIN_BLANK } else { BLANK };
            if words && gap(before, glyph) > limit + usual.max(0.0) {
                cells.push(Cell { ch: ' ', start: span(before).1, end: start });
            }
        }
        let count = 1 + glyph.more.as_deref().map_or(0, |more| more.chars().count());
        let step = (end - start) / count as f32;
        let chars = std::iter::once(glyph.ch).chain(glyph.more.as_deref().unwrap_or_default().chars());
        cells.extend(chars.enumerate().map(|(i, ch)| Cell {
            ch,
            start: start + step * i as f32,
            end: start + step * (i + 1) as f32,
        }));
    }
    cells
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// True for a line that only repeats another one a hair's breadth beside it, as fake bold and shadows do.
fn is_drawn_twice(known: &TextLine, line: &TextLine) -> bool {
    let (Some(a), Some(b)) = (known.bbox, line.bbox) else { return false };
    let near = |a: f32, b: f32| (a - b).abs() < 0.25 * line.size;
    near(a.x, b.x) && near(a.y, b.y) && known.invisible == line.invisible && known.text == line.text
}
