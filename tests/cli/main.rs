//! The real program on temporary folders.

#[path = "../support/mod.rs"]
mod support;

mod bad_input;
mod faults;
mod import;
mod recognition;
mod resume;
mod serving;
