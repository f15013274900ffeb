//! Pixels in memory, grey where a page has no colour: a third of the room and of the time to encode.

use baoku_model::{Raster, Refusal, RefusalCode};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::DynamicImage;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Quality at which print stays crisp and a tile stays under 100 kB.
const QUALITY: u8 = 82;
/// How far apart the channels of a pixel may be for it to count as grey; JPEG scans are never quite neutral.
const NEUTRAL: u8 = 6;

/// An image with one byte (grey) or three (red, green, blue) a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    pub size: Raster,
    pub grey: bool,
    pub pixels: Vec<u8>,
}

impl Bitmap {
    fn channels(&self) -> usize {
        if self.grey { 1 } else { 3 }
    }

    /// From a decoded image; transparency is put on white.
    pub fn from_image(image: DynamicImage) -> Self {
        let size = Raster { width: image.width(), height: image.height() };
        if !image.color().has_color() && !image.color().has_alpha() {
            return Self { size, grey: true, pixels: image.into_luma8().into_raw() };
        }
        if image.color().has_alpha() {
            return Self::from_rgba(size, image.into_rgba8().into_raw(), false);
        }
        Self { size, grey: false, pixels: image.into_rgb8().into_raw() }.without_idle_colour()
    }

    /// From four bytes a pixel, the colours already multiplied by the opacity or not.
    pub fn from_rgba(size: Raster, rgba: Vec<u8>, premultiplied: bool) -> Self {
        let mut pixels = Vec::with_capacity(rgba.len() / 4 * 3);
        for pixel in rgba.chunks_exact(4) {
            let alpha = u16::from(pixel[3]);
            let on_white = |c: u8| {
                let c = if premultiplied { u16::from(c) } else { u16::from(c) * alpha / 255 };
                (c + 255 - alpha).min(255) as u8
            };
            pixels.extend([on_white(pixel[0]), on_white(pixel[1]), on_white(pixel[2])]);
        }
        Self { size, grey: false, pixels }.without_idle_colour()
    }

    /// Grey if no pixel has a colour worth the name.
    pub fn without_idle_colour(self) -> Self {
        let neutral = |p: &[u8]| {
            p[0].abs_diff(p[1]) <= NEUTRAL && p[1].abs_diff(p[2]) <= NEUTRAL && p[0].abs_diff(p[2]) <= NEUTRAL
        };
        if self.grey || !self.pixels.chunks_exact(3).all(neutral) {
            return self;
        }
        let pixels = self.pixels.chunks_exact(3).map(|p| p[1]).collect();
        Self { size: self.size, grey: true, pixels }
    }

    /// The brightness of each pixel, by the weights of ITU-R BT.601.
    pub fn into_grey(self) -> Self {
        if self.grey {
            return self;
        }
        let weigh = |p: &[u8]| ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2]) + 128) >> 8) as u8;
        Self { size: self.size, grey: true, pixels: self.pixels.chunks_exact(3).map(weigh).collect() }
    }

    /// The picture itself where it has that size, else [`Bitmap::resized`].
    pub fn fitted(self, size: Raster) -> Result<Bitmap, Refusal> {
        if size == self.size { Ok(self) } else { self.resized(size) }
    }

    /// The same picture at another size.
    pub fn resized(&self, size: Raster) -> Result<Bitmap, Refusal> {
        if size == self.size {
            return Ok(self.clone());
        }
        let kind = if self.grey { PixelType::U8 } else { PixelType::U8x3 };
        let failed =
            |error: &dyn std::fmt::Display| Refusal::new(RefusalCode::Damaged, format!("can't be scaled: {error}"));
        let source = ImageRef::new(self.size.width, self.size.height, &self.pixels, kind).map_err(|e| failed(&e))?;
        let mut target = Image::new(size.width, size.height, kind);
        Resizer::new().resize(&source, &mut target, None).map_err(|e| failed(&e))?;
        Ok(Bitmap { size, grey: self.grey, pixels: target.into_vec() })
    }

    /// Part of the picture; what reaches beyond its edge is left out.
    pub fn crop(&self, x: u32, y: u32, width: u32, height: u32) -> Bitmap {
        let left = x.min(self.size.width) as usize;
        let top = y.min(self.size.height) as usize;
        let size = Raster {
            width: width.min(self.size.width - left as u32),
            height: height.min(self.size.height - top as u32),
        };
        let (channels, row) = (self.channels(), self.size.width as usize * self.channels());
        let mut pixels = Vec::with_capacity(size.width as usize * size.height as usize * channels);
        for line in top..top + size.height as usize {
            let start = line * row + left * channels;
            pixels.extend_from_slice(&self.pixels[start..start + size.width as usize * channels]);
        }
        Bitmap { size, grey: self.grey, pixels }
    }

    /// The picture at half its size, rounded up: each pixel is the mean of four.
    pub fn half(&self) -> Bitmap {
        let (width, channels) = (self.size.width as usize, self.channels());
        let size = Raster { width: self.size.width.div_ceil(2), height: self.size.height.div_ceil(2) };
        let row = width * channels;
        let mut pixels = vec![0; size.width as usize * size.height as usize * channels];
        let targets = pixels.chunks_exact_mut(size.width as usize * channels);
        for (target, pair) in targets.zip(self.pixels.chunks(2 * row)) {
            let upper = &pair[..row];
            // The last row of an odd number stands for two.
            let lower = if pair.len() > row { &pair[row..] } else { upper };
            if self.grey { mean_of_four::<1>(upper, lower, target) } else { mean_of_four::<3>(upper, lower, target) }
        }
        Bitmap { size, grey: self.grey, pixels }
    }

    pub fn to_jpeg(&self) -> Result<Vec<u8>, Refusal> {
        let failed =
            |error: &dyn std::fmt::Display| Refusal::new(RefusalCode::Damaged, format!("can't be encoded: {error}"));
        let side = |side: u32| u16::try_from(side).map_err(|error| failed(&error));
        let (width, height) = (side(self.size.width)?, side(self.size.height)?);
        let mut jpeg = Vec::with_capacity(self.pixels.len() / 6);
        let mut encoder = Encoder::new(&mut jpeg, QUALITY);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        let colour = if self.grey { ColorType::Luma } else { ColorType::Rgb };
        encoder.encode(&self.pixels, width, height, colour).map_err(|error| failed(&error))?;
        Ok(jpeg)
    }
}

