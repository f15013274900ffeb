//! Putting right what the machine read: the structure of an issue, the text of lines, the queue of what to look at, and readings
//! made again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ArticleId, ArticleKind, BlockId, BlockRole, IssueId, LayerId, PageId, Rect};

/// Where regions go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum RegionDestination {
    Article {
        id: ArticleId,
    },
    /// An article of their own.
    NewArticle,
    /// The page itself: masthead, editors' line, what belongs to no article.
    Page,
}

/// One change of an issue's structure. Regions are named by their ids, which are new after every change: an id that is not known
/// any more is a conflict.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum StructureEdit {
    SetRole {
        blocks: Vec<BlockId>,
        role: BlockRole,
    },
    Move {
        blocks: Vec<BlockId>,
        to: RegionDestination,
    },
    /// The regions of one article follow each other in this order; those not named keep their places after the first named one.
    Order {
        blocks: Vec<BlockId>,
    },
    /// `line`: the line (ordinal in the page's text layer) with which the second half begins.
    SplitBlock {
        block: BlockId,
        line: u32,
    },
    /// Regions of one page become one, in the order named.
    MergeBlocks {
        blocks: Vec<BlockId>,
    },
    /// A region drawn on the page: the lines whose middle lies in `area` leave the regions that held them.
    Draw {
        page: PageId,
        area: Rect,
        role: BlockRole,
        to: RegionDestination,
    },
    /// A new article begins with this region.
    SplitArticle {
        block: BlockId,
    },
    /// All become one with the first; its headline stays, other main headlines become subheads.
    MergeArticles {
        articles: Vec<ArticleId>,
    },
    /// Reading order of the issue: the article goes before the other, or to the end.
    MoveArticle {
        article: ArticleId,
        before: Option<ArticleId>,
    },
    SetKind {
        article: ArticleId,
        to: ArticleKind,
    },
    /// `to` goes on what `from` began, usually on another page.
    JoinJump {
        from: ArticleId,
        to: ArticleId,
    },
    /// The parts from number `part` (from 1 on) become an article of their own.
    BreakJump {
        article: ArticleId,
        part: u32,
    },
    /// The second reading (position in the article's list) is wrong: the chosen one stands.
    DismissRival {
        article: ArticleId,
        rival: u32,
    },
}

/// A line as a person reads it on the page. The same text as before says that it was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LineText {
    pub layer: LayerId,
    pub line: u32,
    pub text: String,
}

/// One correction in the life of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LineChange {
    pub before: String,
    pub after: String,
    pub operator: String,
    /// UTC, RFC 3339.
    pub at: String,
}

/// A line as it waits to be looked at, or as a place where a confusion may have happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReviewLine {
    pub issue: IssueId,
    pub newspaper: String,
    /// EDTF.
    pub date: Option<String>,
    pub page: PageId,
    pub page_number: u32,
    pub has_image: bool,
    pub layer: LayerId,
    pub line: u32,
    pub text: String,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
    pub direction: crate::Direction,
    /// Of each character, in hundredths.
    pub char_confidence: Vec<u8>,
    pub article: Option<ArticleId>,
    pub role: Option<BlockRole>,
    /// Names in the line.
    pub names: Vec<String>,
    /// What a look at it is worth: greater first.
    pub value: f32,
    /// Characters of `text` in question, for places of a confusion.
    pub at: Vec<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReviewQueue {
    pub lines: Vec<ReviewLine>,
    /// Lines that wait in this scope.
    pub waiting: u32,
    /// Lines that a person checked in this scope.
    pub checked: u32,
}

/// How a page is to be read again. What is left out is told from the page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
#[ts(export)]
pub struct RereadRequest {
    /// Recognise the picture; otherwise only the structure is read again from the text that is there.
    pub recognise: bool,
    /// `ppocr` or `tesseract`.
    pub engine: Option<String>,
    pub direction: Option<crate::Direction>,
    /// For Tesseract, in its own words: `jpn+eng`.
    pub languages: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RereadState {
    Running,
    /// The difference waits to be looked at.
    Ready,
    Failed,
}

/// What reading a page again would change. Nothing is changed until a person takes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RereadView {
    pub page: PageId,
    pub state: RereadState,
    /// 0 to 1 while running.
    pub progress: f32,
    pub error: Option<String>,
    /// Who read it again.
    pub agent: String,
    pub lines: Vec<LineDifference>,
    pub lines_same: u32,
    pub articles: Vec<ArticleDifference>,
    pub articles_same: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Difference {
    Changed,
    Added,
    Gone,
    /// It differs, but a person's work stands: it stays as it is.
    Kept,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LineDifference {
    pub difference: Difference,
    pub before: Option<String>,
    pub after: Option<String>,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArticleDifference {
    pub difference: Difference,
    pub article: Option<ArticleId>,
    /// Headline, or the first words.
    pub before: Option<String>,
    pub after: Option<String>,
    /// Characters of the text.
    pub length_before: u32,
    pub length_after: u32,
}
