//! Authority control (规范控制): what a person decides about names and about who is who.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DecisionStatus, EntityRow, NameType};
use crate::{AuthorityId, EntityId, EntityKind, MentionId, NameId, NoteId, StatementId};

/// A person's word on a mention or on an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Verdict {
    Confirm,
    Reject,
}

/// Where mentions are moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, optional_fields = nullable)]
pub enum Destination {
    Entity {
        id: EntityId,
    },
    /// A new entry: this is how one is split. It may bear the name of the old one.
    New {
        entity_kind: EntityKind,
        name: String,
        /// What tells it from others of its name, e.g. 漕河泾街道教师.
        #[serde(default)]
        scope_note: Option<String>,
    },
}

/// A form of a name as a person gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct NameFields {
    pub form: String,
    #[serde(rename = "type")]
    pub name_type: NameType,
    /// Home district within which the form means it, e.g. 上海市徐汇区; empty or absent everywhere.
    #[serde(default)]
    pub scope: Option<String>,
    /// EDTF; before and after, the form means something else.
    #[serde(default)]
    pub valid_from: Option<String>,
    #[serde(default)]
    pub valid_to: Option<String>,
}

/// How well an entry of an authority file fits (SKOS).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum MatchGrade {
    #[default]
    Exact,
    Close,
    Broad,
}

/// One change to an entry by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "edit", rename_all = "snake_case")]
#[ts(export, optional_fields = nullable)]
pub enum EntityEdit {
    /// A new canonical name; the old one stays as a form of it.
    Rename {
        name: String,
    },
    /// What tells it from others of its name, and its years. An empty text takes a value away.
    Describe {
        #[serde(default)]
        scope_note: Option<String>,
        /// EDTF.
        #[serde(default)]
        born: Option<String>,
        #[serde(default)]
        died: Option<String>,
    },
    AddName {
        name: NameFields,
    },
    SetName {
        id: NameId,
        name: NameFields,
    },
    /// Only a form that no mention bears: those are moved or rejected first.
    RemoveName {
        id: NameId,
    },
    AddAuthority {
        /// `wikidata`, `viaf`, `nlc`, `uscc`, `local` or another.
        scheme: String,
        value: String,
        #[serde(default)]
        grade: MatchGrade,
    },
    RemoveAuthority {
        id: AuthorityId,
    },
    AddTag {
        label: String,
    },
    RemoveTag {
        label: String,
    },
    AddNote {
        text: String,
    },
    SetNote {
        id: NoteId,
        text: String,
    },
    RemoveNote {
        id: NoteId,
    },
    /// A fact from elsewhere, with its source; shown apart from what the paper says.
    AddStatement {
        text: String,
        /// EDTF.
        #[serde(default)]
        date: Option<String>,
        source: String,
    },
    RemoveStatement {
        id: StatementId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AuthorityView {
    pub id: AuthorityId,
    pub scheme: String,
    pub value: String,
    pub grade: MatchGrade,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NoteView {
    pub id: NoteId,
    pub text: String,
    /// UTC, RFC 3339.
    pub at: String,
    pub operator: String,
}

/// What a person added from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct StatementView {
    pub id: StatementId,
    pub text: String,
    /// EDTF.
    pub date: Option<String>,
    pub source: String,
    pub operator: String,
    pub at: String,
}

/// An entry that was merged into the one shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MergedView {
    pub id: EntityId,
    pub name: String,
    /// Its own mentions, which an unmerge takes along.
    pub mentions: u32,
    pub operator: String,
    pub at: String,
}

/// What a person decided about an entry; newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct DecisionLine {
    /// `confirm`, `reject`, `move`, `merge`, `unmerge`, `distinct`, `not_distinct`.
    pub verb: String,
    pub surface: String,
    pub other: Option<String>,
    /// Mentions decided on in the same act.
    pub mentions: u32,
    pub operator: String,
    pub at: String,
}

