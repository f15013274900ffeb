//! Who is named in which article, in memory: an article's entities in a row, so that those of many articles are counted at once.

use std::sync::{Arc, PoisonError};

use baoku_archive::queries::NamesStamp;
use baoku_archive::{Reader, queries};
use baoku_model::{EntityId, EntityKind};

use crate::engine::Search;
use crate::error::Result;
use crate::lists::Lists;
use crate::part::Cancel;

pub struct Names {
    stamp: NamesStamp,
    /// By article id: numbers in `table`.
    entities: Lists,
    pub table: Vec<(EntityId, EntityKind, String)>,
}

/// Pairs read between two looks at whether the answer is still wanted.
const PATIENCE: usize = 0x3fff;

impl Names {
    fn read(r: &Reader, stamp: NamesStamp, cancel: &Cancel) -> Result<Self> {
        let by_id = queries::named_entities(r)?;
        let mut table: Vec<(EntityId, EntityKind, String)> = Vec::new();
        let mut numbers = std::collections::HashMap::new();
        for (id, (root, kind, name)) in &by_id {
            if id == root {
                numbers.insert(*id, table.len() as u32);
                table.push((*id, *kind, name.clone()));
            }
        }
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut last = None;
        let mut seen = 0usize;
        let mut called_off = Ok(());
        queries::names_in_articles(r, |article, entity| {
            seen += 1;
            if seen & PATIENCE == 0 && called_off.is_ok() {
                called_off = cancel.check();
            }
            if last == Some((article, entity)) || called_off.is_err() {
                return;
            }
            last = Some((article, entity));
            let number = by_id.get(&entity).and_then(|(root, ..)| numbers.get(root));
            if let (Some(number), Ok(article)) = (number, u32::try_from(article.0)) {
                pairs.push((article, *number));
            }
        })?;
        called_off?;
        let most = pairs.iter().map(|(article, _)| *article).max().unwrap_or_default() as usize;
        Ok(Self { stamp, entities: Lists::new(&pairs, most + 1), table })
    }

    /// Numbers of the entities that an article names; an entity that was merged into another may stand twice.
    pub fn of(&self, article: i64) -> &[u32] {
        usize::try_from(article).map_or(&[], |article| self.entities.of(article))
    }
}

impl Search {
    /// The names as they are in the reader's view.
    pub(crate) fn names(&self, r: &Reader, cancel: &Cancel) -> Result<Arc<Names>> {
        let stamp = queries::names_stamp(r)?;
        let mut held = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(names) = held.as_ref().filter(|names| names.stamp == stamp) {
            return Ok(Arc::clone(names));
        }
        let names = Arc::new(Names::read(r, stamp, cancel)?);
        *held = Some(Arc::clone(&names));
        Ok(names)
    }
}
