//! Import: a job, its files, its questions and its outcome.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Home;
use crate::{Clue, IssueId, JobId, JobItemId, Refusal};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct ImportRequest {
    /// Files and folders, absolute.
    pub paths: Vec<String>,
    /// Title of the newspaper; overrides every clue.
    #[serde(default)]
    pub newspaper: Option<String>,
    #[serde(default)]
    pub home: Option<Home>,
    /// EDTF date, or `unknown`.
    #[serde(default)]
    pub date: Option<String>,
    /// Page number; for a single page only.
    #[serde(default)]
    pub page: Option<u32>,
    /// Find out and report, write nothing.
    #[serde(default)]
    pub dry_run: bool,
    /// What a rehearsal came to, carried out as it stands: no page that it does not name is taken, nothing that it settles is asked.
    #[serde(default)]
    pub plan: Option<super::ImportPlan>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum JobState {
    Running,
    /// Waits for answers to `questions`; everything certain goes on meanwhile.
    Asking,
    Done,
    Cancelled,
    Failed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JobView {
    pub id: JobId,
    pub state: JobState,
    pub dry_run: bool,
    /// UTC, RFC 3339.
    pub started: String,
    pub finished: Option<String>,
    pub operator: String,
    /// Pages read so far, and all pages known so far.
    pub pages_done: u32,
    pub pages_total: u32,
    pub files: Vec<ImportFile>,
    /// Issues that the job makes or adds to.
    pub issues: Vec<ImportIssue>,
    /// Seconds left by the pace so far.
    pub seconds_left: Option<u32>,
    /// True once "remove this import" has taken it back.
    pub removed: bool,
}

/// Counts reconcile: every file is imported, known already, waiting or refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportFile {
    pub item: JobItemId,
    /// As given: below the dropped folder, or the bare name.
    pub name: String,
    pub bytes: u64,
    pub pages: u32,
    pub pages_done: u32,
    pub state: FileState,
    /// Why it was refused; page refusals name the page.
    pub refusal: Option<Refusal>,
    pub page_refusals: Vec<(u32, Refusal)>,
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum FileState {
    Queued,
    Reading,
    /// Waits for the answer to its issue's question.
    Asking,
    Imported,
    /// The same bytes are in the archive already; nothing was added.
    Duplicate,
    Refused,
    Cancelled,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportIssue {
    pub item: JobItemId,
    pub issue: Option<IssueId>,
    pub newspaper: Option<String>,
    pub home: Option<Home>,
    /// EDTF.
    pub date: Option<String>,
    pub number: Option<String>,
    /// Page numbers in this drop.
    pub pages: Vec<u32>,
    pub files: Vec<JobItemId>,
    pub clues: Vec<Clue>,
    /// What must be answered before it is imported.
    pub question: Option<ImportQuestion>,
    /// Dates or numbers that contradict each other, in words of the clue fields.
    pub conflicts: Vec<ClueConflict>,
    pub articles: u32,
    pub entities: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ClueConflict {
    pub chosen: Clue,
    pub other: Clue,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum ImportQuestion {
    /// Newspaper or date is not certain; the best guesses stand in the issue's fields.
    WhichIssue { newspaper_uncertain: bool, date_uncertain: bool },
    /// An issue of this newspaper, date and page is held from another file: another carrier of it, or something else?
    OtherCarrier { issue: IssueId },
}

/// Answer to a question, from the one-line confirmation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct ImportAnswer {
    pub item: JobItemId,
    pub choice: ImportChoice,
    #[serde(default)]
    pub newspaper: Option<String>,
    #[serde(default)]
    pub home: Option<Home>,
    /// EDTF, or `unknown`.
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub page: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ImportChoice {
    /// Import with the given fields.
    Import,
    /// Add as another carrier of the issue that is there.
    Carrier,
    /// Leave these files out.
    Skip,
}

/// Pushed while work runs, at most ten times a second for a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Event {
    Job { job: JobView },
    Recognition { queue: super::RecognitionView },
    Search { index: super::SearchIndex },
    Changed { changes: Vec<super::Change> },
}
