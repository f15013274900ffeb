//! Which issue and page is it? Clues from names, mastheads and headers, each with its evidence, and what follows from
//! them together.

mod body;
mod calendar;
mod decide;
mod file_name;
mod masthead;
mod numerals;
mod page;
mod target;
mod title;

pub use body::from_body;
pub use decide::{Decision, Identity, decide};
pub use file_name::{NameReading, from_file_name, is_bare_figure, read_file_name};
pub use page::from_page;
pub use target::is_film_target;

use baoku_model::{Clue, ClueField, ClueSource};

fn clue(field: ClueField, value: impl Into<String>, printed: &str, source: &ClueSource, confidence: f32) -> Clue {
    Clue { field, value: value.into(), printed: printed.trim().to_owned(), source: source.clone(), confidence }
}
