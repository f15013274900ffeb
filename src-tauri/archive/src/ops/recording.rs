//! Rows before and after an act, kept by triggers, so that every act can be undone by construction and no act can forget to log.
//! SQLite's session extension would do the same, but its bindings need libclang wherever the program is built.
//!
//! For each table there is a temporary table of the same columns. While an act runs, triggers copy each row there as it was
//! before (`phase` 0) and as it is after (`phase` 1).

use std::collections::BTreeMap;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, Transaction, params, params_from_iter};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::error::{ArchiveError, Result};
use crate::tables::layers::{expand, squeeze};

/// SQL function that is true while an act is recorded.
pub(crate) const FLAG: &str = "baoku_recording";

/// The log itself, and what is no part of the catalogue.
const NOT_RECORDED: [&str; 14] = [
    "op_log",
    "op_image",
    "agent",
    "run",
    "setting",
    "job_item",
    "recognition",
    "search_change",
    "search_mark",
    "doubt",
    "searched",
    "candidate",
    "day_count",
    "month_count",
];

/// Changes in one compressed list.
const CHUNK: usize = 500;

/// One row before and after; `None` where it was not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct RowChange {
    pub id: i64,
    pub before: Option<Vec<Json>>,
    pub after: Option<Vec<Json>>,
}

/// Changes of one table. Columns are named: a later schema may have more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct TableChanges {
    pub table: String,
    pub columns: Vec<String>,
    pub rows: Vec<RowChange>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Undo,
    Redo,
}

