//! The index is searched part by part: segments of the base, and the changes above it.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::bits::Bits;
use crate::columns::Columns;
use crate::error::{Result, SearchError};
use crate::folded_article::FoldedArticle;
use crate::leaf::Leaf;
use crate::node::{Node, Printed};

/// Raised by whoever no longer wants the answer.
#[derive(Debug, Default)]
pub struct Cancel(AtomicBool);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn check(&self) -> Result<()> {
        if self.0.load(Ordering::Relaxed) { Err(SearchError::Cancelled) } else { Ok(()) }
    }
}

/// Occurrences and scores of each document, filled in while leaves are searched.
#[derive(Debug, Default)]
pub struct Tallies {
    /// Occurrences in the current version.
    pub occurrences: Vec<u32>,
    /// Weighted occurrences, for "best first"; empty if not asked for.
    pub scores: Vec<u32>,
    /// Documents where another version has the string too: their occurrences are counted by their text.
    pub in_older: Option<Bits>,
}

impl Tallies {
    pub fn new(len: u32, scores: bool) -> Self {
        Self {
            occurrences: vec![0; len as usize],
            scores: vec![0; if scores { len as usize } else { 0 }],
            in_older: None,
        }
    }
}

pub trait Part {
    /// Documents in it, whether alive or not.
    fn len(&self) -> u32;

    fn columns(&self) -> &Columns;

    /// Documents that were removed, or changed and stand in a later part.
    fn dead(&self) -> &Bits;

    /// Documents that hold the leaf; dead ones may be among them.
    fn find(&self, leaf: &Leaf, cancel: &Cancel, tallies: Option<&mut Tallies>) -> Result<Bits>;

    /// Number of documents alive that hold the leaf.
    fn count(&self, leaf: &Leaf, cancel: &Cancel) -> Result<u32> {
        let mut found = self.find(leaf, cancel, None)?;
        found.remove(self.dead());
        Ok(found.count())
    }
}

/// What an evaluation needs beside the index.
pub struct Asking<'a> {
    pub cancel: &'a Cancel,
    /// The text of an article as printed, for strict searches; `None` if it was removed.
    pub printed: &'a dyn Fn(i64) -> Result<Option<FoldedArticle>>,
}

impl Asking<'_> {
    /// Documents of a part for which the query holds; none of them dead.
    pub fn evaluate(&self, part: &dyn Part, node: &Node, tallies: Option<&mut Tallies>) -> Result<Bits> {
        let mut found = self.inner(part, node, tallies)?;
        found.remove(part.dead());
        Ok(found)
    }

    fn inner(&self, part: &dyn Part, node: &Node, mut tallies: Option<&mut Tallies>) -> Result<Bits> {
        self.cancel.check()?;
        match node {
            Node::Text(leaf) => part.find(leaf, self.cancel, tallies),
            Node::Printed(printed) => self.as_printed(part, printed, tallies),
            Node::Of(filter) => {
                let mut found = Bits::none(part.len());
                for doc in 0..part.len() {
                    if filter.holds(part.columns(), doc) {
                        found.set(doc);
                    }
                }
                Ok(found)
            }
            Node::All(nodes) => {
                let mut found = Bits::all(part.len());
                for node in nodes {
                    found.keep(&self.inner(part, node, tallies.as_deref_mut())?);
                    // The rest could bring nothing back.
                    if found.is_empty() {
                        break;
                    }
                }
                Ok(found)
            }
            Node::Any(nodes) => {
                let mut found = Bits::none(part.len());
                for node in nodes {
                    found.add(&self.inner(part, node, tallies.as_deref_mut())?);
                }
                Ok(found)
            }
            Node::Not(node) => {
                let mut found = self.inner(part, node, None)?;
                found.invert();
                Ok(found)
            }
        }
    }

    fn as_printed(&self, part: &dyn Part, printed: &Printed, mut tallies: Option<&mut Tallies>) -> Result<Bits> {
        let mut candidates = match &printed.candidates {
            Some(shape) => part.find(&Leaf { scope: printed.scope, shape: shape.clone() }, self.cancel, None)?,
            None => Bits::all(part.len()),
        };
        candidates.remove(part.dead());
        let leaf = Leaf { scope: printed.scope, shape: printed.shape.clone() };
        let mut found = Bits::none(part.len());
        for doc in candidates.iter() {
            self.cancel.check()?;
            let Some(article) = (self.printed)(part.columns().article[doc as usize])? else { continue };
            let tally = article.tally(&leaf);
            if tally.found {
                found.set(doc);
            }
            if let Some(tallies) = tallies.as_deref_mut() {
                tallies.occurrences[doc as usize] += tally.occurrences;
                if let Some(score) = tallies.scores.get_mut(doc as usize) {
                    *score += tally.score;
                }
            }
        }
        Ok(found)
    }
}
