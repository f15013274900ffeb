//! A copy of the database within the archive, taken while everything goes on.

use std::fs;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::check::{Depth, integrity};
use crate::error::{ArchiveError, Result};
use crate::open::seal::hash_file;
use crate::open::{Archive, put_setting};
use crate::originals::durable::sync_dir;
use crate::originals::manifest::Manifest;

/// Pages copied at a time: persons wait no longer than for these.
const STEP: i32 = 512;

impl Archive {
    /// Writes a checked copy to `backups/` and lists it in the manifest. Returns its path below the archive's folder.
    pub fn backup(&self) -> Result<String> {
        let at = self.timestamp();
        let name = format!("archive-{}.sqlite", at.replace([':', '-'], ""));
        let folder = self.backups_dir();
        let (temporary, place) = (folder.join(format!("{name}.part")), folder.join(&name));
        if place.exists() {
            return Err(ArchiveError::Conflict(format!("there is a backup {name} already")));
        }
        fs::create_dir_all(&folder).map_err(|e| ArchiveError::io(&folder, e))?;
        self.with_writer(|w| w.break_seal())?;
        let copied = self.read(|r| {
            let mut copy = Connection::open(&temporary)?;
            Backup::new(r, &mut copy)?.run_to_completion(STEP, Duration::ZERO, None)?;
            // A backup is one file: no log beside it.
            copy.pragma_update(None, "journal_mode", "DELETE")?;
            integrity(&copy, Depth::Quick)
        });
        if let Err(e) = copied {
            let _ = fs::remove_file(&temporary);
            return Err(e);
        }
        let sum = hash_file(&temporary)?;
        fs::File::open(&temporary).and_then(|f| f.sync_all()).map_err(|e| ArchiveError::io(&temporary, e))?;
        fs::rename(&temporary, &place).map_err(|e| ArchiveError::io(&place, e))?;
        sync_dir(&folder)?;
        let relative = format!("backups/{name}");
        Manifest::of(self.dir()).append(&sum, &relative)?;
        self.machine(|tx| put_setting(tx, "last_backup", &at))?;
        Ok(relative)
    }
}
