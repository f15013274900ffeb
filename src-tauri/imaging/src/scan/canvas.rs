//! A page on its way into memory: rows come in from the top in whatever form the file has, and lie at once in the form they are
//! kept in. Nothing is held twice.

use baoku_model::Raster;
use image::metadata::Orientation;

use crate::Bitmap;
use crate::halved::{Halved, pair_bytes, press_rows, rgb, turned_size, ycc};

/// Most pixels of a colour page that are kept in three bytes each; beyond that colour is kept for blocks of four.
pub const FULL_COLOUR: u64 = 100_000_000;

/// What a page is decoded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be looked at.
    Show,
    /// To be recognised: a large page's brightness is enough.
    Read,
}

/// Samples of a pixel, one byte each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Samples {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
    /// Cyan, magenta, yellow, black: how much of each is printed.
    Cmyk,
    /// Brightness, blueness, redness as in JFIF.
    Ycc,
}

impl Samples {
    pub fn channels(self) -> usize {
        match self {
            Samples::Grey => 1,
            Samples::GreyAlpha => 2,
            Samples::Rgb | Samples::Ycc => 3,
            Samples::Rgba | Samples::Cmyk => 4,
        }
    }

    fn has_colour(self) -> bool {
        !matches!(self, Samples::Grey | Samples::GreyAlpha)
    }
}

/// A decoded page.
pub enum Picture {
    Plain(Bitmap),
    Halved(Halved),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Grey,
    Rgb,
    Halved,
}

impl Form {
    fn of(size: Raster, samples: Samples, purpose: Purpose) -> Self {
        let large = size.pixels() > FULL_COLOUR;
        match (samples.has_colour(), large, purpose) {
            (false, ..) | (true, true, Purpose::Read) => Form::Grey,
            (true, true, Purpose::Show) => Form::Halved,
            (true, false, _) => Form::Rgb,
        }
    }

    fn bytes(self, size: Raster) -> u64 {
        match self {
            Form::Grey => size.pixels(),
            Form::Rgb => 3 * size.pixels(),
            Form::Halved => Halved::bytes(size),
        }
    }
}

/// Bytes of a page of `size` as it is kept, twice that while it is turned.
pub fn kept_bytes(size: Raster, samples: Samples, purpose: Purpose, turn: Orientation) -> u64 {
    let bytes = Form::of(size, samples, purpose).bytes(size);
    if turn == Orientation::NoTransforms { bytes } else { 2 * bytes }
}

pub struct Canvas {
    size: Raster,
    samples: Samples,
    form: Form,
    pixels: Vec<u8>,
    /// A row in three bytes a pixel, or two where they are pressed together.
    rows: Vec<u8>,
}

impl Canvas {
    /// `size` is that of the rows that will come.
    pub fn new(size: Raster, samples: Samples, purpose: Purpose) -> Self {
        let form = Form::of(size, samples, purpose);
        let pixels = Vec::with_capacity(form.bytes(size) as usize);
        Self { size, samples, form, pixels, rows: Vec::new() }
    }

    /// A page that lies in memory as a whole.
    pub fn whole(size: Raster, samples: Samples, purpose: Purpose, mut pixels: Vec<u8>) -> Self {
        let form = Form::of(size, samples, purpose);
        let length = size.pixels() as usize * samples.channels();
        pixels.resize(length, 255);
        let mut canvas = Self { size, samples, form, pixels: Vec::new(), rows: Vec::new() };
        match (form, samples) {
            (Form::Grey, Samples::Grey) | (Form::Rgb, Samples::Rgb) => canvas.pixels = pixels,
            (Form::Grey, Samples::Rgb | Samples::Ycc) => {
                for at in 0..size.pixels() as usize {
                    let pixel = [pixels[3 * at], pixels[3 * at + 1], pixels[3 * at + 2]];
                    pixels[at] = if samples == Samples::Ycc { pixel[0] } else { ycc(pixel)[0] };
                }
                pixels.truncate(size.pixels() as usize);
                pixels.shrink_to_fit();
                canvas.pixels = pixels;
            }
            (Form::Halved, Samples::Rgb | Samples::Ycc) => {
                let halved = match samples {
                    Samples::Ycc => Halved::press(size, pixels, |p| p),
                    _ => Halved::press(size, pixels, ycc),
                };
                canvas.pixels = halved.into_pressed();
            }
            _ => {
                canvas.pixels.reserve_exact(form.bytes(size) as usize);
                pixels.chunks_exact(size.width as usize * samples.channels()).for_each(|row| canvas.row(row));
            }
        }
        canvas
    }

