//! Sizes of page images: how many pixels a page is shown at, and the levels its tiles count in.

/// Edge of a tile in pixels.
pub const TILE: u32 = 512;

/// Most pixels a rendered PDF page may have; a newspaper page of 270 x 390 mm at 300 dpi has 14.7 million.
pub const RENDER_BUDGET: u64 = 40_000_000;

/// Most pixels a scanned page may have to be taken in: 20,000 x 20,000.
pub const SCAN_BUDGET: u64 = 400_000_000;

/// Longest side of a PDF page in points, the limit the format itself sets (200 inches).
pub const MAX_PAGE_POINTS: f32 = 14_400.0;

/// An image with a shorter longer side than this is no scan of a newspaper page.
const SMALLEST_SCAN: u32 = 1_000;

const RENDER_DPI: f64 = 300.0;

/// Width and height in pixels of a page at full zoom, or at one of its levels.
///
/// Level 0 is the first level whose longer side fits one tile; at the last level the page has its full size, and each
/// level below halves it, rounded up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Raster {
    pub width: u32,
    pub height: u32,
}

impl Raster {
    /// The size at which a PDF page of `width` x `height` points is rendered: 300 dpi, or less where that would burst
    /// [`RENDER_BUDGET`]. `None` for a page without area or beyond [`MAX_PAGE_POINTS`].
    pub fn of_pdf_page(width: f32, height: f32) -> Option<Raster> {
        let sensible = |side: f32| side.is_finite() && side > 0.0 && side <= MAX_PAGE_POINTS;
        if !sensible(width) || !sensible(height) {
            return None;
        }
        let (w, h) = (f64::from(width), f64::from(height));
        let scale = (RENDER_DPI / 72.0).min((RENDER_BUDGET as f64 / (w * h)).sqrt());
        let pixels = |side: f64| ((side * scale) as u32).clamp(1, u32::from(u16::MAX));
        Some(Raster { width: pixels(w), height: pixels(h) })
    }

    /// The size of a PDF page that may be a scan: where one of its `images` (pixels, upright) has the shape of the page,
    /// the page is shown at that image's own size, since the points of a scan's page often say nothing of its
    /// resolution. Otherwise as [`Raster::of_pdf_page`].
    pub fn of_scanned_pdf_page(width: f32, height: f32, images: &[(u32, u32)]) -> Option<Raster> {
        let nominal = Raster::of_pdf_page(width, height)?;
        let shape = width / height;
        let covers = |&&(w, h): &&(u32, u32)| {
            w.max(h) >= SMALLEST_SCAN && h > 0 && ((w as f32 / h as f32) / shape - 1.0).abs() < 0.02
        };
        let Some(&(w, h)) = images.iter().filter(covers).max_by_key(|(w, _)| *w) else { return Some(nominal) };
        let pixels = f64::from(w) * f64::from(h);
        let scale = (RENDER_BUDGET as f64 / pixels).sqrt().min(1.0);
        let side = |side: u32| ((f64::from(side) * scale) as u32).clamp(1, u32::from(u16::MAX));
        Some(Raster { width: side(w), height: side(h) })
    }

    pub fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    pub fn max_level(self) -> u32 {
        let mut level = 0;
        while (u64::from(TILE) << level) < u64::from(self.width.max(self.height)) {
            level += 1;
        }
        level
    }

    /// Size of the page at `level`, or `None` beyond the last level.
    pub fn at_level(self, level: u32) -> Option<Raster> {
        let halvings = self.max_level().checked_sub(level)?;
        let shrink = |side: u32| side.div_ceil(1 << halvings).max(1);
        Some(Raster { width: shrink(self.width), height: shrink(self.height) })
    }

    /// Columns and rows of tiles that cover this raster.
    pub fn tiles(self) -> (u32, u32) {
        (self.width.div_ceil(TILE), self.height.div_ceil(TILE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newspaper_page_is_rendered_at_300_dpi() {
        let raster = Raster::of_pdf_page(765.35, 1105.5).unwrap();
        assert_eq!(raster, Raster { width: 3188, height: 4606 });
        assert_eq!(raster.max_level(), 4);
        assert_eq!(raster.at_level(4), Some(raster));
        assert_eq!(raster.at_level(0), Some(Raster { width: 200, height: 288 }));
        assert_eq!(raster.at_level(5), None);
        assert_eq!(raster.tiles(), (7, 9));
    }

    #[test]
    fn a_poster_stays_within_the_budget_and_a_monster_is_none() {
        let poster = Raster::of_pdf_page(14_000.0, 14_000.0).unwrap();
        assert!(u64::from(poster.width) * u64::from(poster.height) <= RENDER_BUDGET);
        assert_eq!(Raster::of_pdf_page(65_536.0, 65_536.0), None);
        assert_eq!(Raster::of_pdf_page(0.0, 500.0), None);
        assert_eq!(Raster::of_pdf_page(f32::NAN, 500.0), None);
    }

    #[test]
    fn a_scan_in_a_pdf_is_shown_at_its_own_size() {
        let sized = |images: &[(u32, u32)]| Raster::of_scanned_pdf_page(312.0, 446.0, images).unwrap();
        assert_eq!(sized(&[(80, 80), (3307, 4724)]), Raster { width: 3307, height: 4724 });
        assert_eq!(sized(&[(3307, 2000)]), Raster::of_pdf_page(312.0, 446.0).unwrap());
        let large = sized(&[(33_070, 47_240)]);
        assert!(u64::from(large.width) * u64::from(large.height) <= RENDER_BUDGET);
    }

    #[test]
    fn a_page_of_one_tile_has_one_level() {
        let stamp = Raster { width: 512, height: 40 };
        assert_eq!((stamp.max_level(), stamp.tiles()), (0, (1, 1)));
        assert_eq!(Raster { width: 513, height: 40 }.max_level(), 1);
    }
}
