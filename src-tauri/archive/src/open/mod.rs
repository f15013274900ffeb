//! Opening and closing an archive: one folder, one writer, some readers.

pub(crate) mod lock;
pub(crate) mod pragmas;
mod readers;
pub(crate) mod seal;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, RwLock};

use rusqlite::{OptionalExtension, Transaction};

use self::lock::{ArchiveLock, Locking};
pub use self::readers::Reader;
use self::readers::Readers;
pub(crate) use self::writer::Writer;
use crate::clock::{Clock, timestamp};
use crate::directory::Directory;
use crate::error::{ArchiveError, Result};
use crate::originals::Originals;
use crate::originals::manifest::Manifest;
use crate::{check, originals, schema};

/// The database within the archive's folder.
pub(crate) const FILE: &str = "archive.sqlite";
/// What can be rebuilt: tiles, thumbnails, the search index.
const CACHE: &str = "cache";
const BACKUPS: &str = "backups";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// For writing; falls back to reading where another process holds the archive (see [`Archive::read_only`]).
    Write,
    /// For reading, whoever writes.
    ReadOnly,
    /// For writing although the seal does not match, after a full integrity check: a person decided so.
    AcceptBrokenSeal,
}

/// An open archive. Clones are handles of the same one.
#[derive(Clone)]
pub struct Archive {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub dir: PathBuf,
    pub clock: Arc<dyn Clock>,
    /// Taken away on closing.
    writer: RwLock<Option<Writer>>,
    readers: RwLock<Option<Readers>>,
    /// Why nothing can be written here, if so.
    read_only: Option<String>,
    lock: RwLock<Option<ArchiveLock>>,
    pub originals: Originals,
    pub directory: Directory,
    uid: OnceLock<String>,
}

impl Archive {
    /// Makes a new archive in `dir`, which must be absent or empty.
    pub fn create(dir: &Path, title: &str, clock: Arc<dyn Clock>) -> Result<Self> {
        let title = title.trim();
        if title.is_empty() {
            return Err(ArchiveError::Invalid("an archive needs a title".into()));
        }
        fs::create_dir_all(dir).map_err(|e| ArchiveError::io(dir, e))?;
        let mut entries = fs::read_dir(dir).map_err(|e| ArchiveError::io(dir, e))?;
        if entries.next().is_some() {
            let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Err(ArchiveError::Refused(format!("the folder {name} is not empty")));
        }
        let lock = match ArchiveLock::take(dir, &timestamp(&*clock))? {
            Locking::Taken(lock) => lock,
            Locking::HeldBy(holder) => return Err(ArchiveError::ReadOnly(holder)),
        };
        for folder in [CACHE, BACKUPS, "originals"] {
            let folder = dir.join(folder);
            fs::create_dir_all(&folder).map_err(|e| ArchiveError::io(&folder, e))?;
        }
        let writer = Writer::open(dir, true)?;
        let uid = writer.machine(|tx| {
            let uid: String = tx.query_row("SELECT lower(hex(randomblob(16))) AS uid", [], |r| r.get("uid"))?;
            put_setting(tx, "uid", &uid)?;
            put_setting(tx, "title", title)?;
            put_setting(tx, "created_at", &timestamp(&*clock))?;
            Ok(uid)
        })?;
        Manifest::create(dir, schema::FORMAT_VERSION, &uid)?;
        Ok(Self::assemble(dir, clock, Some(writer), None, Some(lock)))
    }

    /// Opens the archive in `dir`. A seal must match; without one (after a crash) the database's integrity is checked.
    pub fn open(dir: &Path, mode: OpenMode, clock: Arc<dyn Clock>) -> Result<Self> {
        let file = dir.join(FILE);
        if !file.is_file() {
            let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Err(ArchiveError::NotAnArchive(name));
        }
        if mode == OpenMode::ReadOnly {
            return Self::open_for_reading(dir, "opened for reading".into(), clock);
        }
        let lock = match ArchiveLock::take(dir, &timestamp(&*clock))? {
            Locking::Taken(lock) => lock,
            Locking::HeldBy(holder) => return Self::open_for_reading(dir, holder, clock),
        };
        // Before anything else is asked of the file: is it ours, and not newer than this program?
        schema::admit(&readers::open(&file, false)?)?;
        let sealed = match seal::check(dir) {
            Ok(sealed) => sealed,
            Err(ArchiveError::Damaged(_)) if mode == OpenMode::AcceptBrokenSeal => {
                check::integrity(&readers::open(&file, false)?, check::Depth::Full)?;
                seal::break_it(dir)?;
                false
            }
            Err(e) => return Err(e),
        };
        let writer = Writer::open(dir, false)?;
        if !sealed {
            writer.bare(|db| check::integrity(db, check::Depth::Quick))?;
            originals::sweep(dir)?;
        }
        let archive = Self::assemble(dir, clock, Some(writer), None, Some(lock));
        Manifest::of(dir).adopt(&archive)?;
        Ok(archive)
    }

