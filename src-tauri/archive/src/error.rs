//! What can go wrong with an archive, and which public code it has.

use std::io;
use std::path::Path;

use baoku_model::view::{AppError, ErrorCode};

/// Result of everything an archive does.
pub type Result<T, E = ArchiveError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("{what} {id} is not in the archive")]
    NotFound { what: &'static str, id: String },
    #[error("{0}")]
    Invalid(String),
    /// The archive is open here for reading only; says who holds it.
    #[error("the archive is open for reading only: {0}")]
    ReadOnly(String),
    #[error("the archive has format {found}; this program knows formats up to {known}")]
    TooNew { found: u32, known: u32 },
    #[error("{0} is not an archive")]
    NotAnArchive(String),
    #[error("the archive is damaged: {0}")]
    Damaged(String),
    #[error("no room on the disk")]
    DiskFull,
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("nothing to redo")]
    NothingToRedo,
    /// What the act changed was changed again since; nothing was done.
    #[error("{0}")]
    Conflict(String),
    /// The act would break a rule of the catalogue; nothing was done.
    #[error("{0}")]
    Refused(String),
    #[error("{context}: {source}")]
    Io { context: String, source: io::Error },
    #[error("database: {0}")]
    Sqlite(rusqlite::Error),
    #[error("stored value: {0}")]
    Json(#[from] serde_json::Error),
}

impl ArchiveError {
    pub(crate) fn not_found(what: &'static str, id: impl ToString) -> Self {
        Self::NotFound { what, id: id.to_string() }
    }

    /// Wraps an input or output error; only the file's name is told, never the folders above it.
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::StorageFull {
            return Self::DiskFull;
        }
        let context = path.file_name().map_or_else(|| "file".into(), |n| n.to_string_lossy().into_owned());
        Self::Io { context, source }
    }

    pub fn code(&self) -> ErrorCode {
        match self {
            Self::NotFound { .. } => ErrorCode::NotFound,
            Self::Invalid(_) => ErrorCode::InvalidArgument,
            Self::ReadOnly(_) => ErrorCode::ReadOnly,
            Self::TooNew { .. } => ErrorCode::ArchiveTooNew,
            Self::NotAnArchive(_) => ErrorCode::NotAnArchive,
            Self::Damaged(_) | Self::Json(_) => ErrorCode::ArchiveDamaged,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::NothingToUndo | Self::NothingToRedo => ErrorCode::NothingToUndo,
            Self::Conflict(_) => ErrorCode::Conflict,
            Self::Refused(_) => ErrorCode::Refused,
            Self::Io { .. } | Self::Sqlite(_) => ErrorCode::Internal,
        }
    }
}

impl From<rusqlite::Error> for ArchiveError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            Some(Code::NotADatabase) => Self::NotAnArchive("archive.sqlite".into()),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<ArchiveError> for AppError {
    fn from(error: ArchiveError) -> Self {
        AppError::new(error.code(), error.to_string())
    }
}
