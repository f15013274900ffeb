//! The issue viewer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ArticleView, IssueRow};
use crate::{ArticleId, BlockId, BlockRole, Clue, Direction, IssueId, LayerId, PageId, Rect, SourceFileId};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IssueView {
    pub issue: IssueRow,
    pub pages: Vec<PageView>,
    /// In page and reading order.
    pub articles: Vec<ArticleView>,
    /// Neighbours of the same newspaper by date.
    pub previous: Option<IssueId>,
    pub next: Option<IssueId>,
    /// What newspaper, date and number were inferred from.
    pub clues: Vec<Clue>,
    pub sources: Vec<SourceView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PageState {
    /// Read and laid out.
    Ready,
    /// The page is held; its text waits for recognition.
    NotRecognised,
    /// Announced or referred to, but not held.
    Missing,
    /// Held, but reading it failed; the reason is in `note`.
    Failed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageView {
    pub id: PageId,
    /// 版次.
    pub number: u32,
    /// 版名, e.g. 要闻.
    pub name: Option<String>,
    pub state: PageState,
    pub note: Option<String>,
    /// Page frame in PDF points or pixels; 0 without an image.
    pub width: f32,
    pub height: f32,
    pub has_image: bool,
    /// Pixels at full zoom; the tile pyramid halves from here until the page fits one tile.
    pub raster_width: u32,
    pub raster_height: u32,
    pub layer: Option<LayerId>,
    /// Agent of the text layer: `pdf-text`, `text-dump`, `ppocr` …
    pub agent: Option<String>,
    pub source: Option<SourceFileId>,
    /// Editors' line and the like: lines that belong to the page.
    pub furniture: Vec<FurnitureView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct FurnitureView {
    pub id: BlockId,
    pub text: String,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
}

/// A source file behind an issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SourceView {
    pub id: SourceFileId,
    /// Name when it was dropped, without folders.
    pub name: String,
    pub sha256: String,
    pub bytes: u64,
    pub kind: crate::SourceKind,
    /// UTC, RFC 3339.
    pub imported_at: String,
}

/// All lines of a page with their boxes, for lighting lines up on both sides and for `baoku pages`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageLines {
    pub page: PageId,
    pub layer: Option<LayerId>,
    pub skew: f32,
    pub lines: Vec<PageLine>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageLine {
    /// Ordinal in the text layer.
    pub line: u32,
    /// As it reads now: corrected where a person put it right.
    pub text: String,
    /// What was recognised, where it differs from `text`.
    pub recognised: Option<String>,
    /// A person compared the line with the page.
    pub checked: bool,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
    pub direction: Direction,
    /// 0 to 1; 1 for embedded text and for what a person checked.
    pub confidence: f32,
    /// Of each character of `text`, in hundredths; empty where the source does not say.
    pub char_confidence: Vec<u8>,
    /// Position in reading order; `None` for lines no block holds.
    pub order: Option<u32>,
    pub article: Option<ArticleId>,
    pub role: Option<BlockRole>,
}
