//! A person's word on whole entries, and entries from an authority file.

use std::collections::BTreeSet;

use baoku_model::view::{AuthorityEntry, Change, Verdict};
use baoku_model::{EntityId, EntityKind, MentionId, OpId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::super::Deed;
use super::decide::{load, pass};
use super::edit::{add_authority, give_name};
use super::{note_decision, root, subject};
use crate::error::{ArchiveError, Result};
use crate::machine::roles;
use crate::tables::StoredDate;

/// Confirms entries as names, or rejects them: a rejected one is no name at all. Its mentions go with it, and what was printed for
/// it is not taken for a name of that kind again.
pub(in super::super) fn decide(tx: &Transaction<'_>, op: OpId, ids: &[EntityId], verdict: Verdict) -> Result<Deed> {
    let (verb, word, status) = match verdict {
        Verdict::Confirm => ("confirm_entity", "confirm", "confirmed"),
        Verdict::Reject => ("reject_entity", "reject", "rejected"),
    };
    let mut names = Vec::new();
    for id in ids.iter().copied().collect::<BTreeSet<_>>() {
        let entry = root(tx, id)?;
        tx.prepare_cached("UPDATE entity SET status = ?2 WHERE id = ?1 OR root = ?1")?
            .execute(params![entry.id, status])?;
        note_decision(tx, op, word, &entry, None)?;
        if verdict == Verdict::Reject {
            reject_mentions(tx, op, entry.id)?;
            stop_forms(tx, op, entry.id, entry.kind)?;
        } else {
            tx.prepare_cached("DELETE FROM stop_form WHERE kind = ?1 AND form = ?2")?
                .execute(params![entry.kind.as_str(), entry.name])?;
        }
        names.push(entry.name);
    }
    let Some(first) = names.first() else { return Err(ArchiveError::Invalid("no entry is named".into())) };
    Ok(Deed { verb, subject: subject(first, names.len()), changes: vec![Change::Everything] })
}

fn reject_mentions(tx: &Transaction<'_>, op: OpId, entity: i64) -> Result<()> {
    let mentions: Vec<i64> = tx
        .prepare_cached(
            "SELECT mention.id FROM mention WHERE status <> 'rejected'
                AND entity IN (SELECT id FROM entity WHERE id = ?1 OR root = ?1) ORDER BY mention.id",
        )?
        .query_map([entity], |r| r.get("id"))?
        .collect::<rusqlite::Result<_>>()?;
    let mut articles = BTreeSet::new();
    for id in mentions {
        let mention = load(tx, MentionId(id))?;
        pass(tx, op, &mention, Verdict::Reject)?;
        articles.insert(mention.article);
    }
    articles.into_iter().try_for_each(|article| roles::follow_decisions(tx, article))
}

fn stop_forms(tx: &Transaction<'_>, op: OpId, entity: i64, kind: EntityKind) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO stop_form (form, kind, op)
         SELECT DISTINCT surface, ?2, ?3 FROM mention WHERE entity IN (SELECT id FROM entity WHERE id = ?1 OR root = ?1)
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![entity, kind.as_str(), op.0])?;
    Ok(())
}

/// Takes over the entries of an authority file: known ones are told more names and numbers, others are made. Nothing is taken away.
pub(in super::super) fn import(tx: &Transaction<'_>, op: OpId, entries: &[AuthorityEntry]) -> Result<Deed> {
    if entries.is_empty() {
        return Err(ArchiveError::Invalid("the file has no entries".into()));
    }
    for entry in entries {
        take_over(tx, op, entry)?;
    }
    let first = &entries[0].name;
    Ok(Deed { verb: "import_authority", subject: subject(first, entries.len()), changes: vec![Change::Everything] })
}

fn take_over(tx: &Transaction<'_>, op: OpId, entry: &AuthorityEntry) -> Result<()> {
    let kind = entry.kind.unwrap_or(EntityKind::Person);
    let id = match fitting(tx, entry)?.as_slice() {
        [] => {
            let made = super::moving::make(tx, kind, &entry.name, None)?;
            note_decision(tx, op, "confirm", &made, None)?;
            made.id
        }
        [one] => *one,
        _ => return Ok(()),
    };
    for name in &entry.names {
        give_name(tx, id, kind, name, "authority")?;
    }
    for (scheme, value, grade) in &entry.ids {
        add_authority(tx, id, scheme, value, *grade)?;
    }
    for (column, value) in [("born", &entry.born), ("died", &entry.died)] {
        if let Some(edtf) = value.as_deref().map(StoredDate::strict).transpose()?.and_then(|d| d.edtf) {
            tx.execute(
                &format!("UPDATE entity SET {column} = ?2 WHERE id = ?1 AND {column} IS NULL"),
                params![id, edtf],
            )?;
        }
    }
    if let Some(note) = entry.scope_note.as_deref().map(str::trim).filter(|n| !n.is_empty()) {
        tx.execute("UPDATE entity SET scope_note = ?2 WHERE id = ?1 AND scope_note IS NULL", params![id, note])?;
    }
    Ok(())
}

/// The entries that one of an authority file may be: by uid, by a shared number, by name and kind.
pub(crate) fn fitting(db: &rusqlite::Connection, entry: &AuthorityEntry) -> Result<Vec<i64>> {
    let kind = entry.kind.unwrap_or(EntityKind::Person).as_str();
    if let Some(uid) = &entry.uid {
        let found: Option<i64> = db
            .prepare_cached("SELECT coalesce(root, id) AS id FROM entity WHERE lower(hex(uid)) = lower(?1)")?
            .query_row([uid], |r| r.get("id"))
            .optional()?;
        if let Some(id) = found {
            return Ok(vec![id]);
        }
    }
    let mut found = BTreeSet::new();
    for (scheme, value, _) in &entry.ids {
        let mut statement = db.prepare_cached(
            "SELECT coalesce(entity.root, entity.id) AS id FROM authority_id JOIN entity ON entity.id = authority_id.entity
             WHERE scheme = ?1 AND value = ?2 AND kind = ?3",
        )?;
        found.extend(
            statement
                .query_map(params![scheme, value, kind], |r| r.get::<_, i64>("id"))?
                .collect::<rusqlite::Result<Vec<_>>>()?,
        );
    }
    if found.is_empty() {
        let mut statement = db.prepare_cached(
            "SELECT DISTINCT coalesce(root, id) AS id FROM entity WHERE kind = ?1 AND name = ?2 AND status <> 'rejected'",
        )?;
        found.extend(
            statement
                .query_map(params![kind, entry.name.trim()], |r| r.get::<_, i64>("id"))?
                .collect::<rusqlite::Result<Vec<_>>>()?,
        );
    }
    Ok(found.into_iter().collect())
}
