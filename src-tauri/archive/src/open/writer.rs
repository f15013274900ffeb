//! The one connection that writes. A person goes before the machine: while someone waits with an act, no new machine
//! transaction begins.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::pragmas;
use crate::directory::{self, Changes};
use crate::error::Result;
use crate::ops::recording;
use crate::schema;

/// How often long work of the machine gives way before it goes through: acts that follow each other without end must not stop
/// an import for good.
const PATIENCE: u32 = 8;

pub(crate) struct Writer {
    db: Mutex<Connection>,
    waiting: Mutex<u32>,
    turn: Condvar,
    /// On while a person's act is being recorded; read by the recording triggers.
    recording: Arc<AtomicBool>,
    /// Told after each transaction what it changed.
    pub changes: Arc<Changes>,
    dir: std::path::PathBuf,
    sealed: AtomicBool,
    /// Transactions that were committed since the archive was opened.
    commits: AtomicU64,
}

impl Writer {
    /// Opens the file for writing and makes or migrates the schema.
    pub fn open(dir: &Path, create: bool) -> Result<Self> {
        let file = dir.join(super::FILE);
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let mut db = Connection::open_with_flags(&file, flags)?;
        let recording = Arc::new(AtomicBool::new(false));
        let outdated = !create && schema::admit(&db)? < schema::FORMAT_VERSION;
        if create || outdated {
            super::seal::break_it(dir)?;
        }
        pragmas::for_writer(&db)?;
        if create || outdated {
            schema::migrate(&mut db)?;
        }
        let flag = Arc::clone(&recording);
        db.create_scalar_function(
            recording::FLAG,
            0,
            FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS,
            move |_| Ok(flag.load(Ordering::Relaxed)),
        )?;
        recording::install(&db)?;
        directory::install(&db)?;
        let sealed = AtomicBool::new(super::seal::is_there(dir));
        Ok(Self {
            db: Mutex::new(db),
            waiting: Mutex::new(0),
            turn: Condvar::new(),
            recording,
            changes: Arc::default(),
            dir: dir.to_owned(),
            sealed,
            commits: AtomicU64::new(0),
        })
    }

    /// One transaction of a person. `recorded` says whether rows before and after are kept (they are not while undoing).
    pub fn person<T>(&self, recorded: bool, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        *self.lock_waiting() += 1;
        let mut db = self.lock_db();
        {
            *self.lock_waiting() -= 1;
            self.turn.notify_all();
        }
        pragmas::synchronous_full(&db)?;
        let flag = Flag::raise(&self.recording, recorded);
        let answer = self.transact(&mut db, |tx| {
            if recorded {
                recording::clear(tx)?;
            }
            work(tx)
        });
        drop(flag);
        pragmas::synchronous_normal(&db)?;
        answer
    }

    /// One transaction of the machine.
    pub fn machine<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        self.wait_for_persons();
        let mut db = self.lock_db();
        self.transact(&mut db, work)
    }

    fn wait_for_persons(&self) {
        let mut waiting = self.lock_waiting();
        while *waiting > 0 {
            waiting = self.turn.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// One transaction of the machine that may take longer than a person should wait. `work` asks between its steps whether
    /// someone waits; if so it answers `None`, all of it is rolled back, and it begins again when the person is done.
    pub fn patient_machine<T>(
        &self,
        mut work: impl FnMut(&Transaction<'_>, &dyn Fn() -> bool) -> Result<Option<T>>,
    ) -> Result<T> {
        let mut turns = 0;
        loop {
            let someone_waits = || turns < PATIENCE && *self.lock_waiting() > 0;
            self.wait_for_persons();
            let mut db = self.lock_db();
            self.break_seal()?;
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if let Some(answer) = work(&tx, &someone_waits)? {
                tx.commit()?;
                self.changes.gather(&db)?;
                self.commits.fetch_add(1, Ordering::Release);
                return Ok(answer);
            }
            tx.rollback()?;
            turns += 1;
        }
    }

    /// Use of the connection outside of a transaction: pragmas, checkpoint, backup.
    pub fn bare<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        work(&self.lock_db())
    }

    /// Gives the connection up. True if the log was written back into the file and emptied, which a reader in another process
    /// can hinder.
    pub fn close(self) -> Result<bool> {
        let db = self.db.into_inner().unwrap_or_else(PoisonError::into_inner);
        let hindered: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0))?;
        db.close().map_err(|(_, e)| crate::ArchiveError::from(e))?;
        Ok(!hindered)
    }

    pub fn break_seal(&self) -> Result<()> {
        if self.sealed.load(Ordering::Acquire) {
            super::seal::break_it(&self.dir)?;
            self.sealed.store(false, Ordering::Release);
        }
        Ok(())
    }

    /// Grows with every change: what was read after a moment and is asked for again at the same number is still true.
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    pub fn is_sealed(&self) -> bool {
        self.sealed.load(Ordering::Acquire)
    }

    fn transact<T>(&self, db: &mut Connection, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        self.break_seal()?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = work(&tx)?;
        tx.commit()?;
        self.changes.gather(db)?;
        self.commits.fetch_add(1, Ordering::Release);
        Ok(answer)
    }

    fn lock_db(&self) -> MutexGuard<'_, Connection> {
        // A panic inside a transaction rolled it back on unwinding; the connection is sound.
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_waiting(&self) -> MutexGuard<'_, u32> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lowered again also when the work fails or panics.
struct Flag<'a>(&'a AtomicBool);

impl<'a> Flag<'a> {
    fn raise(flag: &'a AtomicBool, on: bool) -> Self {
        flag.store(on, Ordering::Relaxed);
        Self(flag)
    }
}

impl Drop for Flag<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
