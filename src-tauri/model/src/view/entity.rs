//! Lists of names and the page of one entity.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AuthorityRecord, Bucket, DecisionStatus, EventRow};
use crate::{
    ArticleId, EntityId, EntityKind, IssueId, MentionId, MentionValue, NameId, OrganisationSource, PageId, Rect,
    RoleStatus,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum EntitySort {
    #[default]
    Mentions,
    Pinyin,
    First,
    Last,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct EntityFilter {
    #[serde(default)]
    pub kind: Option<EntityKind>,
    /// Part of a name, its pinyin or initials.
    #[serde(default)]
    pub query: Option<String>,
    #[serde(default)]
    pub sort: EntitySort,
    #[serde(default)]
    pub offset: u32,
    /// 0 means all.
    #[serde(default)]
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityList {
    pub total: u32,
    pub rows: Vec<EntityRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityRow {
    pub id: EntityId,
    /// 16-byte uid in hexadecimal.
    pub uid: String,
    pub kind: EntityKind,
    /// 规范名称.
    pub name: String,
    /// Other forms seen, most frequent first.
    pub forms: Vec<String>,
    pub mentions: u32,
    pub articles: u32,
    /// EDTF dates of the first and last issue that names it.
    pub first: Option<String>,
    pub last: Option<String>,
    /// For people: the latest post, e.g. 徐汇区委书记.
    pub gloss: Option<String>,
}

/// How a form relates to its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum NameType {
    Preferred,
    Full,
    Abbreviation,
    Alias,
    Former,
    Pen,
    OcrVariant,
    /// 区委, 我区: only within papers of one home district.
    Deictic,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NameView {
    pub id: NameId,
    /// The entry that bears it: the one shown, or one merged into it.
    pub entity: EntityId,
    pub form: String,
    #[serde(rename = "type")]
    pub name_type: NameType,
    /// Home district within which the form means this entity, if scoped.
    pub scope: Option<String>,
    /// EDTF.
    pub valid_from: Option<String>,
    pub valid_to: Option<String>,
    /// True for a form that a person or an authority file gave.
    pub given: bool,
    pub mentions: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EntityView {
    pub entity: EntityRow,
    pub status: DecisionStatus,
    /// Mentions that a person confirmed.
    pub confirmed: u32,
    pub record: AuthorityRecord,
    pub names: Vec<NameView>,
    /// Posts of a person, or holders of an organisation's posts; one bar each.
    pub tenures: Vec<TenureView>,
    /// Mentions per month by publication date, over the holdings: `articles` counts articles that name it, `issues` all held.
    pub months: Vec<Bucket>,
    pub together: Vec<TogetherRow>,
    pub events: Vec<EventRow>,
    /// True if the page of an entry that is named very often has the newest of its events and articles only.
    pub newest_only: bool,
    /// Amounts said about it.
    pub amounts: Vec<AmountRow>,
    /// First mentions as keyword in context; more by `entity_mentions`.
    pub mentions: MentionPage,
    /// Articles that name it, newest first.
    pub articles: Vec<ArticleLine>,
}

/// 见于报道的任职时段: from the first to the last sentence that says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TenureView {
    pub person: EntityId,
    pub person_name: String,
    pub post: String,
    pub organisation: Option<EntityId>,
    pub organisation_name: Option<String>,
    /// EDTF.
    pub first: Option<String>,
    pub last: Option<String>,
    /// One tick for each sentence, by date.
    pub evidence: Vec<RoleEvidence>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RoleEvidence {
    /// EDTF date of the issue (or of the event, where the sentence has one).
    pub date: Option<String>,
    pub status: RoleStatus,
    pub organisation_source: OrganisationSource,
    pub sentence: String,
    /// Offsets of the quote in `sentence`, in characters.
    pub start: u32,
    pub end: u32,
    pub article: ArticleId,
    pub issue: IssueId,
    pub newspaper_title: String,
    pub page: u32,
    pub page_id: PageId,
    /// Boxes of the quote on the page image; empty for a text dump.
    pub boxes: Vec<Rect>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TogetherRow {
    pub entity: EntityId,
    pub kind: EntityKind,
    pub name: String,
    /// Articles that name both.
    pub articles: u32,
    /// Those of them where a person confirmed both.
    pub confirmed: u32,
    /// Sum of 1/(n-1) over those articles, n = entities of that kind in the article: a long name list weighs less.
    pub weight: f32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AmountRow {
    pub surface: String,
    pub value: MentionValue,
    pub sentence: String,
    pub article: ArticleId,
    pub issue: IssueId,
    pub published: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MentionPage {
    pub total: u32,
    pub rows: Vec<MentionRow>,
}

/// One mention as keyword in context.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MentionRow {
    pub id: MentionId,
    pub before: String,
    pub surface: String,
    pub after: String,
    pub status: DecisionStatus,
    pub confidence: f32,
    pub article: ArticleId,
    pub headline: String,
    pub issue: IssueId,
    pub newspaper_title: String,
    /// EDTF date of the issue.
    pub published: Option<String>,
    pub page: u32,
    pub page_id: PageId,
    pub boxes: Vec<Rect>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArticleLine {
    pub id: ArticleId,
    pub issue: IssueId,
    pub headline: String,
    /// True where the headline is supplied.
    pub provisional: bool,
    pub newspaper_title: String,
    pub published: Option<String>,
    pub page: u32,
}
