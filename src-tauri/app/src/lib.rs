//! What a host calls: commands declared once, jobs, events, errors. Knows no window and no terminal.

mod app;
mod authority;
mod chronicling;
mod citing;
mod clock;
pub mod commands;
mod core;
mod csp;
mod editing;
mod errors;
mod events;
mod images;
mod jobs;
mod overlaying;
mod places;
mod reading;
mod searching;
mod uploads;

pub use baoku_archive::Clock;
pub use baoku_model as model;
pub use baoku_worker::run_if_asked as worker_if_asked;

pub use app::{App, Opening};
pub use clock::system_clock;
pub use core::Core;
pub use csp::CONTENT_SECURITY_POLICY;
pub use errors::io_error;
pub use images::{PageImage, PagePart};
pub use places::default_archive;
