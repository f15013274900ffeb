//! Where lines of text stand on a page: a probability for every pixel, then boxes around what is connected.

mod boxes;
mod probability;

pub use boxes::{Limits, TextBox, boxes};
pub use probability::{Map, Tile, Tiles, tiles};
