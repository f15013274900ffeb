//! What leaves the archive for other programs and for the reader's own notes.
//!
//! Chronicles ([`chronicle`]) and citations: a [`Reference`] says what is cited, in the nouns of the archive; [`cite`] writes it in one of the
//! [`CitationStyle`]s. Everything is a function of what is passed in. Why there is a formatter of our own and no CSL processor
//! stands in docs/adr/0006-citations.md.

mod author;
mod bibtex;
pub mod chronicle;
mod csl_json;
mod gazetteer;
mod gb_t_7714;
mod published;
mod quoted;
mod reference;
mod ris;

pub use author::Author;
pub use published::Published;
pub use quoted::{Quoted, QuotedFrom};
pub use reference::{Reference, Title};

use baoku_model::view::{CitationStyle, CitationView};

/// Writes a reference in a style.
pub fn cite(reference: &Reference, style: CitationStyle) -> CitationView {
    let (text, extension) = match style {
        CitationStyle::GbT7714Of2025 => (gb_t_7714::of_2025(reference), None),
        CitationStyle::GbT7714Of2015 => (gb_t_7714::of_2015(reference), None),
        CitationStyle::Gazetteer => (gazetteer::note(reference), None),
        CitationStyle::BibTex => (bibtex::entry(reference), Some("bib")),
        CitationStyle::Ris => (ris::record(reference), Some("ris")),
        CitationStyle::CslJson => (csl_json::items(reference), Some("json")),
    };
    let file_name = extension.map(|extension| format!("{}.{extension}", reference.key()));
    CitationView { style, text, file_name }
}

/// A text on one line: line breaks of a headline or a paragraph become blanks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
