//! Is the archive whole? The database, every original against its checksum, and what the database says about text.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use baoku_model::TextPiece;
use baoku_model::view::{CheckLine, CheckReport};
use rusqlite::Connection;

use crate::error::{ArchiveError, Result};
use crate::open::seal::hash_file;
use crate::open::{Archive, Reader, put_setting};
use crate::originals::manifest::Manifest;
use crate::originals::relative;
use crate::tables::layers;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Pages and structure.
    Quick,
    /// And every index against its table.
    Full,
}

/// An error naming the first findings, if SQLite has any.
pub(crate) fn integrity(db: &Connection, depth: Depth) -> Result<()> {
    match findings(db, depth)?.as_slice() {
        [] => Ok(()),
        found => Err(ArchiveError::Damaged(found.join("; "))),
    }
}

fn findings(db: &Connection, depth: Depth) -> Result<Vec<String>> {
    let name = if depth == Depth::Quick { "quick_check" } else { "integrity_check" };
    let mut statement = db.prepare(&format!("PRAGMA {name}(20)"))?;
    let lines: Vec<String> = statement.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

impl Archive {
    /// Checks everything; changes nothing but the note of when it was last done.
    pub fn check(&self) -> Result<CheckReport> {
        let mut report = CheckReport { at: self.timestamp(), ..CheckReport::default() };
        self.read(|r| {
            report.problems.extend(findings(r, Depth::Full)?.into_iter().map(|f| format!("archive.sqlite: {f}")));
            foreign_keys(r, &mut report)?;
            pieces(r, &mut report)?;
            text_layers(r, &mut report)?;
            counts(r, &mut report)?;
            originals(r, self.dir(), &mut report)
        })?;
        if self.read_only().is_none() {
            let line = CheckLine { at: report.at.clone(), problems: report.problems.len() as u32 };
            let line = serde_json::to_string(&line)?;
            self.machine(|tx| put_setting(tx, "last_check", &line))?;
        }
        Ok(report)
    }
}

fn foreign_keys(r: &Reader, report: &mut CheckReport) -> Result<()> {
    let mut statement = r.prepare("SELECT \"table\" AS name, rowid AS row, parent FROM pragma_foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (name, id, parent): (String, Option<i64>, String) = (row.get("name")?, row.get("row")?, row.get("parent")?);
        report.problems.push(format!("{name} {}: refers to a {parent} that is not there", id.unwrap_or_default()));
    }
    Ok(())
}

/// The maps from text to lines, and the offsets of what was found, lie within the text.
fn pieces(r: &Reader, report: &mut CheckReport) -> Result<()> {
    let mut statement = r.prepare(
        "SELECT article.id, revision.text, revision.pieces,
            (SELECT count(*) FROM article_part WHERE article_part.article = article.id) AS parts,
            (SELECT coalesce(max(\"end\"), 0) FROM mention WHERE mention.revision = revision.id) AS mentions_end,
            (SELECT coalesce(max(quote_end), 0) FROM role WHERE role.revision = revision.id) AS quotes_end
         FROM article JOIN revision ON revision.id = article.revision ORDER BY article.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        let length = row.get_ref("text")?.as_str().map_err(rusqlite::Error::from)?.chars().count() as u32;
        let parts: u32 = row.get("parts")?;
        let Ok(pieces) = serde_json::from_str::<Vec<TextPiece>>(&row.get::<_, String>("pieces")?) else {
            report.problems.push(format!("article {id}: its map to the page can't be read"));
            continue;
        };
        let wrong = pieces.iter().any(|p| p.start > p.end || p.end > length || p.part >= parts);
        if wrong || pieces.windows(2).any(|w| w[1].start < w[0].end) {
            report.problems.push(format!("article {id}: its map to the page leaves the text"));
        }
        let end: u32 = row.get::<_, u32>("mentions_end")?.max(row.get("quotes_end")?);
        if end > length {
            report.problems.push(format!("article {id}: something was found beyond the end of its text"));
        }
    }
    Ok(())
}

/// The counts that are kept for the timeline are what the rows say.
fn counts(r: &Reader, report: &mut CheckReport) -> Result<()> {
    let wrong = crate::queries::miscounted_days(r)?;
    if wrong > 0 {
        report.problems.push(format!("the counts of {wrong} days on the timeline are not what the issues say"));
    }
    Ok(())
}

fn text_layers(r: &Reader, report: &mut CheckReport) -> Result<()> {
    let mut statement = r.prepare("SELECT id, page, data, lines, sha256 FROM text_layer ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        let sum: String = row.get("sha256")?;
        let data = row.get_ref("data")?.as_blob().map_err(rusqlite::Error::from)?;
        let whole =
            layers::verify(data, &sum).is_some_and(|lines| row.get::<_, usize>("lines").is_ok_and(|n| n == lines));
        if !whole {
            report
                .problems
                .push(format!("text layer {id} (page {}): not as it was written", row.get::<_, i64>("page")?));
        }
    }
    Ok(())
}

/// Every file of the manifest and of the database is there and unchanged; every file that is there is listed.
fn originals(r: &Reader, dir: &Path, report: &mut CheckReport) -> Result<()> {
    let listing = Manifest::of(dir).read()?;
    let known: Vec<(String, String)> = crate::originals::known_originals(r)?;
    for (_, path) in &known {
        if !listing.files.contains_key(path) {
            report.problems.push(format!("{path}: not in the manifest"));
        }
    }
    let mut paths: BTreeSet<(String, String)> = listing.files.iter().map(|(p, s)| (p.clone(), s.clone())).collect();
    paths.extend(known.into_iter().map(|(sum, path)| (path, sum)));
    for (path, sum) in &paths {
        match hash_file(&dir.join(path)) {
            Ok(found) if found == *sum => {}
            Ok(_) => report.problems.push(format!("{path}: changed since it was stored")),
            Err(e) => report.problems.push(format!("{path}: {e}")),
        }
        if path.starts_with("originals/") {
            report.originals_checked += 1;
        }
    }
    for path in files_below(&dir.join("originals"))? {
        let stray = !paths.iter().any(|(listed, _)| *listed == path);
        if stray {
            report.problems.push(format!("{path}: neither in the manifest nor in the database"));
        }
    }
    Ok(())
}

/// Paths of the originals on the disk, relative to the archive.
fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for shelf in fs::read_dir(folder).map_err(|e| ArchiveError::io(folder, e))? {
        let shelf = shelf.map_err(|e| ArchiveError::io(folder, e))?.path();
        let name = |p: &Path| p.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !shelf.is_dir() {
            // Left by a crash while it was copied; the next import of the file makes a new one.
            paths.push(format!("originals/{}", name(&shelf)));
            continue;
        }
        for file in fs::read_dir(&shelf).map_err(|e| ArchiveError::io(&shelf, e))? {
            let file = file.map_err(|e| ArchiveError::io(&shelf, e))?.path();
            paths.push(relative(&format!("{}{}", name(&shelf), name(&file))));
        }
    }
    paths.sort();
    Ok(paths)
}
