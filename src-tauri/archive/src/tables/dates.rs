//! A date is stored as EDTF text beside the first and last day it may mean.

use baoku_model::Edtf;
use baoku_model::edtf::day_number;

use crate::error::{ArchiveError, Result};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StoredDate {
    pub edtf: Option<String>,
    pub min_day: Option<i32>,
    pub max_day: Option<i32>,
}

impl StoredDate {
    pub fn of(date: Option<&Edtf>) -> Self {
        Self {
            edtf: date.map(|d| d.as_str().to_owned()),
            min_day: date.map(|d| day_number(d.min_day())),
            max_day: date.map(|d| day_number(d.max_day())),
        }
    }

    /// Text from a stage that may hold no valid date: then nothing is stored.
    pub fn lenient(text: Option<&str>) -> Self {
        Self::of(text.and_then(|t| t.parse::<Edtf>().ok()).as_ref())
    }

    /// Text from a person: empty means unknown, anything else must be a date.
    pub fn strict(text: &str) -> Result<Self> {
        if text.trim().is_empty() || text.trim() == "unknown" {
            return Ok(Self::default());
        }
        let date: Edtf =
            text.parse().map_err(|e: baoku_model::edtf::EdtfError| ArchiveError::Invalid(e.to_string()))?;
        Ok(Self::of(Some(&date)))
    }
}
