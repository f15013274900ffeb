//! From the characters of lines to repaired text, without losing where each one stood.

mod draft;
mod flow;
mod title;
mod vocabulary;

pub(crate) use draft::DraftText;
pub(crate) use flow::{Flow, Source, blank_free, display};
pub(crate) use title::supplied_title;
pub(crate) use vocabulary::{Vocabulary, grams, shared_share};
