//! The manifest: which archive this is, and the checksum of every original and backup. Plain text that a person can read and
//! `sha256sum --check` understands after its first two lines; it only grows, so a torn last line is all a crash can leave.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::durable::write_whole;
use crate::error::{ArchiveError, Result};
use crate::open::Archive;

const FILE: &str = "manifest";

pub(crate) struct Manifest {
    path: PathBuf,
}

/// What stands in the manifest.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub uid: String,
    /// Checksum by path, which is relative and written with `/`.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    pub fn of(dir: &Path) -> Self {
        Self { path: dir.join(FILE) }
    }

    pub fn create(dir: &Path, format: u32, uid: &str) -> Result<()> {
        write_whole(&dir.join(FILE), format!("baoku-archive {format}\narchive-id {uid}\n").as_bytes())
    }

    /// Adds a file that is on the disk already.
    pub fn append(&self, sha256: &str, relative: &str) -> Result<()> {
        let append = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().append(true).open(&self.path)?;
            file.write_all(format!("{sha256}  {relative}\n").as_bytes())?;
            file.sync_all()
        };
        append().map_err(|e| ArchiveError::io(&self.path, e))
    }

    pub fn read(&self) -> Result<Listing> {
        let text = fs::read_to_string(&self.path).map_err(|e| ArchiveError::io(&self.path, e))?;
        let mut listing = Listing::default();
        // A crash while the last line was written leaves it without its end.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        for line in text[..whole].lines() {
            if let Some(uid) = line.strip_prefix("archive-id ") {
                listing.uid = uid.trim().to_owned();
            } else if let Some((sum, path)) = line.split_once("  ")
                && sum.len() == 64
            {
                listing.files.insert(path.to_owned(), sum.to_owned());
            }
        }
        Ok(listing)
    }

    /// On opening for writing: the first lines follow the database (a manifest lost or of an older format is written anew,
    /// with the checksums it had and those the database knows).
    pub fn adopt(&self, archive: &Archive) -> Result<()> {
        let uid = archive.uid()?;
        let first = format!("baoku-archive {}\n", crate::schema::FORMAT_VERSION);
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        if text.starts_with(&first) && text.ends_with('\n') && text.contains(&format!("archive-id {uid}\n")) {
            return Ok(());
        }
        let mut listing = self.read().unwrap_or_default();
        for (sha256, relative) in archive.read(super::known_originals)? {
            listing.files.entry(relative).or_insert(sha256);
        }
        let lines: String = listing.files.iter().map(|(path, sum)| format!("{sum}  {path}\n")).collect();
        write_whole(&self.path, format!("{first}archive-id {uid}\n{lines}").as_bytes())
    }
}
