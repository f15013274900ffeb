//! Imported files, byte for byte, under their SHA-256: `originals/ab/cdef…`. Nothing here is ever changed; the same bytes are
//! stored once.

pub(crate) mod durable;
#[cfg(feature = "faults")]
pub mod faults;
pub(crate) mod manifest;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use baoku_model::{Cut, IssueId, RunId, SourceFileId, SourceKind};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use self::durable::sync_dir;
use self::manifest::Manifest;
use crate::error::{ArchiveError, Result};
use crate::open::{Archive, Reader};
use crate::tables::{self, hex, word};

const FOLDER: &str = "originals";
/// Ending of a copy that is not finished.
const PART: &str = "part";

/// An original in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOriginal {
    pub id: SourceFileId,
    pub sha256: String,
    pub bytes: u64,
    /// True if pages were made from the same bytes before.
    pub already: bool,
    /// Issues that hold pages from these bytes.
    pub issues: Vec<IssueId>,
    /// Pages of the file (from 0) that are in the archive.
    pub held_pages: Vec<u32>,
    /// Those of them that are not the whole frame of their own number, by that number.
    pub cuts: BTreeMap<u32, Cut>,
}

/// Where originals lie.
pub(crate) struct Originals {
    dir: PathBuf,
    /// What the manifest lists, read when first needed.
    listed: Mutex<Option<BTreeSet<String>>>,
    #[cfg(feature = "faults")]
    pub room: faults::Room,
}

/// The store of originals of an open archive.
pub struct OriginalStore<'a> {
    archive: &'a Archive,
}

impl Archive {
    pub fn originals(&self) -> OriginalStore<'_> {
        OriginalStore { archive: self }
    }
}

impl OriginalStore<'_> {
    /// Copies a file in. `name` is what it was called, without folders; `run` says for which import.
    /// The bytes are on the disk before the database hears of them.
    pub fn store(&self, path: &Path, name: &str, kind: SourceKind, run: RunId) -> Result<StoredOriginal> {
        // Says "read-only" before anything is written.
        self.archive.with_writer(|w| w.break_seal())?;
        let (sha256, bytes) = self.archive.inner.originals.keep(path)?;
        let at = self.archive.timestamp();
        let kind = word(&kind)?;
        let id = self.archive.machine(|tx| {
            let found =
                tx.query_row("SELECT id FROM source_file WHERE sha256 = ?1", [&sha256], |r| r.get("id")).optional()?;
            if let Some(id) = found {
                return Ok(SourceFileId(id));
            }
            tx.execute(
                "INSERT INTO source_file (sha256, bytes, kind, name, imported_at, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![sha256, i64::try_from(bytes).unwrap_or(i64::MAX), kind, name, at, run.0],
            )?;
            Ok(SourceFileId(tx.last_insert_rowid()))
        })?;
        self.archive.read(|r| describe(r, id))
    }

    /// Is a file with these bytes held? Nothing is written.
    pub fn find(&self, sha256: &str) -> Result<Option<StoredOriginal>> {
        self.archive.read(|r| {
            let id = r
                .query_row("SELECT id FROM source_file WHERE sha256 = ?1", [sha256], |row| row.get("id"))
                .optional()?;
            id.map(|id| describe(r, SourceFileId(id))).transpose()
        })
    }

    /// Where the original with this checksum lies.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.archive.inner.originals.path(sha256)
    }

    /// Checksum of any file, for a look before storing.
    pub fn hash(&self, path: &Path) -> Result<String> {
        crate::open::seal::hash_file(path)
    }
}

