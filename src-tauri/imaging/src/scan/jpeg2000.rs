//! JPEG 2000, in which libraries keep their masters.

use std::path::Path;

use baoku_model::{Raster, Refusal};
use hayro_jpeg2000::{ColorSpace, DecodeSettings, DecoderContext, Image};
use image::metadata::Orientation;

use super::canvas::{Canvas, Picture, Purpose, Samples};
use super::{Scan, damaged, unreadable};

/// Samples (pixels times channels) decoded at once: the decoder takes some five bytes for each.
const MOST_SAMPLES: u64 = 200_000_000;

pub fn is_it(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\0\0\0\x0cjP  \r\n\x87\n") || bytes.starts_with(b"\xff\x4f\xff\x51")
}

struct Jpeg2000 {
    bytes: Vec<u8>,
    size: Raster,
    channels: u64,
}

pub fn open(path: &Path) -> Result<Box<dyn Scan>, Refusal> {
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let image = Image::new(&bytes, &DecodeSettings::default()).map_err(damaged)?;
    let size = Raster { width: image.width(), height: image.height() };
    let channels = u64::from(image.color_space().num_channels()) + u64::from(image.has_alpha());
    Ok(Box::new(Jpeg2000 { bytes, size, channels }))
}

impl Jpeg2000 {
    /// How often the finest wavelets are left out, which halves both sides each time; the page is then shown a little soft.
    fn halvings(&self) -> u32 {
        (0..16).find(|h| (self.size.pixels() * self.channels) >> (2 * h) <= MOST_SAMPLES).unwrap_or(16)
    }
}

impl Scan for Jpeg2000 {
    fn size(&self) -> Raster {
        self.size
    }

    fn memory(&self, _: Purpose) -> u64 {
        let samples = (self.size.pixels() * self.channels) >> (2 * self.halvings());
        self.bytes.len() as u64 + 5 * samples
    }

    fn decode(self: Box<Self>, purpose: Purpose) -> Result<Picture, Refusal> {
        let shrink = |side: u32| side.div_ceil(1 << self.halvings());
        let target_resolution = (self.halvings() > 0).then(|| (shrink(self.size.width), shrink(self.size.height)));
        let settings = DecodeSettings { target_resolution, ..DecodeSettings::default() };
        let image = Image::new(&self.bytes, &settings).map_err(damaged)?;
        let mut context = DecoderContext::default();
        let decoded = image.decode(&mut context).map_err(damaged)?;
        let size = Raster { width: image.width(), height: image.height() };
        let colours = usize::from(image.color_space().num_channels());
        let channels = colours + usize::from(image.has_alpha());
        let data = decoded.data_u8();
        if channels == 0 || data.len() as u64 != size.pixels() * channels as u64 {
            return Err(damaged("its pixels do not fill it"));
        }
        let samples = match (image.color_space(), colours, image.has_alpha()) {
            (ColorSpace::CMYK, _, false) => Some(Samples::Cmyk),
            (_, 3, true) => Some(Samples::Rgba),
            (_, 3, false) => Some(Samples::Rgb),
            (_, 1, false) => Some(Samples::Grey),
            (_, 1, true) => Some(Samples::GreyAlpha),
            _ => None,
        };
        let canvas = match samples {
            Some(samples) => Canvas::whole(size, samples, purpose, data),
            // Of what has no known colours, the first channel.
            None => {
                let first = data.chunks_exact(channels).map(|p| p[0]).collect();
                Canvas::whole(size, Samples::Grey, purpose, first)
            }
        };
        Ok(canvas.finish(Orientation::NoTransforms))
    }
}
