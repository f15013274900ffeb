//! Taking an import back: its pages, layers and articles, entities left without mentions, and issues and newspapers that it made
//! and that are empty now. Files on the disk stay until a clean-up finds that nothing refers to them.

use std::collections::BTreeSet;

use baoku_model::view::Change;
use baoku_model::{JobId, NewspaperId, OpId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Deed, Remaining};
use crate::error::{ArchiveError, Result};
use crate::machine::articles;
use crate::machine::linking::sweep;

pub(super) fn remove(tx: &Transaction<'_>, op: OpId, job: JobId, remaining: &[Remaining]) -> Result<Deed> {
    let state: Option<(String, Option<i64>)> = tx
        .query_row("SELECT state, removed_by FROM job WHERE id = ?1", [job.0], |r| {
            Ok((r.get("state")?, r.get("removed_by")?))
        })
        .optional()?;
    let (state, removed_by) = state.ok_or_else(|| ArchiveError::not_found("import", job))?;
    if removed_by.is_some() {
        return Err(ArchiveError::Refused("this import was taken back already".into()));
    }
    if matches!(state.as_str(), "running" | "asking") {
        return Err(ArchiveError::Refused("this import still runs; stop it first".into()));
    }
    let issues: Vec<i64> = ids(
        tx,
        "SELECT DISTINCT page.issue AS id FROM page_source JOIN run ON run.id = page_source.run
         JOIN page ON page.id = page_source.page WHERE run.job = ?1
         UNION SELECT issue.id FROM issue JOIN run ON run.id = issue.run WHERE run.job = ?1",
        job.0,
    )?;
    let subject = subject(tx, &issues)?;
    for rest in remaining {
        let content =
            articles::IssueContent { articles: &rest.articles, extractions: &rest.extractions, furniture: &[] };
        articles::write(tx, rest.run, rest.issue, &content, &|| false)?;
    }
    let mut loosened = BTreeSet::new();
    remove_layers(tx, job.0, &mut loosened)?;
    for sql in [
        "DELETE FROM carrier WHERE run IN (SELECT id FROM run WHERE job = ?1)
            AND NOT EXISTS (SELECT 1 FROM page_source WHERE carrier = carrier.id)",
        "DELETE FROM source_file WHERE run IN (SELECT id FROM run WHERE job = ?1)
            AND NOT EXISTS (SELECT 1 FROM page_source WHERE source_file = source_file.id)",
    ] {
        tx.execute(sql, [job.0])?;
    }
    for issue in &issues {
        drop_placeholders(tx, *issue)?;
        drop_issue_if_empty(tx, job.0, *issue)?;
    }
    sweep(tx, &loosened)?;
    tx.execute("UPDATE job SET removed_by = ?2 WHERE id = ?1", params![job.0, op.0])?;
    Ok(Deed { verb: "remove_import", subject, changes: vec![Change::Everything, Change::Jobs] })
}

/// Source pages and layers of the job. A page whose current layer goes takes another carrier's layer, if it has one, and its
/// articles go: they were read from the layer that went.
fn remove_layers(tx: &Transaction<'_>, job: i64, loosened: &mut BTreeSet<i64>) -> Result<()> {
    let layers =
        ids(tx, "SELECT text_layer.id FROM text_layer JOIN run ON run.id = text_layer.run WHERE run.job = ?1", job)?;
    let sources =
        ids(tx, "SELECT page_source.id FROM page_source JOIN run ON run.id = page_source.run WHERE run.job = ?1", job)?;
    for layer in &layers {
        let read_from_it = ids(tx, "SELECT DISTINCT article AS id FROM article_part WHERE layer = ?1", *layer)?;
        for article in read_from_it {
            articles::delete(tx, article, &mut |entity| {
                loosened.insert(entity);
            })?;
        }
        tx.execute("DELETE FROM line_correction WHERE layer = ?1", [layer])?;
        tx.execute("DELETE FROM line_version WHERE layer = ?1", [layer])?;
        tx.execute("UPDATE page SET layer = NULL WHERE layer = ?1", [layer])?;
        tx.execute("DELETE FROM text_layer WHERE id = ?1", [layer])?;
    }
    let mut pages = BTreeSet::new();
    for source in &sources {
        pages.extend(ids(tx, "SELECT page AS id FROM page_source WHERE id = ?1", *source)?);
        tx.execute("UPDATE page SET source = NULL WHERE source = ?1", [source])?;
        tx.execute("DELETE FROM page_source WHERE id = ?1", [source])?;
    }
    for page in pages {
        settle(tx, page)?;
    }
    Ok(())
}

/// What is left of a page: another carrier's image and layer, or a placeholder.
pub(super) fn settle(tx: &Transaction<'_>, page: i64) -> Result<()> {
    tx.execute(
        "UPDATE page SET layer = coalesce(layer, (SELECT id FROM text_layer WHERE page = page.id ORDER BY id LIMIT 1)),
            source = coalesce(source, (SELECT id FROM page_source WHERE page = page.id ORDER BY has_image DESC, id LIMIT 1))
         WHERE id = ?1",
        [page],
    )?;
    tx.execute(
        "UPDATE page SET state = CASE WHEN source IS NULL THEN 'missing' WHEN layer IS NULL AND state = 'failed' THEN 'failed'
            WHEN layer IS NULL THEN 'not_recognised' ELSE 'ready' END,
            note = CASE WHEN source IS NULL OR layer IS NOT NULL THEN NULL ELSE note END
         WHERE id = ?1",
        [page],
    )?;
    // Mastheads and editors' lines were read from the layer too.
    tx.execute(
        "DELETE FROM block WHERE page = ?1 AND part IS NULL AND EXISTS (SELECT 1 FROM page WHERE id = ?1 AND layer IS NULL)",
        [page],
    )?;
    Ok(())
}

