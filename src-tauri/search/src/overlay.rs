//! Articles that changed since the base was written, in memory: searched beside it, so that a correction is found as soon as it is
//! in the archive.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use baoku_archive::queries::SearchDocument;

use crate::bits::Bits;
use crate::columns::Columns;
use crate::error::Result;
use crate::folded_article::{Changed, FoldedArticle, PartKind, Tally};
use crate::leaf::{Leaf, Scope, Shape};
use crate::part::{Cancel, Part, Tallies};

#[derive(Default)]
pub struct Overlay {
    articles: Vec<FoldedArticle>,
    columns: Columns,
    dead: Bits,
    /// The document of each article that is alive here.
    places: HashMap<i64, u32>,
    /// Documents that hold a character or pair.
    tokens: TokenMap<Holders>,
    /// Counts of the document that is being added; kept for its room.
    counts: TokenMap<Counted>,
    /// Characters of the text of all documents, dead ones too.
    characters: usize,
}

type TokenMap<V> = HashMap<u64, V, BuildHasherDefault<Mixer>>;

/// Documents in order, and of each the occurrences and the score of the token: a question of a character or pair then reads no
/// text. [`u16::MAX`] stands for that or more.
#[derive(Default)]
struct Holders {
    docs: Vec<u32>,
    tallies: Vec<[u16; 2]>,
}

/// A token in one document.
#[derive(Default)]
struct Counted {
    tally: Tally,
    /// Occurrences in the older version at hand, and in the current text, where the two differ.
    older: u32,
    current: u32,
    /// The most that an older version has beyond the current text.
    only_older: u32,
}

