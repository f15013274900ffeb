//! A reference to an article or page, in the form another program or a reader's notes want it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub enum CitationStyle {
    /// GB/T 7714—2025, numbered references; in force from 2026-07-01.
    #[default]
    #[serde(rename = "gb_t_7714_2025")]
    GbT7714Of2025,
    /// GB/T 7714—2015, numbered references.
    #[serde(rename = "gb_t_7714_2015")]
    GbT7714Of2015,
    /// As local gazetteers (地方志) note their sources: 《徐汇报》2022年1月17日第1版.
    #[serde(rename = "gazetteer")]
    Gazetteer,
    #[serde(rename = "bibtex")]
    BibTex,
    #[serde(rename = "ris")]
    Ris,
    #[serde(rename = "csl_json")]
    CslJson,
}

impl CitationStyle {
    pub const ALL: [Self; 6] =
        [Self::GbT7714Of2025, Self::GbT7714Of2015, Self::Gazetteer, Self::BibTex, Self::Ris, Self::CslJson];
}

/// A stretch of the article that is quoted along with the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Quotation {
    /// Offsets in the article's text, in characters.
    pub start: u32,
    pub end: u32,
    /// The person has compared it with the page image. Where there is none, it is marked as taken from a text dump all the same.
    #[serde(default)]
    pub checked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct CitationView {
    pub style: CitationStyle,
    pub text: String,
    /// Name of a file that would hold it, for the styles that other programs read; `None` for what goes into a text.
    pub file_name: Option<String>,
}
