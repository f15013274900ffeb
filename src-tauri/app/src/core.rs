//! What the commands are carried out on: an open archive, its imports, and the name of who works.

use std::sync::{Arc, PoisonError, RwLock};

use baoku_archive::{Archive, Clock, queries};
use baoku_model::view::{AppError, ArchiveStatus};

use crate::editing::Rereads;
use crate::events::Events;
use crate::jobs::{Imports, Recognition, Shared};

/// An open archive and everything that runs on it.
pub struct Core {
    pub(crate) archive: Archive,
    pub(crate) events: Arc<Events>,
    pub(crate) imports: Arc<Imports>,
    pub(crate) recognition: Arc<Recognition>,
    pub(crate) pool: baoku_worker::Pool,
    pub(crate) rereads: Arc<Rereads>,
    operator: RwLock<String>,
}

impl Core {
    pub(crate) fn new(archive: Archive, clock: Arc<dyn Clock>, reader: baoku_worker::Pool, lanes: usize) -> Self {
        let events = Arc::new(Events::new());
        let recognition = Arc::new(Recognition::new(archive.clone(), reader.clone(), Arc::clone(&events)));
        let pool = reader.clone();
        let rereads = Arc::default();
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
            pool,
            rereads,
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

    pub(crate) fn status(&self) -> Result<ArchiveStatus, AppError> {
        let operator = self.operator();
        self.read(|r| queries::status(r, &self.archive, &operator))
    }
}
