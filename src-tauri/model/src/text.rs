//! The text of a page as it was found: lines with boxes. A text layer is written once and never changed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Rect;

/// Direction in which the characters of a line follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Direction {
    /// Left to right.
    #[default]
    Horizontal,
    /// Top to bottom; columns follow each other from right to left.
    Vertical,
    /// Right to left in one row, as in headlines before the 1950s.
    RightToLeft,
}

/// One printed line, or one line of a text dump.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TextLine {
    /// The text as recognised, after the repairs a source needs to be text at all (CJK radical code points,
    /// mislabelled encodings). White space and odd glyphs are kept.
    pub text: String,
    /// `None` for a text dump.
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
    pub direction: Direction,
    /// Em size as a fraction of the page height; 0 where unknown.
    pub size: f32,
    pub font: Option<String>,
    pub bold: bool,
    /// 0 to 1; 1 for text embedded in the source.
    pub confidence: f32,
    /// Position along the writing direction of each character's leading edge and, last, of the line's end:
    /// `chars + 1` fractions of the page width (height if vertical). Empty where unknown.
    pub edges: Vec<f32>,
    /// Confidence of each character from 0 to 1; empty where the source does not say.
    pub char_confidence: Vec<f32>,
    /// Drawn invisibly over an image, as an OCR layer in a PDF is.
    pub invisible: bool,
}

impl TextLine {
    /// The box of the characters `start..end`, or the whole line's box where edges are unknown.
    pub fn span_box(&self, start: usize, end: usize) -> Option<Rect> {
        let b = self.bbox?;
        let (Some(&a), Some(&z)) = (self.edges.get(start), self.edges.get(end.max(start))) else {
            return Some(b);
        };
        let (low, high) = (a.min(z), a.max(z));
        Some(match self.direction {
            Direction::Vertical => Rect::from_edges(b.x, low, b.right(), high),
            Direction::Horizontal | Direction::RightToLeft => Rect::from_edges(low, b.y, high, b.bottom()),
        })
    }
}

/// A drawn line or the frame of a box, in page fractions. A hairline has a width or height near zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Rule {
    #[serde(rename = "box")]
    pub bbox: Rect,
    /// A closed frame or a filled panel rather than a single stroke.
    pub frame: bool,
}

/// All text of one page from one recogniser. Lines stand in source order; reading order is layout's business.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TextLayer {
    /// Page frame: PDF points or image pixels; 0 x 0 for a text dump.
    pub width: f32,
    pub height: f32,
    pub lines: Vec<TextLine>,
    pub rules: Vec<Rule>,
    /// Boxes of pictures on the page.
    pub pictures: Vec<Rect>,
    /// Angle by which the lines are turned, in degrees, clockwise positive; boxes are not corrected for it.
    pub skew: f32,
    pub warnings: Vec<String>,
    /// Which lines are of which article, where a supplier's package says it.
    #[serde(default)]
    pub supplied: Vec<SuppliedPart>,
}

/// Lines of a page that belong together, as a supplier's package puts the articles of an issue together.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SuppliedPart {
    /// Names the article, the same on all pages of the issue.
    pub article: String,
    /// Place of the article among those of the issue.
    pub position: u32,
    /// In lower case: article, advertisement, illustration.
    pub kind: String,
    /// As the package's metadata give it; whether it is printed is another matter.
    pub title: Option<String>,
    pub authors: Vec<String>,
    /// Place of these lines among the parts of the article, over all its pages.
    pub part: u32,
    /// What they are within the article, in lower case: heading, body, caption; empty where nothing is said.
    pub role: String,
    /// Ordinals in [`TextLayer::lines`], in reading order.
    pub lines: Vec<u32>,
}

impl TextLayer {
    /// True for a text dump: no line says where it stands.
    pub fn has_boxes(&self) -> bool {
        self.lines.iter().any(|l| l.bbox.is_some())
    }
}
