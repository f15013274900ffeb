//! Errors on their way to a host, and failures of one file on their way to its record.

use std::io;

use baoku_archive::ArchiveError;
use baoku_model::view::{AppError, ErrorCode};
use baoku_model::{Refusal, RefusalCode};

/// An input or output error at a file that the user named.
pub fn io_error(error: &io::Error, place: &str) -> AppError {
    let code = match error.kind() {
        io::ErrorKind::NotFound => ErrorCode::NotFound,
        io::ErrorKind::StorageFull => ErrorCode::DiskFull,
        _ => ErrorCode::Internal,
    };
    AppError::new(code, error.to_string()).at(place)
}

/// What an archive's error means for the file or page that was being written.
pub fn refusal_of(error: &ArchiveError) -> Refusal {
    let code = match error {
        ArchiveError::DiskFull => RefusalCode::DiskFull,
        ArchiveError::Io { .. } => RefusalCode::Unreadable,
        _ => RefusalCode::WorkerFailed,
    };
    Refusal::new(code, error.to_string())
}
