//! What persons said about an entry.

use baoku_model::view::{AuthorityRecord, AuthorityView, DecisionLine, EntityRow, MergedView, NoteView, StatementView};
use baoku_model::{AuthorityId, EntityId, NoteId, StatementId};
use rusqlite::{Row, params};

use super::entities::entity_row;
use crate::error::Result;
use crate::open::Reader;
use crate::tables::parse_word;

/// Decisions shown of one entry, the newest.
const DECISIONS: u32 = 50;

pub(super) fn record(r: &Reader, id: EntityId) -> Result<AuthorityRecord> {
    let (scope_note, born, died) = r
        .prepare_cached("SELECT scope_note, born, died FROM entity WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get("scope_note")?, row.get("born")?, row.get("died")?)))?;
    Ok(AuthorityRecord {
        scope_note,
        born,
        died,
        ids: ids(r, id)?,
        tags: list(
            r,
            concat!(
                "SELECT DISTINCT label FROM tag WHERE subject_table = 'entity' AND subject IN ",
                members!("?1"),
                " ORDER BY label"
            ),
            id,
            |row| row.get("label"),
        )?,
        notes: list(
            r,
            concat!(
                "SELECT note.id, note.text, note.at, coalesce(agent.name, '') AS operator FROM note
                 LEFT JOIN op_log ON op_log.id = note.op LEFT JOIN agent ON agent.id = op_log.operator
                 WHERE note.subject_table = 'entity' AND note.subject IN ",
                members!("?1"),
                " ORDER BY note.id"
            ),
            id,
            |row| {
                Ok(NoteView {
                    id: NoteId(row.get("id")?),
                    text: row.get("text")?,
                    at: row.get("at")?,
                    operator: row.get("operator")?,
                })
            },
        )?,
        statements: list(
            r,
            concat!(
                "SELECT statement.id, statement.text, statement.date, statement.source, op_log.at, agent.name AS operator
                 FROM statement JOIN op_log ON op_log.id = statement.op JOIN agent ON agent.id = op_log.operator
                 WHERE statement.entity IN ",
                members!("?1"),
                " ORDER BY statement.date IS NULL, statement.date, statement.id"
            ),
            id,
            |row| {
                Ok(StatementView {
                    id: StatementId(row.get("id")?),
                    text: row.get("text")?,
                    date: row.get("date")?,
                    source: row.get("source")?,
                    operator: row.get("operator")?,
                    at: row.get("at")?,
                })
            },
        )?,
        merged: merged(r, id)?,
        distinct: distinct(r, id)?,
        decisions: decisions(r, id)?,
    })
}

fn list<T>(r: &Reader, sql: &str, id: EntityId, read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let mut statement = r.prepare_cached(sql)?;
    Ok(statement.query_map([id.0], read)?.collect::<rusqlite::Result<_>>()?)
}

fn ids(r: &Reader, id: EntityId) -> Result<Vec<AuthorityView>> {
    let sql = concat!(
        "SELECT id, scheme, value, match FROM authority_id WHERE entity IN ",
        members!("?1"),
        " ORDER BY scheme, value, id"
    );
    let rows = list(r, sql, id, |row| {
        Ok((row.get::<_, i64>("id")?, row.get("scheme")?, row.get("value")?, row.get::<_, String>("match")?))
    })?;
    rows.into_iter()
        .map(|(id, scheme, value, grade)| {
            Ok(AuthorityView { id: AuthorityId(id), scheme, value, grade: parse_word(&grade)? })
        })
        .collect()
}

/// Entries merged into this one, with those merged into them, the latest first.
fn merged(r: &Reader, id: EntityId) -> Result<Vec<MergedView>> {
    let sql = "SELECT entity.id, entity.name, op_log.at, agent.name AS operator,
            (SELECT count(*) FROM mention WHERE mention.entity = entity.id AND mention.status <> 'rejected') AS mentions
         FROM entity LEFT JOIN decision ON decision.id = (SELECT max(id) FROM decision
            WHERE decision.entity = entity.id AND verb = 'merge')
         LEFT JOIN op_log ON op_log.id = decision.op LEFT JOIN agent ON agent.id = op_log.operator
         WHERE entity.root = ?1 ORDER BY decision.id DESC, entity.id";
    list(r, sql, id, |row| {
        Ok(MergedView {
            id: EntityId(row.get("id")?),
            name: row.get("name")?,
            mentions: row.get("mentions")?,
            operator: row.get::<_, Option<String>>("operator")?.unwrap_or_default(),
            at: row.get::<_, Option<String>>("at")?.unwrap_or_default(),
        })
    })
}

fn distinct(r: &Reader, id: EntityId) -> Result<Vec<EntityRow>> {
    let sql = concat!(
        "SELECT DISTINCT coalesce(entity.root, entity.id) AS id FROM (
            SELECT entity_b AS other FROM distinct_pair WHERE entity_a IN ",
        members!("?1"),
        " UNION SELECT entity_a FROM distinct_pair WHERE entity_b IN ",
        members!("?1"),
        ") JOIN entity ON entity.id = other ORDER BY 1"
    );
    let ids = list(r, sql, id, |row| row.get::<_, i64>("id"))?;
    let mut rows = Vec::new();
    for other in ids {
        rows.extend(entity_row(r, EntityId(other))?);
    }
    Ok(rows)
}

/// What was decided, act by act.
fn decisions(r: &Reader, id: EntityId) -> Result<Vec<DecisionLine>> {
    let mut statement = r.prepare_cached(concat!(
        "SELECT decision.verb, min(decision.surface) AS surface, other.name AS other, count(decision.mention) AS mentions,
            agent.name AS operator, op_log.at
         FROM decision JOIN op_log ON op_log.id = decision.op JOIN agent ON agent.id = op_log.operator
         LEFT JOIN entity AS other ON other.id = decision.other
         WHERE decision.id IN (SELECT id FROM decision WHERE entity IN ",
        members!("?1"),
        " UNION SELECT id FROM decision WHERE other IN ",
        members!("?1"),
        ") GROUP BY decision.op, decision.verb, decision.other ORDER BY max(decision.id) DESC LIMIT ?2"
    ))?;
    let lines = statement.query_map(params![id.0, DECISIONS], |row| {
        Ok(DecisionLine {
            verb: row.get("verb")?,
            surface: row.get("surface")?,
            other: row.get("other")?,
            mentions: row.get("mentions")?,
            operator: row.get("operator")?,
            at: row.get("at")?,
        })
    })?;
    Ok(lines.collect::<rusqlite::Result<_>>()?)
}
