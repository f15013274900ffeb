//! The detector's probability map, computed in overlapping tiles so that memory does not grow with the page.

use image::GrayImage;

/// Probability of text for every pixel of a page that was scaled for detection, row by row.
pub struct Map {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

/// How a page is cut for the detector, in pixels of the scaled page.
#[derive(Debug, Clone, Copy)]
pub struct Tiles {
    /// Longest side of a tile.
    pub side: usize,
    /// Margin around a tile's own area that only gives context.
    pub overlap: usize,
}

impl Default for Tiles {
    fn default() -> Self {
        Self { side: 1280, overlap: 64 }
    }
}

/// Runs `detect` over `page` tile by tile. `detect` takes `height x width` pixels normalised to -1..1 (both multiples of 32) and
/// gives as many probabilities. The detector never sees a tile edge closer than `overlap` to what it is asked for.
pub fn probability<E>(
    page: &GrayImage,
    tiles: Tiles,
    mut detect: impl FnMut(&[f32], usize, usize) -> Result<Vec<f32>, E>,
) -> Result<Map, E> {
    let (width, height) = (page.width() as usize, page.height() as usize);
    let mut map = Map { width, height, values: vec![0.0; width * height] };
    for (top, bottom) in spans(height, tiles) {
        for (left, right) in spans(width, tiles) {
            let (x0, x1) = (left.saturating_sub(tiles.overlap), (right + tiles.overlap).min(width));
            let (y0, y1) = (top.saturating_sub(tiles.overlap), (bottom + tiles.overlap).min(height));
            let (w, h) = ((x1 - x0).next_multiple_of(32), (y1 - y0).next_multiple_of(32));
            // Paper-white padding: black would read as a frame.
            let mut pixels = vec![1.0f32; w * h];
            for y in y0..y1 {
                let row = &page.as_raw()[y * width + x0..y * width + x1];
                for (to, &from) in pixels[(y - y0) * w..].iter_mut().zip(row) {
                    *to = f32::from(from) / 127.5 - 1.0;
                }
            }
            let found = detect(&pixels, h, w)?;
            for y in top..bottom {
                let from = (y - y0) * w + (left - x0);
                map.values[y * width + left..y * width + right].copy_from_slice(&found[from..from + right - left]);
            }
        }
    }
    Ok(map)
}

/// Cuts `length` into equal spans that fit a tile with its margins.
fn spans(length: usize, tiles: Tiles) -> impl Iterator<Item = (usize, usize)> {
    let own = tiles.side - 2 * tiles.overlap;
    let count = if length <= tiles.side { 1 } else { length.div_ceil(own) };
    (0..count).map(move |i| (i * length / count, (i + 1) * length / count))
}
