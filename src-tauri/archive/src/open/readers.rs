//! A few read-only connections, opened when first needed.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags};

use super::pragmas;
use crate::error::Result;

/// More readers than this wait for each other; a window asks for two or three things at once.
const READERS: usize = 4;

/// A consistent view of the archive: everything read through it is of one moment.
pub struct Reader {
    db: Connection,
}

impl Deref for Reader {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.db
    }
}

pub(crate) struct Readers {
    file: PathBuf,
    /// True on a medium that can't be written to: no log and no shared memory beside the file then.
    immutable: bool,
    pool: Mutex<Pool>,
    freed: Condvar,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Reader>,
    open: usize,
}

impl Readers {
    pub fn new(file: PathBuf, immutable: bool) -> Self {
        Self { file, immutable, pool: Mutex::default(), freed: Condvar::new() }
    }

    pub fn with<T>(&self, work: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        let loan = Loan { readers: self, reader: Some(self.take()?) };
        let reader = loan.reader.as_ref().expect("a loan holds its reader until it is dropped");
        reader.execute_batch("BEGIN")?;
        let answer = work(reader);
        // Nothing was written: ending the transaction only lets go of the snapshot.
        reader.execute_batch("ROLLBACK")?;
        answer
    }

    fn take(&self) -> Result<Reader> {
        let mut pool = self.lock();
        loop {
            if let Some(reader) = pool.idle.pop() {
                return Ok(reader);
            }
            if pool.open < READERS {
                pool.open += 1;
                drop(pool);
                return open(&self.file, self.immutable).map(|db| Reader { db }).inspect_err(|_| {
                    self.lock().open -= 1;
                    self.freed.notify_one();
                });
            }
            pool = self.freed.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pool> {
        self.pool.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the reader back, also when the work panics.
struct Loan<'a> {
    readers: &'a Readers,
    reader: Option<Reader>,
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        let mut pool = self.readers.lock();
        match self.reader.take() {
            // A reader left in a transaction by a panic is closed, not reused.
            Some(reader) if reader.is_autocommit() => pool.idle.push(reader),
            _ => pool.open -= 1,
        }
        self.readers.freed.notify_one();
    }
}

pub(super) fn open(file: &Path, immutable: bool) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let db = if immutable {
        Connection::open_with_flags(immutable_uri(file), flags)?
    } else {
        Connection::open_with_flags(file, flags)?
    };
    pragmas::for_reader(&db)?;
    Ok(db)
}

fn immutable_uri(file: &Path) -> String {
    let mut uri = String::from("file:");
    for b in file.to_string_lossy().replace('\\', "/").bytes() {
        match b {
            b'?' | b'#' | b'%' => uri.push_str(&format!("%{b:02X}")),
            _ if b.is_ascii() => uri.push(char::from(b)),
            _ => uri.push_str(&format!("%{b:02X}")),
        }
    }
    uri.push_str("?immutable=1");
    uri
}
