//! The search of one archive: opens the index or builds it, keeps it with the archive, and answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use baoku_archive::{Archive, Reader, queries};
use baoku_model::ArticleId;
use baoku_model::view::{SearchIndex, SearchIndexState};

use crate::answer::Surroundings;
use crate::base::{self, Base, Batch, Ties};
use crate::error::{Result, SearchError};
use crate::names::Names;
use crate::part::Cancel;
use crate::state::State;

/// When the index is kept in memory, and when it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// An archive of at most so many articles needs no base: it is read into memory in a moment.
    pub small: u64,
    /// Changed articles, and characters of them, that are held in memory before they are written into the base.
    pub pending: usize,
    pub pending_characters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { small: 2_000, pending: 20_000, pending_characters: 20_000_000 }
    }
}

/// Folder of the bases within the cache.
const HOME: &str = "search";
/// A base that is being built; whole ones are called `base-` and their nonce.
const UNFINISHED: &str = "unfinished";

/// Documents read at a time while a base is built; other work of the archive goes on between.
const BATCH: u32 = 1_000;

pub struct Search {
    pub(crate) archive: Archive,
    limits: Limits,
    /// `None` before the index was opened, and while there is none.
    state: RwLock<Option<State>>,
    progress: Mutex<SearchIndex>,
    /// Hears of every step.
    told: Box<dyn Fn(SearchIndex) + Send + Sync>,
    /// Who is named in which article; read when first counted.
    pub(crate) names: Mutex<Option<Arc<Names>>>,
    /// What a result says beside its hits, of the latest span asked for.
    pub(crate) surroundings: Mutex<Option<Arc<Surroundings>>>,
    /// Only one builds or rewrites at a time.
    work: Mutex<()>,
    /// Only one opens at a time; whoever asks meanwhile waits for it, but never for a base to be built.
    opening: Mutex<()>,
}

impl Search {
    /// `told` hears how far the index is whenever that changes.
    pub fn new(archive: Archive, limits: Limits, told: impl Fn(SearchIndex) + Send + Sync + 'static) -> Self {
        Self {
            archive,
            limits,
            state: RwLock::default(),
            progress: Mutex::default(),
            told: Box::new(told),
            names: Mutex::default(),
            surroundings: Mutex::default(),
            work: Mutex::default(),
            opening: Mutex::default(),
        }
    }

