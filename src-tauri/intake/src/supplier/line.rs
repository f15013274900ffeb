//! A line from the words that a supplier's file gives, in the file's own units.

use baoku_model::{Direction, Rect, TextLine};

/// Edges of a box in the units of the file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Place {
    pub fn new(left: f32, top: f32, width: f32, height: f32) -> Self {
        Self { left, top, right: left + width.max(0.0), bottom: top + height.max(0.0) }
    }

    pub fn around(places: impl IntoIterator<Item = Place>) -> Option<Place> {
        places.into_iter().reduce(|a, b| Place {
            left: a.left.min(b.left),
            top: a.top.min(b.top),
            right: a.right.max(b.right),
            bottom: a.bottom.max(b.bottom),
        })
    }

    fn width(&self) -> f32 {
        self.right - self.left
    }

    fn height(&self) -> f32 {
        self.bottom - self.top
    }
}

/// Size of the page in the units of the file; zero where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Frame {
    pub width: f32,
    pub height: f32,
}

impl Frame {
    /// Fractions of the page; what lies beyond its edges is cut off. `None` on a page of unknown size.
    pub fn rect(&self, place: &Place) -> Option<Rect> {
        if self.width <= 0.0 || self.height <= 0.0 {
            return None;
        }
        let x = |v: f32| (v / self.width).clamp(0.0, 1.0);
        let y = |v: f32| (v / self.height).clamp(0.0, 1.0);
        Some(Rect::from_edges(x(place.left), y(place.top), x(place.right), y(place.bottom)))
    }
}

/// A word, or a run of characters, of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Word {
    pub text: String,
    pub place: Option<Place>,
    /// 0 to 1.
    pub confidence: Option<f32>,
    /// 0 to 1 for each character; of another length where the file counts otherwise, and then not used.
    pub characters: Vec<f32>,
    /// Boxes of the characters, on the same terms.
    pub glyphs: Vec<Place>,
    /// What stands between it and the word before: a space that the file gives, none that it denies, or nothing said.
    pub space: Option<bool>,
}

/// What else the file says of a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Traits {
    pub place: Option<Place>,
    pub direction: Option<Direction>,
    pub font: Option<String>,
    pub bold: bool,
    /// Em size in the units of the file.
    pub size: Option<f32>,
    pub confidence: Option<f32>,
}

/// Characters that are set without spaces between words.
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Composes the line. `None` if it has no character.
pub fn compose(words: &[Word], traits: &Traits, frame: &Frame) -> Option<TextLine> {
    let place = traits.place.or_else(|| Place::around(words.iter().filter_map(|w| w.place)));
    let text_length: usize = words.iter().map(|w| w.text.chars().count()).sum();
    if text_length == 0 {
        return None;
    }
    let direction = traits.direction.unwrap_or_else(|| tell_direction(words, place.as_ref()));
    let mut line = TextLine { direction, font: traits.font.clone(), bold: traits.bold, ..TextLine::default() };
    let mut edges: Vec<f32> = Vec::new();
    let mut known = frame.width > 0.0 && frame.height > 0.0;
    let mut doubts: Vec<f32> = Vec::new();
    let mut says_characters = false;
    for (i, word) in words.iter().filter(|w| !w.text.is_empty()).enumerate() {
        let count = word.text.chars().count();
        if i > 0 && has_space(&line.text, word) {
            line.text.push(' ');
            // The space begins where the word before ends, which is where its last edge stands.
            doubts.push(1.0);
        } else if i > 0 {
            edges.pop();
        }
        match word.place {
            Some(place) => edges.extend(edges_of(word, &place, direction, count)),
            None => known = false,
        }
        line.text.push_str(&word.text);
        let each = word.confidence.or(traits.confidence).unwrap_or(1.0);
        if word.characters.len() == count {
            says_characters = true;
            doubts.extend(word.characters.iter().map(|c| c.clamp(0.0, 1.0)));
        } else {
            says_characters |= word.confidence.is_some();
            doubts.extend(std::iter::repeat_n(each.clamp(0.0, 1.0), count));
        }
    }
    let length = line.text.chars().count();
    let span = if direction == Direction::Vertical { frame.height } else { frame.width };
    if known && edges.len() == length + 1 {
        line.edges = edges.iter().map(|edge| (edge / span).clamp(0.0, 1.0)).collect();
    }
    line.confidence = mean(words, traits);
    if says_characters && doubts.len() == length {
        line.char_confidence = doubts;
    }
    line.bbox = place.and_then(|place| frame.rect(&place));
    line.size = match (traits.size, line.bbox, place) {
        (Some(size), ..) if frame.height > 0.0 => (size / frame.height).clamp(0.0, 1.0),
        (_, Some(bbox), _) if direction != Direction::Vertical => bbox.h,
        // The width of a column, as a fraction of the page's height.
        (_, Some(_), Some(place)) => (place.width() / frame.height).clamp(0.0, 1.0),
        _ => 0.0,
    };
    Some(line)
}

