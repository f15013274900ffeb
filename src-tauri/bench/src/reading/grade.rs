//! What a recogniser makes of a page that is known exactly: boxes that are off, lines in pieces, characters lost, no fonts,
//! sizes from the height of boxes, and a page that lay askew on the glass.

use baoku_model::{Direction, Rect, Rule, TextLayer, TextLine};

/// How badly a page was recognised.
#[derive(Debug, Clone, Copy)]
pub struct Grade {
    pub degrees: f32,
    /// Share of the line height by which edges are off.
    pub jitter: f32,
    /// Rules, frames and pictures are found.
    pub drawn: bool,
    /// The skew is measured and told.
    pub told: bool,
    /// One line in this many comes in two pieces, one in twice as many lost a character.
    pub slips: u32,
}

impl Grade {
    pub const SCAN: Grade = Grade { degrees: 0.7, jitter: 0.25, drawn: true, told: true, slips: 14 };
    /// Nothing but lines.
    pub const BARE: Grade = Grade { degrees: 0.7, jitter: 0.25, drawn: false, told: false, slips: 14 };
}

/// `layer` as recognised; `seed` throws the dice.
pub fn recognised(layer: &TextLayer, grade: Grade, seed: u64) -> TextLayer {
    let mut next = dice(seed + 17);
    let aspect = layer.width / layer.height;
    let mut lines: Vec<TextLine> = Vec::new();
    for l in layer.lines.iter().filter(|l| !l.text.trim().is_empty()) {
        let Some(bbox) = l.bbox else { continue };
        for (text, part) in slipped(l, bbox, grade, &mut next) {
            let b = turned(part, aspect, grade.degrees);
            let mut off = |share: f32| (next() - 0.5) * share * grade.jitter * l.size;
            lines.push(TextLine {
                text,
                bbox: Some(Rect::new(b.x + off(1.0) / aspect, b.y + off(1.0), b.w + off(1.0) / aspect, b.h + off(0.5))),
                direction: l.direction,
                confidence: 0.95,
                ..TextLine::default()
            });
        }
    }
    for i in (1..lines.len()).rev() {
        lines.swap(i, (next() * (i as f32 + 1.0)) as usize % (i + 1));
    }
    let mut out = TextLayer { width: layer.width, height: layer.height, lines, ..TextLayer::default() };
    if grade.drawn {
        let rule = |r: &Rule| Rule { bbox: turned(r.bbox, aspect, grade.degrees), frame: r.frame };
        out.rules = layer.rules.iter().map(rule).collect();
        out.pictures = layer.pictures.iter().map(|p| turned(*p, aspect, grade.degrees)).collect();
    }
    if grade.told {
        // Measured to a twentieth of a degree.
        out.skew = grade.degrees + 0.04;
    }
    out
}

/// The upright box of a box turned around the middle of the page.
fn turned(b: Rect, aspect: f32, degrees: f32) -> Rect {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (x, y) = b.center();
    let (w, h) = (b.w * aspect, b.h);
    let (cx, cy) = ((x - 0.5) * aspect, y - 0.5);
    let (tx, ty) = (cx * cos - cy * sin + aspect / 2.0, cx * sin + cy * cos + 0.5);
    let (tw, th) = (w * cos + h * sin.abs(), w * sin.abs() + h * cos);
    Rect::new((tx - tw / 2.0) / aspect, ty - th / 2.0, tw / aspect, th)
}

/// A line as a recogniser gives it: now and then in two pieces, now and then without one of its characters.
fn slipped(l: &TextLine, b: Rect, grade: Grade, next: &mut impl FnMut() -> f32) -> Vec<(String, Rect)> {
    let mut chars: Vec<char> = l.text.chars().collect();
    let one_in = |every: u32, dice: f32| dice * (every as f32) < 1.0;
    let (lost, split) = (one_in(grade.slips * 2, next()), one_in(grade.slips, next()));
    let at = 1 + (next() * (chars.len().max(3) - 2) as f32) as usize;
    if lost && chars.len() >= 8 {
        chars.remove(at);
    }
    if !split || chars.len() < 6 {
        return vec![(chars.into_iter().collect(), b)];
    }
    let at = at.clamp(2, chars.len() - 2);
    let share = at as f32 / chars.len() as f32;
    let pieces = if l.direction == Direction::Vertical {
        [Rect::new(b.x, b.y, b.w, b.h * share), Rect::new(b.x, b.y + b.h * share, b.w, b.h * (1.0 - share))]
    } else {
        [Rect::new(b.x, b.y, b.w * share, b.h), Rect::new(b.x + b.w * share, b.y, b.w * (1.0 - share), b.h)]
    };
    [&chars[..at], &chars[at..]].into_iter().map(|c| c.iter().collect()).zip(pieces).collect()
}

/// Pseudo-random numbers from 0 to 1, the same in every run.
pub fn dice(seed: u64) -> impl FnMut() -> f32 {
    let mut state = seed.wrapping_mul(2862933555777941757).wrapping_add(3037000493);
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f32 / (1u64 << 24) as f32
    }
}
