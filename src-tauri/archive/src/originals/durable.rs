//! Files that are there whole or not at all: written under another name, brought to the disk, then renamed.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::error::{ArchiveError, Result};

/// Replaces `path` by `bytes`.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let temporary = path.with_extension("part");
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    };
    if let Err(e) = write() {
        let _ = fs::remove_file(&temporary);
        return Err(ArchiveError::io(path, e));
    }
    path.parent().map_or(Ok(()), sync_dir)
}

/// Brings names in a folder to the disk. Windows has no such call and needs none.
pub(crate) fn sync_dir(dir: &Path) -> Result<()> {
    if cfg!(unix) {
        File::open(dir).and_then(|d| d.sync_all()).map_err(|e| ArchiveError::io(dir, e))?;
    }
    Ok(())
}
