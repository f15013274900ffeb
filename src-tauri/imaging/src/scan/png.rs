//! PNG, row by row.

use std::path::Path;

use baoku_model::{Raster, Refusal};
use image::metadata::Orientation;
use png::{BitDepth, ColorType, Decoder, Limits, Reader, Transformations};

use super::canvas::{Canvas, Picture, Purpose, Samples, kept_bytes};
use super::{Input, MOST_BYTES, Scan, damaged, input};
use crate::halved::turned_size;

struct Png {
    reader: Reader<Input>,
    stored: Raster,
    turn: Orientation,
    samples: Samples,
    deep: bool,
    interlaced: bool,
}

pub fn open(path: &Path) -> Result<Box<dyn Scan>, Refusal> {
    let mut decoder = Decoder::new_with_limits(input(path)?, Limits { bytes: MOST_BYTES as usize });
    // Tables and few bits become whole samples, transparent colours become opacity.
    decoder.set_transformations(Transformations::EXPAND);
    let reader = decoder.read_info().map_err(damaged)?;
    let info = reader.info();
    let exif = info.exif_metadata.as_ref().and_then(|exif| Orientation::from_exif_chunk(exif));
    let (colours, depth) = reader.output_color_type();
    let samples = match colours {
        ColorType::Grayscale => Samples::Grey,
        ColorType::GrayscaleAlpha => Samples::GreyAlpha,
        ColorType::Rgb => Samples::Rgb,
        ColorType::Rgba => Samples::Rgba,
        ColorType::Indexed => return Err(damaged("its table of colours is missing")),
    };
    Ok(Box::new(Png {
        stored: Raster { width: info.width, height: info.height },
        turn: exif.unwrap_or(Orientation::NoTransforms),
        samples,
        deep: depth == BitDepth::Sixteen,
        interlaced: info.interlaced,
        reader,
    }))
}

impl Png {
    fn whole_bytes(&self) -> u64 {
        self.stored.pixels() * self.samples.channels() as u64 * if self.deep { 2 } else { 1 }
    }
}

impl Scan for Png {
    fn size(&self) -> Raster {
        turned_size(self.stored, self.turn)
    }

    fn memory(&self, purpose: Purpose) -> u64 {
        let kept = kept_bytes(self.stored, self.samples, purpose, self.turn);
        match (self.interlaced, self.deep, self.samples) {
            (false, ..) => kept,
            // Pressed together where it lies.
            (true, false, Samples::Grey | Samples::Rgb) => self.whole_bytes().max(kept),
            (true, ..) => self.whole_bytes() + kept,
        }
    }

    fn decode(mut self: Box<Self>, purpose: Purpose) -> Result<Picture, Refusal> {
        let (stored, samples) = (self.stored, self.samples);
        if self.interlaced {
            let mut pixels = vec![0; self.whole_bytes() as usize];
            self.reader.next_frame(&mut pixels).map_err(damaged)?;
            if self.deep {
                for at in 0..pixels.len() / 2 {
                    pixels[at] = eight_bits(u16::from_be_bytes([pixels[2 * at], pixels[2 * at + 1]]));
                }
                pixels.truncate(pixels.len() / 2);
            }
            return Ok(Canvas::whole(stored, samples, purpose, pixels).finish(self.turn));
        }
        let mut canvas = Canvas::new(stored, samples, purpose);
        let mut row = Vec::new();
        for _ in 0..stored.height {
            let Some(read) = self.reader.next_row().map_err(damaged)? else { break };
            if self.deep {
                row.clear();
                row.extend(read.data().chunks_exact(2).map(|s| eight_bits(u16::from_be_bytes([s[0], s[1]]))));
                canvas.row(&row);
            } else {
                canvas.row(read.data());
            }
        }
        Ok(canvas.finish(self.turn))
    }
}

/// The nearest of 256 steps.
pub fn eight_bits(sample: u16) -> u8 {
    ((u32::from(sample) * 255 + 32_895) >> 16) as u8
}
