//! What a dropped file turns out to be, and why one is refused.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The format of a dropped file, told from its bytes and never from its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SourceKind {
    Pdf,
    Text,
    Image,
    MetsAlto,
    PageXml,
    Hocr,
}

impl SourceKind {
    /// True for pages that another program has recognised.
    pub fn is_supplied(self) -> bool {
        matches!(self, Self::MetsAlto | Self::PageXml | Self::Hocr)
    }
}

/// What a first look at a file finds, before anything is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Inspection {
    pub kind: SourceKind,
    /// Encoding of a text file as the WHATWG names it, e.g. `GB18030`.
    pub encoding: Option<String>,
    pub pages: Vec<SourcePage>,
    /// Things a librarian should know that do not stop the import.
    pub warnings: Vec<String>,
}

/// One page inside a source file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SourcePage {
    /// Position in the file, counted from 0.
    pub index: u32,
    /// Label the file itself gives (PDF page labels).
    pub label: Option<String>,
    /// Width and height of the page frame: PDF points, or pixels of an image; 0 for text without a page image.
    pub width: f32,
    pub height: f32,
    /// True if the page can be shown as an image.
    pub has_image: bool,
    /// Size in pixels at which the page is shown at full zoom (an image's own, or a PDF page's from the pixel budget);
    /// 0 without an image. Tiles of 512 pixels count their levels from this size downwards.
    pub raster_width: u32,
    pub raster_height: u32,
}

/// Why a file or a page was not taken. The code is stable and translated in the frontend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RefusalCode {
    /// Zero bytes, or nothing but white space.
    Empty,
    /// Broken off or damaged.
    Damaged,
    /// Protected by a password.
    Encrypted,
    /// A page or image beyond the pixel budget.
    TooLarge,
    /// Not a format Baoku reads; says what it seems to be.
    Unsupported,
    /// The content is of another format than the name says and can't be read either way.
    NameContradictsContent,
    /// The operating system refused to read it.
    Unreadable,
    /// Text whose encoding could not be told.
    UnknownEncoding,
    /// The worker process took too much memory or time, or crashed on it.
    WorkerFailed,
    /// No room on the disk.
    DiskFull,
    /// Recognition is needed and no engine is there; the page is kept and waits.
    NotRecognised,
    /// Stopped by the user.
    Cancelled,
}

/// A refusal with its reason in words; `detail` is English and for the log, the code is what the reader sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{detail}")]
#[ts(export)]
pub struct Refusal {
    pub code: RefusalCode,
    pub detail: String,
}

impl Refusal {
    pub fn new(code: RefusalCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into() }
    }
}

/// Which fact about an issue a clue speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ClueField {
    Newspaper,
    /// EDTF date.
    Date,
    /// Running number of the issue (总期号).
    IssueNumber,
    /// Page number (版次).
    Page,
    /// Number of pages announced (今日8版).
    PagesAnnounced,
    /// Page name (版名), e.g. 要闻.
    PageName,
    /// Serial number of the title (CN, ISSN, 内部准印证号).
    SerialNumber,
    /// Publishing body as printed.
    Publisher,
}

/// Where a clue was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum ClueSource {
    FileName,
    FolderName,
    /// Masthead on page one: lines of the text layer.
    Masthead {
        line: u32,
    },
    /// Running header or footer of a page.
    PageHeader {
        line: u32,
    },
    /// Document information of the file.
    Metadata,
    /// Set by a person.
    Person,
    /// Body text, e.g. the year all dates agree on; never certain alone.
    Body {
        line: u32,
    },
}

/// One hint about which issue and page a source page is, with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Clue {
    pub field: ClueField,
    /// Normalised value: EDTF for dates, digits for numbers.
    pub value: String,
    /// As printed or written.
    pub printed: String,
    pub source: ClueSource,
    /// 0 to 1.
    pub confidence: f32,
}
