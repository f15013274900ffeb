//! The timeline: counts by day, month or year over the holdings, issues and dated events.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::IssueRow;
use crate::{ArticleId, EntityId, IssueId, NewspaperId};

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
    #[default]
    Month,
    Year,
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
    /// Issues without a date, which no bucket can hold.
    pub undated_issues: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Bucket {
    /// EDTF day, month or year.
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
