//! What a host calls: commands declared once, jobs, events, errors. Knows no window and no terminal.

pub mod commands;
mod csp;

pub use csp::CONTENT_SECURITY_POLICY;
