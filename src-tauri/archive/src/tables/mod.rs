//! How values of the model are stored in columns.

pub(crate) mod dates;
pub(crate) mod layers;
pub(crate) mod words;

pub(crate) use dates::StoredDate;
pub(crate) use words::{parse_word, word};

/// A 16-byte uid in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, b| {
        let _ = write!(text, "{b:02x}");
        text
    })
}
