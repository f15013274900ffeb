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

/// The part of a page that the detector looks at in one go. It never sees a tile's edge closer than the overlap to what it is
/// asked for, but where the page ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// What it is asked for: left, top, right, bottom.
    own: [usize; 4],
    /// What it sees.
    seen: [usize; 4],
}

/// The tiles of a page of `width x height` pixels.
pub fn tiles(width: usize, height: usize, how: Tiles) -> Vec<Tile> {
    let tile = |(left, right): (usize, usize), (top, bottom): (usize, usize)| Tile {
        own: [left, top, right, bottom],
        seen: [
            left.saturating_sub(how.overlap),
            top.saturating_sub(how.overlap),
            (right + how.overlap).min(width),
            (bottom + how.overlap).min(height),
        ],
    };
    spans(height, how).flat_map(|rows| spans(width, how).map(move |columns| tile(columns, rows))).collect()
}

impl Tile {
    /// Width and height of what the detector gets: both multiples of 32.
    pub fn size(&self) -> (usize, usize) {
        let [left, top, right, bottom] = self.seen;
        ((right - left).next_multiple_of(32), (bottom - top).next_multiple_of(32))
    }

    /// The pixels it sees, normalised to -1..1, row by row.
    pub fn pixels(&self, page: &GrayImage) -> Vec<f32> {
        let ([left, top, right, bottom], (width, height)) = (self.seen, self.size());
        // Paper-white padding: black would read as a frame.
        let mut pixels = vec![1.0f32; width * height];
        for (y, to) in (top..bottom).zip(pixels.chunks_exact_mut(width)) {
            let row = &page.as_raw()[y * page.width() as usize..];
            for (to, &from) in to.iter_mut().zip(&row[left..right]) {
                *to = f32::from(from) / 127.5 - 1.0;
            }
        }
        pixels
    }
}

impl Map {
    /// A page on which nothing was found yet.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, values: vec![0.0; width * height] }
    }

    /// Takes over what was found in a tile: as many probabilities as it had pixels.
    pub fn put(&mut self, tile: &Tile, found: &[f32]) {
        let ([left, top, right, bottom], [seen_left, seen_top, ..], (width, _)) = (tile.own, tile.seen, tile.size());
        for y in top..bottom {
            let from = (y - seen_top) * width + (left - seen_left);
            self.values[y * self.width + left..y * self.width + right]
                .copy_from_slice(&found[from..from + right - left]);
        }
    }
}

/// Cuts `length` into equal spans that fit a tile with its margins.
fn spans(length: usize, tiles: Tiles) -> impl Iterator<Item = (usize, usize)> {
    let own = tiles.side - 2 * tiles.overlap;
    let count = if length <= tiles.side { 1 } else { length.div_ceil(own) };
    (0..count).map(move |i| (i * length / count, (i + 1) * length / count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_the_page_once_and_see_beyond_their_own() {
        let page = GrayImage::from_fn(300, 170, |x, y| image::Luma([((x * 7 + y * 13) % 256) as u8]));
        let how = Tiles { side: 128, overlap: 16 };
        let mut map = Map::new(300, 170);
        for tile in tiles(300, 170, how) {
            let (width, height) = tile.size();
            assert!(width <= 128 && height <= 128 && width % 32 == 0 && height % 32 == 0);
            map.put(&tile, &tile.pixels(&page));
        }
        let expected: Vec<f32> = page.as_raw().iter().map(|&p| f32::from(p) / 127.5 - 1.0).collect();
        assert_eq!(map.values, expected);
    }
}
