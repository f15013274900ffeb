//! A dropped file becomes pages with text: detection, encodings, PDF text with boxes, clues to which issue it is. No database.
//!
//! The format is told from the bytes ([`detect`]); each source kind has a folder that knows how many pages there are
//! and reads one page at a time. Nothing here panics on a bad file: what can't be read is a [`Refusal`].
#![deny(clippy::print_stdout)]

pub mod detect;
mod file;
pub mod grouping;
pub mod hocr;
pub mod identity;
pub mod image;
mod limits;
pub mod mets_alto;
pub mod page_xml;
pub mod pdf;
pub mod supplier;
pub mod text;
mod xml;

use std::path::Path;

use baoku_model::{Clue, Inspection, Refusal, RefusalCode, SourceKind, SupplierPage, TextLayer};

use crate::detect::{Format, Markup};
pub use crate::limits::Limits;

/// A file that has been looked at once and can give its pages one after the other without being read again.
pub enum Source {
    Pdf(pdf::PdfSource),
    Text(text::TextSource),
    Image(image::ImageSource),
    /// Recognised pages of another program: ALTO, PAGE XML or hOCR.
    Supplier(supplier::SupplierSource),
    /// A METS file or a batch of them: it has no pages itself and names the files that have ([`mets_alto::package::open`]).
    Package,
}

impl Source {
    /// Reads the file and tells its format from its bytes.
    ///
    /// # Errors
    /// `Unreadable`, `TooLarge` and `Empty` for the file itself, `Unsupported` or `NameContradictsContent` for a format
    /// that is not read, and what the reader of the format says about it (`Damaged`, `Encrypted`, `UnknownEncoding`).
    pub fn open(path: &Path, limits: &Limits) -> Result<Source, Refusal> {
        if let Some((file, format)) = file::scan(path)? {
            return Ok(Source::Image(image::ImageSource::open(file, format)?));
        }
        Source::from_bytes(file::read(path, limits)?, &file::name(path), limits)
    }

    /// As [`Source::open`], for a file that has been read already.
    ///
    /// # Errors
    /// As [`Source::open`], but for what the operating system says.
    pub fn from_bytes(bytes: Vec<u8>, name: &str, limits: &Limits) -> Result<Source, Refusal> {
        match detect::format(&bytes, name)? {
            Format::Pdf => Ok(Source::Pdf(pdf::PdfSource::open(bytes, limits)?)),
            Format::Text => Ok(Source::Text(text::TextSource::open(&bytes)?)),
            Format::Image(format) => Ok(Source::Image(image::ImageSource::open(std::io::Cursor::new(&bytes), format)?)),
            Format::Markup(Markup::Mets | Markup::Batch) => Ok(Source::Package),
            Format::Markup(markup) => {
                let text = xml_text(&bytes)?;
                let open = match markup {
                    Markup::PageXml => page_xml::open,
                    Markup::Hocr => hocr::open,
                    _ => mets_alto::alto::open,
                };
                Ok(Source::Supplier(open(&text, limits)?))
            }
        }
    }

    pub fn kind(&self) -> SourceKind {
        match self {
            Source::Pdf(_) => SourceKind::Pdf,
            Source::Text(_) => SourceKind::Text,
            Source::Image(_) => SourceKind::Image,
            Source::Supplier(supplier) => supplier.kind(),
            Source::Package => SourceKind::MetsAlto,
        }
    }

    /// What pages there are. Cheap: no page is read.
    pub fn inspection(&self) -> Result<Inspection, Refusal> {
        match self {
            Source::Pdf(pdf) => pdf.inspection(),
            Source::Text(text) => Ok(text.inspection()),
            Source::Image(image) => Ok(image.inspection()),
            Source::Supplier(supplier) => Ok(supplier.inspection()),
            Source::Package => {
                Ok(Inspection { kind: SourceKind::MetsAlto, encoding: None, pages: Vec::new(), warnings: Vec::new() })
            }
        }
    }

    /// The text of the page at `index`, counted from 0.
    pub fn read_page(&self, index: u32) -> Result<TextLayer, Refusal> {
        match self {
            Source::Pdf(pdf) => pdf.read_page(index),
            Source::Text(text) => text.read_page(index),
            Source::Image(image) => image.read_page(index),
            Source::Supplier(supplier) => supplier.read_page(index),
            Source::Package => Err(no_such_page(index, 0)),
        }
    }

    /// What the file says about itself: title and the like of a PDF.
    pub fn clues(&self) -> Vec<Clue> {
        match self {
            Source::Pdf(pdf) => pdf.clues(),
            Source::Text(_) | Source::Image(_) | Source::Supplier(_) | Source::Package => Vec::new(),
        }
    }

    /// The page at `index` of a supplier's file with what the file knows of it beside its text: programs, image, blocks.
    ///
    /// # Errors
    /// `Unsupported` for a file that no supplier made.
    pub fn supplier_page(&self, index: u32) -> Result<SupplierPage, Refusal> {
        match self {
            Source::Supplier(supplier) => supplier.page(index).cloned(),
            _ => Err(Refusal::new(RefusalCode::Unsupported, "the file holds no recognised pages")),
        }
    }
}

/// The text of a markup file, within the bound for such files.
fn xml_text(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, Refusal> {
    if bytes.len() > xml::MOST_BYTES {
        let detail =
            format!("the file has {} MiB; at most {} MiB of XML are read", bytes.len() >> 20, xml::MOST_BYTES >> 20);
        return Err(Refusal::new(RefusalCode::TooLarge, detail));
    }
    Ok(xml::decode(bytes))
}

/// A first look at a file: format, encoding, pages, warnings.
pub fn inspect(path: &Path, limits: &Limits) -> Result<Inspection, Refusal> {
    let mut inspection = Source::open(path, limits)?.inspection()?;
    inspection.warnings.extend(name_warning(inspection.kind, path));
    Ok(inspection)
}

/// Complains about a file whose name promises another kind than it is, e.g. a scan named `.pdf`.
pub fn name_warning(kind: SourceKind, path: &Path) -> Option<String> {
    detect::name_warning(kind, &file::name(path))
}

/// The text of one page. `kind` is what [`inspect`] found; a file that has changed since is refused as damaged.
pub fn read_page(path: &Path, kind: SourceKind, index: u32, limits: &Limits) -> Result<TextLayer, Refusal> {
    let source = Source::open(path, limits)?;
    if source.kind() != kind {
        return Err(Refusal::new(RefusalCode::Damaged, "the file has changed since it was first looked at"));
    }
    source.read_page(index)
}

/// True for a page that has a frame but (next to) no text of its own: text drawn as outlines, or a scan on which a
/// program has stamped its name or a page header.
pub fn needs_recognition(layer: &TextLayer) -> bool {
    /// A page with fewer characters says nothing.
    const FEWEST: usize = 8;
    /// A scan with fewer characters has not been recognised.
    const STAMPED: usize = 120;
    /// A picture that covers this much of the page is the page.
    const COVERS: f32 = 0.6;
    if layer.width <= 0.0 || layer.height <= 0.0 {
        return false;
    }
    let is_scan = layer.pictures.iter().any(|picture| picture.area() > COVERS);
    let enough = if is_scan { STAMPED } else { FEWEST };
    layer.lines.iter().flat_map(|l| l.text.chars()).filter(|c| !c.is_whitespace()).take(enough).count() < enough
}

fn no_such_page(index: u32, count: usize) -> Refusal {
    Refusal::new(RefusalCode::Damaged, format!("there is no page {}: the file has {count}", u64::from(index) + 1))
}
