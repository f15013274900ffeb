//! What is found in an article: people, bodies, places, projects, events, dates, amounts, posts.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum EntityKind {
    Person,
    Organisation,
    Place,
    Project,
    Event,
    Date,
    Amount,
}

impl EntityKind {
    /// Kinds that have a page of their own; dates and amounts do not.
    pub const WITH_PAGE: [EntityKind; 5] = [Self::Person, Self::Organisation, Self::Place, Self::Project, Self::Event];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Project => "project",
            Self::Event => "event",
            Self::Date => "date",
            Self::Amount => "amount",
        }
    }

    pub fn parse(s: &str) -> Option<Self> {
        [Self::Person, Self::Organisation, Self::Place, Self::Project, Self::Event, Self::Date, Self::Amount]
            .into_iter()
            .find(|k| k.as_str() == s)
    }
}

/// Part of the day a date names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum DayPart {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

/// What a date or an amount means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum MentionValue {
    Date {
        /// EDTF; `None` where the year cannot be told (issue without a date).
        edtf: Option<String>,
        day_part: Option<DayPart>,
        /// How it was resolved, a stable code: `explicit`, `year_from_issue`, `year_before_issue`, `relative_to_issue`,
        /// `relative_to_dateline`, `year_from_context`, `republican_era`, `lunar`, `unresolved` …
        reason: String,
    },
    Amount {
        /// In the unit's base, e.g. 40_700_000_000 for 407亿元.
        value: f64,
        /// As printed after the multiplier: 元, 平方米, 项.
        unit: String,
        /// 余, 多, 约, 近, 超过 …
        approx: bool,
        /// What is measured (投资, 面积 …), where the sentence says it.
        measure: Option<String>,
        /// What it is about, as a surface in the same article.
        about: Option<String>,
    },
}

/// One place in an article's text that names something. Offsets are characters of the article's `text`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Mention {
    pub kind: EntityKind,
    pub start: u32,
    pub end: u32,
    pub surface: String,
    /// Canonical name: 区委 in a paper of 徐汇区 is 中共上海市徐汇区委员会.
    pub name: String,
    /// 0 to 1.
    pub confidence: f32,
    /// The kind or name that came second, e.g. 漕开发 as a place.
    pub runner_up: Option<(EntityKind, String)>,
    pub value: Option<MentionValue>,
    /// Rule that made it; names a rule of the agent's version.
    pub rule: String,
}

/// Where the organisation of a role comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum OrganisationSource {
    /// Printed with the post.
    Stated,
    /// Printed with an earlier post of the chain (区委副书记、区长).
    Inherited,
    /// Follows from the post and the newspaper's home (区长 → 区人民政府).
    Implied,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RoleStatus {
    #[default]
    Current,
    /// 原, 时任, 前.
    Former,
    /// 代.
    Acting,
    /// 兼.
    Concurrent,
    /// 拟任.
    Proposed,
    /// 当选.
    Elected,
    /// 任命.
    Appointed,
    /// 免去.
    Removed,
}

/// One statement that a person holds a post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RoleStatement {
    pub person: String,
    /// Offsets of the person's mention in the article's text, in characters.
    pub person_start: u32,
    pub person_end: u32,
    /// As printed without its organisation: 书记, 常务副区长, 部长.
    pub post: String,
    /// Canonical name.
    pub organisation: Option<String>,
    pub organisation_source: OrganisationSource,
    pub status: RoleStatus,
    /// The stretch that says so, offsets in characters: from the organisation or post to the name.
    pub quote_start: u32,
    pub quote_end: u32,
    pub confidence: f32,
}

/// All that is found in one article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Extraction {
    /// Sorted by start; core kinds do not overlap, events may contain others.
    pub mentions: Vec<Mention>,
    pub roles: Vec<RoleStatement>,
    /// EDTF date of the first dated happening.
    pub event_date: Option<String>,
    /// Announced short forms (以下简称): (short, full).
    pub abbreviations: Vec<(String, String)>,
}
