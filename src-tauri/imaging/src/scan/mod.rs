//! Scanned pages: decoded whole, turned upright, converted to grey or colour.

mod indexed;
mod jpeg2000;

use std::io::Cursor;

use baoku_model::raster::SCAN_BUDGET;
use baoku_model::{Refusal, RefusalCode};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use crate::Bitmap;

/// Bytes a decoder may ask for: the largest scan in colour and a working copy.
const MOST_BYTES: u64 = SCAN_BUDGET * 4;

/// Decodes the page at `index`; only TIFF files have more than one.
///
/// # Errors
/// `Damaged` for a file that can't be decoded, `TooLarge` beyond the pixel budget.
pub fn decode(mut bytes: Vec<u8>, index: u32) -> Result<Bitmap, Refusal> {
    if jpeg2000::is_it(&bytes) {
        return if index == 0 { jpeg2000::decode(&bytes) } else { Err(damaged("it has one page only")) };
    }
    let format = image::guess_format(&bytes).map_err(damaged)?;
    if index > 0 {
        if format != ImageFormat::Tiff {
            return Err(damaged("it has one page only"));
        }
        point_at_page(&mut bytes, index).ok_or_else(|| damaged("there is no such page"))?;
    }
    if format == ImageFormat::Tiff
        && let Some((mut image, orientation)) = indexed::decode(&bytes)?
    {
        image.apply_orientation(orientation);
        return Ok(Bitmap::from_image(image));
    }
    let mut reader = ImageReader::with_format(Cursor::new(&bytes), format);
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MOST_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    within_budget(width, height)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    image.apply_orientation(orientation);
    Ok(Bitmap::from_image(image))
}

/// The number of pixels, if they may be decoded.
fn within_budget(width: u32, height: u32) -> Result<u64, Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > SCAN_BUDGET {
        let detail = format!("the image has {width} x {height} = {pixels} pixels; at most {SCAN_BUDGET} are read");
        return Err(Refusal::new(RefusalCode::TooLarge, detail));
    }
    Ok(pixels)
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(RefusalCode::Damaged, format!("the image can't be decoded: {error}"))
}

/// Makes the directory of page `index` the first one of a TIFF file, since decoders read the first.
fn point_at_page(tiff: &mut [u8], index: u32) -> Option<()> {
    let little = tiff.starts_with(b"II");
    let number = |at: usize, length: usize| -> Option<u64> {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let fold = |n: u64, b: &u8| n << 8 | u64::from(*b);
        Some(if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) })
    };
    let big = number(2, 2)? == 43;
    let (header, count, entry, offset) = if big { (8, 8, 20, 8) } else { (4, 2, 12, 4) };
    let mut at = number(header, offset)?;
    for _ in 0..index {
        let directory = usize::try_from(at).ok()?;
        let entries = usize::try_from(number(directory, count)?).ok()?;
        at = number(directory.checked_add(count)?.checked_add(entries.checked_mul(entry)?)?, offset)?;
        if at == 0 {
            return None;
        }
    }
    let bytes = if little { at.to_le_bytes() } else { at.to_be_bytes() };
    let bytes = if little { &bytes[..offset] } else { &bytes[8 - offset..] };
    tiff[header..header + offset].copy_from_slice(bytes);
    Some(())
}
