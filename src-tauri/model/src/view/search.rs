//! Exact full-text search.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Bucket;
use crate::{ArticleId, IssueId, PageId, Rect};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SearchSort {
    #[default]
    Newest,
    Oldest,
    Best,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct SearchRequest {
    pub query: String,
    /// 照原样: no folding of Traditional, variant, width and case.
    #[serde(default)]
    pub strict: bool,
    /// Civil days by publication date, inclusive.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub sort: SearchSort,
    #[serde(default)]
    pub offset: u32,
    /// 0 means all.
    #[serde(default)]
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SearchResults {
    /// Articles that hold the query.
    pub total: u32,
    /// Occurrences in them.
    pub occurrences: u32,
    pub hits: Vec<SearchHit>,
    /// Hits per month by publication date.
    pub histogram: Vec<Bucket>,
    /// Issues the search could not look into, wholly or in part.
    pub unsearched: Vec<Unsearched>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SearchHit {
    pub article: ArticleId,
    pub issue: IssueId,
    pub newspaper_title: String,
    /// EDTF date of the issue.
    pub date: Option<String>,
    pub headline: String,
    /// Keyword in context around the first occurrence.
    pub snippet: Snippet,
    /// Page numbers.
    pub pages: Vec<u32>,
    pub occurrences: u32,
    /// Field of the first occurrence: `headline`, `byline` or `text`.
    pub field: String,
    /// Offsets of the first occurrence in that field, in characters.
    pub start: u32,
    pub end: u32,
    pub page_id: PageId,
    /// Boxes of the first occurrence on the page image.
    pub boxes: Vec<Rect>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Snippet {
    pub before: String,
    pub hit: String,
    pub after: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Unsearched {
    pub issue: IssueId,
    pub newspaper_title: String,
    pub date: Option<String>,
    /// Page numbers not searched.
    pub pages: Vec<u32>,
    /// `not_recognised` or `failed`.
    pub reason: String,
}
