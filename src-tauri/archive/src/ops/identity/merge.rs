//! Joining and parting entries. A merge is a link: mentions, posts, names and notes stay with the entry they were read for or
//! given to, and the page of the one shows those of all. So parting them again, at any later time, brings each back with all that
//! came to it since.

use std::collections::BTreeSet;

use baoku_model::{EntityId, OpId};
use rusqlite::{Transaction, params};

use super::super::Deed;
use super::{Entry, changes, entry, note_decision, root, subject};
use crate::error::{ArchiveError, Result};

pub(in super::super) fn merge(tx: &Transaction<'_>, op: OpId, from: &[EntityId], into: EntityId) -> Result<Deed> {
    let into = root(tx, into)?;
    let mut touched = BTreeSet::from([into.id]);
    let mut names = Vec::new();
    for id in from.iter().copied().collect::<BTreeSet<_>>() {
        let from = root(tx, id)?;
        refuse(tx, &from, &into)?;
        tx.prepare_cached("UPDATE entity SET merged_into = ?2 WHERE id = ?1")?.execute(params![from.id, into.id])?;
        tx.prepare_cached("UPDATE entity SET root = ?2 WHERE id = ?1 OR root = ?1")?
            .execute(params![from.id, into.id])?;
        note_decision(tx, op, "merge", &from, Some(into.id))?;
        touched.insert(from.id);
        names.push(from.name);
    }
    let Some(first) = names.first() else { return Err(ArchiveError::Invalid("no entry is named".into())) };
    let subject = format!("{} → {}", subject(first, names.len()), into.name);
    Ok(Deed { verb: "merge_entities", subject, changes: with_everything(&touched) })
}

fn refuse(tx: &Transaction<'_>, from: &Entry, into: &Entry) -> Result<()> {
    if from.id == into.id {
        return Err(ArchiveError::Refused(format!("{} is this entry already", from.name)));
    }
    if from.kind != into.kind {
        return Err(ArchiveError::Refused(format!(
            "{} and {} are of different kinds; move the mentions instead",
            from.name, into.name
        )));
    }
    if from.status == "rejected" || into.status == "rejected" {
        return Err(ArchiveError::Refused(format!("{} or {} was rejected", from.name, into.name)));
    }
    if are_distinct(tx, from.id, into.id)? {
        return Err(ArchiveError::Refused(format!(
            "{} and {} were said not to be the same; take that back first",
            from.name, into.name
        )));
    }
    Ok(())
}

/// True if any of one was said not to be any of the other.
fn are_distinct(tx: &Transaction<'_>, a: i64, b: i64) -> Result<bool> {
    Ok(tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM distinct_pair JOIN entity AS a ON a.id = entity_a JOIN entity AS b ON b.id = entity_b
                WHERE (coalesce(a.root, a.id) = ?1 AND coalesce(b.root, b.id) = ?2)
                   OR (coalesce(a.root, a.id) = ?2 AND coalesce(b.root, b.id) = ?1)) AS said",
        )?
        .query_row([a, b], |r| r.get("said"))?)
}

/// Takes one merge back, whenever it was done; what was merged into the entry itself stays with it.
pub(in super::super) fn unmerge(tx: &Transaction<'_>, op: OpId, id: EntityId) -> Result<Deed> {
    let from = entry(tx, id)?;
    let Some(into) = from.merged_into else {
        return Err(ArchiveError::Refused(format!("{} is not merged into another", from.name)));
    };
    tx.execute("UPDATE entity SET merged_into = NULL, root = NULL WHERE id = ?1", [from.id])?;
    tx.execute(
        "WITH RECURSIVE below (id) AS (SELECT id FROM entity WHERE merged_into = ?1
            UNION SELECT entity.id FROM entity JOIN below ON entity.merged_into = below.id)
         UPDATE entity SET root = ?1 WHERE id IN (SELECT id FROM below)",
        [from.id],
    )?;
    note_decision(tx, op, "unmerge", &from, Some(into))?;
    let touched = BTreeSet::from([from.id, into, from.root]);
    let left = entry(tx, EntityId(into))?.name;
    let subject = format!("{} ⇠ {left}", from.name);
    Ok(Deed { verb: "unmerge_entity", subject, changes: with_everything(&touched) })
}

/// 确认不是同一, or that taken back. Each with each of the others.
pub(in super::super) fn tell_apart(tx: &Transaction<'_>, op: OpId, ids: &[EntityId], apart: bool) -> Result<Deed> {
    let mut entries = Vec::new();
    for id in ids {
        let found = root(tx, *id)?;
        if !entries.iter().any(|e: &Entry| e.id == found.id) {
            entries.push(found);
        }
    }
    entries.sort_by_key(|e| e.id);
    if entries.len() < 2 {
        return Err(ArchiveError::Invalid("two entries are needed".into()));
    }
    for (i, a) in entries.iter().enumerate() {
        for b in &entries[i + 1..] {
            if apart {
                let added = tx
                    .prepare_cached(
                        "INSERT INTO distinct_pair (entity_a, entity_b, op) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                    )?
                    .execute(params![a.id, b.id, op.0])?;
                if added > 0 {
                    note_decision(tx, op, "distinct", a, Some(b.id))?;
                }
            } else {
                let members = "SELECT id FROM entity WHERE id = ?1 OR root = ?1";
                let others = "SELECT id FROM entity WHERE id = ?2 OR root = ?2";
                let gone = tx
                    .prepare_cached(&format!(
                        "DELETE FROM distinct_pair WHERE (entity_a IN ({members}) AND entity_b IN ({others}))
                            OR (entity_a IN ({others}) AND entity_b IN ({members}))"
                    ))?
                    .execute(params![a.id, b.id])?;
                if gone > 0 {
                    note_decision(tx, op, "not_distinct", a, Some(b.id))?;
                }
            }
        }
    }
    let names: Vec<&str> = entries.iter().map(|e| e.name.as_str()).collect();
    let touched = entries.iter().map(|e| e.id).collect();
    let verb = if apart { "tell_apart" } else { "allow_same" };
    Ok(Deed { verb, subject: names.join(" ≠ "), changes: changes(&BTreeSet::new(), &touched) })
}

/// Names stand on pages of issues and of other entries, too.
fn with_everything(touched: &BTreeSet<i64>) -> Vec<baoku_model::view::Change> {
    let mut told = changes(&BTreeSet::new(), touched);
    told.push(baoku_model::view::Change::Everything);
    told
}
