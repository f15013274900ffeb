//! Where things are on this machine.

use std::path::PathBuf;

use baoku_model::view::{AppError, ErrorCode};
use directories::{BaseDirs, UserDirs};

/// The archive that is opened when none is named: `Baoku.baoku` among the user's documents.
///
/// # Errors
/// `NotFound` where the system knows no home folder.
pub fn default_archive() -> Result<PathBuf, AppError> {
    let documents = UserDirs::new().and_then(|dirs| dirs.document_dir().map(PathBuf::from));
    let folder = documents.or_else(|| BaseDirs::new().map(|dirs| dirs.data_dir().to_owned()));
    folder.map(|folder| folder.join("Baoku.baoku")).ok_or_else(|| {
        AppError::new(ErrorCode::NotFound, "There is no home folder for the archive; name one with --archive.")
    })
}