    /// How far the index is.
    pub fn index(&self) -> SearchIndex {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn report(&self, state: SearchIndexState, done: u64, total: u64) {
        *self.progress.lock().unwrap_or_else(PoisonError::into_inner) = SearchIndex { state, done, total };
        (self.told)(SearchIndex { state, done, total });
    }

    fn home(&self) -> PathBuf {
        self.archive.cache_dir().join(HOME)
    }

    /// Opens what there is: a base that belongs to this archive, or the whole of a small archive in memory. False if a base must
    /// be built first.
    pub(crate) fn open(&self) -> Result<bool> {
        if self.is_open() {
            return Ok(true);
        }
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_open() {
            return Ok(true);
        }
        let opened = match self.open_base()? {
            Some(state) => Some(state),
            None => self
                .archive
                .read(|r| {
                    Ok(if queries::article_count(r)? <= self.limits.small { Some(State::of_all(r)) } else { None })
                })?
                .transpose()?,
        };
        let found = opened.is_some();
        if let Some(state) = opened {
            *self.state.write().unwrap_or_else(PoisonError::into_inner) = Some(state);
            self.report(SearchIndexState::Ready, 0, 0);
        }
        Ok(found)
    }

    fn is_open(&self) -> bool {
        self.state.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The base on the disk, if the archive knows it. Others are thrown away.
    fn open_base(&self) -> Result<Option<State>> {
        let uid = self.archive.uid()?;
        let mut found: Option<Base> = None;
        for dir in folders(&self.home()) {
            // What can't be opened, or was made for another archive or another time of this one, says nothing about this one.
            let base = Base::open(&dir, &uid).ok();
            let known = match &base {
                Some(base) => self.archive.read(|r| queries::has_search_mark(r, base.ties.seq, &base.ties.nonce))?,
                None => false,
            };
            match base {
                Some(base) if known && found.as_ref().is_none_or(|f| f.ties.seq < base.ties.seq) => found = Some(base),
                _ if self.archive.read_only().is_none() => {
                    // Best effort: what can't be deleted now is looked at again the next time.
                    let _ = fs::remove_dir_all(&dir);
                }
                _ => {}
            }
        }
        Ok(found.map(State::of_base))
    }

    /// Brings the index to where it should be: builds a base where one is needed, takes in what changed, writes what has
    /// gathered. Takes minutes for a large archive that has no base.
    pub fn keep(&self, cancel: &Cancel) -> Result<()> {
        let _work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.open()? {
            self.build(cancel)?;
        }
        self.current(cancel, |_, _| Ok(()))?;
        let (pending, characters, has_base) = {
            let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
            let Some(state) = state.as_ref() else { return Ok(()) };
            (state.overlay().alive(), state.overlay().characters(), state.has_base())
        };
        if self.archive.read_only().is_some() {
            return Ok(());
        }
        if !has_base && pending as u64 > self.limits.small {
            self.build(cancel)
        } else if has_base && (pending > self.limits.pending || characters > self.limits.pending_characters) {
            self.rewrite(cancel)
        } else {
            Ok(())
        }
    }

    /// Builds a base from all articles. What changes meanwhile is in the archive's list and taken in afterwards.
    fn build(&self, cancel: &Cancel) -> Result<()> {
        if self.archive.read_only().is_some() {
            return Ok(());
        }
        let (seq, total) = self.archive.read(|r| Ok((queries::last_search_change(r)?, queries::article_count(r)?)))?;
        let open = self.is_open();
        if !open {
            self.report(SearchIndexState::Building, 0, total);
        }
        let dir = self.home().join(UNFINISHED);
        let mut nonce = String::new();
        base::build(
            &dir,
            |batch| {
                self.fill(batch, cancel, |done| {
                    if !open {
                        self.report(SearchIndexState::Building, done, total)
                    }
                })
            },
            || {
                nonce = self.archive.mark_search(seq)?;
                Ok(Ties::new(&self.archive.uid()?, seq, nonce.clone()))
            },
        )?;
        let place = self.home().join(format!("base-{nonce}"));
        fs::rename(&dir, &place)?;
        self.use_base(&place)?;
        Ok(self.archive.settle_search(seq)?)
    }

    fn fill(&self, batch: &Batch<'_>, cancel: &Cancel, progress: impl Fn(u64)) -> Result<()> {
        let mut after = ArticleId(0);
        let mut done = 0;
        loop {
            cancel.check()?;
            let documents = self.archive.read(|r| queries::search_documents(r, after, BATCH))?;
            let Some(last) = documents.last() else { return Ok(()) };
            after = last.article;
            for document in &documents {
                batch.add(document)?;
            }
            done += documents.len() as u64;
            progress(done);
        }
    }

    /// Writes what changed into the base.
    fn rewrite(&self, cancel: &Cancel) -> Result<()> {
        let (seq, changed) = {
            let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
            let Some(state) = state.as_ref() else { return Ok(()) };
            (state.seq, state.changed())
        };
        let Some(dir) = folders(&self.home()).into_iter().next() else { return Ok(()) };
        base::rewrite(
            &dir,
            |batch| {
                for articles in changed.chunks(BATCH as usize) {
                    cancel.check()?;
                    let documents = self.archive.read(|r| {
                        articles
                            .iter()
                            .map(|a| queries::search_document(r, ArticleId(*a)))
                            .collect::<Result<Vec<_>, _>>()
                    })?;
                    articles.iter().for_each(|article| batch.remove(*article));
                    for document in documents.iter().flatten() {
                        batch.add(document)?;
                    }
                }
                Ok(())
            },
            || Ok(Ties::new(&self.archive.uid()?, seq, self.archive.mark_search(seq)?)),
        )?;
        self.use_base(&dir)?;
        Ok(self.archive.settle_search(seq)?)
    }

    fn use_base(&self, dir: &Path) -> Result<()> {
        let base = Base::open(dir, &self.archive.uid()?)?;
        let mut state = State::of_base(base);
        if !self.archive.read(|r| Ok(state.catch_up(r)))?? {
            return Err(SearchError::Index("the archive went on without it".into()));
        }
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = Some(state);
        self.report(SearchIndexState::Ready, 0, 0);
        Ok(())
    }

    /// Runs `work` on the index and a view of the archive that are of one moment. `None` while there is no index.
    pub(crate) fn current<T>(&self, cancel: &Cancel, work: impl Fn(&State, &Reader) -> Result<T>) -> Result<Option<T>> {
        // Usually nothing changed: any number may ask at the same time.
        {
            let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
            let Some(state) = state.as_ref() else { return Ok(None) };
            let answer = self
                .archive
                .read(|r| Ok(if queries::last_search_change(r)? == state.seq { Some(work(state, r)) } else { None }))?;
            if let Some(answer) = answer {
                return answer.map(Some);
            }
        }
        cancel.check()?;
        if !self.catch_up()? {
            return Ok(None);
        }
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = state.as_ref() else { return Ok(None) };
        let answer = self
            .archive
            .read(|r| Ok(if queries::last_search_change(r)? == held.seq { Some(work(held, r)) } else { None }))?;
        drop(state);
        if let Some(answer) = answer {
            return answer.map(Some);
        }
        // An import writes all the time: catch up and answer in one go.
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = state.as_mut() else { return Ok(None) };
        let answer = self.archive.read(|r| {
            Ok(held.catch_up(r).and_then(|whole| if whole { work(held, r).map(Some) } else { Ok(None) }))
        })??;
        if answer.is_none() {
            *state = None;
        }
        Ok(answer)
    }

    /// False if there is no index any more: another process has written a newer base and cut the list of changes off behind it.
    fn catch_up(&self) -> Result<bool> {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = state.as_mut() else { return Ok(false) };
        let whole = self.archive.read(|r| Ok(held.catch_up(r)))??;
        if !whole {
            *state = None;
        }
        Ok(whole)
    }
}

/// Bases in the folder, whole or not.
fn folders(home: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(home).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> =
        entries.filter(|e| e.file_name().to_string_lossy().starts_with("base-")).map(|e| e.path()).collect();
    folders.sort();
    folders
}
