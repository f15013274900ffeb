//! The index as it stands in memory: the base, and above it what changed since.

use std::collections::HashSet;

use baoku_archive::{Reader, queries};
use baoku_model::ArticleId;

use crate::base::Base;
use crate::error::Result;
use crate::overlay::Overlay;
use crate::part::Part;

#[derive(Default)]
pub struct State {
    base: Option<Base>,
    overlay: Overlay,
    /// Articles that changed since the base was written, removed ones too.
    changed: HashSet<i64>,
    /// Number of the last change of the archive that is in here.
    pub seq: i64,
}

/// Articles read at a time.
const BATCH: u32 = 500;

impl State {
    pub fn of_base(base: Base) -> Self {
        Self { seq: base.ties.seq, base: Some(base), ..Self::default() }
    }

    /// All in memory, for an archive that is small.
    pub fn of_all(r: &Reader) -> Result<Self> {
        let mut state = Self { seq: queries::last_search_change(r)?, ..Self::default() };
        let mut after = ArticleId(0);
        loop {
            let documents = queries::search_documents(r, after, BATCH)?;
            let Some(last) = documents.last() else { return Ok(state) };
            after = last.article;
            for document in &documents {
                state.changed.insert(document.article.0);
                state.overlay.add(document);
            }
        }
    }

    /// Takes in what changed up to the reader's view. False if what it would need was forgotten.
    pub fn catch_up(&mut self, r: &Reader) -> Result<bool> {
        let last = queries::last_search_change(r)?;
        if last != self.seq {
            if queries::search_floor(r)? > self.seq {
                return Ok(false);
            }
            for article in queries::search_changes(r, self.seq)? {
                let document = queries::search_document(r, article)?;
                if self.changed.insert(article.0)
                    && let Some(base) = &mut self.base
                {
                    base.bury(article.0);
                }
                match document {
                    Some(document) => self.overlay.add(&document),
                    None => self.overlay.remove(article.0),
                }
            }
            self.seq = last;
        }
        Ok(true)
    }

    pub fn parts(&self) -> impl Iterator<Item = &dyn Part> {
        self.base.iter().flat_map(Base::parts).chain(std::iter::once(&self.overlay as &dyn Part))
    }

    /// Articles that the base does not have as they are now.
    pub fn changed(&self) -> Vec<i64> {
        self.changed.iter().copied().collect()
    }

    pub fn overlay(&self) -> &Overlay {
        &self.overlay
    }

    pub fn has_base(&self) -> bool {
        self.base.is_some()
    }
}
