//! The state of one import: its files, its issues, what waits. Everything here is persisted with the job, so that an import goes
//! on where it was after the program was closed or killed.

use std::path::PathBuf;
use std::time::Instant;

use baoku_archive::StoredJob;
use baoku_model::view::*;
use baoku_model::{Clue, JobId, JobItemId, Refusal, SourceFileId, SourceKind, SourcePage};
use serde::{Deserialize, Serialize};

use super::collect::Found;
use super::identity::PageIdentity;

/// One file of the drop.
#[derive(Debug, Clone, PartialEq)]
pub struct FileRecord {
    pub view: ImportFile,
    pub notes: FileNotes,
}

/// What is kept of a file beside what the window shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FileNotes {
    pub path: PathBuf,
    /// SHA-256 of its bytes, once hashed.
    pub sha256: Option<String>,
    /// The original in the archive, once stored.
    pub source: Option<SourceFileId>,
    pub kind: Option<SourceKind>,
    pub pages: Vec<SourcePage>,
    /// What the file says about itself.
    #[serde(default)]
    pub clues: Vec<Clue>,
}

impl FileRecord {
    pub fn new(found: Found) -> Self {
        let (state, refusal) = match found.refusal {
            Some(refusal) => (FileState::Refused, Some(refusal)),
            None => (FileState::Queued, None),
        };
        Self {
            view: ImportFile {
                item: JobItemId(0),
                name: found.name,
                bytes: found.bytes,
                pages: 0,
                pages_done: 0,
                state,
                refusal,
                page_refusals: Vec::new(),
                warnings: Vec::new(),
            },
            notes: FileNotes { path: found.path, ..FileNotes::default() },
        }
    }

    pub fn refuse(&mut self, refusal: Refusal) {
        self.view.state = FileState::Refused;
        self.view.refusal = Some(refusal);
    }

    /// True once nothing more will happen to it without an answer.
    pub fn is_settled(&self) -> bool {
        !matches!(self.view.state, FileState::Queued | FileState::Reading)
    }

    /// The folder it lay in, below what was dropped.
    pub fn folder(&self) -> &str {
        self.view.name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// A page that waits for an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitingPage {
    pub file: JobItemId,
    /// Position in the file, counted from 0.
    pub index: u32,
    pub identity: PageIdentity,
}

/// One issue that the import makes, adds to, or asks about.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueRecord {
    pub view: ImportIssue,
    pub notes: IssueNotes,
}

/// What is kept of an issue beside what the window shows.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct IssueNotes {
    pub waiting: Vec<WaitingPage>,
    /// Given, and not yet carried out.
    pub answer: Option<ImportAnswer>,
    /// True while pages are in whose articles have not been written.
    pub uncomposed: bool,
    /// Where the files lay: pages of unknown date belong together only within one folder.
    pub folder: String,
    /// Place of the issue in the plan that is carried out.
    #[serde(default)]
    pub planned: Option<usize>,
}

impl IssueRecord {
    pub fn new(identity: &PageIdentity, folder: &str, question: Option<ImportQuestion>) -> Self {
        Self {
            view: ImportIssue {
                item: JobItemId(0),
                issue: None,
                newspaper: identity.newspaper.value.clone(),
                home: identity.home(),
                date: identity.date.value.clone(),
                number: identity.number.value.clone(),
                pages: Vec::new(),
                files: Vec::new(),
                clues: Vec::new(),
                question,
                conflicts: Vec::new(),
                articles: 0,
                entities: 0,
            },
            notes: IssueNotes { folder: folder.to_owned(), planned: identity.planned, ..IssueNotes::default() },
        }
    }
}

/// The whole import.
pub struct Board {
    pub id: JobId,
    pub request: ImportRequest,
    pub operator: String,
    pub state: JobState,
    pub started: String,
    pub finished: Option<String>,
    pub files: Vec<FileRecord>,
    pub issues: Vec<IssueRecord>,
    /// When this process began to work on it, and how many pages were read by then.
    pace: Option<(Instant, u32)>,
}

/// What the job row holds beside its items.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JobRequest {
    pub request: ImportRequest,
}

impl Board {
    pub fn new(id: JobId, request: ImportRequest, operator: String, started: String) -> Self {
        Self {
            id,
            request,
            operator,
            state: JobState::Running,
            started,
            finished: None,
            files: Vec::new(),
            issues: Vec::new(),
            pace: None,
        }
    }

    /// The board as it was kept.
    ///
    /// # Errors
    /// Notes that this program cannot read.
    pub fn load(stored: StoredJob) -> Result<Self, serde_json::Error> {
        let StoredJob { view, request, mut working } = stored;
        let JobRequest { request } = serde_json::from_value(request)?;
        let mut board = Self::new(view.id, request, view.operator, view.started);
        board.state = view.state;
        for file in view.files {
            let notes = serde_json::from_value(working.remove(&file.item).unwrap_or_default())?;
            board.files.push(FileRecord { view: file, notes });
        }
        for issue in view.issues {
            let notes = serde_json::from_value(working.remove(&issue.item).unwrap_or_default())?;
            board.issues.push(IssueRecord { view: issue, notes });
        }
        Ok(board)
    }

    pub fn start_pace(&mut self) {
        self.pace = Some((Instant::now(), self.pages_done()));
    }

    fn pages_done(&self) -> u32 {
        self.files.iter().map(|f| f.view.pages_done).sum()
    }

    pub fn view(&self) -> JobView {
        let pages_done = self.pages_done();
        let pages_total = self.files.iter().map(|f| f.view.pages).sum();
        JobView {
            id: self.id,
            state: self.state,
            dry_run: self.request.dry_run,
            started: self.started.clone(),
            finished: self.finished.clone(),
            operator: self.operator.clone(),
            pages_done,
            pages_total,
            files: self.files.iter().map(|f| f.view.clone()).collect(),
            issues: self.issues.iter().filter(|i| is_shown(&i.view)).map(|i| i.view.clone()).collect(),
            seconds_left: self.seconds_left(pages_done, pages_total),
            removed: false,
        }
    }

    /// By the pace of this run, counting a file that nobody has looked into as one page.
    fn seconds_left(&self, done: u32, total: u32) -> Option<u32> {
        if self.state != JobState::Running {
            return None;
        }
        let (since, before) = self.pace?;
        let read = done.checked_sub(before).filter(|n| *n > 0)?;
        let unseen = self.files.iter().filter(|f| f.view.state == FileState::Queued).count();
        let left = f64::from(total - done.min(total)) + unseen as f64;
        Some((since.elapsed().as_secs_f64() / f64::from(read) * left).ceil() as u32)
    }

    pub fn file(&self, item: JobItemId) -> Option<usize> {
        self.files.iter().position(|f| f.view.item == item)
    }

    pub fn is_asking(&self) -> bool {
        self.issues.iter().any(|i| i.view.question.is_some())
    }
}

/// A question that became part of another issue's record leaves an empty one behind.
pub fn is_shown(issue: &ImportIssue) -> bool {
    !issue.files.is_empty()
}
