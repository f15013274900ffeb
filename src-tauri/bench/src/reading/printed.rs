//! A page as it was printed, to the line.

use baoku_model::{Direction, Rect, Rule, TextLayer, TextLine};

use super::grade::dice;

/// Millimetres in a point.
pub const MM: f32 = 25.4 / 72.0;

/// One page: lines in their true order, rules, frames and pictures.
#[derive(Debug, Clone, Default)]
pub struct PrintedPage {
    pub number: u32,
    pub width_mm: f32,
    pub height_mm: f32,
    pub lines: Vec<PrintedLine>,
    /// Left, top, width, height in millimetres; strokes, and frames where the flag is set.
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

impl PrintedPage {
    /// The text layer of the page, born digital, its lines in an order that says nothing.
    pub fn layer(&self) -> TextLayer {
        let fractions = |[x, y, w, h]: [f32; 4]| {
            Rect::new(x / self.width_mm, y / self.height_mm, w / self.width_mm, h / self.height_mm)
        };
        let line = |l: &PrintedLine| TextLine {
            text: l.text.clone(),
            bbox: Some(fractions(l.ink)),
            direction: if l.vertical { Direction::Vertical } else { Direction::Horizontal },
            size: l.size_pt * MM / self.height_mm,
            font: Some(l.font.clone()),
            confidence: 1.0,
            ..TextLine::default()
        };
        let mut lines: Vec<TextLine> = self.lines.iter().map(line).collect();
        let mut next = dice(u64::from(self.number) + 17);
        for i in (1..lines.len()).rev() {
            lines.swap(i, (next() * (i as f32 + 1.0)) as usize % (i + 1));
        }
        TextLayer {
            width: self.width_mm / MM,
            height: self.height_mm / MM,
            lines,
            rules: self.rules.iter().map(|(r, frame)| Rule { bbox: fractions(*r), frame: *frame }).collect(),
            pictures: self.pictures.iter().map(|p| fractions(*p)).collect(),
            ..TextLayer::default()
        }
    }
}
