//! PP-OCRv6 small (PaddleOCR, Apache-2.0), run by `rten`: detection on a reduced page, then recognition of each line.

mod ctc;
mod engine;
mod models;
mod read;

pub use models::{ModelError, ModelFiles, PpOcr};
