//! Moving mentions to the entry they belong to; to a new one, when an entry is split.

use std::collections::BTreeSet;

use baoku_model::view::{Destination, NameType};
use baoku_model::{EntityKind, MentionId, OpId};
use rusqlite::{Transaction, params};

use super::super::Deed;
use super::decide::{load, write_down};
use super::{Entry, changes, entry, subject};
use crate::error::{ArchiveError, Result};
use crate::machine::linking::{add_name, home_of, sweep};
use crate::machine::roles;
use crate::names::forms;
use crate::names::pinyin::sort_key;
use crate::tables::word;

pub(in super::super) fn move_mentions(
    tx: &Transaction<'_>,
    op: OpId,
    ids: &[MentionId],
    to: &Destination,
) -> Result<Deed> {
    let ids: BTreeSet<MentionId> = ids.iter().copied().collect();
    if ids.is_empty() {
        return Err(ArchiveError::Invalid("no mention is named".into()));
    }
    let (target, verb) = match to {
        // Into the very entry: a merged one gets it back when it is parted again.
        Destination::Entity { id } => (entry(tx, *id)?, "move_mention"),
        Destination::New { entity_kind, name, scope_note } => {
            (make(tx, *entity_kind, name, scope_note.as_deref())?, "split_entity")
        }
    };
    if target.status == "rejected" {
        return Err(ArchiveError::Refused(format!("{} was rejected", target.name)));
    }
    let (mut issues, mut left, mut articles) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for id in &ids {
        let mention = load(tx, *id)?;
        let kind = EntityKind::parse(&mention.kind).unwrap_or(EntityKind::Date);
        if !EntityKind::WITH_PAGE.contains(&kind) {
            return Err(ArchiveError::Refused(format!("{} is no name", mention.surface)));
        }
        tx.prepare_cached("UPDATE mention SET entity = ?2, kind = ?3, status = 'confirmed' WHERE id = ?1")?
            .execute(params![id.0, target.id, target.kind.as_str()])?;
        let moved = super::decide::Decided { kind: target.kind.as_str().to_owned(), ..mention };
        write_down(tx, op, "move", &moved, Some(target.id), moved.entity)?;
        let form = forms::type_of(&moved.surface, &target.name, target.kind);
        let scope = forms::scope_of(form, &home_of(tx, baoku_model::IssueId(moved.issue))?);
        add_name(tx, target.id, target.kind, &moved.surface, &word(&form)?, &scope, "machine")?;
        issues.insert(moved.issue);
        articles.insert(moved.article);
        left.extend(moved.entity.filter(|from| *from != target.id));
    }
    for article in articles {
        roles::follow_decisions(tx, article)?;
    }
    sweep(tx, &left)?;
    left.insert(target.id);
    left.insert(target.root);
    Ok(Deed { verb, subject: subject(&target.name, ids.len()), changes: changes(&issues, &left) })
}

/// A new entry that a person makes; another of the same name may be there.
pub(super) fn make(tx: &Transaction<'_>, kind: EntityKind, name: &str, scope_note: Option<&str>) -> Result<Entry> {
    let name = name.trim();
    if name.is_empty() {
        return Err(ArchiveError::Invalid("an entry needs a name".into()));
    }
    if !EntityKind::WITH_PAGE.contains(&kind) {
        return Err(ArchiveError::Invalid(format!("{} has no entries", kind.as_str())));
    }
    tx.prepare_cached(
        "INSERT INTO entity (uid, kind, name, name_key, scope_note, status)
         VALUES (randomblob(16), ?1, ?2, ?3, ?4, 'confirmed')",
    )?
    .execute(params![
        kind.as_str(),
        name,
        sort_key(name, kind == EntityKind::Person),
        scope_note.map(str::trim).filter(|n| !n.is_empty())
    ])?;
    let id = tx.last_insert_rowid();
    add_name(tx, id, kind, name, &word(&NameType::Preferred)?, "", "person")?;
    Ok(Entry { id, kind, name: name.to_owned(), status: "confirmed".into(), merged_into: None, root: id })
}
