//! Files that a browser uploads: kept in the archive's cache until an import has taken them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use baoku_archive::Archive;
use baoku_model::view::{AppError, ErrorCode};

use crate::core::Core;
use crate::errors::io_error;

const FOLDER: &str = "uploads";

/// Where uploads lie.
pub fn folder(archive: &Archive) -> PathBuf {
    archive.cache_dir().join(FOLDER)
}

/// A new place for an upload of this name. Folder names are clues to newspaper and date, so they are kept.
pub fn place(archive: &Archive, name: &str) -> Result<PathBuf, AppError> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    if let Some(holder) = archive.read_only() {
        return Err(AppError::new(ErrorCode::ReadOnly, format!("The archive is open for reading only: {holder}")));
    }
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut path = folder(archive).join(format!("{}-{number}", std::process::id()));
    for part in safe_parts(name) {
        path.push(part);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|e| io_error(&e, name))?;
    Ok(path)
}

/// The parts of a name that stay within their folder, on every system.
fn safe_parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = name
        .split(['/', '\\'])
        .map(|part| part.chars().filter(|c| !c.is_control() && !r#":*?"<>|"#.contains(*c)).collect::<String>())
        .map(|part| part.trim_matches(['.', ' ']).to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        parts.push("upload".to_owned());
    }
    parts
}

/// Removes uploads that no import waits for any more.
pub fn sweep(core: &Core) -> Result<(), AppError> {
    let folder = folder(&core.archive);
    if core.archive.unfinished_jobs()?.is_empty() && folder.is_dir() {
        // Only a cache: what cannot be removed now is removed another time.
        let _ = fs::remove_dir_all(&folder);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::safe_parts;

    #[test]
    fn a_name_cannot_leave_its_folder() {
        assert_eq!(safe_parts("../../etc/passwd"), ["etc", "passwd"]);
        assert_eq!(safe_parts("C:\\报纸\\云泽报.pdf"), ["C", "报纸", "云泽报.pdf"]);
        assert_eq!(safe_parts("云泽报/2021-03-15/01.pdf"), ["云泽报", "2021-03-15", "01.pdf"]);
        assert_eq!(safe_parts("/..//"), ["upload"]);
    }
}
