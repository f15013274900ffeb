//! What an exact hit is. Search is proven against it, names are compared by it, and find in an issue uses it too. Pure.

mod fold;
mod variants;

pub use fold::{FOLD_VERSION, Folded, as_printed, fold};
