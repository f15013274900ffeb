//! Row ids as distinct types, so that a page id can never be passed where an article id is meant.
//! Ids are positive, never reused, and stay below 2^53 so that JavaScript can hold them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[ts(export)]
        pub struct $name(pub i64);
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    )*};
}

ids! {
    /// A newspaper title (报纸题名).
    NewspaperId,
    /// One issue (期) of a title.
    IssueId,
    /// One page (版) of an issue.
    PageId,
    /// An imported file, stored byte for byte under its SHA-256.
    SourceFileId,
    /// The text of one page as one recogniser read it; write-once.
    LayerId,
    /// An article and its parts.
    ArticleId,
    /// A region of a page: one block of an article, or of the page itself.
    BlockId,
    /// A person, organisation, place, project or event with a page of its own.
    EntityId,
    /// One place in an article that names an entity, date or amount.
    MentionId,
    /// One form of an entity's name.
    NameId,
    /// An entity's number in an authority file.
    AuthorityId,
    /// A note of a person.
    NoteId,
    /// What a person adds about an entity from elsewhere.
    StatementId,
    /// One run of an agent over some pages.
    RunId,
    /// One act of a person, undoable.
    OpId,
    /// Long work in the background.
    JobId,
    /// One file or issue within a job.
    JobItemId,
}
