//! The record of an entry, by hand: names, numbers, notes, tags, statements from elsewhere.

use std::collections::BTreeSet;

use baoku_model::view::{Change, EntityEdit, MatchGrade, NameFields, NameType};
use baoku_model::{EntityId, EntityKind, OpId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::super::Deed;
use super::{Entry, changes, entry};
use crate::error::{ArchiveError, Result};
use crate::machine::linking::add_name;
use crate::names::pinyin::sort_key;
use crate::tables::{StoredDate, word};

pub(in super::super) fn edit(
    tx: &Transaction<'_>,
    op: OpId,
    at: &str,
    id: EntityId,
    edit: &EntityEdit,
) -> Result<Deed> {
    let subject = entry(tx, id)?;
    let mut told = changes(&BTreeSet::new(), &BTreeSet::from([subject.id, subject.root]));
    let (verb, said) = match edit {
        EntityEdit::Rename { name } => {
            told.push(Change::Everything);
            ("rename_entity", format!("{} → {}", subject.name, rename(tx, &subject, name)?))
        }
        EntityEdit::Describe { scope_note, born, died } => {
            describe(tx, &subject, scope_note.as_deref(), born.as_deref(), died.as_deref())?;
            ("describe_entity", subject.name.clone())
        }
        EntityEdit::AddName { name } => {
            if !give_name(tx, subject.id, subject.kind, name, "person")? {
                return Err(ArchiveError::Refused(format!("{} bears this form already", subject.name)));
            }
            ("add_name", format!("{} = {}", subject.name, name.form.trim()))
        }
        EntityEdit::SetName { id, name } => {
            set_name(tx, &subject, id.0, name)?;
            ("set_name", format!("{} = {}", subject.name, name.form.trim()))
        }
        EntityEdit::RemoveName { id } => {
            ("remove_name", format!("{} ≠ {}", subject.name, remove_name(tx, &subject, id.0)?))
        }
        EntityEdit::AddAuthority { scheme, value, grade } => {
            if !add_authority(tx, subject.id, scheme, value, *grade)? {
                return Err(ArchiveError::Refused(format!("{} has this number already", subject.name)));
            }
            ("add_authority_id", format!("{} {}:{}", subject.name, scheme.trim(), value.trim()))
        }
        EntityEdit::RemoveAuthority { id } => {
            remove(tx, &subject, "authority_id", id.0)?;
            ("remove_authority_id", subject.name.clone())
        }
        EntityEdit::AddTag { label } => {
            let label = filled(label, "a tag needs a word")?;
            tx.execute(
                "INSERT INTO tag (label, subject_table, subject) VALUES (?1, 'entity', ?2) ON CONFLICT DO NOTHING",
                params![label, subject.id],
            )?;
            ("add_tag", format!("{} #{label}", subject.name))
        }
        EntityEdit::RemoveTag { label } => {
            tx.execute(
                "DELETE FROM tag WHERE label = ?1 AND subject_table = 'entity'
                    AND subject IN (SELECT id FROM entity WHERE id = ?2 OR root = ?2)",
                params![label.trim(), subject.id],
            )?;
            ("remove_tag", format!("{} #{}", subject.name, label.trim()))
        }
        EntityEdit::AddNote { text } => {
            let text = filled(text, "a note needs words")?;
            tx.execute(
                "INSERT INTO note (text, subject_table, subject, at, op) VALUES (?1, 'entity', ?2, ?3, ?4)",
                params![text, subject.id, at, op.0],
            )?;
            ("add_note", subject.name.clone())
        }
        EntityEdit::SetNote { id, text } => {
            let text = filled(text, "a note needs words")?;
            let done = tx.execute(
                "UPDATE note SET text = ?3, at = ?4, op = ?5 WHERE id = ?1 AND subject_table = 'entity'
                    AND subject IN (SELECT id FROM entity WHERE id = ?2 OR root = ?2)",
                params![id.0, subject.id, text, at, op.0],
            )?;
            found("note", id.0, done)?;
            ("set_note", subject.name.clone())
        }
        EntityEdit::RemoveNote { id } => {
            let done = tx.execute(
                "DELETE FROM note WHERE id = ?1 AND subject_table = 'entity'
                    AND subject IN (SELECT id FROM entity WHERE id = ?2 OR root = ?2)",
                params![id.0, subject.id],
            )?;
            found("note", id.0, done)?;
            ("remove_note", subject.name.clone())
        }
        EntityEdit::AddStatement { text, date, source } => {
            let text = filled(text, "a statement needs words")?;
            let source = filled(source, "a statement from elsewhere needs its source")?;
            let date = StoredDate::strict(date.as_deref().unwrap_or_default())?.edtf;
            tx.execute(
                "INSERT INTO statement (entity, text, date, source, op) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![subject.id, text, date, source, op.0],
            )?;
            ("add_statement", subject.name.clone())
        }
        EntityEdit::RemoveStatement { id } => {
            remove(tx, &subject, "statement", id.0)?;
            ("remove_statement", subject.name.clone())
        }
    };
    Ok(Deed { verb, subject: said, changes: told })
}

fn filled<'a>(text: &'a str, wanted: &str) -> Result<&'a str> {
    match text.trim() {
        "" => Err(ArchiveError::Invalid(wanted.to_owned())),
        text => Ok(text),
    }
}

