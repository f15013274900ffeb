//! The frame of every page.

use baoku_model::IssueId;
use baoku_model::view::{ArchiveCounts, ArchiveStatus, CheckLine};
use rusqlite::OptionalExtension;

use crate::error::Result;
use crate::open::{Archive, Reader};
use crate::ops::next_lines;
use crate::schema::FORMAT_VERSION;

/// Status of an archive; `operator` is who works in this host now, empty until chosen.
pub fn status(r: &Reader, archive: &Archive, operator: &str) -> Result<ArchiveStatus> {
    let (undo, redo) = next_lines(r)?;
    let last_check = setting(r, "last_check")?;
    Ok(ArchiveStatus {
        title: setting(r, "title")?.unwrap_or_default(),
        path: archive.dir().to_string_lossy().into_owned(),
        uid: setting(r, "uid")?.unwrap_or_default(),
        format_version: FORMAT_VERSION,
        counts: counts(r)?,
        operator: operator.to_owned(),
        known_operators: operators(r)?,
        read_only: archive.read_only().map(str::to_owned),
        undo,
        redo,
        unidentified: issues(r, "SELECT id FROM issue WHERE newspaper IS NULL OR date IS NULL ORDER BY id")?,
        unrecognised: issues(r, "SELECT DISTINCT issue AS id FROM page WHERE state = 'not_recognised' ORDER BY issue")?,
        last_check: last_check.map(|json| serde_json::from_str::<CheckLine>(&json)).transpose()?,
        last_backup: setting(r, "last_backup")?,
    })
}

pub(super) fn setting(r: &Reader, key: &str) -> Result<Option<String>> {
    let mut statement = r.prepare_cached("SELECT value FROM setting WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get("value")).optional()?)
}

fn issues(r: &Reader, sql: &str) -> Result<Vec<IssueId>> {
    let mut statement = r.prepare_cached(sql)?;
    Ok(statement.query_map([], |row| row.get("id").map(IssueId))?.collect::<rusqlite::Result<_>>()?)
}

/// Who worked here, latest act first.
fn operators(r: &Reader) -> Result<Vec<String>> {
    let mut statement = r.prepare_cached(
        "SELECT agent.name FROM agent LEFT JOIN op_log ON op_log.operator = agent.id WHERE agent.kind = 'person'
         GROUP BY agent.id ORDER BY max(op_log.id) DESC, agent.id DESC",
    )?;
    Ok(statement.query_map([], |row| row.get("name"))?.collect::<rusqlite::Result<_>>()?)
}

fn counts(r: &Reader) -> Result<ArchiveCounts> {
    let mut statement = r.prepare_cached(
        "SELECT (SELECT count(*) FROM newspaper) AS newspapers, (SELECT count(*) FROM issue) AS issues,
            (SELECT count(*) FROM page WHERE state <> 'missing') AS pages, (SELECT count(*) FROM article) AS articles,
            (SELECT count(*) FROM entity WHERE kind = 'person' AND merged_into IS NULL AND status <> 'rejected') AS people,
            (SELECT count(*) FROM entity WHERE kind = 'organisation' AND merged_into IS NULL AND status <> 'rejected') AS organisations,
            (SELECT count(*) FROM entity WHERE kind = 'place' AND merged_into IS NULL AND status <> 'rejected') AS places,
            (SELECT count(*) FROM entity WHERE kind = 'project' AND merged_into IS NULL AND status <> 'rejected') AS projects,
            (SELECT count(*) FROM entity WHERE kind = 'event' AND merged_into IS NULL AND status <> 'rejected') AS events,
            (SELECT coalesce(sum(bytes), 0) FROM source_file) AS original_bytes",
    )?;
    Ok(statement.query_row([], |row| {
        Ok(ArchiveCounts {
            newspapers: row.get("newspapers")?,
            issues: row.get("issues")?,
            pages: row.get("pages")?,
            articles: row.get("articles")?,
            people: row.get("people")?,
            organisations: row.get("organisations")?,
            places: row.get("places")?,
            projects: row.get("projects")?,
            events: row.get("events")?,
            original_bytes: u64::try_from(row.get::<_, i64>("original_bytes")?).unwrap_or_default(),
        })
    })?)
}
