//! METS packages and ALTO pages, as libraries and digitisation suppliers exchange them.
//!
//! [`alto`] reads the text of pages; [`package`] opens a METS file or a whole batch and follows what it names, never out of
//! its own folder.

pub mod alto;
mod folder;
mod issue;
mod mets;
pub mod package;
mod structure;
