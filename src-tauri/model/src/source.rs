//! What a dropped file turns out to be, and why one is refused.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Cut, PagePlace, PixelRegion, Raster};

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
    /// Where the picture stands in the file, if that is another place than `index` or only part of a frame: one of two pages
    /// that one scan shows. Widths and heights are those of the part.
    #[serde(default)]
    pub cut: Option<Cut>,
}

impl SourcePage {
    /// How the page is named to the programs that decode its file.
    pub fn place(&self, kind: SourceKind) -> PagePlace {
        PagePlace::of(kind, self.index, self.cut)
    }

    /// Position of its picture in the file, counted from 0.
    pub fn frame(&self) -> u32 {
        self.cut.map_or(self.index, |cut| cut.frame)
    }

    /// True for one of two pages that a frame shows.
    pub fn is_half(&self) -> bool {
        self.cut.is_some_and(|cut| cut.region.is_some())
    }

    /// True for a whole frame so wide that it may show two pages side by side.
    pub fn is_wide(&self) -> bool {
        self.has_image && !self.is_half() && self.width >= SPREAD * self.height
    }

    /// The two pages of a frame that is parted at `fold`, a fraction of its width: the left one with this page's index, the
    /// right one with `other`. `None` for a page without a picture, or a fold at its edge.
    pub fn parted(&self, fold: f32, other: u32) -> Option<[SourcePage; 2]> {
        let raster = Raster { width: self.raster_width, height: self.raster_height };
        let [left, right] = PixelRegion::halves(raster, fold).filter(|_| self.has_image && !self.is_half())?;
        Some([self.part(self.index, Some(left)), self.part(other, Some(right))])
    }

    /// The page numbered `index` that is a part of this whole frame, or all of it.
    pub fn part(&self, index: u32, region: Option<PixelRegion>) -> SourcePage {
        let frame = self.frame();
        let cut = (region.is_some() || index != frame).then_some(Cut { frame, region });
        let size = region.map_or(Raster { width: self.raster_width, height: self.raster_height }, |r| r.size());
        let share = |part: u32, whole: u32| part as f32 / whole.max(1) as f32;
        SourcePage {
            index,
            width: self.width * share(size.width, self.raster_width),
            height: self.height * share(size.height, self.raster_height),
            raster_width: size.width,
            raster_height: size.height,
            cut,
            ..self.clone()
        }
    }

    /// The whole frame of which this page and `other` are the halves; it keeps the lower index. `None` if they are not.
    pub fn joined(&self, other: &SourcePage) -> Option<SourcePage> {
        let regions = self.cut?.region.zip(other.cut?.region);
        let (mine, theirs) = regions.filter(|_| self.frame() == other.frame() && self.index != other.index)?;
        let index = self.index.min(other.index);
        let cut = (index != self.frame()).then(|| Cut { frame: self.frame(), region: None });
        let raster_width = mine.width + theirs.width;
        Some(SourcePage { index, width: self.width + other.width, raster_width, cut, ..self.clone() })
    }
}

/// A scan that is at least so much wider than high may show two pages; one page is hardly ever wider than high.
pub const SPREAD: f32 = 1.15;

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