/// All that persons said about an entry; the rest of its page is what the paper says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AuthorityRecord {
    pub scope_note: Option<String>,
    /// EDTF.
    pub born: Option<String>,
    pub died: Option<String>,
    pub ids: Vec<AuthorityView>,
    pub tags: Vec<String>,
    pub notes: Vec<NoteView>,
    pub statements: Vec<StatementView>,
    pub merged: Vec<MergedView>,
    /// Entries that it was said not to be.
    pub distinct: Vec<EntityRow>,
    pub decisions: Vec<DecisionLine>,
}

/// What a merge would change, before it is done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MergePreview {
    /// The one that stays, as it is.
    pub into: MergeSide,
    /// Those that go into it.
    pub from: Vec<MergeSide>,
    /// Articles that name more than one of them: hardly the same, if they are people.
    pub shared_articles: u32,
    /// Posts that both hold.
    pub shared_posts: Vec<String>,
    /// Days between the nearest mentions of any two; `null` where dates are not known.
    pub gap_days: Option<u32>,
    /// Why it would be refused, if so: `same`, `other_kind`, `distinct`, `rejected`.
    pub refusal: Option<String>,
    pub mentions_after: u32,
    pub articles_after: u32,
}

/// One side of a merge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct MergeSide {
    pub entity: EntityRow,
    pub status: DecisionStatus,
    pub scope_note: Option<String>,
    pub born: Option<String>,
    pub died: Option<String>,
    pub names: Vec<String>,
    pub ids: Vec<String>,
    /// Posts with their span: 徐汇区委书记 2019/2022.
    pub posts: Vec<String>,
    /// Most frequent company.
    pub together: Vec<String>,
    pub confirmed: u32,
    pub notes: u32,
    pub statements: u32,
    /// One sentence of the paper with its date.
    pub sentence: Option<(String, String)>,
}

/// Why entries may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ClusterReason {
    /// The same characters.
    SameName,
    /// One is written with variant or Traditional characters of the other.
    Variant,
    /// They sound alike.
    Pinyin,
    /// The characters of one stand in the other, in order.
    Abbreviation,
    /// They differ in one character that recognisers take for another.
    Ocr,
}

/// Entries that may be one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Cluster {
    pub reason: ClusterReason,
    pub kind: EntityKind,
    /// What they share: the sound, the folded name.
    pub key: String,
    /// The most mentioned first.
    pub entities: Vec<EntityRow>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ClusterList {
    pub total: u32,
    pub clusters: Vec<Cluster>,
}

/// A mention that names one of several of its name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Unplaced {
    pub mention: MentionId,
    pub kind: EntityKind,
    pub name: String,
    pub before: String,
    pub surface: String,
    pub after: String,
    pub article: crate::ArticleId,
    pub issue: crate::IssueId,
    pub newspaper_title: String,
    /// EDTF.
    pub published: Option<String>,
    pub candidates: Vec<EntityRow>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct UnplacedList {
    pub total: u32,
    pub rows: Vec<Unplaced>,
}

/// One proposal while a name is typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Suggestion {
    pub entity: EntityId,
    pub kind: EntityKind,
    /// Canonical name.
    pub name: String,
    /// The form that fits what was typed, where it is another.
    pub form: Option<String>,
    pub mentions: u32,
}

/// One entry of an authority file, for import and export.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct AuthorityEntry {
    /// 16-byte uid in hexadecimal; found again by it on import.
    #[serde(default)]
    pub uid: Option<String>,
    pub kind: Option<EntityKind>,
    pub name: String,
    #[serde(default)]
    pub names: Vec<NameFields>,
    /// Scheme, value, grade.
    #[serde(default)]
    pub ids: Vec<(String, String, MatchGrade)>,
    #[serde(default)]
    pub scope_note: Option<String>,
    #[serde(default)]
    pub born: Option<String>,
    #[serde(default)]
    pub died: Option<String>,
}

/// What an authority file did, or would do.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct AuthorityImport {
    pub entries: u32,
    pub added: u32,
    pub enriched: u32,
    pub unchanged: u32,
    /// Entries that fit more than one here, and were left out: their names.
    pub ambiguous: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum AuthorityFormat {
    Csv,
    JsonLd,
}
