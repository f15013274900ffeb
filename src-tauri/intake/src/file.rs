//! Reading a dropped file, with the operating system's reasons turned into refusals.

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek};
use std::path::Path;

use baoku_model::{Refusal, RefusalCode};

use crate::Limits;
use crate::detect::{self, ImageFormat};

/// Bytes of a scan's file at most: a TIFF with offsets of 32 bits can't be longer, and what is longer takes minutes to copy.
const LONGEST_SCAN: u64 = 4 << 30;

/// The file's name without its folder, for messages and for what the name promises.
pub fn name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The file opened if it is a scan, of which only the header has to be read.
pub fn scan(path: &Path) -> Result<Option<(BufReader<File>, ImageFormat)>, Refusal> {
    /// Enough to tell the formats of images apart.
    const HEAD: u64 = 64;
    about(path)?;
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(unreadable)?;
    let Some(format) = detect::image_format(&head) else { return Ok(None) };
    within(file.get_ref().metadata().map_err(unreadable)?.len(), LONGEST_SCAN)?;
    file.rewind().map_err(unreadable)?;
    Ok(Some((file, format)))
}

pub fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    within(about(path)?.len(), limits.max_file_bytes)?;
    let bytes = std::fs::read(path).map_err(unreadable)?;
    if bytes.is_empty() {
        return Err(Refusal::new(RefusalCode::Empty, "the file has no bytes"));
    }
    Ok(bytes)
}

fn about(path: &Path) -> Result<std::fs::Metadata, Refusal> {
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return Err(Refusal::new(RefusalCode::Unreadable, "it is a folder, not a file"));
    }
    if !about.is_file() {
        return Err(Refusal::new(RefusalCode::Unreadable, "it is a pipe or device, not a file"));
    }
    Ok(about)
}

fn within(length: u64, most: u64) -> Result<(), Refusal> {
    if length > most {
        let detail = format!("the file has {} MiB; at most {} MiB are read", length >> 20, most >> 20);
        return Err(Refusal::new(RefusalCode::TooLarge, detail));
    }
    Ok(())
}

fn unreadable(error: std::io::Error) -> Refusal {
    Refusal::new(RefusalCode::Unreadable, reason(&error))
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => format!("the operating system says: {error}"),
    }
}
