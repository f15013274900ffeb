//! Search that never lies: [`fold`] defines what an exact hit is, and every search is proven against it.
//!
//! SQLite is the truth. Beside it, in `cache/`, stands an index that may be deleted, torn or exchanged at any time: it is believed
//! only if the archive knows the pair of numbers in its last commit, and is built anew otherwise. Above it, in memory, stands what
//! changed since. Every answer is of the moment at which it is asked.

mod answer;
mod base;
mod bits;
mod columns;
mod engine;
mod error;
mod export;
mod facets;
mod folded_article;
mod gather;
mod leaf;
mod lists;
mod names;
mod node;
mod overlay;
mod part;
pub mod query;
mod state;
mod tokens;

pub use baoku_fold::{FOLD_VERSION, Folded, fold};
pub use engine::{Limits, Search};
pub use error::{Result, SearchError};
pub use part::Cancel;
