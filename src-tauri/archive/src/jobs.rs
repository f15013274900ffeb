//! Jobs as they are kept: what the window shows of each file and issue, and what the host needs to go on after a restart.

use std::collections::HashMap;

use baoku_model::view::{ImportFile, ImportIssue, JobState, JobView};
use baoku_model::{JobId, JobItemId};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::Value;

use crate::error::{ArchiveError, Result};
use crate::open::{Archive, Reader};
use crate::tables::{parse_word, word};

/// What is set when a job starts.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob<'a> {
    pub operator: &'a str,
    pub dry_run: bool,
    /// What was asked for, as the host keeps it; given back by [`Archive::load_job`].
    pub request: &'a Value,
}

/// A file or an issue of a job, as the window shows it.
#[derive(Debug, Clone, PartialEq)]
pub enum ShownItem {
    File(ImportFile),
    Issue(ImportIssue),
}

/// A job with all that the host left to itself.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredJob {
    pub view: JobView,
    pub request: Value,
    /// Private notes of the host on each item.
    pub working: HashMap<JobItemId, Value>,
}

impl Archive {
    pub fn create_job(&self, job: &NewJob<'_>) -> Result<JobId> {
        let at = self.timestamp();
        self.machine(|tx| {
            tx.execute(
                "INSERT INTO job (kind, state, dry_run, operator, request, started_at) VALUES ('import', ?1, ?2, ?3, ?4, ?5)",
                params![word(&JobState::Running)?, job.dry_run, job.operator, job.request.to_string(), at],
            )?;
            Ok(JobId(tx.last_insert_rowid()))
        })
    }

    /// Adds an item to a job; the id inside `shown` is set.
    pub fn add_item(&self, job: JobId, shown: &mut ShownItem, working: &Value) -> Result<JobItemId> {
        self.machine(|tx| insert_item(tx, job, shown, working))
    }

    /// Adds items to a job, all or none: a list that is there in part would pass for the whole one after a crash.
    pub fn add_items(&self, job: JobId, items: &mut [(ShownItem, Value)]) -> Result<()> {
        self.machine(|tx| {
            for (shown, working) in items.iter_mut() {
                insert_item(tx, job, shown, working)?;
            }
            Ok(())
        })
    }

    /// Writes an item's state; `working` stays as it is when `None`.
    pub fn update_item(&self, shown: &ShownItem, working: Option<&Value>) -> Result<()> {
        let id = item_of(shown);
        self.machine(|tx| {
            let done = tx
                .prepare_cached(
                    "UPDATE job_item SET shown = ?2, working = coalesce(?3, working) WHERE id = ?1 AND kind = ?4",
                )?
                .execute(params![id.0, shown_json(shown)?, working.map(Value::to_string), kind_of(shown)])?;
            if done == 0 { Err(ArchiveError::not_found("item", id)) } else { Ok(()) }
        })
    }

    /// State and counts of a job that goes on. A running or asking job has no end.
    pub fn update_job(&self, job: JobId, state: JobState, pages_done: u32, pages_total: u32) -> Result<()> {
        let at = self.timestamp();
        let ended = !matches!(state, JobState::Running | JobState::Asking);
        self.machine(|tx| {
            let done = tx
                .prepare_cached(
                    "UPDATE job SET state = ?2, pages_done = ?3, pages_total = ?4,
                        finished_at = CASE WHEN ?5 THEN coalesce(finished_at, ?6) END WHERE id = ?1",
                )?
                .execute(params![job.0, word(&state)?, pages_done, pages_total, ended, at])?;
            if done == 0 { Err(ArchiveError::not_found("job", job)) } else { Ok(()) }
        })
    }

    /// Ends a job, keeping its counts.
    pub fn finish_job(&self, job: JobId, state: JobState) -> Result<()> {
        let view = self.read(|r| load_view(r, job))?;
        self.update_job(job, state, view.pages_done, view.pages_total)
    }

    pub fn load_job(&self, job: JobId) -> Result<StoredJob> {
        self.read(|r| {
            let view = load_view(r, job)?;
            let request: String =
                r.query_row("SELECT request FROM job WHERE id = ?1", [job.0], |row| row.get("request"))?;
            let mut statement = r.prepare_cached("SELECT id, working FROM job_item WHERE job = ?1")?;
            let mut rows = statement.query([job.0])?;
            let mut working = HashMap::new();
            while let Some(row) = rows.next()? {
                let json: String = row.get("working")?;
                working.insert(JobItemId(row.get("id")?), serde_json::from_str(&json)?);
            }
            Ok(StoredJob { view, request: serde_json::from_str(&request)?, working })
        })
    }

