//! TIFF pages of 1 to 8 bits that are numbers of colours in a table, or shades of grey of 2 or 4 bits.

use std::io::Cursor;

use baoku_model::Refusal;
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use tiff::decoder::{Decoder, DecodingResult};
use tiff::tags::Tag;

use super::{damaged, within_budget};
/// Values of the tag that says what the numbers of pixels mean.
const BLACK_IS_ZERO: u16 = 1;
const PALETTE: u16 = 3;

/// The first page of `bytes` and how it has to be turned, if it is such a one.
///
/// # Errors
/// `Damaged` for a page without its table or pixels, `TooLarge` beyond the pixel budget.
pub fn decode(bytes: &[u8]) -> Result<Option<(DynamicImage, Orientation)>, Refusal> {
    let mut decoder = Decoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let kind = decoder.find_tag_unsigned::<u16>(Tag::PhotometricInterpretation).ok().flatten();
    let bits = decoder.find_tag_unsigned_vec::<u16>(Tag::BitsPerSample).ok().flatten().unwrap_or(vec![1]);
    let (bits, grey) = match (kind, &bits[..]) {
        (Some(PALETTE), &[bits @ (1 | 2 | 4 | 8)]) => (bits, false),
        (Some(BLACK_IS_ZERO), &[bits @ (2 | 4)]) => (bits, true),
        _ => return Ok(None),
    };
    // The decoder knows no tables: it is told that the numbers are shades of grey, and gives them as they are.
    let mut plain = bytes.to_vec();
    set_short(&mut plain, Tag::PhotometricInterpretation.to_u16(), BLACK_IS_ZERO)
        .ok_or_else(|| damaged("its directory is broken"))?;
    let mut decoder = Decoder::new(Cursor::new(&plain)).map_err(damaged)?;
    let (width, height) = decoder.dimensions().map_err(damaged)?;
    within_budget(width, height)?;
    let last = (1usize << bits) - 1;
    let table = if grey {
        (0..=last).flat_map(|i| [(i * 255 / last) as u8; 3]).collect()
    } else {
        // All reds, then all greens, then all blues, of 16 bits each.
        let colours = decoder.get_tag_u16_vec(Tag::ColorMap).map_err(damaged)?;
        let size = colours.len() / 3;
        if size <= last {
            return Err(damaged("its table of colours is too short"));
        }
        (0..size).flat_map(|i| [0, 1, 2].map(|c| (colours[c * size + i] >> 8) as u8)).collect::<Vec<u8>>()
    };
    let DecodingResult::U8(data) = decoder.read_image().map_err(damaged)? else {
        return Err(damaged("its pixels are of another kind than it says"));
    };
    let row = (width as usize * usize::from(bits)).div_ceil(8);
    if data.len() < row * height as usize {
        return Err(damaged("it is broken off"));
    }
    let per_byte = 8 / usize::from(bits);
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for line in data.chunks_exact(row) {
        for x in 0..width as usize {
            let shift = 8 - usize::from(bits) * (x % per_byte + 1);
            let at = 3 * (usize::from(line[x / per_byte]) >> shift & last);
            pixels.extend_from_slice(&table[at..at + 3]);
        }
    }
    let image = RgbImage::from_raw(width, height, pixels).ok_or_else(|| damaged("its pixels do not fill it"))?;
    let turn = decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten().unwrap_or(1);
    Ok(Some((image.into(), Orientation::from_exif(turn).unwrap_or(Orientation::NoTransforms))))
}

/// Sets a tag of the first directory that is one number of 16 bits.
fn set_short(tiff: &mut [u8], tag: u16, value: u16) -> Option<()> {
    let little = tiff.starts_with(b"II");
    let short = |b: [u8; 2]| if little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) };
    let number = |bytes: &[u8]| {
        let fold = |n: u64, b: &u8| n << 8 | u64::from(*b);
        if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) }
    };
    let big = short(tiff.get(2..4)?.try_into().ok()?) == 43;
    let (start, count, entry, field) = if big { (8..16, 8, 20, 12) } else { (4..8, 2, 12, 8) };
    let directory = usize::try_from(number(tiff.get(start)?)).ok()?;
    let entries = number(tiff.get(directory..directory.checked_add(count)?)?);
    for i in 0..usize::try_from(entries).ok()? {
        let at = directory.checked_add(count)?.checked_add(i.checked_mul(entry)?)?;
        if short(tiff.get(at..at + 2)?.try_into().ok()?) == tag {
            let bytes = if little { value.to_le_bytes() } else { value.to_be_bytes() };
            tiff.get_mut(at + field..at + field + 2)?.copy_from_slice(&bytes);
            return Some(());
        }
    }
    None
}
