//! Reading a dropped file, with the operating system's reasons turned into refusals.

use std::io::ErrorKind;
use std::path::Path;

use baoku_model::{Refusal, RefusalCode};

use crate::Limits;

/// The file's name without its folder, for messages and for what the name promises.
pub fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

pub fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let unreadable = |error: std::io::Error| Refusal::new(RefusalCode::Unreadable, reason(&error));
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return Err(Refusal::new(RefusalCode::Unreadable, "it is a folder, not a file"));
    }
    if !about.is_file() {
        return Err(Refusal::new(RefusalCode::Unreadable, "it is a pipe or device, not a file"));
    }
    if about.len() > limits.max_file_bytes {
        let mib = |bytes: u64| bytes >> 20;
        let detail =
            format!("the file has {} MiB; at most {} MiB are read", mib(about.len()), mib(limits.max_file_bytes));
        return Err(Refusal::new(RefusalCode::TooLarge, detail));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    if bytes.is_empty() {
        return Err(Refusal::new(RefusalCode::Empty, "the file has no bytes"));
    }
    Ok(bytes)
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => format!("the operating system says: {error}"),
    }
}