/// Tables and their columns as the file has them.
fn recorded_tables(db: &Connection) -> Result<Vec<(String, Vec<String>)>> {
    let mut statement = db.prepare(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let names: Vec<String> = statement.query_map([], |r| r.get("name"))?.collect::<rusqlite::Result<_>>()?;
    let mut tables = Vec::new();
    for name in names.into_iter().filter(|n| !NOT_RECORDED.contains(&n.as_str())) {
        let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = statement.query_map([&name], |r| r.get("name"))?.collect::<rusqlite::Result<_>>()?;
        tables.push((name, columns));
    }
    Ok(tables)
}

/// Makes the temporary tables and triggers on the connection that writes.
pub(crate) fn install(db: &Connection) -> Result<()> {
    let mut sql = String::new();
    for (table, columns) in recorded_tables(db)? {
        let list = |prefix: &str| columns.iter().map(|c| format!("{prefix}\"{c}\"")).collect::<Vec<_>>().join(", ");
        let copy = |phase: u8, row: &str| {
            format!("INSERT INTO recorded_{table} (phase, {}) VALUES ({phase}, {});", list(""), list(row))
        };
        let (before, after) = (copy(0, "OLD."), copy(1, "NEW."));
        sql.push_str(&format!(
            "CREATE TEMP TABLE recorded_{table} (seq INTEGER PRIMARY KEY, phase INTEGER, {columns});
             CREATE TEMP TRIGGER record_insert_{table} AFTER INSERT ON main.{table} WHEN {FLAG}() BEGIN {after} END;
             CREATE TEMP TRIGGER record_update_{table} AFTER UPDATE ON main.{table} WHEN {FLAG}() BEGIN {before} {after} END;
             CREATE TEMP TRIGGER record_delete_{table} AFTER DELETE ON main.{table} WHEN {FLAG}() BEGIN {before} END;\n",
            columns = list(""),
        ));
    }
    Ok(db.execute_batch(&sql)?)
}

/// Forgets what was recorded before.
pub(crate) fn clear(tx: &Transaction<'_>) -> Result<()> {
    for (table, _) in recorded_tables(tx)? {
        tx.prepare_cached(&format!("DELETE FROM temp.recorded_{table}"))?.execute([])?;
    }
    Ok(())
}

/// What the act changed: for each row its first image before and its last image after.
pub(crate) fn collect(tx: &Transaction<'_>) -> Result<Vec<TableChanges>> {
    let mut changes = Vec::new();
    for (table, columns) in recorded_tables(tx)? {
        let mut seen: BTreeMap<i64, RowChange> = BTreeMap::new();
        let mut statement = tx.prepare_cached(&format!("SELECT * FROM temp.recorded_{table} ORDER BY seq"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get("id")?;
            let image = read_image(row, &columns)?;
            let before: bool = row.get::<_, i64>("phase")? == 0;
            match seen.get_mut(&id) {
                // An update tells both; what follows on a row that is known only moves its last image.
                Some(change) if before => change.after = None,
                Some(change) => change.after = Some(image),
                None if before => {
                    seen.insert(id, RowChange { id, before: Some(image), after: None });
                }
                None => {
                    seen.insert(id, RowChange { id, before: None, after: Some(image) });
                }
            }
        }
        let rows: Vec<RowChange> = seen.into_values().filter(|c| c.before != c.after).collect();
        if !rows.is_empty() {
            changes.push(TableChanges { table, columns, rows });
        }
    }
    Ok(changes)
}

pub(crate) fn store(tx: &Transaction<'_>, op: i64, changes: &[TableChanges]) -> Result<()> {
    let mut position = 0;
    for change in changes {
        for rows in change.rows.chunks(CHUNK) {
            let chunk =
                TableChanges { table: change.table.clone(), columns: change.columns.clone(), rows: rows.to_vec() };
            tx.prepare_cached(
                "INSERT INTO op_image (op, position, encoding, images) VALUES (?1, ?2, 'json+zstd', ?3)",
            )?
            .execute(params![op, position, squeeze(&serde_json::to_vec(&chunk)?)?])?;
            position += 1;
        }
    }
    Ok(())
}

fn load(tx: &Transaction<'_>, op: i64) -> Result<Vec<TableChanges>> {
    let mut statement = tx.prepare_cached("SELECT images FROM op_image WHERE op = ?1 ORDER BY position")?;
    let mut rows = statement.query([op])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        changes.push(serde_json::from_slice(&expand(&row.get::<_, Vec<u8>>("images")?)?)?);
    }
    Ok(changes)
}

/// Puts the rows of an act back as they were before it (or, for redo, after it). Fails and changes nothing if any of them is not
/// as the act (or its undoing) left it. Foreign keys must be deferred.
pub(crate) fn apply(tx: &Transaction<'_>, op: i64, way: Way) -> Result<()> {
    let changes = load(tx, op)?;
    let sides = |row: &RowChange| match way {
        Way::Undo => (row.after.clone(), row.before.clone()),
        Way::Redo => (row.before.clone(), row.after.clone()),
    };
    // All checks and removals come first: then no unique key is in the way of a row that comes back.
    for change in &changes {
        for row in &change.rows {
            let (now, _) = sides(row);
            if image_of(tx, &change.table, &change.columns, row.id)? != now {
                return Err(changed_since(&change.table));
            }
            if now.is_some() {
                tx.prepare_cached(&format!("DELETE FROM main.{} WHERE id = ?1", change.table))?.execute([row.id])?;
            }
        }
    }
    for change in &changes {
        let columns: Vec<String> = change.columns.iter().map(|c| format!("\"{c}\"")).collect();
        let places: Vec<String> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
        let sql = format!("INSERT INTO main.{} ({}) VALUES ({})", change.table, columns.join(", "), places.join(", "));
        for row in &change.rows {
            if let (_, Some(image)) = sides(row) {
                let values = image.iter().map(to_value).collect::<Result<Vec<Value>>>()?;
                match tx.prepare_cached(&sql)?.execute(params_from_iter(values)) {
                    Err(e) if e.sqlite_error_code() == Some(rusqlite::ffi::ErrorCode::ConstraintViolation) => {
                        return Err(changed_since(&change.table));
                    }
                    done => done?,
                };
            }
        }
    }
    Ok(())
}

fn changed_since(table: &str) -> ArchiveError {
    ArchiveError::Conflict(format!("what the act changed was changed again since ({table})"))
}

/// The row as it stands.
fn image_of(tx: &Transaction<'_>, table: &str, columns: &[String], id: i64) -> Result<Option<Vec<Json>>> {
    let list: Vec<String> = columns.iter().map(|c| format!("\"{c}\"")).collect();
    let mut statement = tx.prepare_cached(&format!("SELECT {} FROM main.{table} WHERE id = ?1", list.join(", ")))?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(|row| read_image(row, columns)).transpose()
}

fn read_image(row: &Row<'_>, columns: &[String]) -> Result<Vec<Json>> {
    columns.iter().map(|c| Ok(to_json(row.get_ref(c.as_str())?))).collect()
}

/// Numbers and text as they are; a blob as `{"hex": …}`.
fn to_json(value: ValueRef<'_>) -> Json {
    match value {
        ValueRef::Null => Json::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        ValueRef::Blob(bytes) => serde_json::json!({ "hex": crate::tables::hex(bytes) }),
    }
}

fn to_value(json: &Json) -> Result<Value> {
    let strange = || ArchiveError::Damaged("an image of a row can't be read".into());
    Ok(match json {
        Json::Null => Value::Null,
        Json::Number(n) => match n.as_i64() {
            Some(n) => Value::Integer(n),
            None => Value::Real(n.as_f64().ok_or_else(strange)?),
        },
        Json::String(text) => Value::Text(text.clone()),
        Json::Object(blob) => {
            let hex = blob.get("hex").and_then(Json::as_str).ok_or_else(strange)?;
            let digits: Option<Vec<u8>> =
                (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok()).collect();
            Value::Blob(digits.ok_or_else(strange)?)
        }
        _ => return Err(strange()),
    })
}