    /// Takes the next row of the page.
    pub fn row(&mut self, row: &[u8]) {
        match (self.form, self.samples) {
            (Form::Grey, Samples::Grey) | (Form::Rgb, Samples::Rgb) => self.pixels.extend_from_slice(row),
            (Form::Grey, Samples::GreyAlpha) => {
                self.pixels.extend(row.chunks_exact(2).map(|p| on_white(p[0], p[1])));
            }
            (Form::Grey, _) => {
                let start = self.rows.len();
                self.put_rgb(row);
                let bright = self.rows[start..].chunks_exact(3).map(|p| ycc([p[0], p[1], p[2]])[0]);
                self.pixels.extend(bright);
                self.rows.clear();
            }
            (Form::Rgb, _) => {
                self.put_rgb(row);
                self.pixels.append(&mut self.rows);
            }
            (Form::Halved, _) => {
                self.put_rgb(row);
                if self.rows.len() == 6 * self.size.width as usize {
                    self.press();
                }
            }
        }
    }

    fn press(&mut self) {
        let start = self.pixels.len();
        self.pixels.resize(start + pair_bytes(self.size.width as usize), 0);
        press_rows(&self.rows, &mut self.pixels[start..], &ycc);
        self.rows.clear();
    }

    /// A row in red, green and blue, put behind what is in `rows`.
    fn put_rgb(&mut self, row: &[u8]) {
        let rows = &mut self.rows;
        match self.samples {
            Samples::Grey => rows.extend(row.iter().flat_map(|g| [*g; 3])),
            Samples::GreyAlpha => rows.extend(row.chunks_exact(2).flat_map(|p| [on_white(p[0], p[1]); 3])),
            Samples::Rgb => rows.extend_from_slice(row),
            Samples::Rgba => {
                rows.extend(row.chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]].map(|c| on_white(c, p[3]))));
            }
            Samples::Cmyk => rows.extend(row.chunks_exact(4).flat_map(|p| printed([p[0], p[1], p[2], p[3]]))),
            Samples::Ycc => rows.extend(row.chunks_exact(3).flat_map(|p| rgb([p[0], p[1], p[2]]))),
        }
    }

    /// The page, upright. Rows that never came are white.
    pub fn finish(mut self, turn: Orientation) -> Picture {
        if self.form == Form::Halved {
            if !self.rows.is_empty() {
                let row = self.rows.clone();
                self.rows.extend(row);
                self.press();
            }
            let page = Halved::from_pressed(self.size, self.pixels);
            if page.is_neutral() {
                return Picture::Plain(turned(page.into_grey(), turn));
            }
            return Picture::Halved(page.turned(turn));
        }
        self.pixels.resize(self.form.bytes(self.size) as usize, 255);
        let page = Bitmap { size: self.size, grey: self.form == Form::Grey, pixels: self.pixels };
        Picture::Plain(turned(page.without_idle_colour(), turn))
    }
}

/// Ink on paper.
pub fn printed([c, m, y, k]: [u8; 4]) -> [u8; 3] {
    let paper = 255 - u16::from(k);
    [c, m, y].map(|ink| ((255 - u16::from(ink)) * paper / 255) as u8)
}

fn on_white(colour: u8, alpha: u8) -> u8 {
    let alpha = u16::from(alpha);
    (u16::from(colour) * alpha / 255 + 255 - alpha).min(255) as u8
}

fn turned(page: Bitmap, turn: Orientation) -> Bitmap {
    if turn == Orientation::NoTransforms {
        return page;
    }
    let (size, grey) = (turned_size(page.size, turn), page.grey);
    let (width, height) = (page.size.width, page.size.height);
    let picture = if grey {
        image::GrayImage::from_raw(width, height, page.pixels).map(image::DynamicImage::from)
    } else {
        image::RgbImage::from_raw(width, height, page.pixels).map(image::DynamicImage::from)
    };
    let pixels = picture.map(|mut picture| {
        picture.apply_orientation(turn);
        if grey { picture.into_luma8().into_raw() } else { picture.into_rgb8().into_raw() }
    });
    Bitmap { size, grey, pixels: pixels.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_row_becomes_the_same_page() {
        let size = Raster { width: 2, height: 1 };
        let show = |samples, row: &[u8]| {
            let mut canvas = Canvas::new(size, samples, Purpose::Show);
            canvas.row(row);
            let Picture::Plain(page) = canvas.finish(Orientation::NoTransforms) else { panic!("a small page") };
            page
        };
        let colour = Bitmap { size, grey: false, pixels: vec![255, 0, 0, 255, 255, 255] };
        assert_eq!(show(Samples::Rgb, &[255, 0, 0, 255, 255, 255]), colour);
        assert_eq!(show(Samples::Rgba, &[255, 0, 0, 255, 9, 9, 9, 0]), colour);
        assert_eq!(show(Samples::Cmyk, &[0, 255, 255, 0, 0, 0, 0, 0]), colour);
        let grey = Bitmap { size, grey: true, pixels: vec![7, 255] };
        assert_eq!(show(Samples::Grey, &[7, 255]), grey);
        assert_eq!(show(Samples::GreyAlpha, &[7, 255, 90, 0]), grey);
        assert_eq!(show(Samples::Ycc, &[7, 128, 128, 255, 128, 128]), grey);
    }
}
