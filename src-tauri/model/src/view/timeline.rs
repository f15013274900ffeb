//! The timeline: counts from day to century over the holdings, what is drawn over them, issues and dated events, the chronicle.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::IssueRow;
use crate::{ArticleId, EntityId, IssueId, MentionId, NewspaperId};

/// 时间依据.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Clock {
    /// 见报日期
    #[default]
    Publication,
    /// 事件日期
    Event,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Step {
    Day,
    /// Monday to Sunday.
    Week,
    #[default]
    Month,
    Year,
    Decade,
    /// The years of one pair of digits: 1900 to 1999.
    Century,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct TimelineRequest {
    #[serde(default)]
    pub clock: Clock,
    #[serde(default)]
    pub by: Step,
    #[serde(default)]
    pub newspaper: Option<NewspaperId>,
    /// Civil days, inclusive; the whole span of the archive if absent.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TimelineView {
    pub clock: Clock,
    pub by: Step,
    /// First and last civil day that anything is dated, `YYYY-MM-DD`; absent in an empty archive.
    pub first: Option<String>,
    pub last: Option<String>,
    /// In order; buckets with nothing in them are left out.
    pub buckets: Vec<Bucket>,
    /// Totals over the span, the denominator of the chart.
    pub issues: u32,
    pub articles: u32,
    pub events: u32,
    /// Issues without a date, which no bucket can hold.
    pub undated_issues: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Bucket {
    /// EDTF day, week (the interval of its days), month, year, decade (`197X`) or century (`19XX`).
    pub date: String,
    /// Issues held with a publication date in the bucket, whatever the clock.
    pub issues: u32,
    /// Of these, issues not wholly recognised.
    pub unrecognised: u32,
    /// Articles dated in the bucket by the chosen clock.
    pub articles: u32,
    /// Dated events in the bucket (always by event date).
    pub events: u32,
}

/// What is drawn over the counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum OverlaySubject {
    /// Articles for which a query holds.
    Search { query: String },
    /// Articles that name an entry, or one merged into it.
    Entity { id: EntityId },
    /// Articles that bear a reader's tag, whose issue or page does, or that name an entry that does.
    Tag { label: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct OverlayRequest {
    pub subject: OverlaySubject,
    #[serde(default)]
    pub by: Step,
    /// Only issues of this newspaper.
    #[serde(default)]
    pub newspaper: Option<NewspaperId>,
    /// Civil days, inclusive.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
}

/// An overlay, always by date of publication: its denominator is what was printed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OverlayView {
    /// The query, the entry's name, the tag.
    pub name: String,
    /// In order; buckets in which nothing is held are left out.
    pub buckets: Vec<OverlayBucket>,
    /// Totals over the span.
    pub found: u32,
    pub articles: u32,
    /// Articles found in issues without a date, which no bucket can hold.
    pub undated: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct OverlayBucket {
    /// As in [`Bucket`].
    pub date: String,
    /// Articles found, of `articles` in the issues held.
    pub found: u32,
    pub articles: u32,
}

/// A reader's tag, and on how many things it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TagRow {
    pub label: String,
    pub uses: u32,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct ChronicleRequest {
    #[serde(default)]
    pub newspaper: Option<NewspaperId>,
    /// Civil days, inclusive: events that may have happened between them.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
    /// Events that nobody confirmed too; each line says which it is.
    #[serde(default)]
    pub unconfirmed: bool,
    #[serde(default)]
    pub offset: u32,
    /// 0 for all.
    #[serde(default)]
    pub limit: u32,
}

/// A draft of a chronicle (大事记): what happened, in its order, each line with the place in the paper that says so.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Chronicle {
    pub lines: Vec<ChronicleLine>,
    /// Events of the span that a person confirmed, and those that nobody decided on. Rejected ones are in neither.
    pub confirmed: u32,
    pub unconfirmed: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ChronicleLine {
    /// EDTF.
    pub date: String,
    /// The sentence that says so, on one line.
    pub sentence: String,
    /// 《云溪报》2022年1月17日第1版
    pub citation: String,
    /// A person confirmed the event's entry, its mention in the sentence, or, where it has no entry, the date it is known by.
    pub confirmed: bool,
    pub entity: Option<EntityId>,
    pub name: String,
    /// The mention that a person would confirm or reject.
    pub mention: Option<MentionId>,
    pub article: ArticleId,
    pub issue: IssueId,
    /// Page numbers (版次) on which the sentence stands.
    pub pages: Vec<u32>,
    /// The sentence within the article's text, in characters.
    pub start: u32,
    pub end: u32,
}

/// A chronicle as a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ChronicleFormat {
    #[default]
    Text,
    Markdown,
}

/// What lies in a stretch of time: issues published and events that happened.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ReadingList {
    pub issues: Vec<IssueRow>,
    pub events: Vec<EventRow>,
    pub total_events: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct EventRow {
    pub entity: Option<EntityId>,
    pub name: String,
    /// EDTF.
    pub date: String,
    /// The sentence that says so.
    pub sentence: String,
    pub article: ArticleId,
    pub issue: IssueId,
    /// EDTF date of the issue.
    pub published: Option<String>,
    /// Days between event and publication.
    pub lag_days: Option<i32>,
    pub people: Vec<(EntityId, String)>,
}
