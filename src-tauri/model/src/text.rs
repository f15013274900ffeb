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
    /// The line as a person put it right. Characters at both ends that stay keep their place; what changed between them shares
    /// the room of what it replaces. A checked line is sure.
    pub fn corrected(&self, text: &str) -> TextLine {
        let (old, new): (Vec<char>, Vec<char>) = (self.text.chars().collect(), text.chars().collect());
        let mut edges = Vec::new();
        if self.edges.len() == old.len() + 1 && !old.is_empty() {
            let carry = Carry::between(&old, &new);
            edges = (0..=new.len()).map(|at| carry.edge(&self.edges, at)).collect();
        }
        let char_confidence = if self.char_confidence.is_empty() { Vec::new() } else { vec![1.0; new.len()] };
        TextLine { text: text.to_owned(), edges, char_confidence, confidence: 1.0, ..self.clone() }
    }

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

/// How offsets of a line's characters move when the line is put right: what both have in common at the start and at the end stays,
/// and what lies between is replaced as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carry {
    prefix: usize,
    suffix: usize,
    old: usize,
    new: usize,
}

impl Carry {
    pub fn between(old: &[char], new: &[char]) -> Self {
        let prefix = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let rest = old.len().min(new.len()) - prefix;
        let suffix = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
        Self { prefix, suffix, old: old.len(), new: new.len() }
    }

    /// Where the boundary before character `at` of the old line stands in the new one. Within what was replaced it moves in
    /// proportion; the line's ends stay its ends.
    pub fn boundary(&self, at: usize) -> usize {
        shift(at, self.prefix, self.suffix, self.old, self.new)
    }

    /// Position of the boundary before character `at` of the new line, from the old line's edges.
    fn edge(&self, edges: &[f32], at: usize) -> f32 {
        let (from, to) = (self.old - self.suffix, self.new - self.suffix);
        if at <= self.prefix {
            edges[at]
        } else if at >= to {
            edges[at - to + from]
        } else {
            let share = (at - self.prefix) as f32 / (to - self.prefix) as f32;
            edges[self.prefix] + share * (edges[from] - edges[self.prefix])
        }
    }
}

fn shift(at: usize, prefix: usize, suffix: usize, old: usize, new: usize) -> usize {
    let (from, to) = (old - suffix, new - suffix);
    if at <= prefix && at < from || at == 0 {
        at
    } else if at >= from {
        (at - from + to).min(new)
    } else {
        prefix + (at - prefix) * (to - prefix) / (from - prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn a_replaced_character_keeps_its_place() {
        let line = TextLine {
            text: "自已人".into(),
            edges: vec![0.1, 0.2, 0.3, 0.4],
            char_confidence: vec![0.9, 0.4, 0.9],
            confidence: 0.7,
            ..TextLine::default()
        };
        let right = line.corrected("自己人");
        assert_eq!(right.edges, line.edges);
        assert_eq!((right.char_confidence, right.confidence), (vec![1.0; 3], 1.0));
    }

    #[test]
    fn what_was_left_out_shares_the_room() {
        let line = TextLine { text: "徐报".into(), edges: vec![0.0, 0.2, 0.4], ..TextLine::default() };
        assert_eq!(line.corrected("徐汇报").edges, [0.0, 0.2, 0.2, 0.4]);
        let line = TextLine { text: "徐口报".into(), edges: vec![0.0, 0.2, 0.4, 0.6], ..TextLine::default() };
        assert_eq!(line.corrected("徐汇区报").edges, [0.0, 0.2, 0.3, 0.4, 0.6]);
        assert_eq!(line.corrected("").edges, [0.0]);
    }

    #[test]
    fn boundaries_move_with_their_characters() {
        let carry = Carry::between(&chars("区委书己曹"), &chars("区委书记、曹"));
        assert_eq!((0..=5).map(|at| carry.boundary(at)).collect::<Vec<_>>(), [0, 1, 2, 3, 5, 6]);
        let same = Carry::between(&chars("一二"), &chars("一二"));
        assert_eq!((0..=2).map(|at| same.boundary(at)).collect::<Vec<_>>(), [0, 1, 2]);
        let grown = Carry::between(&chars("一"), &chars("一二"));
        assert_eq!((grown.boundary(0), grown.boundary(1)), (0, 2));
        let gone = Carry::between(&chars("一二"), &[]);
        assert_eq!((gone.boundary(0), gone.boundary(1), gone.boundary(2)), (0, 0, 0));
    }
}