fn found(what: &'static str, id: i64, rows: usize) -> Result<()> {
    if rows == 0 { Err(ArchiveError::not_found(what, id)) } else { Ok(()) }
}

/// Removes a row of the entry or of one merged into it.
fn remove(tx: &Transaction<'_>, subject: &Entry, table: &'static str, id: i64) -> Result<()> {
    let done = tx.execute(
        &format!("DELETE FROM {table} WHERE id = ?1 AND entity IN (SELECT id FROM entity WHERE id = ?2 OR root = ?2)"),
        params![id, subject.id],
    )?;
    found(table, id, done)
}

fn rename(tx: &Transaction<'_>, subject: &Entry, name: &str) -> Result<String> {
    let name = filled(name, "an entity needs a name")?;
    let (id, kind) = (subject.id, subject.kind);
    let twin: Option<i64> = tx
        .query_row(
            "SELECT id FROM entity WHERE kind = ?1 AND name = ?2 AND id <> ?3 AND merged_into IS NULL
                AND status <> 'rejected' LIMIT 1",
            params![kind.as_str(), name, id],
            |r| r.get("id"),
        )
        .optional()?;
    if twin.is_some() {
        return Err(ArchiveError::Refused(format!("{name} is another entry of this kind already")));
    }
    tx.execute(
        "UPDATE entity SET name = ?2, name_key = ?3 WHERE id = ?1",
        params![id, name, sort_key(name, kind == EntityKind::Person)],
    )?;
    let preferred = word(&NameType::Preferred)?;
    // The old name is now known by a person's word: a new reading that finds it links here.
    tx.execute(
        "UPDATE name SET type = ?3, source = 'person' WHERE entity = ?1 AND form = ?2 AND scope = ''",
        params![id, subject.name, word(&NameType::Alias)?],
    )?;
    add_name(tx, id, kind, name, &preferred, "", "person")?;
    tx.execute(
        "UPDATE name SET type = ?3, source = 'person' WHERE entity = ?1 AND form = ?2 AND scope = ''",
        params![id, name, preferred],
    )?;
    Ok(name.to_owned())
}

fn describe(
    tx: &Transaction<'_>,
    subject: &Entry,
    scope_note: Option<&str>,
    born: Option<&str>,
    died: Option<&str>,
) -> Result<()> {
    if let Some(note) = scope_note {
        let note = Some(note.trim()).filter(|n| !n.is_empty());
        tx.execute("UPDATE entity SET scope_note = ?2 WHERE id = ?1", params![subject.id, note])?;
    }
    for (column, value) in [("born", born), ("died", died)] {
        if let Some(value) = value {
            let edtf = StoredDate::strict(value)?.edtf;
            tx.execute(&format!("UPDATE entity SET {column} = ?2 WHERE id = ?1"), params![subject.id, edtf])?;
        }
    }
    Ok(())
}

/// Scope and validity as they are stored.
fn bounds(name: &NameFields) -> Result<(String, Option<String>, Option<String>)> {
    let scope = name.scope.as_deref().unwrap_or_default().trim().to_owned();
    let from = StoredDate::strict(name.valid_from.as_deref().unwrap_or_default())?.edtf;
    let to = StoredDate::strict(name.valid_to.as_deref().unwrap_or_default())?.edtf;
    Ok((scope, from, to))
}

