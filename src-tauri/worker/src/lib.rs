//! The process in which dropped files are decoded: framed messages, memory limit, warm pool, cancel by kill.
//!
//! A host starts its own executable again with the argument `worker` (see [`run_if_asked`]) and speaks to it through a
//! [`Pool`]. Whatever a hostile file does to that process, the host only ever sees a refusal, and the next request gets
//! a fresh process. Requests of a person looking at a page and those of an import run in different processes, so that
//! an import never delays a page.
#![deny(clippy::print_stdout)]

mod cancel;
mod child;
mod frame;
mod lane;
mod message;
mod pool;
mod process;

pub use baoku_imaging::PageShape;
pub use baoku_recognition::{Agent, EngineChoice, Options};
pub use cancel::Cancel;
pub use child::run_if_asked;
pub use pool::{Pool, WorkerLimits};
