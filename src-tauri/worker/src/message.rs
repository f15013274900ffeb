//! What host and decode process say to each other.

use std::path::PathBuf;

use baoku_model::{Inspection, Refusal, SourceKind, TextLayer};
use serde::{Deserialize, Serialize};

/// First message to a new process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Start {
    pub limits: baoku_intake::Limits,
    /// Bytes of address space.
    pub memory: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Request {
    Inspect {
        path: PathBuf,
    },
    /// What the file says about itself.
    Clues {
        path: PathBuf,
    },
    ReadPage {
        path: PathBuf,
        kind: SourceKind,
        index: u32,
    },
    Tile {
        path: PathBuf,
        kind: SourceKind,
        index: u32,
        level: u32,
        x: u32,
        y: u32,
    },
    Thumbnail {
        path: PathBuf,
        kind: SourceKind,
        index: u32,
        width: u32,
    },
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    Inspection(Inspection),
    /// JSON: clues carry tagged variants, which the compact encoding of messages can't.
    Clues(String),
    Layer(TextLayer),
    Jpeg(Vec<u8>),
}

pub type Outcome = Result<Reply, Refusal>;
