//! The schema: migrations that are only ever added, applied in one transaction.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{ArchiveError, Result};

/// "baok" in ASCII: marks the file as an archive of this program (`PRAGMA application_id`).
pub const APPLICATION_ID: i32 = 0x6261_6f6b;

/// One file a format version; what was released is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../../schema/0001_first.sql"),
    include_str!("../../schema/0002_recognition.sql"),
    include_str!("../../schema/0003_correction.sql"),
    include_str!("../../schema/0004_identity.sql"),
    include_str!("../../schema/0005_search.sql"),
    include_str!("../../schema/0006_timeline.sql"),
];

/// The format that this program writes; a file with a greater one is refused.
pub const FORMAT_VERSION: u32 = MIGRATIONS.len() as u32;

/// Version of the file, 0 if nothing was written yet.
pub(crate) fn version_of(db: &Connection) -> Result<u32> {
    Ok(db.query_row("PRAGMA user_version", [], |r| r.get(0))?)
}

/// Refuses files of other programs and of newer versions of this one.
pub(crate) fn admit(db: &Connection) -> Result<u32> {
    let application: i32 = db.query_row("PRAGMA application_id", [], |r| r.get(0))?;
    if application != APPLICATION_ID {
        return Err(ArchiveError::NotAnArchive("archive.sqlite".into()));
    }
    let found = version_of(db)?;
    if found > FORMAT_VERSION {
        return Err(ArchiveError::TooNew { found, known: FORMAT_VERSION });
    }
    Ok(found)
}

/// Brings the file to [`FORMAT_VERSION`]. All steps or none.
pub(crate) fn migrate(db: &mut Connection) -> Result<()> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version_of(&tx)?;
    for step in &MIGRATIONS[from as usize..] {
        tx.execute_batch(step)?;
    }
    // Both live in the file header and are part of the transaction.
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", FORMAT_VERSION)?;
    tx.commit()?;
    Ok(())
}

/// The whole schema as SQLite holds it, for `schema/current.sql`.
pub fn dump_schema(db: &Connection) -> rusqlite::Result<String> {
    let mut statement = db.prepare(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
         ORDER BY tbl_name, CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name",
    )?;
    let parts: Vec<String> = statement.query_map([], |r| r.get("sql"))?.collect::<rusqlite::Result<_>>()?;
    Ok(parts.into_iter().map(|sql| format!("{sql};\n")).collect())
}
