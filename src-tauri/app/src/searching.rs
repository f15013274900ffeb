//! The search of the open archive: kept up in the background by a host that stays, and never waited for by somebody who types on.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use baoku_archive::Archive;
use baoku_archive::queries::FoundDays;
use baoku_model::NewspaperId;
use baoku_model::view::{AppError, ErrorCode, Event, SearchFacets, SearchIndex, SearchRequest, SearchResults};
use baoku_search::{Cancel, Limits, Search, SearchError};

use crate::events::Events;

/// How often the keeper looks whether something changed. Answers do not depend on it: each search takes in what it needs; the
/// keeper only saves it that work.
const ROUND: Duration = Duration::from_secs(3);

/// Tells the two questions of one asker apart.
const FACETS: u32 = 1 << 31;

pub struct Searching {
    search: Search,
    /// The search that each asker waits for.
    asked: Mutex<HashMap<u32, Arc<Cancel>>>,
    keeper: Mutex<Option<JoinHandle<()>>>,
    closing: Mutex<bool>,
    woken: Condvar,
    /// Stops building.
    stop: Cancel,
}

impl Searching {
    pub fn new(archive: Archive, events: &Arc<Events>) -> Self {
        let events = Arc::clone(events);
        let told = move |index: SearchIndex| events.send(Event::Search { index });
        Self {
            search: Search::new(archive, Limits::default(), told),
            asked: Mutex::default(),
            keeper: Mutex::default(),
            closing: Mutex::default(),
            woken: Condvar::new(),
            stop: Cancel::default(),
        }
    }

    /// Keeps the index with the archive from now on.
    pub fn keep(self: &Arc<Self>) -> Result<(), AppError> {
        let searching = Arc::clone(self);
        let spawned = std::thread::Builder::new().name("search-index".into()).spawn(move || {
            let mut closing = lock(&searching.closing);
            while !*closing {
                drop(closing);
                // An index that can't be written costs time and no answer; the next round tries again.
                let _ = searching.search.keep(&searching.stop);
                closing = lock(&searching.closing);
                if !*closing {
                    closing = searching.woken.wait_timeout(closing, ROUND).unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        });
        let thread =
            spawned.map_err(|e| AppError::new(ErrorCode::Internal, format!("no thread for the index: {e}")))?;
        *lock(&self.keeper) = Some(thread);
        Ok(())
    }

    /// Brings the index to where it should be, on this thread: for a host that asks once and goes.
    pub fn keep_once(&self) -> Result<(), AppError> {
        Ok(self.search.keep(&self.stop)?)
    }

    /// Ends the work on the index; what is not written yet is done again at the next opening.
    pub fn close(&self) {
        self.stop.cancel();
        *lock(&self.closing) = true;
        self.woken.notify_all();
        let keeper = lock(&self.keeper).take();
        if let Some(keeper) = keeper {
            // A panic there took nothing with it.
            let _ = keeper.join();
        }
    }

    pub fn index(&self) -> SearchIndex {
        self.search.index()
    }

    pub fn facets(&self, request: &SearchRequest) -> Result<SearchFacets, AppError> {
        // Its own asker: it follows the search and must not call it off.
        self.as_latest(request.asker.map(|asker| asker ^ FACETS), |cancel| self.search.facets(request, cancel))
    }

    /// The whole result as CSV.
    pub fn csv(&self, request: &SearchRequest) -> Result<String, AppError> {
        Ok(self.search.csv(request, &Cancel::default())?)
    }

    /// Hits by day of publication.
    pub fn found_days(&self, query: String, newspaper: Option<NewspaperId>) -> Result<FoundDays, AppError> {
        let request = SearchRequest { query, ..SearchRequest::default() };
        Ok(self.search.found_days(&request, newspaper, &Cancel::default())?)
    }

    pub fn search(&self, request: &SearchRequest) -> Result<SearchResults, AppError> {
        self.as_latest(request.asker, |cancel| self.search.search(request, cancel))
    }

    /// Runs a search; the one before of the same asker is called off.
    fn as_latest<T>(
        &self,
        asker: Option<u32>,
        ask: impl FnOnce(&Cancel) -> Result<T, SearchError>,
    ) -> Result<T, AppError> {
        let cancel = Arc::new(Cancel::default());
        if let Some(asker) = asker
            && let Some(before) = lock(&self.asked).insert(asker, Arc::clone(&cancel))
        {
            before.cancel();
        }
        let answer = ask(&cancel);
        if let Some(asker) = asker {
            let mut asked = lock(&self.asked);
            if asked.get(&asker).is_some_and(|latest| Arc::ptr_eq(latest, &cancel)) {
                asked.remove(&asker);
            }
        }
        Ok(answer?)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
