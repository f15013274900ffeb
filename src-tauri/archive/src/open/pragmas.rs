//! Every pragma, and why.

use rusqlite::Connection;

use crate::error::Result;

/// Statements kept ready on a connection; more than all queries of one page of the window.
const STATEMENTS: usize = 128;

/// For the one connection that writes.
pub(super) fn for_writer(db: &Connection) -> Result<()> {
    // Readers go on while a page is written, and a transaction is one append to the log.
    db.pragma_update(None, "journal_mode", "WAL")?;
    // Person acts ask for FULL before each transaction; machine writes can lose the last moments of a power cut and
    // are then done again by the job.
    db.pragma_update(None, "synchronous", "NORMAL")?;
    // Checkpoint each 4 MB of log: short pauses, and the log stays small beside the archive.
    db.pragma_update(None, "wal_autocheckpoint", 1000)?;
    for_all(db)?;
    // 64 MB: an issue's articles touch pages all over the indexes, and what does not fit is written and read again.
    db.pragma_update(None, "cache_size", -65_536)?;
    Ok(())
}

pub(super) fn for_reader(db: &Connection) -> Result<()> {
    // A second lock on the door: the file is opened read-only, and statements that write fail to begin with.
    db.pragma_update(None, "query_only", true)?;
    for_all(db)
}

fn for_all(db: &Connection) -> Result<()> {
    // Off by default in SQLite, and it must be on for every connection.
    db.pragma_update(None, "foreign_keys", true)?;
    // The schema comes out of a file that anybody may have edited: no functions with side effects from it.
    db.pragma_update(None, "trusted_schema", false)?;
    // Sorting and the images of an act stay in memory; temporary files would leave the archive's folder.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    // 16 MB of pages for each connection.
    db.pragma_update(None, "cache_size", -16_384)?;
    // Another process that reads, or a backup, may hold the file for a moment.
    db.busy_timeout(std::time::Duration::from_secs(5))?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(())
}

/// A person's act is on the disk when it returns.
pub(crate) fn synchronous_full(db: &Connection) -> Result<()> {
    Ok(db.pragma_update(None, "synchronous", "FULL")?)
}

/// Machine work is written in order, but the disk is not waited for.
pub(crate) fn synchronous_normal(db: &Connection) -> Result<()> {
    Ok(db.pragma_update(None, "synchronous", "NORMAL")?)
}
