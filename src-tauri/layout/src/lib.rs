//! A text layer becomes blocks, reading order, articles, headlines, bylines and jumps. Pure: reads no files.
//!
//! Two ways lead to a [`PageReading`]: `page` reads a layer whose lines have boxes, `dump` one that is nothing but
//! lines of text. Both recognise the same printed signs (`signs`) and repair text the same way (`text`). `issue` joins
//! the pages of an issue along their jumps.
//!
//! Invariant: every visible character of the layer stands in exactly one block of one article, or in one block of the
//! page's furniture.

mod dump;
pub mod edit;
mod issue;
mod page;
mod signs;
mod text;

pub use issue::{compose_issue, jump_links, with_supplied};

use baoku_model::{PageReading, TextLayer};

/// Reads one page. Works for any layer, also an empty one; what it doubts is kept as rivals and warnings. Lines of articles that
/// came with the text are left to [`with_supplied`].
pub fn read_page(layer: &TextLayer) -> PageReading {
    if layer.supplied.is_empty() { read_lines(layer) } else { issue::read_rest(layer, read_lines) }
}

fn read_lines(layer: &TextLayer) -> PageReading {
    if layer.has_boxes() { page::read(layer) } else { dump::read(layer) }
}
