//! Cutting one line out of the page, upright and at the height the recogniser was trained on.

mod crop;
mod stack;

pub use crop::{LINE_HEIGHT, crop, strip, turned};
pub use stack::{Cell, stacked};
