//! Born-digital PDFs: characters with boxes, rules and pictures, read from the drawing operators themselves.

mod chains;
mod drawings;
mod fonts;
mod glyphs;
mod labels;
mod lines;
mod mojibake;
mod radicals;

use std::panic::{AssertUnwindSafe, catch_unwind};

use baoku_model::{
    Clue, ClueField, ClueSource, Inspection, Raster, Refusal, RefusalCode, SourceKind, SourcePage, TextLayer,
};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hayro_syntax::object::{Name, Stream};
use hayro_syntax::page::Rotation;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use kurbo::Rect;

use self::glyphs::Page;
use self::mojibake::Repair;
use crate::Limits;

/// Share of a line's characters that may be unknown before the line is left out.
const MOST_UNKNOWN: f32 = 0.3;

/// A PDF with its table of objects read; pages are read when asked for.
pub struct PdfSource {
    pdf: Pdf,
    settings: InterpreterSettings,
    max_pages: u32,
    max_characters: usize,
    broken_off: bool,
}

impl PdfSource {
    /// # Errors
    /// `Encrypted` for a file that wants a password, `Damaged` where no page can be found, `TooLarge` for more pages
    /// than the limit.
    pub fn open(bytes: Vec<u8>, limits: &Limits) -> Result<Self, Refusal> {
        let broken_off = !bytes[bytes.len().saturating_sub(2048)..].windows(5).any(|w| w == b"%%EOF");
        let pdf = guarded(|| Pdf::new(bytes))?.map_err(|error| refusal(error, broken_off))?;
        let pages = guarded(|| pdf.pages().len())?;
        if pages == 0 {
            let why =
                if broken_off { "the file is broken off and no page is left" } else { "no page can be found in it" };
            return Err(Refusal::new(RefusalCode::Damaged, why));
        }
        if pages > limits.max_pages as usize {
            let detail = format!("the file has {pages} pages; at most {} are read", limits.max_pages);
            return Err(Refusal::new(RefusalCode::TooLarge, detail));
        }
        let settings = fonts::settings(limits.cjk_font.as_deref());
        Ok(Self { pdf, settings, max_pages: limits.max_pages, max_characters: limits.max_characters, broken_off })
    }

    /// # Errors
    /// `TooLarge` if every page is beyond what can be shown; a single such page only gets a warning here and is
    /// refused when read.
    pub fn inspection(&self) -> Result<Inspection, Refusal> {
        guarded(|| {
            let mut warnings = Vec::new();
            if self.broken_off {
                warnings.push("the file is broken off; pages at its end may be missing or incomplete".to_owned());
            }
            let labels = labels::labels(&self.pdf, self.max_pages.min(self.pdf.pages().len() as u32));
            let mut pages = Vec::new();
            for (index, page) in self.pdf.pages().iter().enumerate() {
                let (width, height) = page.render_dimensions();
                let raster = Raster::of_scanned_pdf_page(width, height, &images_of(page));
                if raster.is_none() {
                    warnings.push(format!("page {}: {}", index + 1, too_large(width, height).detail));
                }
                pages.push(SourcePage {
                    index: index as u32,
                    label: labels.get(index).cloned().flatten(),
                    width,
                    height,
                    has_image: raster.is_some(),
                    raster_width: raster.map_or(0, |r| r.width),
                    raster_height: raster.map_or(0, |r| r.height),
                    cut: None,
                });
            }
            if let Some(page) = pages.first().filter(|_| pages.iter().all(|p| !p.has_image)) {
                return Err(too_large(page.width, page.height));
            }
            Ok(Inspection { kind: SourceKind::Pdf, encoding: None, pages, warnings })
        })?
    }

    /// # Errors
    /// `TooLarge` for a page beyond the format's own limit, `Damaged` for one that can't be read.
    pub fn read_page(&self, index: u32) -> Result<TextLayer, Refusal> {
        guarded(|| {
            let pages = self.pdf.pages();
            let page = pages.get(index as usize).ok_or_else(|| crate::no_such_page(index, pages.len()))?;
            let (width, height) = page.render_dimensions();
            if Raster::of_pdf_page(width, height).is_none() {
                return Err(too_large(width, height));
            }
            if self.broken_off && page.page_stream().is_none_or(<[u8]>::is_empty) {
                return Err(Refusal::new(
                    RefusalCode::Damaged,
                    "the file is broken off before the content of this page",
                ));
            }
            let codes = fonts::Fonts::of_page(page);
            let mut drawn = Page::new(width, height, self.max_characters, &codes);
            let cache = InterpreterCache::new();
            let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            let transform = page.initial_transform(true).to_kurbo();
            let mut context = Context::new(transform, frame, &cache, self.pdf.xref(), self.settings.clone());
            interpret_page(page, &mut context, &mut drawn);
            Ok(layer(drawn, width, height, self.max_characters))
        })?
    }

