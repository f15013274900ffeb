//! Articles that changed since the base was written, in memory: searched beside it, so that a correction is found as soon as it is
//! in the archive.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use baoku_archive::queries::SearchDocument;

use crate::bits::Bits;
use crate::columns::Columns;
use crate::error::Result;
use crate::folded_article::FoldedArticle;
use crate::leaf::{Leaf, Scope, Shape};
use crate::part::{Cancel, Part, Tallies};

#[derive(Default)]
pub struct Overlay {
    articles: Vec<FoldedArticle>,
    columns: Columns,
    dead: Bits,
    /// The document of each article that is alive here.
    places: HashMap<i64, u32>,
    /// Documents that hold a character or pair, in order.
    tokens: HashMap<u64, Vec<u32>, BuildHasherDefault<Mixer>>,
    /// Characters of the text of all documents, dead ones too.
    characters: usize,
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

fn key(token: &[char]) -> u64 {
    token.iter().fold(0, |key, c| key << 32 | u64::from(u32::from(*c)))
}

impl Overlay {
    pub fn add(&mut self, document: &SearchDocument) {
        self.remove(document.article.0);
        let doc = self.articles.len() as u32;
        let article = FoldedArticle::new(document);
        for (_, part) in &article.parts {
            self.characters += part.len();
            for token in part.windows(1).chain(part.windows(2)) {
                let docs = self.tokens.entry(key(token)).or_default();
                if docs.last() != Some(&doc) {
                    docs.push(doc);
                }
            }
        }
        self.articles.push(article);
        self.columns.push(document);
        self.dead.grow();
        self.places.insert(document.article.0, doc);
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
                let docs = self.tokens.get(&key(token)).map(Vec::as_slice).unwrap_or_default();
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
                for doc in candidates {
                    cancel.check()?;
                    let article = &self.articles[*doc as usize];
                    let tally = article.tally(leaf);
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