/// Two rows of pixels of `N` bytes become one of half their length.
fn mean_of_four<const N: usize>(upper: &[u8], lower: &[u8], target: &mut [u8]) {
    let whole = upper.len() / (2 * N);
    for ((a, b), to) in upper.chunks_exact(2 * N).zip(lower.chunks_exact(2 * N)).zip(target.chunks_exact_mut(N)) {
        for c in 0..N {
            let sum = u16::from(a[c]) + u16::from(a[N + c]) + u16::from(b[c]) + u16::from(b[N + c]);
            to[c] = ((sum + 2) / 4) as u8;
        }
    }
    // The last column of an odd number.
    for c in 0..upper.len() - 2 * N * whole {
        let at = 2 * N * whole + c;
        target[N * whole + c] = (u16::from(upper[at]) + u16::from(lower[at])).div_ceil(2) as u8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_without_colour_is_kept_grey() {
        let size = Raster { width: 2, height: 1 };
        let grey = Bitmap::from_rgba(size, vec![10, 12, 11, 255, 0, 0, 0, 0], false);
        assert_eq!((grey.grey, grey.pixels), (true, vec![12, 255]));
        let red = Bitmap::from_rgba(size, vec![200, 0, 0, 255, 0, 0, 0, 255], true);
        assert_eq!((red.grey, red.pixels.len()), (false, 6));
    }

    #[test]
    fn a_picture_is_halved_by_the_mean_of_four() {
        let size = Raster { width: 3, height: 3 };
        let grey = Bitmap { size, grey: true, pixels: vec![0, 4, 9, 8, 12, 11, 1, 3, 7] };
        let half = grey.half();
        assert_eq!((half.size, half.pixels), (Raster { width: 2, height: 2 }, vec![6, 10, 2, 7]));
        let pixels = grey.pixels.iter().flat_map(|p| [*p, 0, 255 - p]).collect();
        let colour = Bitmap { size, grey: false, pixels }.half();
        assert_eq!(colour.pixels, vec![6, 0, 249, 10, 0, 245, 2, 0, 253, 7, 0, 248]);
    }

    #[test]
    fn a_crop_stays_inside() {
        let size = Raster { width: 3, height: 2 };
        let bitmap = Bitmap { size, grey: true, pixels: vec![1, 2, 3, 4, 5, 6] };
        let corner = bitmap.crop(2, 1, 512, 512);
        assert_eq!((corner.size, corner.pixels), (Raster { width: 1, height: 1 }, vec![6]));
        assert_eq!(bitmap.crop(7, 7, 2, 2).pixels, Vec::<u8>::new());
    }
}
