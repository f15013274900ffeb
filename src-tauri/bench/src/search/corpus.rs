//! A generated archive and its search.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use baoku_archive::{Archive, OpenMode, StoppedClock};
use baoku_search::{Limits, Search};
use rusqlite::Connection;

use crate::generate;

pub struct Corpus {
    pub dir: PathBuf,
    pub articles: u32,
    pub archive: Archive,
}

impl Corpus {
    /// The archive of so many articles in `folder`, made if it is not there.
    pub fn open(folder: &Path, articles: u32) -> Result<Self, String> {
        let dir = folder.join(format!("baoku-generated-{articles}.baoku"));
        if !dir.join("archive.sqlite").is_file() {
            generate::archive(&dir, articles)?;
        }
        let clock = Arc::new(StoppedClock("2026-01-02T03:04:05Z".parse().map_err(|e| format!("{e:?}"))?));
        let archive = Archive::open(&dir, OpenMode::AcceptBrokenSeal, clock).map_err(|e| e.to_string())?;
        Ok(Self { dir, articles, archive })
    }

    pub fn search(&self) -> Search {
        // Corrections stay pending while they are measured.
        let limits = Limits { small: 0, pending: usize::MAX, pending_characters: usize::MAX };
        Search::new(self.archive.clone(), limits, |_| {})
    }

    /// A connection of its own, as the generator has one.
    pub fn connect(&self) -> Result<Connection, String> {
        let db = Connection::open(self.dir.join("archive.sqlite")).map_err(|e| e.to_string())?;
        db.execute_batch("PRAGMA synchronous = OFF").map_err(|e| e.to_string())?;
        Ok(db)
    }

    /// Bytes of all files of the index.
    pub fn index_bytes(&self) -> u64 {
        fn bytes(dir: &Path) -> u64 {
            let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
            entries
                .map(|e| match e.metadata() {
                    Ok(about) if about.is_dir() => bytes(&e.path()),
                    Ok(about) => about.len(),
                    Err(_) => 0,
                })
                .sum()
        }
        bytes(&self.archive.cache_dir().join("search"))
    }

    /// Bytes of text that are searched: UTF-8 of all headlines, bylines and texts.
    pub fn text_bytes(&self) -> Result<u64, String> {
        let db = self.connect()?;
        let sum = |sql: &str| db.query_row(sql, [], |r| r.get::<_, i64>(0)).map_err(|e| e.to_string());
        let text = sum("SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM revision")?;
        let headlines = sum(
            "SELECT coalesce(sum(length(CAST(coalesce(headline_main, '') || coalesce(headline_shoulder, '') AS BLOB))), 0)
             FROM article",
        )?;
        let bylines = sum("SELECT coalesce(sum(length(CAST(name AS BLOB))), 0) FROM byline")?;
        Ok(u64::try_from(text + headlines + bylines).unwrap_or_default())
    }
}
