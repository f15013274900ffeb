//! Which entities every article names, for counting over many articles at once.

use std::collections::HashMap;

use baoku_model::{ArticleId, EntityId, EntityKind};
use rusqlite::OptionalExtension;

use super::article::kind;
use crate::error::Result;
use crate::open::Reader;

/// Changes whenever the names in any article, or the entities themselves, may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NamesStamp([i64; 4]);

pub fn names_stamp(r: &Reader) -> Result<NamesStamp> {
    // Machines add mentions, and take them away only with the article's reading; persons act, undo and redo.
    let last = |table: &str| -> Result<i64> {
        let mut statement = r.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = ?1")?;
        Ok(statement.query_row([table], |row| row.get("seq")).optional()?.unwrap_or(0))
    };
    let undone: i64 = r
        .prepare_cached("SELECT count(*) AS n FROM op_log WHERE state = 'undone'")?
        .query_row([], |row| row.get("n"))?;
    Ok(NamesStamp([last("mention")?, last("op_log")?, last("search_change")?, undone]))
}

/// Entities by id, each with its kind and name; one that was merged stands under the entity that it was merged into.
pub fn named_entities(r: &Reader) -> Result<HashMap<EntityId, (EntityId, EntityKind, String)>> {
    let mut statement =
        r.prepare_cached("SELECT id, kind, name, merged_into FROM entity WHERE status <> 'rejected'")?;
    let mut rows = statement.query([])?;
    let mut own: HashMap<EntityId, (EntityKind, String, Option<EntityId>)> = HashMap::new();
    while let Some(row) = rows.next()? {
        let into = row.get::<_, Option<i64>>("merged_into")?.map(EntityId);
        let kind = kind(row.get_ref("kind")?.as_str().map_err(rusqlite::Error::from)?)?;
        own.insert(EntityId(row.get("id")?), (kind, row.get("name")?, into));
    }
    let root = |mut id: EntityId| {
        // A ring of merges can't be, but must not hang either.
        for _ in 0..own.len() {
            match own.get(&id).and_then(|(.., into)| *into) {
                Some(into) => id = into,
                None => break,
            }
        }
        id
    };
    let mut entities = HashMap::with_capacity(own.len());
    for id in own.keys() {
        let root = root(*id);
        if let Some((kind, name, _)) = own.get(&root) {
            entities.insert(*id, (root, *kind, name.clone()));
        }
    }
    Ok(entities)
}

/// Tells every pair of an article and an entity that it names; a pair may come more than once.
pub fn names_in_articles(r: &Reader, mut each: impl FnMut(ArticleId, EntityId)) -> Result<()> {
    let mut statement = r.prepare_cached(
        "SELECT entity, article FROM mention INDEXED BY mention_entity WHERE entity IS NOT NULL AND status <> 'rejected'",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(ArticleId(row.get("article")?), EntityId(row.get("entity")?));
    }
    Ok(())
}
