//! Formats and kinds of samples that are decoded as a whole: WebP, and what is rare among scans.

use std::io::BufReader;
use std::path::Path;

use baoku_model::{Raster, Refusal};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use super::canvas::{Canvas, Picture, Purpose, Samples};
use super::{MOST_BYTES, Scan, damaged, input};
use crate::Bitmap;
use crate::halved::turned_size;

/// Bytes a pixel takes inside a decoder beside the result.
const WORKING: u64 = 4;

struct Whole<D> {
    decoder: D,
    stored: Raster,
    turn: Orientation,
}

pub fn open(path: &Path, format: ImageFormat) -> Result<Box<dyn Scan>, Refusal> {
    from(input(path)?, format)
}

pub fn from<R: std::io::Read + std::io::Seek + 'static>(
    file: R,
    format: ImageFormat,
) -> Result<Box<dyn Scan>, Refusal> {
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let turn = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(Box::new(Whole { decoder, stored: Raster { width, height }, turn }))
}

impl<D: ImageDecoder> Scan for Whole<D> {
    fn size(&self) -> Raster {
        turned_size(self.stored, self.turn)
    }

    fn memory(&self, _: Purpose) -> u64 {
        // Decoded, and then once more as it is kept.
        self.stored.pixels() * (u64::from(self.decoder.color_type().bytes_per_pixel()) + WORKING)
    }

    fn decode(self: Box<Self>, purpose: Purpose) -> Result<Picture, Refusal> {
        let turn = self.turn;
        let mut image = DynamicImage::from_decoder(self.decoder).map_err(damaged)?;
        image.apply_orientation(turn);
        let page = Bitmap::from_image(image);
        let samples = if page.grey { Samples::Grey } else { Samples::Rgb };
        Ok(Canvas::whole(page.size, samples, purpose, page.pixels).finish(Orientation::NoTransforms))
    }
}
