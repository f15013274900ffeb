//! Search that never lies: [`fold`] defines what an exact hit is, and every search is proven against it.

pub mod fold;
mod variants;

pub use self::fold::{FOLD_VERSION, Folded, fold};
