//! One process writes. The lock is the operating system's, so a crashed process leaves none behind; who holds it is told in a
//! file beside it, because a locked file can't be read on Windows.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;

use crate::error::{ArchiveError, Result};

const LOCK: &str = "archive.lock";
const HOLDER: &str = "archive.lock.holder";

/// Held as long as it lives.
#[derive(Debug)]
pub(crate) struct ArchiveLock {
    file: File,
    holder: std::path::PathBuf,
}

/// Who holds the lock, or the lock.
pub(crate) enum Locking {
    Taken(ArchiveLock),
    HeldBy(String),
}

impl ArchiveLock {
    pub fn take(dir: &Path, since: &str) -> Result<Locking> {
        let path = dir.join(LOCK);
        let file = match OpenOptions::new().create(true).truncate(false).write(true).open(&path) {
            Ok(file) => file,
            // A folder on a read-only medium can be read by any number of programs.
            Err(e)
                if matches!(
                    e.kind(),
                    std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem
                ) =>
            {
                return Ok(Locking::HeldBy("the folder can't be written to".into()));
            }
            Err(e) => return Err(ArchiveError::io(&path, e)),
        };
        let holder = dir.join(HOLDER);
        match file.try_lock() {
            Ok(()) => {
                // Overwrites what a crashed holder left.
                let words = format!("process {} since {since}\n", std::process::id());
                let mut note = File::create(&holder).map_err(|e| ArchiveError::io(&holder, e))?;
                note.write_all(words.as_bytes()).map_err(|e| ArchiveError::io(&holder, e))?;
                Ok(Locking::Taken(Self { file, holder }))
            }
            Err(TryLockError::WouldBlock) => {
                let words = fs::read_to_string(&holder).unwrap_or_default();
                Ok(Locking::HeldBy(match words.trim() {
                    "" => "another process".into(),
                    words => words.to_owned(),
                }))
            }
            Err(TryLockError::Error(e)) => Err(ArchiveError::io(&path, e)),
        }
    }
}

impl Drop for ArchiveLock {
    fn drop(&mut self) {
        // Best effort: the note is only words, the lock itself goes with the file.
        let _ = fs::remove_file(&self.holder);
        let _ = self.file.unlock();
    }
}
