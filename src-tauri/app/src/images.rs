//! Pictures of pages: thumbnails and tiles, drawn by the worker from the originals.

use baoku_archive::{Archive, queries};
use baoku_model::view::{AppError, ErrorCode};
use baoku_model::{PageId, Rect};
use baoku_model::{Refusal, RefusalCode};
use baoku_worker::Pool;

/// Goes up when the same page would be drawn otherwise: part of every tag.
const RENDERER: u32 = 1;

/// Widest thumbnail in pixels.
const WIDEST: u32 = 2048;

/// Which picture of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PagePart {
    /// The whole page, this many pixels wide.
    Thumbnail { width: u32 },
    /// A tile of 512 pixels; level 0 holds the whole page in one.
    Tile { level: u32, x: u32, y: u32 },
    /// A part of the page in fractions of it, at most this many pixels wide: a line, a headline, an article.
    Strip { area: Rect, width: u32 },
}

/// The answer to a request for a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageImage {
    /// The caller's copy is still right.
    Unchanged {
        tag: String,
    },
    Jpeg {
        tag: String,
        bytes: Vec<u8>,
    },
}

pub struct Images {
    archive: Archive,
    pool: Pool,
}

impl Images {
    pub fn new(archive: Archive, pool: Pool) -> Self {
        Self { archive, pool }
    }

    pub fn get(&self, page: PageId, part: PagePart, known: Option<&str>) -> Result<PageImage, AppError> {
        let place = || format!("page {page}");
        let image = self
            .archive
            .read(|r| queries::page_image(r, page))?
            .filter(|image| image.has_image)
            .ok_or_else(|| AppError::new(ErrorCode::NotFound, "The page has no image.").at(place()))?;
        let name = match part {
            PagePart::Thumbnail { width } => format!("w{width}"),
            PagePart::Tile { level, x, y } => format!("{level}-{x}-{y}"),
            PagePart::Strip { area: Rect { x, y, w, h }, width } => format!("{x}-{y}-{w}-{h}-{width}"),
        };
        let cut = image.cut.map(|cut| format!("@{cut}")).unwrap_or_default();
        // The same bytes may be parted anew: the tag names the part.
        let tag = format!("\"{}-{}{cut}-{name}-{RENDERER}\"", &image.sha256[..16], image.index).replace(',', ".");
        if known.is_some_and(|known| known.split(',').any(|k| k.trim() == tag)) {
            return Ok(PageImage::Unchanged { tag });
        }
        let path = self.archive.originals().path(&image.sha256);
        let shown = image.place();
        let drawn = match part {
            PagePart::Thumbnail { width } => self.pool.thumbnail(&path, shown, width.clamp(16, WIDEST)),
            PagePart::Tile { level, x, y } => self.pool.tile(&path, shown, level, x, y),
            PagePart::Strip { area, width } => self.pool.strip(&path, shown, area, width.clamp(16, WIDEST)),
        };
        let bytes = drawn.map_err(|refusal| error_of(refusal).at(place()))?;
        Ok(PageImage::Jpeg { tag, bytes })
    }
}

fn error_of(refusal: Refusal) -> AppError {
    let code = match refusal.code {
        RefusalCode::DiskFull => ErrorCode::DiskFull,
        RefusalCode::Cancelled => ErrorCode::Cancelled,
        _ => ErrorCode::Refused,
    };
    AppError::new(code, refusal.detail)
}
