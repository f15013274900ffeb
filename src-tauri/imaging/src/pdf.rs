//! Pages of a PDF, rendered at the size asked for.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use baoku_model::{Raster, Refusal, RefusalCode};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Name, Stream};
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::Bitmap;

/// A parsed PDF of which any page can be drawn.
pub struct PdfFile {
    pdf: Pdf,
    settings: InterpreterSettings,
}

pub struct PdfPage {
    file: Arc<PdfFile>,
    index: usize,
    raster: Raster,
}

impl PdfFile {
    /// `cjk_font` draws Chinese text whose font is not embedded.
    pub fn open(bytes: Vec<u8>, cjk_font: Option<&Path>) -> Result<Self, Refusal> {
        let pdf = guarded(|| Pdf::new(bytes))?.map_err(|_| damaged())?;
        let font: Option<FontData> =
            cjk_font.and_then(|path| std::fs::read(path).ok()).map(|bytes| Arc::new(bytes) as FontData);
        let settings = InterpreterSettings {
            font_resolver: Arc::new(move |query| match query {
                FontQuery::Standard(standard) => Some(standard.get_font_data()),
                FontQuery::Fallback(wanted) => match &font {
                    Some(font) if wanted.character_collection.is_some() => Some((font.clone(), 0)),
                    _ => Some(wanted.pick_standard_font().get_font_data()),
                },
            }),
            ..InterpreterSettings::default()
        };
        Ok(Self { pdf, settings })
    }
}

impl PdfPage {
    pub fn new(file: Arc<PdfFile>, index: u32) -> Result<Self, Refusal> {
        let index = index as usize;
        let about = guarded(|| file.pdf.pages().get(index).map(|page| (page.render_dimensions(), images_of(page))))?;
        let ((width, height), images) = about.ok_or_else(damaged)?;
        let raster = Raster::of_scanned_pdf_page(width, height, &images).ok_or_else(|| {
            Refusal::new(RefusalCode::TooLarge, format!("the page measures {width:.0} x {height:.0} points"))
        })?;
        Ok(Self { file, index, raster })
    }

    pub fn raster(&self) -> Raster {
        self.raster
    }

    /// The page at `size`, which is the size of one of its levels.
    pub fn draw(&self, size: Raster) -> Result<Bitmap, Refusal> {
        guarded(|| {
            let page = self.file.pdf.pages().get(self.index).ok_or_else(damaged)?;
            let (width, height) = page.render_dimensions();
            // The renderer cuts sizes down to whole pixels: a hair more keeps them from falling one short.
            let scale = |pixels: u32, points: f32| (pixels as f32 + 0.01) / points;
            let target = PixmapSettings {
                x_scale: scale(size.width, width),
                y_scale: scale(size.height, height),
                bg_color: WHITE,
            };
            let cache = RenderCache::new();
            let pixmap = render(page, &cache, &self.file.settings, &RenderSettings::default(), &target);
            let drawn = Raster { width: u32::from(pixmap.width()), height: u32::from(pixmap.height()) };
            let bitmap = Bitmap::from_rgba(drawn, pixmap.data_as_u8_slice().to_vec(), true);
            if drawn == size { Ok(bitmap) } else { bitmap.resized(size) }
        })?
    }
}

/// Pixel sizes of the images a page may draw, upright; none is decoded.
fn images_of(page: &Page<'_>) -> Vec<(u32, u32)> {
    let turned = matches!(page.rotation(), Rotation::Horizontal | Rotation::FlippedHorizontal);
    let objects = &page.resources().x_objects;
    let size = |name: Name<'_>| {
        let image = objects.get::<Stream<'_>>(name)?;
        let (width, height) = (image.dict().get::<u32>(b"Width")?, image.dict().get::<u32>(b"Height")?);
        Some(if turned { (height, width) } else { (width, height) })
    };
    objects.keys().filter_map(size).collect()
}

/// The renderer panics on rare malformed files; that must not end more than this page.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| damaged())
}

fn damaged() -> Refusal {
    Refusal::new(RefusalCode::Damaged, "the page can't be drawn")
}
