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
    /// Also what a recogniser may have read instead: one character exchanged for one of its shape.
    #[serde(default)]
    pub lookalikes: bool,
    /// Also variant forms that folding keeps apart (像 and 象).
    #[serde(default)]
    pub variants: bool,
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
    /// Who asks: a new search of the same asker calls off the one before, which then answers `Cancelled`.
    #[serde(default)]
    pub asker: Option<u32>,
}

/// What a query was taken to mean, as a tree.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Understood {
    pub op: UnderstoodOp,
    /// The string, name, number or span as typed.
    pub text: String,
    /// `title` or `byline`; absent for everywhere.
    pub scope: Option<String>,
    /// Of NEAR: most folded characters between the two.
    pub distance: Option<u32>,
    /// What a name was found to be; empty if the archive has none like it.
    pub found: Vec<String>,
    /// Other forms that were also searched, because that was asked for.
    pub widened: Vec<String>,
    pub parts: Vec<Understood>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum UnderstoodOp {
    #[default]
    Text,
    Near,
    Pattern,
    All,
    Any,
    Not,
    Everything,
    Paper,
    Page,
    Date,
    Person,
    Organisation,
    Place,
    Kind,
    Tag,
}

/// How far the search index is. Results are whole in every state; before `Ready` they take longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SearchIndex {
    pub state: SearchIndexState,
    /// Articles in the index being built, and articles there are.
    pub done: u64,
    pub total: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SearchIndexState {
    /// Not looked at yet.
    #[default]
    Closed,
    /// Being built; every article is read for each search meanwhile.
    Building,
    Ready,
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
    pub understood: Understood,
    pub index: SearchIndex,
}

/// Articles of a result by what they have in common.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SearchFacets {
    pub papers: Vec<Facet>,
    /// In order of time.
    pub years: Vec<Facet>,
    pub kinds: Vec<Facet>,
    /// The most frequent of each kind of entity.
    pub people: Vec<Facet>,
    pub organisations: Vec<Facet>,
    pub places: Vec<Facet>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Facet {
    /// What narrows a query to it, e.g. `person:"曹立强"`.
    pub query: String,
    pub label: String,
    pub articles: u32,
}

/// A search that a person keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SavedSearch {
    pub name: String,
    /// The address of the search page with all its choices, as the interface writes it.
    pub address: String,
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
    /// The first occurrence of each further string of the query.
    pub more: Vec<Snippet>,
    /// Page numbers.
    pub pages: Vec<u32>,
    pub occurrences: u32,
    /// Field of the first occurrence: `headline`, `byline`, `text`, or `older` for a version of the text that is no longer the
    /// current one. Empty for an article that is found by something else than its words.
    pub field: String,
    /// Offsets of the first occurrence in that field, in characters.
    pub start: u32,
    pub end: u32,
    pub page_id: PageId,
    /// Boxes of the first occurrence on the page image.
    pub boxes: Vec<Rect>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
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
