//! A large colour page: brightness of every pixel, colour of every block of two by two. Half the room of three bytes a pixel, and
//! no more than what most scans hold, since their JPEG has halved the colour already.

use baoku_model::Raster;
use image::metadata::Orientation;

use crate::Bitmap;

/// Lies in memory two rows of pixels at a time: the brightness of both (the last row twice where their number is odd), then blueness
/// and redness of their blocks (Cb and Cr of JFIF).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halved {
    size: Raster,
    data: Vec<u8>,
}

/// Brightness, blueness, redness of a pixel.
pub type Ycc = [u8; 3];

impl Halved {
    /// Bytes of a page of `size`.
    pub fn bytes(size: Raster) -> u64 {
        size.height.div_ceil(2) as u64 * pair_bytes(size.width as usize) as u64
    }

    /// Presses a page of three bytes a pixel together where it lies; `ycc` tells what a pixel's bytes are.
    pub fn press(size: Raster, mut pixels: Vec<u8>, ycc: impl Fn([u8; 3]) -> Ycc) -> Self {
        let (width, height) = (size.width as usize, size.height as usize);
        let (row, pair) = (3 * width, pair_bytes(width));
        let mut rows = vec![0; 2 * row];
        let whole = Self::bytes(size) as usize;
        // A page of one column needs a little more room than it had.
        pixels.resize(pixels.len().max(whole), 0);
        for top in (0..height).step_by(2) {
            let from = top * row;
            let second = if top + 1 < height { from + row } else { from };
            rows[..row].copy_from_slice(&pixels[from..from + row]);
            rows[row..].copy_from_slice(&pixels[second..second + row]);
            let to = top / 2 * pair;
            press_rows(&rows, &mut pixels[to..to + pair], &ycc);
        }
        pixels.truncate(whole);
        pixels.shrink_to_fit();
        Self { size, data: pixels }
    }

    /// From rows that were pressed by [`press_rows`]; those that are missing are grey.
    pub fn from_pressed(size: Raster, mut data: Vec<u8>) -> Self {
        data.resize(Self::bytes(size) as usize, 128);
        Self { size, data }
    }

    /// The rows as [`Halved::from_pressed`] takes them.
    pub fn into_pressed(self) -> Vec<u8> {
        self.data
    }

    pub fn bytes_held(&self) -> usize {
        self.data.len()
    }

    fn pixel(&self, x: usize, y: usize) -> Ycc {
        let width = self.size.width as usize;
        let start = y / 2 * pair_bytes(width);
        let blue = start + 2 * width + x / 2;
        [self.data[start + y % 2 * width + x], self.data[blue], self.data[blue + width.div_ceil(2)]]
    }

    /// Part of the page in three bytes a pixel; what reaches beyond its edge is left out.
    pub fn crop(&self, x: u32, y: u32, width: u32, height: u32) -> Bitmap {
        let (left, top) = (x.min(self.size.width), y.min(self.size.height));
        let size = Raster { width: width.min(self.size.width - left), height: height.min(self.size.height - top) };
        let mut pixels = Vec::with_capacity(3 * size.width as usize * size.height as usize);
        for y in top..top + size.height {
            pixels.extend((left..left + size.width).flat_map(|x| rgb(self.pixel(x as usize, y as usize))));
        }
        Bitmap { size, grey: false, pixels }
    }

    /// The page at half its size, in three bytes a pixel: its colours are known for just these.
    pub fn half(&self) -> Bitmap {
        let width = self.size.width as usize;
        let across = width.div_ceil(2);
        let size = Raster { width: across as u32, height: self.size.height.div_ceil(2) };
        let mut pixels = Vec::with_capacity(3 * across * size.height as usize);
        for pair in self.data.chunks_exact(pair_bytes(width)) {
            let (bright, colours) = pair.split_at(2 * width);
            let (upper, lower) = bright.split_at(width);
            for x in 0..across {
                let (a, b) = (2 * x, (2 * x + 1).min(width - 1));
                let sum = [upper[a], upper[b], lower[a], lower[b]].map(u16::from).iter().sum::<u16>();
                pixels.extend(rgb([((sum + 2) / 4) as u8, colours[x], colours[across + x]]));
            }
        }
        Bitmap { size, grey: false, pixels }
    }

