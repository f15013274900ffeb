//! The directory of names in memory: what a person types is answered while it is typed, however many names there are. It is made
//! when first asked for, kept in step with what is written, and made anew in the background when much has changed.

mod changes;
mod names;
mod presence;
mod sorted;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use baoku_model::view::{EntityView, Suggestion, TogetherRow};
use baoku_model::{EntityId, EntityKind};
use roaring::RoaringBitmap;

pub(crate) use self::changes::{Changes, install};
use self::names::Names;
use self::presence::Presence;
pub(crate) use self::presence::{Company, NamedWhen};
use crate::error::Result;
use crate::open::{Archive, Reader};
use crate::queries;

/// Changed entries beyond which the index is made anew: they are looked through one by one.
const MOST_CHANGED: usize = 4_000;
/// Rewritten articles beyond which the register of who is named where is made anew.
const MOST_REWRITTEN: usize = 50_000;
/// Articles of an entry beyond which its company is counted in memory; of fewer, the database counts as fast.
const MANY_ARTICLES: u32 = 1_500;
/// Proposals given at most.
const MOST_SUGGESTED: usize = sorted::KEPT / 2;

#[derive(Debug, Default)]
pub(crate) struct Directory {
    names: RwLock<Option<Made<Names>>>,
    presence: RwLock<Option<Made<Presence>>>,
    /// True while it is made anew in the background.
    at_work: AtomicBool,
    pub changes: Arc<Changes>,
}

/// What the register knows of an entry that is named very often.
pub(crate) struct Often {
    pub company: Vec<Company>,
    pub when: NamedWhen,
}

impl Directory {
    pub fn new(changes: Arc<Changes>) -> Self {
        Self { changes, ..Self::default() }
    }
}

#[derive(Debug)]
struct Made<T> {
    it: T,
    /// Where another process writes, nothing tells of its changes; then this does.
    state: State,
}

/// Greatest ids: another process that wrote changed one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State([i64; 4]);

fn state(r: &Reader) -> Result<State> {
    let mut ids = [0; 4];
    for (id, table) in ids.iter_mut().zip(["op_log", "run", "mention", "entity"]) {
        let sql = format!("SELECT coalesce(max(id), 0) AS id FROM {table}");
        *id = r.prepare_cached(&sql)?.query_row([], |row| row.get("id"))?;
    }
    Ok(State(ids))
}

impl Archive {
    /// Entries that fit what is being typed (characters, sound, or initials of it): equal names first, then the most mentioned.
    pub fn suggest(&self, typed: &str, kind: Option<EntityKind>, limit: usize) -> Result<Vec<Suggestion>> {
        let limit = if limit == 0 { MOST_SUGGESTED } else { limit.min(MOST_SUGGESTED) };
        self.bring_up_to_date()?;
        let made = self.inner.directory.names.read().unwrap_or_else(PoisonError::into_inner);
        Ok(made.as_ref().map(|m| m.it.suggest(typed, kind, limit)).unwrap_or_default())
    }

    fn bring_up_to_date(&self) -> Result<()> {
        let directory = &self.inner.directory;
        let changed = directory.changes.take_entities();
        let (known, many) = {
            let made = directory.names.read().unwrap_or_else(PoisonError::into_inner);
            let many = made.as_ref().is_some_and(|m| m.it.changed() + changed.len() > MOST_CHANGED);
            let current = match made.as_ref() {
                Some(made) if self.read_only().is_some() => self.read(state)? == made.state,
                made => made.is_some(),
            };
            (current, many)
        };
        if !known {
            return self.make_directory();
        }
        if many {
            // What is asked for meanwhile is answered from what was there before.
            directory.changes.put_back(changed);
            if !directory.at_work.swap(true, Ordering::AcqRel) {
                let archive = self.clone();
                std::thread::spawn(move || {
                    // Closing the archive meanwhile ends it with an error, and nothing is lost.
                    let _ = archive.make_directory();
                    archive.inner.directory.at_work.store(false, Ordering::Release);
                });
            }
            return Ok(());
        }
        if !changed.is_empty() {
            let mut made = directory.names.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(made) = made.as_mut() {
                self.read(|r| made.it.refresh(r, &changed))?;
            }
        }
        Ok(())
    }

    /// What is written while it is made is told as changed since, and looked at again.
    fn make_directory(&self) -> Result<()> {
        self.inner.directory.changes.take_entities();
        let (it, state) = self.read(|r| Ok((Names::load(r)?, state(r)?)))?;
        *self.inner.directory.names.write().unwrap_or_else(PoisonError::into_inner) = Some(Made { it, state });
        Ok(())
    }

    /// The page of an entry, as [`queries::entity`] gives it; that of one named very often as [`Archive::entity_often`] does.
    pub fn entity(&self, id: EntityId) -> Result<EntityView> {
        let (_, articles) = self.read(|r| queries::named_in(r, id, MANY_ARTICLES + 1))?;
        if articles <= MANY_ARTICLES { self.read(|r| queries::entity(r, id)) } else { self.entity_often(id) }
    }

    /// The page of an entry with what can be counted in memory counted there; it has the newest of its articles and happenings only.
    pub fn entity_often(&self, id: EntityId) -> Result<EntityView> {
        let (root, _) = self.read(|r| queries::named_in(r, id, 1))?;
        let often = self.with_presence(|p| Often {
            company: p.company(root.0, queries::TOGETHER),
            when: p.when(root.0, queries::OF_OFTEN),
        })?;
        self.read(|r| queries::entity_often(r, root, &often))
    }

    /// Whom and what an entry is named with, the weightiest first, counted in memory.
    pub fn company(&self, id: EntityId, most: usize) -> Result<Vec<TogetherRow>> {
        let (root, _) = self.read(|r| queries::named_in(r, id, 1))?;
        let company = self.with_presence(|p| p.company(root.0, most))?;
        self.read(|r| queries::named_company(r, &company))
    }

    /// Ids of the articles that name an entry or one merged into it.
    pub fn articles_naming(&self, id: EntityId) -> Result<RoaringBitmap> {
        let (root, _) = self.read(|r| queries::named_in(r, id, 1))?;
        self.with_presence(|p| p.articles(root.0))
    }

    fn with_presence<T>(&self, work: impl FnOnce(&Presence) -> T) -> Result<T> {
        let directory = &self.inner.directory;
        let (entities, articles) = directory.changes.take_present();
        let mut held = directory.presence.write().unwrap_or_else(PoisonError::into_inner);
        let current = match held.as_ref() {
            Some(made) if self.read_only().is_some() => self.read(state)? == made.state,
            Some(made) => made.it.changed() + articles.len() <= MOST_REWRITTEN,
            None => false,
        };
        if current && let Some(made) = held.as_mut() {
            self.read(|r| {
                made.it.refresh_entities(r, &entities)?;
                made.it.refresh_articles(r, &articles)
            })?;
        } else {
            let (it, state) = self.read(|r| Ok((Presence::load(r)?, state(r)?)))?;
            *held = Some(Made { it, state });
        }
        let made = held.as_ref().ok_or_else(|| crate::ArchiveError::Damaged("nothing was counted".into()))?;
        Ok(work(&made.it))
    }
}
