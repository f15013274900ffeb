//! How much two texts speak of the same thing, by pairs of neighbouring characters.

use std::collections::{BTreeMap, BTreeSet};

use crate::signs::is_han;

/// The character pairs of `text`; pairs do not reach over punctuation.
pub(crate) fn grams(text: &str) -> BTreeSet<(char, char)> {
    let mut out = BTreeSet::new();
    let mut before: Option<char> = None;
    for c in text.chars() {
        if c.is_whitespace() {
            continue;
        }
        let word = is_han(c) || c.is_alphanumeric();
        if let (Some(a), true) = (before, word) {
            out.insert((a, c));
        }
        before = word.then_some(c);
    }
    out
}

/// Share of `a`'s pairs that `b` has too, from 0 to 1.
pub(crate) fn shared_share(a: &BTreeSet<(char, char)>, b: &BTreeSet<(char, char)>) -> f32 {
    if a.is_empty() {
        return 0.0;
    }
    a.intersection(b).count() as f32 / a.len() as f32
}

/// Pairs weighed by how few texts of the page hold them.
pub(crate) struct Vocabulary {
    texts: usize,
    held_by: BTreeMap<(char, char), usize>,
}

impl Vocabulary {
    pub fn of<'a>(texts: impl Iterator<Item = &'a BTreeSet<(char, char)>>) -> Self {
        let mut held_by = BTreeMap::new();
        let mut count = 0;
        for text in texts {
            count += 1;
            for gram in text {
                *held_by.entry(*gram).or_insert(0) += 1;
            }
        }
        Self { texts: count, held_by }
    }

    /// A rare pair weighs more.
    pub fn weight(&self, gram: &(char, char)) -> f32 {
        let df = self.held_by.get(gram).copied().unwrap_or(0) as f32;
        ((self.texts as f32 + 2.0) / (df + 0.5)).ln().max(0.05)
    }

    /// Weighed share of `title`'s pairs found in `lead` (counted fully) or elsewhere in `body` (counted at 0.6).
    pub fn likeness(
        &self,
        title: &BTreeSet<(char, char)>,
        lead: &BTreeSet<(char, char)>,
        body: &BTreeSet<(char, char)>,
    ) -> f32 {
        let mut total = 0.0;
        let mut found = 0.0;
        for gram in title {
            let w = self.weight(gram);
            total += w;
            found += w * if lead.contains(gram) {
                1.0
            } else if body.contains(gram) {
                0.6
            } else {
                0.0
            };
        }
        if total > 0.0 { found / total } else { 0.0 }
    }
}