    /// What the document information says. Titles are often the name of the maker's file, hence the low confidence.
    pub fn clues(&self) -> Vec<Clue> {
        let Ok(title) = guarded(|| self.pdf.metadata().title.as_deref().map(labels::text)) else { return Vec::new() };
        let mut clues = crate::identity::from_file_name(&title.unwrap_or_default());
        for clue in &mut clues {
            clue.source = ClueSource::Metadata;
            clue.confidence *= if clue.field == ClueField::Page { 0.4 } else { 0.6 };
        }
        clues
    }
}

fn layer(mut drawn: Page<'_>, width: f32, height: f32, limit: usize) -> TextLayer {
    let mut warnings = Vec::new();
    if drawn.overflowed {
        warnings.push(format!("the page has more than {limit} characters; the rest was left out"));
    }
    radicals::settle_page(drawn.glyphs.iter_mut().map(|g| &mut g.ch));
    match mojibake::repair(&mut drawn.glyphs) {
        Repair::Sound => {}
        Repair::Decoded(count) => {
            warnings.push(format!("{count} characters were shown in a mislabelled encoding and have been decoded"));
        }
        Repair::GivenUp(count) => {
            warnings.push(format!("{count} glyphs have no readable encoding; the page needs recognition"));
        }
    }
    let unknown = drawn.glyphs.iter().filter(|g| g.unmapped).count();
    let chains = chains::chains(&drawn.glyphs);
    let mut lines = lines::lines(&drawn.glyphs, &chains, &drawn.fonts, width, height);
    if unknown > 0 {
        let before = lines.len();
        lines.retain(|line| {
            let (lost, all) = line.text.chars().fold((0, 0), |(lost, all), c| {
                (lost + usize::from(c == char::REPLACEMENT_CHARACTER), all + usize::from(!c.is_whitespace()))
            });
            lost as f32 <= MOST_UNKNOWN * all as f32
        });
        if lines.len() < before {
            let left_out = before - lines.len();
            warnings.push(format!("{left_out} lines do not say which characters they are and need recognition"));
        }
    }
    let (rules, pictures) = (drawn.drawings.rules(), drawn.drawings.pictures());
    TextLayer { width, height, lines, rules, pictures, warnings, ..TextLayer::default() }
}

/// Pixel sizes of the images a page may draw, upright; none is decoded.
fn images_of(page: &hayro_syntax::page::Page<'_>) -> Vec<(u32, u32)> {
    let turned = matches!(page.rotation(), Rotation::Horizontal | Rotation::FlippedHorizontal);
    let objects = &page.resources().x_objects;
    let size = |name: Name<'_>| {
        let image = objects.get::<Stream<'_>>(name)?;
        let (width, height) = (image.dict().get::<u32>(b"Width")?, image.dict().get::<u32>(b"Height")?);
        Some(if turned { (height, width) } else { (width, height) })
    };
    objects.keys().filter_map(size).collect()
}

/// Runs the PDF library, whose rare panic on a malformed file must not end more than this file.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| Refusal::new(RefusalCode::Damaged, "the file is malformed in a way that can't be read"))
}

fn refusal(error: LoadPdfError, broken_off: bool) -> Refusal {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Refusal::new(RefusalCode::Encrypted, "the file is protected by a password")
        }
        LoadPdfError::Decryption(_) => {
            Refusal::new(RefusalCode::Encrypted, "the file is encrypted in a way that can't be read")
        }
        LoadPdfError::Invalid if broken_off => {
            Refusal::new(RefusalCode::Damaged, "the file is broken off and no page is left")
        }
        LoadPdfError::Invalid => Refusal::new(RefusalCode::Damaged, "the file is not a readable PDF"),
    }
}

fn too_large(width: f32, height: f32) -> Refusal {
    let detail = format!(
        "the page measures {width:.0} x {height:.0} points; at most {:.0} a side are read",
        baoku_model::raster::MAX_PAGE_POINTS
    );
    Refusal::new(RefusalCode::TooLarge, detail)
}