/// Gives an entry a form. False if it has it by a person's or an authority's word, with the same meaning, already.
pub(super) fn give_name(
    tx: &Transaction<'_>,
    id: i64,
    kind: EntityKind,
    name: &NameFields,
    source: &str,
) -> Result<bool> {
    let form = filled(&name.form, "a name needs characters")?;
    // There is one preferred form; another becomes so by renaming.
    let name_type = match name.name_type {
        NameType::Preferred => NameType::Alias,
        other => other,
    };
    let (scope, from, to) = bounds(name)?;
    let held: Option<(String, String, Option<String>, Option<String>)> = tx
        .prepare_cached(
            "SELECT type, source, valid_from, valid_to FROM name WHERE entity = ?1 AND form = ?2 AND scope = ?3",
        )?
        .query_row(params![id, form, scope], |r| {
            Ok((r.get("type")?, r.get("source")?, r.get("valid_from")?, r.get("valid_to")?))
        })
        .optional()?;
    let word = word(&name_type)?;
    match held {
        Some((held, by, held_from, held_to)) => {
            if by != "machine" && (held == word || held == "preferred") && held_from == from && held_to == to {
                return Ok(false);
            }
            // A person's word is not overwritten by a file.
            if by == "person" && source == "authority" {
                return Ok(false);
            }
            tx.prepare_cached(
                "UPDATE name SET type = CASE type WHEN 'preferred' THEN type ELSE ?4 END, source = ?5, valid_from = ?6,
                    valid_to = ?7 WHERE entity = ?1 AND form = ?2 AND scope = ?3",
            )?
            .execute(params![id, form, scope, word, source, from, to])?;
        }
        None => {
            add_name(tx, id, kind, form, &word, &scope, source)?;
            tx.prepare_cached(
                "UPDATE name SET valid_from = ?4, valid_to = ?5 WHERE entity = ?1 AND form = ?2 AND scope = ?3",
            )?
            .execute(params![id, form, scope, from, to])?;
        }
    }
    Ok(true)
}

/// The form's owner (the entry, or one merged into it) and the form.
fn named(tx: &Transaction<'_>, subject: &Entry, id: i64) -> Result<(i64, String, String)> {
    let row = tx
        .query_row(
            "SELECT entity, form, type FROM name WHERE id = ?1
                AND entity IN (SELECT id FROM entity WHERE id = ?2 OR root = ?2)",
            params![id, subject.id],
            |r| Ok((r.get("entity")?, r.get("form")?, r.get("type")?)),
        )
        .optional()?;
    row.ok_or_else(|| ArchiveError::not_found("name", id))
}

fn set_name(tx: &Transaction<'_>, subject: &Entry, id: i64, name: &NameFields) -> Result<()> {
    let (owner, form, old_type) = named(tx, subject, id)?;
    if old_type == "preferred" && (name.name_type != NameType::Preferred || name.form.trim() != form) {
        return Err(ArchiveError::Refused(format!("{form} is the canonical name; rename the entry instead")));
    }
    if name.form.trim() != form && bears_mentions(tx, owner, &form)? {
        return Err(ArchiveError::Refused(format!("{form} is how the paper prints it; add the other form beside it")));
    }
    tx.execute("DELETE FROM name WHERE id = ?1", [id])?;
    if old_type == "preferred" {
        add_name(tx, owner, subject.kind, &form, &old_type, "", "person")?;
        let (_, from, to) = bounds(name)?;
        tx.execute(
            "UPDATE name SET valid_from = ?3, valid_to = ?4 WHERE entity = ?1 AND form = ?2 AND scope = ''",
            params![owner, form, from, to],
        )?;
        return Ok(());
    }
    give_name(tx, owner, subject.kind, name, "person")?;
    Ok(())
}

fn remove_name(tx: &Transaction<'_>, subject: &Entry, id: i64) -> Result<String> {
    let (owner, form, name_type) = named(tx, subject, id)?;
    if name_type == "preferred" {
        return Err(ArchiveError::Refused(format!("{form} is the canonical name; rename the entry instead")));
    }
    if bears_mentions(tx, owner, &form)? {
        return Err(ArchiveError::Refused(format!(
            "the paper prints {form} for it; reject or move those mentions first"
        )));
    }
    tx.execute("DELETE FROM name WHERE id = ?1", [id])?;
    Ok(form)
}

/// True if the paper prints the form for the entry, or what it prints was read as that form: without it, the next reading would
/// make another entry.
fn bears_mentions(tx: &Transaction<'_>, entity: i64, form: &str) -> Result<bool> {
    Ok(tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM mention WHERE entity = ?1 AND (surface = ?2 OR name = ?2)
            AND status <> 'rejected') AS printed",
        params![entity, form],
        |r| r.get("printed"),
    )?)
}

/// Gives an entry a number of an authority file. False if it has it.
pub(super) fn add_authority(
    tx: &Transaction<'_>,
    id: i64,
    scheme: &str,
    value: &str,
    grade: MatchGrade,
) -> Result<bool> {
    let scheme = filled(scheme, "a number needs its scheme")?.to_lowercase();
    let value = filled(value, "a number is missing")?;
    let grade = word(&grade)?;
    let added = tx
        .prepare_cached(
            "INSERT INTO authority_id (entity, scheme, value, match) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (entity, scheme, value) DO UPDATE SET match = excluded.match WHERE match <> excluded.match",
        )?
        .execute(params![id, scheme, value, grade])?;
    Ok(added > 0)
}
