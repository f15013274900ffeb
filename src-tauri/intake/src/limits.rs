use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// How much a single file may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub max_file_bytes: u64,
    pub max_pages: u32,
    /// Characters on one page; a dense broadsheet has about 20,000.
    pub max_characters: usize,
    /// A Chinese font to measure and draw the characters of PDFs that embed none. Without it their text still comes
    /// out, from the PDF's own character maps.
    pub cjk_font: Option<PathBuf>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 2 << 30, max_pages: 20_000, max_characters: 400_000, cjk_font: None }
    }
}
