//! The authority file: entries with their forms and numbers, for export, and what an import of one would do.

use std::collections::HashMap;

use baoku_model::EntityKind;
use baoku_model::view::{AuthorityEntry, AuthorityImport, MatchGrade, NameFields, NameType};
use rusqlite::params;

use super::article::kind as kind_of;
use crate::error::Result;
use crate::open::Reader;
use crate::ops::identity::entries::fitting;
use crate::tables::{hex, parse_word};

/// All entries that a person or an authority file vouches for in any way; with `all`, those of the machine too.
pub fn authority_entries(r: &Reader, kind: Option<EntityKind>, all: bool) -> Result<Vec<AuthorityEntry>> {
    let mut names = names(r)?;
    let mut ids = ids(r)?;
    let mut statement = r.prepare_cached(
        "SELECT id, uid, kind, name, scope_note, born, died FROM entity
         WHERE merged_into IS NULL AND status <> 'rejected' AND (?1 IS NULL OR kind = ?1)
            AND (?2 OR status = 'confirmed' OR scope_note IS NOT NULL OR born IS NOT NULL OR died IS NOT NULL
                OR id IN (SELECT coalesce(root, id) FROM entity WHERE root IS NOT NULL)
                OR id IN (SELECT entity FROM authority_id)
                OR id IN (SELECT entity FROM name WHERE source <> 'machine')
                OR id IN (SELECT entity FROM mention WHERE status = 'confirmed'))
         ORDER BY kind, name_key, name, id",
    )?;
    let mut rows = statement.query(params![kind.map(EntityKind::as_str), all])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        let name: String = row.get("name")?;
        let mut forms = names.remove(&id).unwrap_or_default();
        forms.retain(|f| f.form != name || f.scope.is_some());
        entries.push(AuthorityEntry {
            uid: Some(hex(row.get_ref("uid")?.as_blob().map_err(rusqlite::Error::from)?)),
            kind: Some(kind_of(&row.get::<_, String>("kind")?)?),
            name,
            names: forms,
            ids: ids.remove(&id).unwrap_or_default(),
            scope_note: row.get("scope_note")?,
            born: row.get("born")?,
            died: row.get("died")?,
        });
    }
    Ok(entries)
}

/// Forms of every entry, those of merged ones with it.
fn names(r: &Reader) -> Result<HashMap<i64, Vec<NameFields>>> {
    let mut statement = r.prepare_cached(
        "SELECT coalesce(entity.root, entity.id) AS entry, name.form, name.type, name.scope, name.valid_from, name.valid_to
         FROM name JOIN entity ON entity.id = name.entity ORDER BY entry, name.form, name.scope, name.id",
    )?;
    let mut rows = statement.query([])?;
    let mut names: HashMap<i64, Vec<NameFields>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let scope: String = row.get("scope")?;
        // The name of a merged entry is one more form of the one it went into.
        let name_type = match parse_word::<NameType>(&row.get::<_, String>("type")?)? {
            NameType::Preferred => NameType::Alias,
            other => other,
        };
        let fields = NameFields {
            form: row.get("form")?,
            name_type,
            scope: Some(scope).filter(|s| !s.is_empty()),
            valid_from: row.get("valid_from")?,
            valid_to: row.get("valid_to")?,
        };
        let held = names.entry(row.get("entry")?).or_default();
        if !held.iter().any(|h| h.form == fields.form && h.scope == fields.scope) {
            held.push(fields);
        }
    }
    Ok(names)
}

/// Numbers of an entry: scheme, value, how well it fits.
type Numbers = Vec<(String, String, MatchGrade)>;

fn ids(r: &Reader) -> Result<HashMap<i64, Numbers>> {
    let mut statement = r.prepare_cached(
        "SELECT coalesce(entity.root, entity.id) AS entry, scheme, value, match FROM authority_id
         JOIN entity ON entity.id = authority_id.entity ORDER BY entry, scheme, value",
    )?;
    let mut rows = statement.query([])?;
    let mut ids: HashMap<i64, Numbers> = HashMap::new();
    while let Some(row) = rows.next()? {
        let grade = parse_word(&row.get::<_, String>("match")?)?;
        ids.entry(row.get("entry")?).or_default().push((row.get("scheme")?, row.get("value")?, grade));
    }
    Ok(ids)
}

/// What taking over these entries would do.
pub fn authority_rehearsal(r: &Reader, entries: &[AuthorityEntry]) -> Result<AuthorityImport> {
    let mut told = AuthorityImport { entries: entries.len() as u32, ..AuthorityImport::default() };
    for entry in entries {
        match fitting(r, entry)?.as_slice() {
            [] => told.added += 1,
            [id] if adds_nothing(r, *id, entry)? => told.unchanged += 1,
            [_] => told.enriched += 1,
            _ => told.ambiguous.push(entry.name.clone()),
        }
    }
    Ok(told)
}

fn adds_nothing(r: &Reader, id: i64, entry: &AuthorityEntry) -> Result<bool> {
    const MEMBERS: &str = "(SELECT id FROM entity WHERE id = ?1 OR root = ?1)";
    for name in &entry.names {
        let held: bool = r
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM name WHERE entity IN {MEMBERS} AND form = ?2 AND scope = ?3
                    AND source <> 'machine') AS held"
            ))?
            .query_row(params![id, name.form.trim(), name.scope.as_deref().unwrap_or_default().trim()], |row| {
                row.get("held")
            })?;
        if !held {
            return Ok(false);
        }
    }
    for (scheme, value, _) in &entry.ids {
        let held: bool = r
            .prepare_cached(&format!(
                "SELECT EXISTS (SELECT 1 FROM authority_id WHERE entity IN {MEMBERS} AND scheme = ?2 AND value = ?3) AS held"
            ))?
            .query_row(params![id, scheme.trim().to_lowercase(), value.trim()], |row| row.get("held"))?;
        if !held {
            return Ok(false);
        }
    }
    let (note, born, died): (Option<String>, Option<String>, Option<String>) = r
        .prepare_cached("SELECT scope_note, born, died FROM entity WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get("scope_note")?, row.get("born")?, row.get("died")?)))?;
    let news = |held: &Option<String>, given: &Option<String>| held.is_none() && given.is_some();
    Ok(!(news(&note, &entry.scope_note) || news(&born, &entry.born) || news(&died, &entry.died)))
}