/// The leading edge of each character and the end of the last.
fn edges_of(word: &Word, place: &Place, direction: Direction, count: usize) -> Vec<f32> {
    let (start, end) = match direction {
        Direction::Horizontal => (place.left, place.right),
        Direction::RightToLeft => (place.right, place.left),
        Direction::Vertical => (place.top, place.bottom),
    };
    if word.glyphs.len() == count {
        let leading = |glyph: &Place| match direction {
            Direction::Horizontal => glyph.left,
            Direction::RightToLeft => glyph.right,
            Direction::Vertical => glyph.top,
        };
        return word.glyphs.iter().map(leading).chain([end]).collect();
    }
    (0..=count).map(|i| start + (end - start) * i as f32 / count.max(1) as f32).collect()
}

/// Latin words are apart also where the file names no space; Chinese is not.
fn has_space(before: &str, word: &Word) -> bool {
    word.space.unwrap_or_else(|| {
        let joins = |c: Option<char>| c.is_none_or(is_cjk);
        !(joins(before.chars().next_back()) && joins(word.text.chars().next()))
    })
}

/// A narrow and high box holds a column.
fn tell_direction(words: &[Word], place: Option<&Place>) -> Direction {
    let Some(place) = place else { return Direction::Horizontal };
    let (mut cjk, mut all) = (0usize, 0usize);
    for c in words.iter().flat_map(|w| w.text.chars()).filter(|c| !c.is_whitespace()) {
        all += 1;
        cjk += usize::from(is_cjk(c));
    }
    let slender = |times: f32| place.height() > times * place.width();
    let column = if cjk * 2 > all { all >= 2 && slender(1.5) } else { all >= 4 && slender(3.0) };
    if column { Direction::Vertical } else { Direction::Horizontal }
}

/// The words' confidence, each with the weight of its characters. A file that says nothing does not doubt its text.
fn mean(words: &[Word], traits: &Traits) -> f32 {
    let (mut sum, mut weight) = (0.0f32, 0.0f32);
    for word in words {
        let count = word.text.chars().count() as f32;
        let of_characters = (!word.characters.is_empty() && word.characters.len() == word.text.chars().count())
            .then(|| word.characters.iter().sum::<f32>() / word.characters.len() as f32);
        if let Some(confidence) = word.confidence.or(of_characters) {
            sum += confidence.clamp(0.0, 1.0) * count;
            weight += count;
        }
    }
    if weight > 0.0 { sum / weight } else { traits.confidence.unwrap_or(1.0).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { width: 1000.0, height: 2000.0 };

    fn word(text: &str, left: f32, top: f32, width: f32, height: f32) -> Word {
        Word { text: text.into(), place: Some(Place::new(left, top, width, height)), ..Word::default() }
    }

    #[test]
    fn latin_words_have_spaces_and_chinese_has_none() {
        let line = compose(
            &[word("The", 0.0, 0.0, 90.0, 20.0), word("end", 100.0, 0.0, 90.0, 20.0)],
            &Traits::default(),
            &FRAME,
        )
        .unwrap();
        assert_eq!(line.text, "The end");
        assert_eq!(line.edges.len(), 8);
        assert_eq!((line.edges[3], line.edges[4]), (0.09, 0.1));
        let line = compose(
            &[word("云泽", 0.0, 0.0, 40.0, 20.0), word("报", 40.0, 0.0, 20.0, 20.0)],
            &Traits::default(),
            &FRAME,
        )
        .unwrap();
        assert_eq!((line.text.as_str(), line.edges.len()), ("云泽报", 4));
    }

    #[test]
    fn a_column_is_vertical() {
        let line = compose(&[word("云泽报", 900.0, 100.0, 20.0, 60.0)], &Traits::default(), &FRAME).unwrap();
        assert_eq!(line.direction, Direction::Vertical);
        assert_eq!(line.edges, [0.05, 0.06, 0.07, 0.08]);
        assert_eq!(line.size, 0.01);
    }

    #[test]
    fn confidence_is_kept_by_character() {
        let mut one = word("ab", 0.0, 0.0, 20.0, 20.0);
        one.characters = vec![0.5, 1.0];
        let mut two = word("c", 30.0, 0.0, 10.0, 20.0);
        two.confidence = Some(0.75);
        let line = compose(&[one, two], &Traits::default(), &FRAME).unwrap();
        assert_eq!(line.char_confidence, [0.5, 1.0, 1.0, 0.75]);
        assert_eq!(line.confidence, 0.75);
    }

    #[test]
    fn a_page_of_unknown_size_has_text_without_boxes() {
        let line = compose(&[word("ab", 0.0, 0.0, 20.0, 20.0)], &Traits::default(), &Frame::default()).unwrap();
        assert_eq!((line.bbox, line.edges.len()), (None, 0));
    }
}
