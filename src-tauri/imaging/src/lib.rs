//! Page images: rendering, tiles, thumbnails, within a pixel budget.
//!
//! A page is decoded or rendered once, at the level that was asked for; levels below it come from halving. Decoded
//! pages are kept in a [`Viewer`] of bounded size, so that the tiles of one page cost a decode only once.
#![deny(clippy::print_stdout)]

mod bitmap;
mod pdf;
mod scan;
mod viewer;

use baoku_model::{Raster, SourceKind};

pub use bitmap::Bitmap;
pub use viewer::Viewer;

/// Size in pixels at which a page is shown at full zoom: a scan's own, a PDF page's from the pixel budget. `width` and
/// `height` are pixels of a scan or points of a PDF page, upright. `None` where there is nothing to show.
pub fn page_size(kind: SourceKind, width: f32, height: f32) -> Option<Raster> {
    match kind {
        SourceKind::Pdf => Raster::of_pdf_page(width, height),
        SourceKind::Image if width >= 1.0 && height >= 1.0 => {
            Some(Raster { width: width as u32, height: height as u32 })
        }
        _ => None,
    }
}
