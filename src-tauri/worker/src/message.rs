//! What host and decode process say to each other.

use std::path::PathBuf;

use baoku_imaging::PageShape;
use baoku_model::{Inspection, Package, PagePlace, Rect, Refusal, SupplierPage, TextLayer};
use baoku_recognition::Options;
use serde::{Deserialize, Serialize};

/// First message to a new process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Start {
    pub limits: baoku_intake::Limits,
    /// Bytes of address space.
    pub memory: u64,
    /// Folders in which the models of the recogniser are looked for.
    pub models: Vec<PathBuf>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Request {
    /// With `part_folds`, frames that show two pages side by side are told as two pages.
    Inspect {
        path: PathBuf,
        part_folds: bool,
    },
    /// What the file says about itself.
    Clues {
        path: PathBuf,
    },
    ReadPage {
        path: PathBuf,
        place: PagePlace,
    },
    /// A page of a supplier's file with all that the file knows of it.
    SupplierPage {
        path: PathBuf,
        index: u32,
    },
    /// What a METS file or a batch names.
    Package {
        path: PathBuf,
    },
    Tile {
        path: PathBuf,
        place: PagePlace,
        level: u32,
        x: u32,
        y: u32,
    },
    Thumbnail {
        path: PathBuf,
        place: PagePlace,
        width: u32,
    },
    /// Part of a page: `area` in fractions of it, at most `width` pixels wide.
    Strip {
        path: PathBuf,
        place: PagePlace,
        area: Rect,
        width: u32,
    },
    /// Where the paper lies on a scan, and its fold.
    Shape {
        path: PathBuf,
        place: PagePlace,
    },
    /// The text of a page from its picture.
    Recognise {
        path: PathBuf,
        place: PagePlace,
        options: Options,
        threads: usize,
    },
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    Inspection(Inspection),
    SupplierPage(Box<SupplierPage>),
    Package(Box<Package>),
    /// JSON: clues carry tagged variants, which the compact encoding of messages can't.
    Clues(String),
    Layer(TextLayer),
    Jpeg(Vec<u8>),
    Shape(PageShape),
}

pub type Outcome = Result<Reply, Refusal>;

/// What a decode process says: where it is, as often as it likes, and then the answer.
#[derive(Debug, Serialize, Deserialize)]
pub enum Said {
    /// Share of the work that is done, 0 to 1.
    Progress(f32),
    Answer(Outcome),
}
