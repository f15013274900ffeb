//! Exit codes; documented in `docs/cli.md`.

use std::process::ExitCode;

use baoku_app::model::view::{AppError, ErrorCode};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    Failed = 1,
    WrongArguments = 2,
    /// An import waits for an answer.
    Waiting = 3,
    /// Some files or pages were refused.
    Refused = 4,
    NotFound = 5,
    /// No archive there, or it is held, too new or damaged.
    Archive = 6,
    DiskFull = 7,
    Interrupted = 130,
}

impl Exit {
    pub fn of(error: &AppError) -> Self {
        match error.code {
            ErrorCode::NotFound => Self::NotFound,
            ErrorCode::InvalidArgument => Self::WrongArguments,
            ErrorCode::ReadOnly | ErrorCode::ArchiveTooNew | ErrorCode::NotAnArchive | ErrorCode::ArchiveDamaged => {
                Self::Archive
            }
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::Cancelled => Self::Interrupted,
            ErrorCode::NothingToUndo | ErrorCode::Conflict | ErrorCode::Refused | ErrorCode::Internal => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