    /// Jobs that were running or asking when the program ended, oldest first.
    pub fn unfinished_jobs(&self) -> Result<Vec<JobId>> {
        self.read(|r| {
            let mut statement = r.prepare("SELECT id FROM job WHERE state IN ('running', 'asking') ORDER BY id")?;
            Ok(statement.query_map([], |row| row.get("id").map(JobId))?.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn insert_item(tx: &Transaction<'_>, job: JobId, shown: &mut ShownItem, working: &Value) -> Result<JobItemId> {
    tx.prepare_cached(
        "INSERT INTO job_item (job, kind, position, shown, working)
         VALUES (?1, ?2, (SELECT count(*) FROM job_item WHERE job = ?1), '{}', ?3)",
    )?
    .execute(params![job.0, kind_of(shown), working.to_string()])?;
    let id = JobItemId(tx.last_insert_rowid());
    match shown {
        ShownItem::File(file) => file.item = id,
        ShownItem::Issue(issue) => issue.item = id,
    }
    tx.prepare_cached("UPDATE job_item SET shown = ?2 WHERE id = ?1")?.execute(params![id.0, shown_json(shown)?])?;
    Ok(id)
}

fn kind_of(shown: &ShownItem) -> &'static str {
    match shown {
        ShownItem::File(_) => "file",
        ShownItem::Issue(_) => "issue",
    }
}

fn item_of(shown: &ShownItem) -> JobItemId {
    match shown {
        ShownItem::File(file) => file.item,
        ShownItem::Issue(issue) => issue.item,
    }
}

fn shown_json(shown: &ShownItem) -> Result<String> {
    Ok(match shown {
        ShownItem::File(file) => serde_json::to_string(file)?,
        ShownItem::Issue(issue) => serde_json::to_string(issue)?,
    })
}

const JOB: &str =
    "SELECT id, state, dry_run, operator, started_at, finished_at, pages_done, pages_total, removed_by FROM job";

pub(crate) fn load_view(reader: &Reader, id: JobId) -> Result<JobView> {
    let mut statement = reader.prepare_cached(&format!("{JOB} WHERE id = ?1"))?;
    let head = statement.query_row([id.0], Head::from_row).optional()?;
    head.ok_or_else(|| ArchiveError::not_found("job", id))?.with_items(reader)
}

/// All jobs, newest first.
pub(crate) fn load_views(reader: &Reader) -> Result<Vec<JobView>> {
    let mut statement = reader.prepare_cached(&format!("{JOB} ORDER BY id DESC"))?;
    let heads: Vec<Head> = statement.query_map([], Head::from_row)?.collect::<rusqlite::Result<_>>()?;
    heads.into_iter().map(|h| h.with_items(reader)).collect()
}

struct Head {
    state: String,
    view: JobView,
}

impl Head {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let view = JobView {
            id: JobId(row.get("id")?),
            state: JobState::Running,
            dry_run: row.get("dry_run")?,
            started: row.get("started_at")?,
            finished: row.get("finished_at")?,
            operator: row.get("operator")?,
            pages_done: row.get("pages_done")?,
            pages_total: row.get("pages_total")?,
            files: Vec::new(),
            issues: Vec::new(),
            // The pace is the running host's knowledge.
            seconds_left: None,
            removed: row.get::<_, Option<i64>>("removed_by")?.is_some(),
        };
        Ok(Self { state: row.get("state")?, view })
    }

    fn with_items(self, reader: &Reader) -> Result<JobView> {
        let mut view = self.view;
        view.state = parse_word(&self.state)?;
        let mut statement =
            reader.prepare_cached("SELECT kind, shown FROM job_item WHERE job = ?1 ORDER BY position")?;
        let mut rows = statement.query([view.id.0])?;
        while let Some(row) = rows.next()? {
            let shown: String = row.get("shown")?;
            match row.get::<_, String>("kind")?.as_str() {
                "file" => view.files.push(serde_json::from_str(&shown)?),
                _ => view.issues.push(serde_json::from_str(&shown)?),
            }
        }
        Ok(view)
    }
}
