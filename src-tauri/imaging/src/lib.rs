//! Page images: rendering, tiles, thumbnails, within a pixel budget.
//!
//! A page is decoded or rendered once, at the level that was asked for; levels below it come from halving. Decoded
//! pages are kept in a [`Viewer`] of bounded size, so that the tiles of one page cost a decode only once.
#![deny(clippy::print_stdout)]

mod bitmap;
mod halved;
mod pdf;
mod scan;
mod shape;
mod viewer;

pub use bitmap::Bitmap;
pub use scan::{MOST_BYTES, check as check_scan};
pub use shape::{LOOKED_AT as SHAPE_LOOKED_AT, PageShape};
pub use viewer::Viewer;
