//! What is looked for in the text itself: a string, two strings near each other, strings with gaps between them. Found by
//! positions, so that the index (positions from postings) and a plain text (positions from a scan) are asked the same question.

/// Where in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scope {
    /// Headlines, byline and text, in every version.
    #[default]
    Anywhere,
    Title,
    Byline,
}

/// Greatest distance that `NEAR` may be given, in folded characters.
pub const MOST_NEAR: u32 = 100;
/// Distance of a `NEAR` without a number.
pub const USUAL_NEAR: u32 = 10;
/// Most characters that one `*` stands for.
pub const MOST_GAP: u32 = 20;

/// A stretch between two strings of a pattern: at least and at most so many characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gap {
    pub least: u32,
    pub most: u32,
}

/// Strings are folded, or as printed in a strict search, and never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    Exact(Vec<char>),
    /// Both, in either order, not overlapping, with at most `distance` characters between them.
    Near {
        a: Vec<char>,
        b: Vec<char>,
        distance: u32,
    },
    /// The first string, then each further one after its gap.
    Pattern {
        first: Vec<char>,
        rest: Vec<(Gap, Vec<char>)>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Leaf {
    pub scope: Scope,
    pub shape: Shape,
}

impl Shape {
    /// All strings, in the order in which [`Shape::spans`] asks for them.
    pub fn strings(&self) -> Vec<&[char]> {
        match self {
            Self::Exact(s) => vec![s],
            Self::Near { a, b, .. } => vec![a, b],
            Self::Pattern { first, rest } => {
                std::iter::once(first.as_slice()).chain(rest.iter().map(|(_, s)| s.as_slice())).collect()
            }
        }
    }

    /// Stretches in which the whole is found, given the starts of each string in ascending order; one for each start of the first
    /// string that has a match, so that their number is the number of occurrences.
    pub fn spans(&self, starts: &[Vec<u32>]) -> Vec<(u32, u32)> {
        let length = |s: &[char]| s.len() as u32;
        match self {
            Self::Exact(s) => starts[0].iter().map(|p| (*p, p + length(s))).collect(),
            Self::Near { a, b, distance } => {
                let (a_len, b_len) = (length(a), length(b));
                let fits = |p: u32, q: u32| {
                    let (end, start) = if p <= q { (p + a_len, q) } else { (q + b_len, p) };
                    end <= start && start - end <= *distance
                };
                let from = |p: u32| p.saturating_sub(distance + b_len);
                let mut spans = Vec::new();
                for p in &starts[0] {
                    let near = starts[1][starts[1].partition_point(|q| *q < from(*p))..]
                        .iter()
                        .take_while(|q| **q <= p + a_len + distance)
                        .find(|q| fits(*p, **q));
                    if let Some(q) = near {
                        spans.push(((*p).min(*q), (p + a_len).max(q + b_len)));
                    }
                }
                spans
            }
            Self::Pattern { first, rest } => {
                // The ends that each start of the first string can reach, string after string.
                let mut spans = Vec::new();
                for p in &starts[0] {
                    let mut ends = vec![p + length(first)];
                    for ((gap, s), starts) in rest.iter().zip(&starts[1..]) {
                        let mut next: Vec<u32> = Vec::new();
                        for end in ends {
                            let begin = starts.partition_point(|q| *q < end + gap.least);
                            next.extend(
                                starts[begin..].iter().take_while(|q| **q <= end + gap.most).map(|q| q + length(s)),
                            );
                        }
                        next.sort_unstable();
                        next.dedup();
                        ends = next;
                    }
                    if let Some(end) = ends.first() {
                        spans.push((*p, *end));
                    }
                }
                spans
            }
        }
    }

    /// Stretches of a text, in its characters.
    pub fn find(&self, text: &[char]) -> Vec<(u32, u32)> {
        let mut starts = Vec::new();
        for s in self.strings() {
            let found = starts_of(text, s);
            if found.is_empty() {
                return Vec::new();
            }
            starts.push(found);
        }
        self.spans(&starts)
    }
}

/// Every start of a string in a text, overlapping ones too.
pub fn starts_of(text: &[char], s: &[char]) -> Vec<u32> {
    let Some(first) = s.first() else { return Vec::new() };
    let last_start = (text.len() + 1).saturating_sub(s.len());
    let mut starts = Vec::new();
    for (n, c) in text[..last_start].iter().enumerate() {
        if c == first && text[n..].starts_with(s) {
            starts.push(n as u32);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    #[test]
    fn near_is_unordered_and_does_not_overlap() {
        let near = |a: &str, b: &str, distance| Shape::Near { a: chars(a), b: chars(b), distance };
        let text = chars("徐汇滨江公园建成");
        assert_eq!(near("徐汇", "公园", 2).find(&text), [(0, 6)]);
        assert_eq!(near("公园", "徐汇", 2).find(&text), [(0, 6)]);
        assert_eq!(near("徐汇", "公园", 1).find(&text), []);
        assert_eq!(near("徐汇", "汇滨", 5).find(&text), [], "they overlap");
        assert_eq!(near("徐汇", "徐汇", 50).find(&text), [], "one place is not two");
        assert_eq!(near("徐汇", "滨江", 0).find(&text), [(0, 4)]);
    }

    #[test]
    fn patterns() {
        let one = Gap { least: 1, most: 1 };
        let any = Gap { least: 0, most: MOST_GAP };
        let text = chars("徐汇滨江徐家汇滨");
        let found = |rest| Shape::Pattern { first: chars("徐"), rest }.find(&text);
        assert_eq!(found(vec![(one, chars("滨"))]), [(0, 3)]);
        assert_eq!(found(vec![(any, chars("汇")), (any, chars("滨"))]), [(0, 3), (4, 8)]);
        assert_eq!(found(vec![(any, chars("江"))]), [(0, 4)]);
    }

    #[test]
    fn starts_overlap() {
        assert_eq!(starts_of(&chars("人人人"), &chars("人人")), [0, 1]);
        assert!(starts_of(&chars("人"), &chars("人人")).is_empty());
    }
}
