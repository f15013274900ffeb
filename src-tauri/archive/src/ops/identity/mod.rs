//! What a person decides about names (规范控制): is this mention right, whose is it, what is it called, and who is the same as who.

pub(super) mod decide;
pub(super) mod edit;
pub(crate) mod entries;
pub(super) mod merge;
pub(super) mod moving;

use std::collections::BTreeSet;

use baoku_model::view::Change;
use baoku_model::{EntityId, EntityKind, IssueId, OpId};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::{ArchiveError, Result};

/// Changes of more entries or issues than this are told as one.
const TOLD: usize = 60;

/// An entry as acts need it.
pub(super) struct Entry {
    pub id: i64,
    pub kind: EntityKind,
    pub name: String,
    pub status: String,
    pub merged_into: Option<i64>,
    /// The entry it belongs to in the end; itself if it is not merged.
    pub root: i64,
}

pub(super) fn entry(tx: &Transaction<'_>, id: EntityId) -> Result<Entry> {
    let found = tx
        .prepare_cached("SELECT kind, name, status, merged_into, coalesce(root, id) AS root FROM entity WHERE id = ?1")?
        .query_row([id.0], |r| {
            Ok((
                r.get::<_, String>("kind")?,
                r.get("name")?,
                r.get("status")?,
                r.get::<_, Option<i64>>("merged_into")?,
                r.get::<_, i64>("root")?,
            ))
        })
        .optional()?;
    let (kind, name, status, merged_into, root) = found.ok_or_else(|| ArchiveError::not_found("entity", id))?;
    let kind = EntityKind::parse(&kind).ok_or_else(|| ArchiveError::Damaged(format!("{kind} is no kind of entity")))?;
    Ok(Entry { id: id.0, kind, name, status, merged_into, root })
}

/// The entry that `id` belongs to in the end.
pub(super) fn root(tx: &Transaction<'_>, id: EntityId) -> Result<Entry> {
    let found = entry(tx, id)?;
    if found.root == found.id { Ok(found) } else { entry(tx, EntityId(found.root)) }
}

/// Notes in the log what was decided about an entry.
pub(super) fn note_decision(
    tx: &Transaction<'_>,
    op: OpId,
    verb: &str,
    entry: &Entry,
    other: Option<i64>,
) -> Result<()> {
    tx.prepare_cached("INSERT INTO decision (op, verb, surface, kind, entity, other) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![op.0, verb, entry.name, entry.kind.as_str(), entry.id, other])?;
    Ok(())
}

/// What the windows must redraw.
pub(super) fn changes(issues: &BTreeSet<i64>, entities: &BTreeSet<i64>) -> Vec<Change> {
    if issues.len() + entities.len() > TOLD {
        return vec![Change::Everything];
    }
    let issues = issues.iter().map(|id| Change::Issue { id: IssueId(*id) });
    issues.chain(entities.iter().map(|id| Change::Entity { id: EntityId(*id) })).collect()
}

/// The first name and how many more there are.
pub(super) fn subject(first: &str, count: usize) -> String {
    if count > 1 { format!("{first} ×{count}") } else { first.to_owned() }
}
