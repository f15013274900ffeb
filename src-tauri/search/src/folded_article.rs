//! An article in the form that is searched: its parts one after the other, folded.

use baoku_archive::queries::SearchDocument;

use crate::leaf::{Leaf, Scope};
use baoku_fold::fold;

/// What a part of an article is. Nothing is found across the end of one part and the start of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    Text,
    Headline,
    Byline,
    /// The text as it was in another version.
    Older,
}

impl PartKind {
    pub fn is_in(self, scope: Scope) -> bool {
        match scope {
            Scope::Anywhere => true,
            Scope::Title => self == Self::Headline,
            Scope::Byline => self == Self::Byline,
        }
    }

    /// How much an occurrence says about what the article is about, for "best first". Other versions only help to find.
    pub fn weight(self) -> u32 {
        match self {
            Self::Text => 1,
            Self::Headline => 8,
            Self::Byline => 3,
            Self::Older => 0,
        }
    }
}

/// Folded parts of one article; the text first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoldedArticle {
    pub parts: Vec<(PartKind, Vec<char>)>,
}

/// Occurrences of a leaf in one article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub found: bool,
    pub occurrences: u32,
    pub score: u32,
}

impl PartKind {
    /// The parts as they stand, before any folding, with their kinds.
    pub fn of(document: &SearchDocument) -> impl Iterator<Item = (Self, &str)> {
        std::iter::once((Self::Text, document.text.as_str()))
            .chain(document.headlines().map(|h| (Self::Headline, h)))
            .chain(document.byline.iter().map(|b| (Self::Byline, b.as_str())))
            .chain(document.older.iter().map(|o| (Self::Older, o.as_str())))
    }
}

impl FoldedArticle {
    pub fn new(document: &SearchDocument) -> Self {
        Self { parts: PartKind::of(document).map(|(kind, part)| (kind, fold(part).chars)).collect() }
    }

    /// As printed but for white space, for a strict search.
    pub fn as_printed(document: &SearchDocument) -> Self {
        Self { parts: PartKind::of(document).map(|(kind, part)| (kind, baoku_fold::as_printed(part).chars)).collect() }
    }

    /// Occurrences of `leaf`. A place that reads alike in two versions counts once.
    pub fn tally(&self, leaf: &Leaf) -> Tally {
        let mut tally = Tally::default();
        let mut current: Vec<(u32, u32)> = Vec::new();
        let mut only_older = 0;
        for (kind, part) in self.parts.iter().filter(|(kind, _)| kind.is_in(leaf.scope)) {
            let spans = leaf.shape.find(part);
            tally.found |= !spans.is_empty();
            match kind {
                PartKind::Older if spans.is_empty() => {}
                PartKind::Older => {
                    only_older = only_older.max(places_only_in_older(part, &spans, &self.parts[0].1, &current));
                }
                _ => {
                    tally.occurrences += spans.len() as u32;
                    tally.score += spans.len() as u32 * kind.weight();
                    if *kind == PartKind::Text {
                        current = spans;
                    }
                }
            }
        }
        tally.occurrences += only_older;
        tally
    }
}

/// Occurrences in an older text at places where the current one has none: those within what both texts begin and end with are the
/// same; of the stretch between, only what goes beyond the occurrences there now is new.
fn places_only_in_older(older: &[char], found: &[(u32, u32)], text: &[char], current: &[(u32, u32)]) -> u32 {
    let changed = Changed::between(older, text);
    let within =
        |spans: &[(u32, u32)], stretch: Stretch| spans.iter().filter(|span| stretch.meets(**span)).count() as u32;
    within(found, changed.older).saturating_sub(within(current, changed.text))
}

/// What lies between the common start and the common end of two texts, in each of them.
#[derive(Debug, Clone, Copy)]
pub struct Changed {
    pub older: Stretch,
    pub text: Stretch,
}

/// From one character to before another; empty where one text only adds to the other.
#[derive(Debug, Clone, Copy)]
pub struct Stretch {
    from: u32,
    to: u32,
}

impl Changed {
    pub fn between(older: &[char], text: &[char]) -> Self {
        let head = older.iter().zip(text).take_while(|(a, b)| a == b).count();
        let tail = older[head..].iter().rev().zip(text[head..].iter().rev()).take_while(|(a, b)| a == b).count();
        let stretch = |length: usize| Stretch { from: head as u32, to: (length - tail) as u32 };
        Self { older: stretch(older.len()), text: stretch(text.len()) }
    }
}

impl Stretch {
    fn meets(self, (start, end): (u32, u32)) -> bool {
        end > self.from && start < self.to.max(self.from + 1)
    }

    /// Characters and pairs of `text` that the stretch meets.
    pub fn tokens(self, text: &[char]) -> impl Iterator<Item = &[char]> {
        [1, 2].into_iter().flat_map(move |length: usize| {
            let first = (self.from as usize + 1).saturating_sub(length);
            let end = (self.to.max(self.from + 1) as usize + length - 1).min(text.len());
            text.get(first.min(end)..end).unwrap_or_default().windows(length)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::leaf::Shape;

    fn tally(text: &str, older: &str, query: &str) -> (bool, u32) {
        let chars = |s: &str| s.chars().collect::<Vec<char>>();
        let article = FoldedArticle { parts: vec![(PartKind::Text, chars(text)), (PartKind::Older, chars(older))] };
        let leaf = Leaf { scope: Scope::Anywhere, shape: Shape::Exact(chars(query)) };
        let tally = article.tally(&leaf);
        (tally.found, tally.occurrences)
    }

    #[test]
    fn a_place_read_two_ways_counts_once() {
        assert_eq!(tally("徐汇区与徐汇人", "徐汇区与徐江人", "徐汇"), (true, 2));
        assert_eq!(tally("徐汇区与徐汇人", "徐汇区与徐江人", "徐江"), (true, 1));
        assert_eq!(tally("徐汇区与徐汇人", "徐汇区与徐江人", "人"), (true, 1));
        assert_eq!(tally("徐汇区", "徐汇区徐汇", "徐汇"), (true, 2));
    }

    #[test]
    fn tokens_of_a_stretch_are_those_that_meet_it() {
        let chars = |s: &str| s.chars().collect::<Vec<char>>();
        let all = |s: &[char]| {
            let spans = (1..=2).flat_map(|n| (0..(s.len() + 1).saturating_sub(n)).map(move |at| (at, at + n)));
            spans.collect::<Vec<_>>()
        };
        for (older, text) in
            [("徐汇区", "徐江区"), ("徐汇", "徐汇区"), ("徐汇区", "徐汇"), ("", "徐"), ("徐汇", "徐汇"), ("人人", "人")]
        {
            let (older, text) = (chars(older), chars(text));
            let changed = Changed::between(&older, &text);
            for (stretch, of) in [(changed.older, &older), (changed.text, &text)] {
                let meet = all(of).into_iter().filter(|(a, b)| stretch.meets((*a as u32, *b as u32)));
                let expected: Vec<&[char]> = meet.map(|(a, b)| &of[a..b]).collect();
                assert_eq!(stretch.tokens(of).collect::<Vec<_>>(), expected, "{older:?} {text:?}");
            }
        }
    }
}