    /// The brightness alone.
    pub fn into_grey(mut self) -> Bitmap {
        let (width, height) = (self.size.width as usize, self.size.height as usize);
        for y in 0..height {
            let from = y / 2 * pair_bytes(width) + y % 2 * width;
            self.data.copy_within(from..from + width, y * width);
        }
        self.data.truncate(width * height);
        self.data.shrink_to_fit();
        Bitmap { size: self.size, grey: true, pixels: self.data }
    }

    /// True if no block has a colour worth the name.
    pub fn is_neutral(&self) -> bool {
        /// Distance from neutral at which red, green and blue are some six steps apart.
        const NEUTRAL: u8 = 3;
        let width = self.size.width as usize;
        self.data
            .chunks_exact(pair_bytes(width))
            .all(|pair| pair[2 * width..].iter().all(|c| c.abs_diff(128) <= NEUTRAL))
    }

    /// The page turned and mirrored as `turn` asks for.
    pub fn turned(self, turn: Orientation) -> Self {
        if turn == Orientation::NoTransforms {
            return self;
        }
        let size = turned_size(self.size, turn);
        let (width, height) = (size.width as usize, size.height as usize);
        let across = width.div_ceil(2);
        let mut data = Vec::with_capacity(Self::bytes(size) as usize);
        for top in (0..height).step_by(2) {
            for y in [top, (top + 1).min(height - 1)] {
                data.extend((0..width).map(|x| self.pixel_before(turn, x, y)[0]));
            }
            for channel in [1, 2] {
                data.extend((0..across).map(|x| self.pixel_before(turn, 2 * x, top)[channel]));
            }
        }
        Self { size, data }
    }

    /// The pixel that stands at `x`, `y` once the page is turned.
    fn pixel_before(&self, turn: Orientation, x: usize, y: usize) -> Ycc {
        let (right, bottom) = (self.size.width as usize - 1, self.size.height as usize - 1);
        let (x, y) = match turn {
            Orientation::NoTransforms => (x, y),
            Orientation::FlipHorizontal => (right - x, y),
            Orientation::FlipVertical => (x, bottom - y),
            Orientation::Rotate180 => (right - x, bottom - y),
            Orientation::Rotate90 => (y, bottom - x),
            Orientation::Rotate270 => (right - y, x),
            Orientation::Rotate90FlipH => (y, x),
            Orientation::Rotate270FlipH => (right - y, bottom - x),
        };
        self.pixel(x, y)
    }
}

/// Size of a page once it is turned.
pub fn turned_size(size: Raster, turn: Orientation) -> Raster {
    match turn {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            Raster { width: size.height, height: size.width }
        }
        _ => size,
    }
}

/// Bytes of two rows.
pub fn pair_bytes(width: usize) -> usize {
    2 * width + 2 * width.div_ceil(2)
}

/// Two rows of three bytes a pixel, one behind the other, become one pair.
pub fn press_rows(rows: &[u8], pair: &mut [u8], ycc: &impl Fn([u8; 3]) -> Ycc) {
    let width = rows.len() / 6;
    let (upper, lower) = rows.split_at(3 * width);
    let (bright, colours) = pair.split_at_mut(2 * width);
    let (bright_upper, bright_lower) = bright.split_at_mut(width);
    let (blue, red) = colours.split_at_mut(width.div_ceil(2));
    let pixel = |row: &[u8], x: usize| ycc([row[3 * x], row[3 * x + 1], row[3 * x + 2]]);
    for (block, (blue, red)) in blue.iter_mut().zip(red).enumerate() {
        let (left, right) = (2 * block, (2 * block + 1).min(width - 1));
        let four = [pixel(upper, left), pixel(upper, right), pixel(lower, left), pixel(lower, right)];
        (bright_upper[left], bright_upper[right]) = (four[0][0], four[1][0]);
        (bright_lower[left], bright_lower[right]) = (four[2][0], four[3][0]);
        let mean = |channel: usize| ((four.iter().map(|p| u16::from(p[channel])).sum::<u16>() + 2) / 4) as u8;
        (*blue, *red) = (mean(1), mean(2));
    }
}

