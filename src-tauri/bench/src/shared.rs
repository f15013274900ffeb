//! Where the study and gold pages lie: beside the repository, never in it.

use std::path::{Path, PathBuf};

/// The folder of reference pages, or `None` (with a printed message) where this machine has none.
pub fn folder() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("BAOKU_SHARED").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: no reference pages beside the repository (set BAOKU_SHARED to their folder)");
        return None;
    }
    Some(folder)
}