/// Tokens are numbers already; one multiplication spreads them.
#[derive(Default)]
pub struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(u64::from(*b));
        }
    }

    fn write_u64(&mut self, n: u64) {
        let mixed = (self.0 ^ n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

/// Characters and pairs.
fn tokens(part: &[char]) -> impl Iterator<Item = &[char]> {
    part.windows(1).chain(part.windows(2))
}

fn key(token: &[char]) -> u64 {
    token.iter().fold(0, |key, c| key << 32 | u64::from(u32::from(*c)))
}

impl Overlay {
    pub fn add(&mut self, document: &SearchDocument) {
        self.remove(document.article.0);
        let doc = self.articles.len() as u32;
        let article = FoldedArticle::new(document);
        self.characters += article.parts.iter().map(|(_, part)| part.len()).sum::<usize>();
        self.tally_tokens(&article);
        for (token, counted) in self.counts.drain() {
            let most = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
            let holders = self.tokens.entry(token).or_default();
            holders.docs.push(doc);
            holders.tallies.push([most(counted.tally.occurrences + counted.only_older), most(counted.tally.score)]);
        }
        self.articles.push(article);
        self.columns.push(document);
        self.dead.grow();
        self.places.insert(document.article.0, doc);
    }

    /// The tally of every token of an article, as [`FoldedArticle::tally`] has it.
    fn tally_tokens(&mut self, article: &FoldedArticle) {
        let counts = &mut self.counts;
        for (kind, part) in article.parts.iter().filter(|(kind, _)| *kind != PartKind::Older) {
            for token in tokens(part) {
                let counted = counts.entry(key(token)).or_default();
                counted.tally.occurrences += 1;
                counted.tally.score += kind.weight();
            }
        }
        let text = &article.parts[0].1;
        for (_, older) in article.parts.iter().filter(|(kind, _)| *kind == PartKind::Older) {
            let Changed { older: there, text: here } = Changed::between(older, text);
            for token in tokens(older) {
                counts.entry(key(token)).or_default();
            }
            // A stretch reaches at most one character beyond what differs.
            for token in there.tokens(older) {
                counts.entry(key(token)).or_default().older += 1;
            }
            for token in here.tokens(text) {
                counts.entry(key(token)).or_default().current += 1;
            }
            for token in there.tokens(older).chain(here.tokens(text)) {
                let counted = counts.entry(key(token)).or_default();
                counted.only_older = counted.only_older.max(counted.older.saturating_sub(counted.current));
            }
            for token in there.tokens(older).chain(here.tokens(text)) {
                let counted = counts.entry(key(token)).or_default();
                (counted.older, counted.current) = (0, 0);
            }
        }
    }

    pub fn remove(&mut self, article: i64) {
        if let Some(doc) = self.places.remove(&article) {
            self.dead.set(doc);
        }
    }

    pub fn alive(&self) -> usize {
        self.places.len()
    }

    /// Characters held in memory.
    pub fn characters(&self) -> usize {
        self.characters
    }

    /// Documents that may hold all of the strings: those with the rarest of their tokens.
    fn candidates(&self, shape: &Shape) -> &[u32] {
        let mut fewest: Option<&[u32]> = None;
        for string in shape.strings() {
            for token in string.windows(string.len().min(2)) {
                let docs = self.tokens.get(&key(token)).map(|held| held.docs.as_slice()).unwrap_or_default();
                if fewest.is_none_or(|fewest| docs.len() < fewest.len()) {
                    fewest = Some(docs);
                }
            }
        }
        fewest.unwrap_or_default()
    }
}

impl Part for Overlay {
    fn len(&self) -> u32 {
        self.articles.len() as u32
    }

    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn dead(&self) -> &Bits {
        &self.dead
    }

    fn find(&self, leaf: &Leaf, cancel: &Cancel, tallies: Option<&mut Tallies>) -> Result<Bits> {
        let mut found = Bits::none(self.len());
        let candidates = self.candidates(&leaf.shape);
        // A token by itself, anywhere: its list is the answer.
        let certain = matches!(&leaf.shape, Shape::Exact(token) if token.len() <= 2) && leaf.scope == Scope::Anywhere;
        match tallies {
            None if certain => candidates.iter().for_each(|doc| found.set(*doc)),
            None => {
                for doc in candidates {
                    cancel.check()?;
                    let article = &self.articles[*doc as usize];
                    let mut parts = article.parts.iter().filter(|(kind, _)| kind.is_in(leaf.scope));
                    if parts.any(|(_, part)| !leaf.shape.find(part).is_empty()) {
                        found.set(*doc);
                    }
                }
            }
            Some(tallies) => {
                let known = match &leaf.shape {
                    Shape::Exact(token) if certain => self.tokens.get(&key(token)),
                    _ => None,
                };
                for (n, doc) in candidates.iter().enumerate() {
                    cancel.check()?;
                    let tally = match known.map(|known| known.tallies[n]) {
                        Some([occurrences, score]) if occurrences.max(score) < u16::MAX => {
                            Tally { found: true, occurrences: occurrences.into(), score: score.into() }
                        }
                        _ => self.articles[*doc as usize].tally(leaf),
                    };
                    if tally.found {
                        found.set(*doc);
                    }
                    tallies.occurrences[*doc as usize] += tally.occurrences;
                    if let Some(score) = tallies.scores.get_mut(*doc as usize) {
                        *score += tally.score;
                    }
                }
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part() -> impl Strategy<Value = Vec<char>> {
        prop::collection::vec(prop::sample::select(vec!['人', '大', '小', '𠮷']), 0..12)
    }

    proptest! {
        #[test]
        fn counted_tallies_are_those_of_the_text(text in part(), headline in part(), older in prop::collection::vec(part(), 0..3)) {
            let mut parts = vec![(PartKind::Text, text), (PartKind::Headline, headline)];
            parts.extend(older.into_iter().map(|older| (PartKind::Older, older)));
            let article = FoldedArticle { parts };
            let mut overlay = Overlay::default();
            overlay.tally_tokens(&article);
            for (_, part) in &article.parts {
                for token in tokens(part) {
                    let leaf = Leaf { scope: Scope::Anywhere, shape: Shape::Exact(token.to_vec()) };
                    let Counted { tally, only_older, .. } = &overlay.counts[&key(token)];
                    let expected = article.tally(&leaf);
                    prop_assert!(expected.found);
                    prop_assert_eq!((tally.occurrences + only_older, tally.score), (expected.occurrences, expected.score));
                }
            }
        }
    }
}