/// By the weights of ITU-R BT.601 in full range, as JFIF has them.
pub fn ycc([r, g, b]: [u8; 3]) -> Ycc {
    let (r, g, b) = (i32::from(r), i32::from(g), i32::from(b));
    let y = (19_595 * r + 38_470 * g + 7_471 * b + 32_768) >> 16;
    let blue = ((-11_056 * r - 21_712 * g + 32_768 * b + 32_767) >> 16) + 128;
    let red = ((32_768 * r - 27_440 * g - 5_328 * b + 32_767) >> 16) + 128;
    [y as u8, blue as u8, red as u8]
}

pub fn rgb([y, blue, red]: Ycc) -> [u8; 3] {
    let (y, blue, red) = (i32::from(y) << 16 | 32_768, i32::from(blue) - 128, i32::from(red) - 128);
    let clamp = |v: i32| (v >> 16).clamp(0, 255) as u8;
    [clamp(y + 91_881 * red), clamp(y - 22_554 * blue - 46_802 * red), clamp(y + 116_130 * blue)]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Smooth in colour, busy in brightness.
    fn page(width: u32, height: u32) -> Bitmap {
        let size = Raster { width, height };
        let pixel = |x: u32, y: u32| {
            let ink = if (x / 3 + y / 2).is_multiple_of(3) { 90 } else { 0 };
            [220 - ink, (200 - x * 50 / width) as u8 - ink, (150 + y * 50 / height) as u8 - ink]
        };
        let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| pixel(x, y))).collect();
        Bitmap { size, grey: false, pixels }
    }

    fn furthest(a: &Bitmap, b: &Bitmap) -> u8 {
        assert_eq!((a.size, a.grey), (b.size, b.grey));
        a.pixels.iter().zip(&b.pixels).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
    }

    #[test]
    fn a_page_pressed_where_it_lies_keeps_its_pixels() {
        for (width, height) in [(64, 48), (63, 47), (1, 5), (7, 1)] {
            let page = page(width, height);
            let halved = Halved::press(page.size, page.pixels.clone(), ycc);
            assert_eq!(halved.bytes_held() as u64, Halved::bytes(page.size));
            assert!(furthest(&halved.crop(0, 0, width, height), &page) <= 12, "{width} x {height}");
            let part = halved.crop(width / 4 * 2, 0, 9, 9);
            assert!(furthest(&part, &page.crop(width / 4 * 2, 0, 9, 9)) <= 12);
            let grey = page.clone().into_grey();
            assert!(furthest(&halved.half(), &page.half()) <= 4, "{width} x {height}");
            assert!(furthest(&halved.into_grey(), &grey) <= 1);
        }
    }

    #[test]
    fn a_turned_page_is_the_turned_picture() {
        let page = page(40, 26);
        let (width, height) = (page.size.width, page.size.height);
        let picture = image::RgbImage::from_raw(width, height, page.pixels.clone()).unwrap();
        for tag in 1..=8 {
            let turn = Orientation::from_exif(tag).unwrap();
            let mut turned = image::DynamicImage::from(picture.clone());
            turned.apply_orientation(turn);
            let halved = Halved::press(page.size, page.pixels.clone(), ycc).turned(turn);
            let size = turned_size(page.size, turn);
            assert_eq!((size.width, size.height), (turned.width(), turned.height()), "{tag}");
            let expected = Bitmap { size, grey: false, pixels: turned.into_rgb8().into_raw() };
            assert!(furthest(&halved.crop(0, 0, size.width, size.height), &expected) <= 16, "{tag}");
        }
    }

    #[test]
    fn paper_without_colour_is_neutral() {
        let size = Raster { width: 4, height: 4 };
        assert!(Halved::press(size, [200, 203, 201].repeat(16), ycc).is_neutral());
        assert!(!Halved::press(size, [200, 180, 201].repeat(16), ycc).is_neutral());
    }
}