/// Placeholders stay only where something still announces or refers to them.
fn drop_placeholders(tx: &Transaction<'_>, issue: i64) -> Result<()> {
    tx.execute(
        "DELETE FROM page WHERE issue = ?1 AND state = 'missing'
            AND number > coalesce((SELECT pages_announced FROM issue WHERE id = ?1), 0)
            AND NOT EXISTS (SELECT 1 FROM article WHERE issue = ?1 AND page.number IN (jump_to_page, jump_from_page))",
        [issue],
    )?;
    Ok(())
}

/// An issue goes with its last page if an import made it that is taken back, this one or one before.
fn drop_issue_if_empty(tx: &Transaction<'_>, job: i64, issue: i64) -> Result<()> {
    let empty: bool = tx.query_row(
        "SELECT NOT EXISTS (SELECT 1 FROM page_source JOIN page ON page.id = page_source.page WHERE page.issue = ?1)
            AND NOT EXISTS (SELECT 1 FROM article WHERE issue = ?1)
            AND EXISTS (SELECT 1 FROM issue JOIN run ON run.id = issue.run JOIN job ON job.id = run.job
                WHERE issue.id = ?1 AND (job.id = ?2 OR job.removed_by IS NOT NULL)) AS empty",
        params![issue, job],
        |r| r.get("empty"),
    )?;
    if !empty {
        return Ok(());
    }
    let newspaper: Option<i64> =
        tx.query_row("SELECT newspaper FROM issue WHERE id = ?1", [issue], |r| r.get("newspaper"))?;
    delete_issue(tx, issue)?;
    newspaper.map_or(Ok(()), |id| drop_if_empty(tx, id))
}

/// Removes an issue that has no articles and no source pages any more.
pub(super) fn delete_issue(tx: &Transaction<'_>, issue: i64) -> Result<()> {
    for sql in [
        "DELETE FROM block WHERE page IN (SELECT id FROM page WHERE issue = ?1)",
        "DELETE FROM tag WHERE subject_table = 'page' AND subject IN (SELECT id FROM page WHERE issue = ?1)",
        "DELETE FROM note WHERE subject_table = 'page' AND subject IN (SELECT id FROM page WHERE issue = ?1)",
        "DELETE FROM page WHERE issue = ?1",
        "DELETE FROM carrier WHERE issue = ?1",
        "DELETE FROM tag WHERE subject_table = 'issue' AND subject = ?1",
        "DELETE FROM note WHERE subject_table = 'issue' AND subject = ?1",
        "DELETE FROM issue WHERE id = ?1",
    ] {
        tx.execute(sql, [issue])?;
    }
    Ok(())
}

/// Removes a newspaper that the machine made, that has no issues, and about which no person said anything.
pub(super) fn drop_if_empty(tx: &Transaction<'_>, newspaper: i64) -> Result<()> {
    let empty: bool = tx.query_row(
        "SELECT EXISTS (SELECT 1 FROM newspaper WHERE id = ?1 AND run IS NOT NULL AND registration IS NULL)
            AND NOT EXISTS (SELECT 1 FROM issue WHERE newspaper = ?1)
            AND NOT EXISTS (SELECT 1 FROM newspaper_title WHERE newspaper = ?1)
            AND NOT EXISTS (SELECT 1 FROM newspaper_home WHERE newspaper = ?1)
            AND NOT EXISTS (SELECT 1 FROM newspaper_succession WHERE ?1 IN (earlier, later))
            AND NOT EXISTS (SELECT 1 FROM note WHERE subject_table = 'newspaper' AND subject = ?1)
            AND NOT EXISTS (SELECT 1 FROM op_log WHERE verb = 'set_newspaper' AND state = 'done'
                AND json_extract(args, '$.id') = ?1) AS empty",
        [newspaper],
        |r| r.get("empty"),
    )?;
    if empty {
        tx.execute("DELETE FROM newspaper WHERE id = ?1", [newspaper])?;
    }
    Ok(())
}

/// Up to three issues by name, and how many more.
fn subject(tx: &Transaction<'_>, issues: &[i64]) -> Result<String> {
    let mut names = Vec::new();
    for issue in issues.iter().take(3) {
        names.push(super::issues::subject_of(tx, baoku_model::IssueId(*issue))?);
    }
    names.retain(|n| !n.is_empty());
    let more = issues.len().saturating_sub(names.len());
    if more > 0 {
        names.push(format!("+{more}"));
    }
    Ok(names.join(", "))
}

pub(super) fn ids(tx: &Transaction<'_>, sql: &str, key: i64) -> Result<Vec<i64>> {
    let mut statement = tx.prepare_cached(sql)?;
    Ok(statement.query_map([key], |r| r.get("id"))?.collect::<rusqlite::Result<_>>()?)
}

impl Deed {
    /// A newspaper that the act touched.
    pub(super) fn with_newspaper(mut self, id: Option<i64>) -> Self {
        self.changes.extend(id.map(|id| Change::Newspaper { id: NewspaperId(id) }));
        self
    }
}
