//! The public error. The code is stable and translated in the frontend; the message is English, names file and reason, and holds
//! no private paths beyond what the user gave.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ErrorCode {
    NotFound,
    InvalidArgument,
    /// Another program holds the archive; this one is open for reading only.
    ReadOnly,
    /// The archive was written by a newer Baoku.
    ArchiveTooNew,
    NotAnArchive,
    ArchiveDamaged,
    DiskFull,
    /// Nothing left to undo or redo.
    NothingToUndo,
    /// What the act changed has been changed again since by something that is not undone first.
    Conflict,
    Cancelled,
    Refused,
    Internal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
#[ts(export)]
pub struct AppError {
    pub code: ErrorCode,
    pub message: String,
    /// Which file, issue, page or argument.
    #[serde(rename = "where")]
    pub place: Option<String>,
}

impl AppError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), place: None }
    }

    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}
