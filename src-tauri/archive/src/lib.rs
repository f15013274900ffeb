//! The only crate that knows SQLite: schema, ops with persisted undo, queries, originals, checks.
//!
//! Two kinds of write and no others: what the machine reads ([`machine`]: one transaction a page or an issue, marked with its run)
//! and what a person does ([`Archive::act`]: one transaction an act, undoable after a restart). Reads go through
//! [`Archive::read`] and the functions of [`queries`].

mod backup;
mod check;
mod clock;
mod directory;
mod dump;
mod error;
mod jobs;
pub mod machine;
mod names;
mod open;
mod ops;
mod originals;
pub mod queries;
pub mod schema;
mod tables;

pub use clock::{Clock, StoppedClock};
pub use error::{ArchiveError, Result};
pub use jobs::{NewJob, ShownItem, StoredJob};
pub use machine::{
    Agent, ArticlesOutcome, Doubt, IssueContent, NewIssue, NewPage, PageSource, PlacedIssue, Recognised, WrittenPage,
};
pub use open::{Archive, OpenMode, Reader};
pub use ops::{Act, IssueRewrite, Remaining, Rereadings, Rewritten};
pub use originals::{OriginalStore, StoredOriginal};
