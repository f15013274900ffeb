//! How values of the model are stored in columns.

pub(crate) mod dates;
pub(crate) mod layers;
pub(crate) mod words;

use baoku_model::Cut;
use rusqlite::Row;

use crate::error::{ArchiveError, Result};

pub(crate) use dates::StoredDate;
pub(crate) use words::{parse_word, word};

/// The column `crop` of a page's source: empty for the whole frame of the page's own number.
pub(crate) fn cut(row: &Row<'_>) -> Result<Option<Cut>> {
    let crop: String = row.get("crop")?;
    let parsed = (!crop.is_empty()).then(|| crop.parse::<Cut>()).transpose();
    parsed.map_err(|error| ArchiveError::Invalid(error.to_string()))
}

/// A 16-byte uid in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}
