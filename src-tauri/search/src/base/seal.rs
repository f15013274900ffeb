//! Is every file of the index as it was written? After a commit their sizes and times are written down; while those are the same
//! the files are believed. Otherwise (copied, restored, torn) every checksum is compared once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use tantivy::Index;

use crate::error::{Result, SearchError};

const SEAL: &str = "seal.json";

/// Size in bytes and time of the last change in nanoseconds, by name.
type Files = BTreeMap<String, (u64, u128)>;

fn files(dir: &Path, index: &Index) -> Result<Files> {
    let mut files = Files::new();
    for name in index.load_metas()?.list_segment_files() {
        // Listed for every segment, made only for those that lost a document.
        let path = dir.join(&name);
        if !path.exists() && name.extension().is_some_and(|e| e == "del") {
            continue;
        }
        let about = fs::metadata(&path)?;
        let time = about.modified()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        files.insert(name.to_string_lossy().into_owned(), (about.len(), time));
    }
    Ok(files)
}

pub fn put(dir: &Path, index: &Index) -> Result<()> {
    let json = serde_json::to_vec(&files(dir, index)?).map_err(std::io::Error::from)?;
    Ok(fs::write(dir.join(SEAL), json)?)
}

pub fn check(dir: &Path, index: &Index) -> Result<()> {
    let now = files(dir, index)?;
    let sealed = fs::read(dir.join(SEAL)).ok().and_then(|json| serde_json::from_slice::<Files>(&json).ok());
    if sealed.is_some_and(|sealed| sealed == now) {
        return Ok(());
    }
    let damaged = index.validate_checksum()?;
    if let Some(file) = damaged.iter().next() {
        return Err(SearchError::Index(format!("{} is damaged", file.display())));
    }
    // Best effort: a folder that can't be written to is compared again the next time.
    let _ = put(dir, index);
    Ok(())
}
