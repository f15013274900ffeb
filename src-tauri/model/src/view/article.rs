//! One article as everything outside the core sees it; the JSON of `baoku articles`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    ArticleId, ArticleKind, BlockId, BlockRole, BylineName, EntityId, EntityKind, Headline, IssueId, MentionId,
    MentionValue, OrganisationSource, PageId, Rect, RivalAspect, RoleStatus, TextPiece,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArticleView {
    pub id: ArticleId,
    /// 16-byte uid in hexadecimal.
    pub uid: String,
    pub issue: IssueId,
    pub kind: ArticleKind,
    pub headline: Headline,
    pub byline: Vec<BylineName>,
    pub dateline: Option<String>,
    pub column: Option<String>,
    /// Body text; paragraphs on lines of their own.
    pub text: String,
    /// EDTF.
    pub event_date: Option<String>,
    /// Page numbers (版次) of all parts.
    pub pages: Vec<u32>,
    pub parts: Vec<ArticlePartView>,
    pub jump: JumpView,
    /// 0 to 1.
    pub confidence: f32,
    pub entities: Vec<MentionView>,
    pub roles: Vec<RoleView>,
    pub rivals: Vec<RivalView>,
    /// Where each stretch of `text` stands on the pages; `part` indexes `parts`.
    pub pieces: Vec<TextPiece>,
    /// True if the text comes from a dump without a page image.
    pub without_image: bool,
    /// A person gave it its shape: which regions belong to it, in which order and role. A new reading leaves that alone.
    pub shaped: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArticlePartView {
    pub page: u32,
    pub page_id: PageId,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
    pub blocks: Vec<BlockView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BlockView {
    pub id: BlockId,
    pub role: BlockRole,
    pub text: String,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
    /// Ordinals in the page's text layer.
    pub lines: Vec<u32>,
}

/// Where the article goes on and comes from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JumpView {
    pub to: Option<JumpEnd>,
    pub from: Option<JumpEnd>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JumpEnd {
    pub page: u32,
    /// True if both sides were found and joined into this article.
    pub joined: bool,
    /// Offset in `text` where the continuation starts, in characters, once joined.
    pub offset: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DecisionStatus {
    /// The machine says so.
    #[default]
    Proposed,
    Confirmed,
    Rejected,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MentionView {
    pub id: MentionId,
    pub kind: EntityKind,
    /// Offsets in `text`, in characters.
    pub start: u32,
    pub end: u32,
    pub surface: String,
    /// Canonical name.
    pub name: String,
    pub entity: Option<EntityId>,
    pub value: Option<MentionValue>,
    pub confidence: f32,
    pub status: DecisionStatus,
    pub runner_up: Option<(EntityKind, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RoleView {
    pub person: String,
    pub person_id: Option<EntityId>,
    pub post: String,
    pub organisation: Option<String>,
    pub organisation_id: Option<EntityId>,
    pub organisation_source: OrganisationSource,
    pub status: RoleStatus,
    /// Offsets in `text`, in characters.
    pub quote_start: u32,
    pub quote_end: u32,
    pub confidence: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RivalView {
    pub aspect: RivalAspect,
    pub text: String,
    pub article: Option<ArticleId>,
    pub confidence: f32,
}
