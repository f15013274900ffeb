//! What the three formats of recognised pages have in common: pages of lines with boxes, from another program.

pub mod line;

use baoku_model::{Inspection, Refusal, SourceKind, SourcePage, SupplierPage, TextLayer};

/// A supplier's file of one or more recognised pages.
pub struct SupplierSource {
    kind: SourceKind,
    pages: Vec<SupplierPage>,
    warnings: Vec<String>,
}

impl SupplierSource {
    pub(crate) fn new(kind: SourceKind, pages: Vec<SupplierPage>, warnings: Vec<String>) -> Self {
        Self { kind, pages, warnings }
    }

    pub fn kind(&self) -> SourceKind {
        self.kind
    }

    pub fn inspection(&self) -> Inspection {
        let page = |(index, page): (usize, &SupplierPage)| SourcePage {
            index: index as u32,
            label: page.number.clone(),
            width: page.layer.width,
            height: page.layer.height,
            has_image: false,
            raster_width: 0,
            raster_height: 0,
            cut: None,
        };
        Inspection {
            kind: self.kind,
            encoding: None,
            pages: self.pages.iter().enumerate().map(page).collect(),
            warnings: self.warnings.clone(),
        }
    }

    /// The page with all that its file knows of it.
    pub fn page(&self, index: u32) -> Result<&SupplierPage, Refusal> {
        self.pages.get(index as usize).ok_or_else(|| crate::no_such_page(index, self.pages.len()))
    }

    pub fn read_page(&self, index: u32) -> Result<TextLayer, Refusal> {
        self.page(index).map(|page| page.layer.clone())
    }
}

/// Splits a program's name from the version behind it: `tesseract 5.3.0`, `ocrd-calamari v1.0.1`.
pub fn name_and_version(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    if let Some((name, version)) = text.rsplit_once([' ', '/']) {
        let bare = version.trim_start_matches(['v', 'V']);
        if bare.starts_with(|c: char| c.is_ascii_digit()) && !name.trim().is_empty() {
            return (name.trim().to_owned(), Some(bare.to_owned()));
        }
    }
    (text.to_owned(), None)
}
