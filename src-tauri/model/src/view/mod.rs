//! What crosses the boundary to a window, a terminal or a browser: one file per page of the interface. Plain data; every type is
//! exported to TypeScript. Offsets count characters (only `ui/src/api` turns them into UTF-16).

pub mod article;
pub mod catalogue;
pub mod citation;
pub mod editing;
pub mod entity;
pub mod error;
pub mod finding;
pub mod identity;
pub mod import;
pub mod issue;
pub mod plan;
pub mod recognition;
pub mod rehearsal;
pub mod search;
pub mod status;
pub mod timeline;

pub use article::*;
pub use catalogue::*;
pub use citation::*;
pub use editing::*;
pub use entity::*;
pub use error::*;
pub use finding::*;
pub use identity::*;
pub use import::*;
pub use issue::*;
pub use plan::*;
pub use recognition::*;
pub use rehearsal::*;
pub use search::*;
pub use status::*;
pub use timeline::*;
