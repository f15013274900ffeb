//! Enumerations of the model stand in columns as the words that serde gives them.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{ArchiveError, Result};

/// The stable word of a value, e.g. `regular`.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        other => Err(ArchiveError::Damaged(format!("{other} is no word"))),
    }
}

pub(crate) fn parse_word<T: DeserializeOwned>(word: &str) -> Result<T> {
    Ok(serde_json::from_value(serde_json::Value::String(word.to_owned()))?)
}