impl Originals {
    pub fn new(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            listed: Mutex::default(),
            #[cfg(feature = "faults")]
            room: faults::Room::default(),
        }
    }

    pub fn path(&self, sha256: &str) -> PathBuf {
        self.dir.join(relative(sha256))
    }

    /// Copies and hashes in one pass, to a temporary name; then renames.
    fn keep(&self, source: &Path) -> Result<(String, u64)> {
        let folder = self.dir.join(FOLDER);
        fs::create_dir_all(&folder).map_err(|e| ArchiveError::io(&folder, e))?;
        let temporary = Temporary::in_folder(&folder)?;
        let mut input = File::open(source).map_err(|e| ArchiveError::io(source, e))?;
        let mut output = File::create(&temporary.0).map_err(|e| ArchiveError::io(&temporary.0, e))?;
        let mut hash = Sha256::new();
        let mut bytes = 0;
        let mut piece = vec![0; 1 << 16];
        loop {
            let n = match input.read(&mut piece) {
                Ok(0) => break,
                Ok(n) => n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => return Err(ArchiveError::io(source, e)),
            };
            hash.update(&piece[..n]);
            self.write(&mut output, &piece[..n]).map_err(|e| ArchiveError::io(&temporary.0, e))?;
            bytes += n as u64;
        }
        output.sync_all().map_err(|e| ArchiveError::io(&temporary.0, e))?;
        drop(output);
        let sha256 = hex(&hash.finalize());
        self.settle(&temporary.0, &sha256)?;
        Ok((sha256, bytes))
    }

    fn write(&self, output: &mut File, piece: &[u8]) -> io::Result<()> {
        #[cfg(feature = "faults")]
        self.room.take(piece.len())?;
        output.write_all(piece)
    }

    /// Gives the finished copy its name, unless the same bytes lie there already.
    fn settle(&self, temporary: &Path, sha256: &str) -> Result<()> {
        let relative = relative(sha256);
        let place = self.dir.join(&relative);
        if place.is_file() {
            return self.list(sha256, relative);
        }
        let folder = place.parent().expect("an original lies in a folder");
        fs::create_dir_all(folder).map_err(|e| ArchiveError::io(folder, e))?;
        fs::rename(temporary, &place).map_err(|e| ArchiveError::io(&place, e))?;
        sync_dir(folder)?;
        sync_dir(&self.dir.join(FOLDER))?;
        self.list(sha256, relative)
    }

    /// Puts a file into the manifest, unless it stands there. A crash between renaming and listing leaves one unlisted.
    fn list(&self, sha256: &str, relative: String) -> Result<()> {
        let manifest = Manifest::of(&self.dir);
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match &mut *listed {
            Some(known) => known,
            None => listed.insert(manifest.read()?.files.into_keys().collect()),
        };
        if !known.contains(&relative) {
            manifest.append(sha256, &relative)?;
            known.insert(relative);
        }
        Ok(())
    }
}

/// Removes copies that a crash broke off. Called by the one process that holds the archive, before it copies anything.
pub(crate) fn sweep(dir: &Path) -> Result<()> {
    let folder = dir.join(FOLDER);
    let Ok(entries) = fs::read_dir(&folder) else { return Ok(()) };
    for entry in entries.flatten() {
        if entry.path().extension().is_some_and(|extension| extension == PART) {
            fs::remove_file(entry.path()).map_err(|e| ArchiveError::io(&entry.path(), e))?;
        }
    }
    Ok(())
}

/// Removed when dropped, if it is still there.
struct Temporary(PathBuf);

impl Temporary {
    fn in_folder(folder: &Path) -> Result<Self> {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Self(folder.join(format!("incoming-{}-{number}.{PART}", std::process::id()))))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Path below the archive's folder, with `/` on every system.
pub(crate) fn relative(sha256: &str) -> String {
    format!("{FOLDER}/{}/{}", &sha256[..2], &sha256[2..])
}

/// Checksum and path of every original that the database knows.
pub(crate) fn known_originals(reader: &Reader) -> Result<Vec<(String, String)>> {
    let mut statement = reader.prepare("SELECT sha256 FROM source_file ORDER BY sha256")?;
    let sums = statement.query_map([], |r| r.get::<_, String>("sha256"))?;
    sums.map(|sum| sum.map(|s| (s.clone(), relative(&s))).map_err(ArchiveError::from)).collect()
}

fn describe(reader: &Reader, id: SourceFileId) -> Result<StoredOriginal> {
    let (sha256, bytes): (String, i64) =
        reader.query_row("SELECT sha256, bytes FROM source_file WHERE id = ?1", [id.0], |r| {
            Ok((r.get("sha256")?, r.get("bytes")?))
        })?;
    let mut statement = reader.prepare_cached(
        "SELECT DISTINCT page.issue FROM page_source JOIN page ON page.id = page_source.page
         WHERE page_source.source_file = ?1 ORDER BY page.issue",
    )?;
    let issues: Vec<IssueId> =
        statement.query_map([id.0], |r| r.get("issue").map(IssueId))?.collect::<rusqlite::Result<_>>()?;
    let mut statement = reader.prepare_cached(
        "SELECT DISTINCT source_page, crop FROM page_source WHERE source_file = ?1 ORDER BY source_page",
    )?;
    let mut rows = statement.query([id.0])?;
    let (mut held_pages, mut cuts) = (Vec::new(), BTreeMap::new());
    while let Some(row) = rows.next()? {
        let index: u32 = row.get("source_page")?;
        held_pages.push(index);
        if let Some(cut) = tables::cut(row)? {
            cuts.insert(index, cut);
        }
    }
    Ok(StoredOriginal {
        id,
        sha256,
        bytes: u64::try_from(bytes).unwrap_or_default(),
        already: !held_pages.is_empty(),
        issues,
        held_pages,
        cuts,
    })
}
