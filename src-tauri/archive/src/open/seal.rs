//! Fixity of a file that changes: a clean close leaves the hash of `archive.sqlite` in `seal`. While the seal is there, nobody
//! has written; before the first write it is taken away, on the disk too.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{ArchiveError, Result};
use crate::originals::durable::{sync_dir, write_whole};
use crate::tables::hex;

const SEAL: &str = "seal";

pub(crate) fn is_there(dir: &Path) -> bool {
    dir.join(SEAL).exists()
}

/// True if the seal is there and matches; an error if it is there and does not.
pub(crate) fn check(dir: &Path) -> Result<bool> {
    let path = dir.join(SEAL);
    let sealed = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(e) => return Err(ArchiveError::io(&path, e)),
    };
    let log = dir.join("archive.sqlite-wal");
    if fs::metadata(&log).is_ok_and(|m| m.len() > 0) {
        return Err(ArchiveError::Damaged(
            "archive.sqlite was written to without this program (a log lies beside a seal)".into(),
        ));
    }
    if sealed.trim() != line_for(dir)? {
        return Err(ArchiveError::Damaged(
            "archive.sqlite is not as it was when it was last closed (its seal does not match)".into(),
        ));
    }
    Ok(true)
}

/// Call after the log was written back and all connections are closed.
pub(crate) fn put(dir: &Path) -> Result<()> {
    let line = line_for(dir)?;
    write_whole(&dir.join(SEAL), format!("{line}\n").as_bytes())
}

pub(crate) fn break_it(dir: &Path) -> Result<()> {
    let path = dir.join(SEAL);
    match fs::remove_file(&path) {
        Ok(()) => sync_dir(dir),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(ArchiveError::io(&path, e)),
    }
}

fn line_for(dir: &Path) -> Result<String> {
    let path = dir.join("archive.sqlite");
    Ok(format!("sha256 {}  archive.sqlite", hash_file(&path)?))
}

/// SHA-256 of a file in hexadecimal, read in pieces.
pub(crate) fn hash_file(path: &Path) -> Result<String> {
    let mut file = File::open(path).map_err(|e| ArchiveError::io(path, e))?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(hex(&hash.finalize())),
            Ok(n) => hash.update(&piece[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(ArchiveError::io(path, e)),
        }
    }
}
