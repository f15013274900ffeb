//! The frame of every page: which archive, who works, what runs, what can be undone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{EntityId, IssueId, NewspaperId, OpId};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArchiveStatus {
    pub title: String,
    /// Folder of the archive as opened.
    pub path: String,
    /// 16-byte id of the archive in hexadecimal.
    pub uid: String,
    pub format_version: u32,
    pub counts: ArchiveCounts,
    /// Name of the operator, empty until chosen.
    pub operator: String,
    /// Operators seen in this archive, latest first.
    pub known_operators: Vec<String>,
    /// Who holds the archive, if it is open here for reading only.
    pub read_only: Option<String>,
    pub undo: Option<OpLine>,
    pub redo: Option<OpLine>,
    /// Issues whose newspaper or date is not known.
    pub unidentified: Vec<IssueId>,
    /// Issues with at least one page that waits for text recognition.
    pub unrecognised: Vec<IssueId>,
    /// UTC, RFC 3339.
    pub last_check: Option<CheckLine>,
    pub last_backup: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArchiveCounts {
    pub newspapers: u32,
    pub issues: u32,
    pub pages: u32,
    pub articles: u32,
    pub people: u32,
    pub organisations: u32,
    pub places: u32,
    pub projects: u32,
    pub events: u32,
    /// Bytes of originals.
    pub original_bytes: u64,
}

/// One act in the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OpLine {
    pub id: OpId,
    /// Stable name of the act (`set_issue`, `remove_import` …); the frontend words it.
    pub verb: String,
    /// What it was done to, in the reader's words: 徐汇报 2022-01-17.
    pub subject: String,
    pub operator: String,
    /// UTC, RFC 3339.
    pub at: String,
    pub undone: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CheckLine {
    pub at: String,
    pub problems: u32,
}

/// What a fixity and integrity check found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CheckReport {
    pub at: String,
    pub originals_checked: u32,
    /// Each problem names the file or table and what is wrong.
    pub problems: Vec<String>,
}

/// What an act or a machine write changed, so that a page redraws only what it must.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Change {
    Newspaper {
        id: NewspaperId,
    },
    Issue {
        id: IssueId,
    },
    Entity {
        id: EntityId,
    },
    /// Too many to name.
    Everything,
    History,
    Jobs,
}

/// Answer of every mutation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OpOutcome {
    pub op: OpLine,
    pub changes: Vec<Change>,
}
