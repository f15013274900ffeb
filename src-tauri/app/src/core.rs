//! What the commands are carried out on: an open archive, its imports, and the name of who works.

use std::sync::{Arc, PoisonError, RwLock};

use baoku_archive::{Archive, Clock, queries};
use baoku_model::view::{AppError, ArchiveStatus, ErrorCode, SavedSearch, SearchRequest, SearchResults};

use crate::events::Events;
use crate::jobs::{Imports, Recognition, Shared};
use crate::searching::Searching;

const SAVED_SEARCHES: &str = "saved_searches";

/// An open archive and everything that runs on it.
pub struct Core {
    pub(crate) archive: Archive,
    pub(crate) events: Arc<Events>,
    pub(crate) imports: Arc<Imports>,
    pub(crate) recognition: Arc<Recognition>,
    pub(crate) searching: Arc<Searching>,
    operator: RwLock<String>,
}

impl Core {
    pub(crate) fn new(archive: Archive, clock: Arc<dyn Clock>, reader: baoku_worker::Pool, lanes: usize) -> Self {
        let events = Arc::new(Events::new());
        let searching = Arc::new(Searching::new(archive.clone(), &events));
        let recognition = Arc::new(Recognition::new(archive.clone(), reader.clone(), Arc::clone(&events)));
        let shared = Shared {
            archive: archive.clone(),
            reader,
            events: Arc::clone(&events),
            recognition: Arc::clone(&recognition),
            lanes,
            clock,
        };
        Self {
            archive,
            events,
            imports: Arc::new(Imports::new(shared)),
            recognition,
            searching,
            operator: RwLock::default(),
        }
    }

    /// Who works at this host; empty until chosen.
    pub(crate) fn operator(&self) -> String {
        self.operator.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn sign_as(&self, name: &str) {
        *self.operator.write().unwrap_or_else(PoisonError::into_inner) = name.trim().to_owned();
    }

    /// The archive's content in its canonical form: the same for two archives that hold the same.
    pub fn dump(&self) -> Result<String, AppError> {
        Ok(self.archive.dump()?)
    }

    /// Reads within one consistent view of the archive.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&baoku_archive::Reader) -> baoku_archive::Result<T>,
    ) -> Result<T, AppError> {
        Ok(self.archive.read(query)?)
    }

    /// A search by a host that asks once and goes: the index is brought up first, also where that takes its time.
    pub fn search_once(&self, request: SearchRequest) -> Result<SearchResults, AppError> {
        self.searching.keep_once()?;
        self.searching.search(&request)
    }

    pub(crate) fn kept_searches(&self) -> Result<Vec<SavedSearch>, AppError> {
        let kept = self.archive.setting(SAVED_SEARCHES)?;
        // A list that can't be read is a list of another version: it is shown as none and stays until something is saved.
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    pub(crate) fn keep_search(&self, search: SavedSearch) -> Result<Vec<SavedSearch>, AppError> {
        let mut kept = self.kept_searches()?;
        kept.retain(|s| s.name != search.name);
        if !search.address.is_empty() {
            kept.push(search);
            kept.sort_by(|a, b| a.name.cmp(&b.name));
        }
        let json = serde_json::to_string(&kept).map_err(|e| AppError::new(ErrorCode::Internal, e.to_string()))?;
        self.archive.set_setting(SAVED_SEARCHES, &json)?;
        Ok(kept)
    }

    pub(crate) fn status(&self) -> Result<ArchiveStatus, AppError> {
        let operator = self.operator();
        self.read(|r| queries::status(r, &self.archive, &operator))
    }
}