    fn open_for_reading(dir: &Path, holder: String, clock: Arc<dyn Clock>) -> Result<Self> {
        let file = dir.join(FILE);
        let archive = Self::assemble(dir, clock, None, Some(holder), None);
        schema::admit(&readers::open(&file, needs_immutable(dir))?)?;
        // While another process writes there is no seal; where there is one it must match.
        seal::check(dir)?;
        Ok(archive)
    }

    fn assemble(
        dir: &Path,
        clock: Arc<dyn Clock>,
        writer: Option<Writer>,
        read_only: Option<String>,
        lock: Option<ArchiveLock>,
    ) -> Self {
        let changes = writer.as_ref().map(|w| Arc::clone(&w.changes)).unwrap_or_default();
        let readers = Readers::new(dir.join(FILE), read_only.is_some() && needs_immutable(dir));
        Self {
            inner: Arc::new(Inner {
                dir: dir.to_owned(),
                clock,
                writer: RwLock::new(writer),
                readers: RwLock::new(Some(readers)),
                read_only,
                lock: RwLock::new(lock),
                originals: Originals::new(dir),
                directory: Directory::new(changes),
                uid: OnceLock::new(),
            }),
        }
    }

    /// Closes cleanly: the log is written back, the database is sealed, the lock is given up. Handles that are still around
    /// answer with an error from then on. Dropping the last handle without closing leaves no seal, as a crash does.
    pub fn close(self) -> Result<()> {
        drop(self.inner.readers.write().map_err(|_| closed())?.take());
        let writer = self.inner.writer.write().map_err(|_| closed())?.take();
        if let Some(writer) = writer {
            let untouched = writer.is_sealed();
            let whole = writer.close()?;
            if whole && !untouched {
                seal::put(&self.inner.dir)?;
            }
        }
        drop(self.inner.lock.write().map_err(|_| closed())?.take());
        Ok(())
    }

    /// Folder of the archive.
    pub fn dir(&self) -> &Path {
        &self.inner.dir
    }

    /// Folder for what can be rebuilt; may be deleted at any time.
    pub fn cache_dir(&self) -> PathBuf {
        self.inner.dir.join(CACHE)
    }

    pub(crate) fn backups_dir(&self) -> PathBuf {
        self.inner.dir.join(BACKUPS)
    }

    /// Who holds the archive, if it is open here for reading only.
    pub fn read_only(&self) -> Option<&str> {
        self.inner.read_only.as_deref()
    }

    /// 16-byte id of the archive in hexadecimal.
    pub fn uid(&self) -> Result<String> {
        if let Some(uid) = self.inner.uid.get() {
            return Ok(uid.clone());
        }
        let uid = self.setting("uid")?.ok_or_else(|| ArchiveError::Damaged("the archive has no id".into()))?;
        Ok(self.inner.uid.get_or_init(|| uid).clone())
    }

    /// Runs `work` on a read-only connection, within one consistent view of the archive.
    pub fn read<T>(&self, work: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        let readers = self.inner.readers.read().map_err(|_| closed())?;
        readers.as_ref().ok_or_else(closed)?.with(work)
    }

    pub(crate) fn with_writer<T>(&self, work: impl FnOnce(&Writer) -> Result<T>) -> Result<T> {
        if let Some(holder) = &self.inner.read_only {
            return Err(ArchiveError::ReadOnly(holder.clone()));
        }
        let writer = self.inner.writer.read().map_err(|_| closed())?;
        work(writer.as_ref().ok_or_else(closed)?)
    }

    pub(crate) fn machine<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        self.with_writer(|w| w.machine(work))
    }

    /// A number that grows with every change made here. What was read after it was asked for holds as long as it stays the same.
    /// `None` where another process may write.
    pub fn commits(&self) -> Option<u64> {
        self.with_writer(|w| Ok(w.commits())).ok()
    }

    pub(crate) fn timestamp(&self) -> String {
        timestamp(&*self.inner.clock)
    }

    /// A setting of this archive, such as the operator's name; settings are no part of the catalogue and not undone.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.read(|r| {
            let mut statement = r.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
            Ok(statement.query_row([key], |row| row.get("value")).optional()?)
        })
    }

    pub fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        self.machine(|tx| put_setting(tx, key, value))
    }
}

pub(crate) fn put_setting(tx: &Transaction<'_>, key: &str, value: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
    )?;
    Ok(())
}

fn closed() -> ArchiveError {
    ArchiveError::Conflict("the archive is closed".into())
}

/// True on a medium that can't be written to, with no log left there: SQLite then needs to be told that nothing changes, because
/// it could not make its own files beside the database.
fn needs_immutable(dir: &Path) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    // Opening for writing changes nothing by itself.
    let refused = fs::OpenOptions::new().write(true).open(dir.join(FILE));
    let read_only = refused.is_err_and(|e| matches!(e.kind(), PermissionDenied | ReadOnlyFilesystem));
    read_only && !fs::metadata(dir.join("archive.sqlite-wal")).is_ok_and(|m| m.len() > 0)
}
