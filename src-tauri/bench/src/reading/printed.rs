//! A page as it was printed, to the line, and what a reader makes of it: exact, or with the slips of a recogniser.

use baoku_model::{Direction, Rect, Rule, TextLayer, TextLine};

/// Millimetres in a point.
pub const MM: f32 = 25.4 / 72.0;

/// One page: lines in their true order, rules, frames and pictures.
#[derive(Debug, Clone, Default)]
pub struct PrintedPage {
    pub number: u32,
    pub width_mm: f32,
    pub height_mm: f32,
    pub lines: Vec<PrintedLine>,
    /// Left, top, width, height in millimetres; strokes and frames.
    pub rules: Vec<([f32; 4], bool)>,
    pub pictures: Vec<[f32; 4]>,
}

#[derive(Debug, Clone)]
pub struct PrintedLine {
    pub text: String,
    /// Left, top, width, height of the em boxes in millimetres.
    pub ink: [f32; 4],
    pub size_pt: f32,
    pub font: String,
    pub vertical: bool,
}

/// How a page was read.
#[derive(Debug, Clone, Copy)]
pub struct Grade {
    pub degrees: f32,
    /// Share of the line height by which edges are off.
    pub jitter: f32,
    /// Sizes and fonts are known, as in a born-digital page.
    pub type_known: bool,
    /// Rules, frames and pictures are found.
    pub drawn: bool,
    /// One line in this many comes in two pieces, one in twice as many lost a character; 0: none.
    pub slips: u32,
}

impl Grade {
    pub const EXACT: Grade = Grade { degrees: 0.0, jitter: 0.0, type_known: true, drawn: true, slips: 0 };
    /// A slightly turned scan, its lines found by a recogniser.
    pub const SCAN: Grade = Grade { degrees: 0.7, jitter: 0.25, type_known: false, drawn: true, slips: 14 };
    /// The same without anything but lines.
    pub const BARE: Grade = Grade { drawn: false, ..Grade::SCAN };
}

impl PrintedPage {
    /// The text layer a reader of this page would give, its lines in an order that says nothing.
    pub fn layer(&self, grade: Grade) -> TextLayer {
        let mut next = dice(u64::from(self.number) + 17);
        let mut lines: Vec<TextLine> = Vec::new();
        for l in &self.lines {
            for (text, ink) in slipped(l, grade, &mut next) {
                let em = l.size_pt * MM / self.height_mm;
                let b = self.turned(ink, grade.degrees);
                let mut off = |share: f32| (next() - 0.5) * share * grade.jitter * em;
                let bbox = Rect::new(b.x + off(1.0), b.y + off(1.0), b.w + off(1.0), b.h + off(0.5));
                lines.push(TextLine {
                    text,
                    bbox: Some(bbox),
                    direction: if l.vertical { Direction::Vertical } else { Direction::Horizontal },
                    size: if grade.type_known { em } else { 0.0 },
                    font: grade.type_known.then(|| l.font.clone()),
                    confidence: if grade.type_known { 1.0 } else { 0.95 },
                    ..TextLine::default()
                });
            }
        }
        for i in (1..lines.len()).rev() {
            lines.swap(i, (next() * (i as f32 + 1.0)) as usize % (i + 1));
        }
        let mut layer =
            TextLayer { width: self.width_mm / MM, height: self.height_mm / MM, lines, ..TextLayer::default() };
        if grade.drawn {
            layer.rules = self
                .rules
                .iter()
                .map(|(r, frame)| Rule { bbox: self.turned(*r, grade.degrees), frame: *frame })
                .collect();
            layer.pictures = self.pictures.iter().map(|p| self.turned(*p, grade.degrees)).collect();
        }
        layer
    }

    /// The upright box, in page fractions, of a box turned around the middle of the page.
    fn turned(&self, [x, y, w, h]: [f32; 4], degrees: f32) -> Rect {
        let aspect = self.width_mm / self.height_mm;
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (w, h) = (w / self.height_mm, h / self.height_mm);
        let (cx, cy) = (x / self.height_mm + w / 2.0 - aspect / 2.0, y / self.height_mm + h / 2.0 - 0.5);
        let (tx, ty) = (cx * cos - cy * sin + aspect / 2.0, cx * sin + cy * cos + 0.5);
        let (tw, th) = (w * cos + h * sin.abs(), w * sin.abs() + h * cos);
        Rect::new((tx - tw / 2.0) / aspect, ty - th / 2.0, tw / aspect, th)
    }
}

/// A line as a recogniser gives it: now and then in two pieces, now and then without one of its characters.
fn slipped(l: &PrintedLine, grade: Grade, next: &mut impl FnMut() -> f32) -> Vec<(String, [f32; 4])> {
    let mut chars: Vec<char> = l.text.chars().collect();
    let n = chars.len();
    if grade.slips == 0 {
        return vec![(l.text.clone(), l.ink)];
    }
    let one_in = |every: u32, dice: f32| dice * (every as f32) < 1.0;
    let (lost, split) = (one_in(grade.slips * 2, next()), one_in(grade.slips, next()));
    let at = 1 + (next() * (n.max(3) - 2) as f32) as usize;
    if lost && n >= 8 {
        chars.remove(at);
    }
    if !split || chars.len() < 6 {
        return vec![(chars.into_iter().collect(), l.ink)];
    }
    let at = at.clamp(2, chars.len() - 2);
    let [x, y, w, h] = l.ink;
    let share = at as f32 / chars.len() as f32;
    let pieces = if l.vertical {
        [[x, y, w, h * share], [x, y + h * share, w, h * (1.0 - share)]]
    } else {
        [[x, y, w * share, h], [x + w * share, y, w * (1.0 - share), h]]
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
