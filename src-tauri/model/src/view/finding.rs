//! Find in one issue: every place of a string on its pages, in reading order.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ArticleId, PageId, Rect};

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IssueFindings {
    /// By page, then in reading order.
    pub places: Vec<FoundPlace>,
    /// Numbers of pages that could not be looked into: not recognised, or failed.
    pub unsearched: Vec<u32>,
}

/// One place where the string stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FoundPlace {
    /// Page and page number of its first character.
    pub page_id: PageId,
    pub page: u32,
    /// `None` for a line that belongs to the page: masthead, page head, editors' line.
    pub article: Option<ArticleId>,
    /// `headline`, `byline`, `text`, or `page` for a line that belongs to the page.
    pub field: String,
    /// Offsets in that field, in characters; in the article's text they can be asked for by address.
    pub start: u32,
    pub end: u32,
    /// Where it stands on the page images: one box a line, on the next page too where it runs over a jump.
    pub boxes: Vec<PlacedRect>,
}

/// A box on a page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlacedRect {
    pub page_id: PageId,
    #[serde(rename = "box")]
    pub bbox: Rect,
}
