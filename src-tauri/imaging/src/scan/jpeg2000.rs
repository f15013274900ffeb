//! JPEG 2000, in which libraries keep their masters.

use baoku_model::{Raster, Refusal};
use hayro_jpeg2000::{ColorSpace, DecodeSettings, DecoderContext, Image};

use super::{damaged, within_budget};
use crate::Bitmap;

/// Samples (pixels times channels) decoded at full size: the decoder holds each as a number of four bytes.
const MOST_SAMPLES: u64 = 300_000_000;

pub fn is_it(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\0\0\0\x0cjP  \r\n\x87\n") || bytes.starts_with(b"\xff\x4f\xff\x51")
}

/// # Errors
/// `Damaged` for what can't be decoded, `TooLarge` beyond the pixel budget.
pub fn decode(bytes: &[u8]) -> Result<Bitmap, Refusal> {
    let image = Image::new(bytes, &DecodeSettings::default()).map_err(damaged)?;
    let full = Raster { width: image.width(), height: image.height() };
    let pixels = within_budget(full.width, full.height)?;
    let channels = u64::from(image.color_space().num_channels()) + u64::from(image.has_alpha());
    if pixels * channels <= MOST_SAMPLES {
        return drawn(&image);
    }
    // Beyond that the finest wavelets are left out, which halves both sides; the page is shown a little soft.
    let target_resolution = Some((full.width.div_ceil(2), full.height.div_ceil(2)));
    let half =
        Image::new(bytes, &DecodeSettings { target_resolution, ..DecodeSettings::default() }).map_err(damaged)?;
    drawn(&half)?.resized(full)
}

fn drawn(image: &Image<'_>) -> Result<Bitmap, Refusal> {
    let mut context = DecoderContext::default();
    let decoded = image.decode(&mut context).map_err(damaged)?;
    let size = Raster { width: image.width(), height: image.height() };
    let colours = usize::from(image.color_space().num_channels());
    let channels = colours + usize::from(image.has_alpha());
    let data = decoded.data_u8();
    if channels == 0 || data.len() != size.width as usize * size.height as usize * channels {
        return Err(damaged("its pixels do not fill it"));
    }
    Ok(match (image.color_space(), colours, image.has_alpha()) {
        (ColorSpace::CMYK, ..) => Bitmap::from_cmyk(size, data.chunks_exact(channels)),
        (_, 3, true) => Bitmap::from_rgba(size, data, false),
        (_, 3, false) => Bitmap { size, grey: false, pixels: data }.without_idle_colour(),
        (_, 1, false) => Bitmap { size, grey: true, pixels: data },
        // Of what has no known colours, the first channel.
        _ => Bitmap { size, grey: true, pixels: data.chunks_exact(channels).map(|p| p[0]).collect() },
    })
}
