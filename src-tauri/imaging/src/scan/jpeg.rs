//! JPEG, baseline and progressive.

use std::path::Path;

use baoku_model::{Raster, Refusal};
use image::metadata::Orientation;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::{ZByteReaderTrait, ZCursor};
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::canvas::{Canvas, FULL_COLOUR, Picture, Purpose, Samples, kept_bytes};
use super::pieces::Pieces;
use super::{Scan, damaged, input, unreadable};
use crate::halved::turned_size;

/// Files up to this size are read at once, which is a little faster to decode from.
const SMALL_FILE: u64 = 64 << 20;

struct Jpeg<T: ZByteReaderTrait> {
    decoder: JpegDecoder<T>,
    stored: Raster,
    turn: Orientation,
    colours: ColorSpace,
    /// Bytes of the coefficients that a file takes whose components come one after the other or in several passes.
    coefficients: u64,
    file: u64,
}

pub fn open(path: &Path) -> Result<Box<dyn Scan>, Refusal> {
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    if length <= SMALL_FILE {
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let coefficients = coefficients(&bytes).unwrap_or(0);
        return Ok(Box::new(opened(ZCursor::new(bytes), coefficients, length)?));
    }
    // The header is within the first pieces: thumbnails and profiles before it have at most some megabytes.
    let mut head = vec![0; 16 << 20];
    std::io::Read::read_exact(&mut input(path)?, &mut head).map_err(unreadable)?;
    let coefficients = coefficients(&head).unwrap_or(0);
    Ok(Box::new(opened(Pieces::new(input(path)?), coefficients, 0)?))
}

/// Samples as they are stored, without a change of their colours.
pub fn samples_of(bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let mut strip = opened(ZCursor::new(bytes), 0, 0)?;
    strip.decoder.set_options(strip.decoder.options().jpeg_set_out_colorspace(strip.colours));
    strip.decoder.decode().map_err(damaged)
}

fn opened<T: ZByteReaderTrait>(source: T, coefficients: u64, file: u64) -> Result<Jpeg<T>, Refusal> {
    let options = DecoderOptions::default().set_strict_mode(false).set_max_width(usize::MAX).set_max_height(usize::MAX);
    let mut decoder = JpegDecoder::new_with_options(source, options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| damaged("it has no size"))?;
    let turn = decoder.exif().and_then(|exif| Orientation::from_exif_chunk(exif));
    Ok(Jpeg {
        stored: Raster { width: width as u32, height: height as u32 },
        turn: turn.unwrap_or(Orientation::NoTransforms),
        colours: decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr),
        coefficients,
        file,
        decoder,
    })
}

impl<T: ZByteReaderTrait> Jpeg<T> {
    /// What the decoder is asked for.
    fn wanted(&self, purpose: Purpose) -> (ColorSpace, Samples) {
        let large = self.stored.pixels() > FULL_COLOUR;
        match self.colours {
            ColorSpace::Luma => (ColorSpace::Luma, Samples::Grey),
            ColorSpace::YCbCr if large && purpose == Purpose::Read => (ColorSpace::Luma, Samples::Grey),
            ColorSpace::YCbCr if large => (ColorSpace::YCbCr, Samples::Ycc),
            _ => (ColorSpace::RGB, Samples::Rgb),
        }
    }
}

impl<T: ZByteReaderTrait> Scan for Jpeg<T> {
    fn size(&self) -> Raster {
        turned_size(self.stored, self.turn)
    }

    fn memory(&self, purpose: Purpose) -> u64 {
        let samples = self.wanted(purpose).1;
        let decoded = self.stored.pixels() * samples.channels() as u64;
        let decoding = self.file + self.coefficients + decoded;
        decoding.max(kept_bytes(self.stored, samples, purpose, self.turn))
    }

    fn decode(mut self: Box<Self>, purpose: Purpose) -> Result<Picture, Refusal> {
        let (colours, samples) = self.wanted(purpose);
        self.decoder.set_options(self.decoder.options().jpeg_set_out_colorspace(colours));
        let (stored, turn) = (self.stored, self.turn);
        let mut pixels = vec![0; stored.pixels() as usize * samples.channels()];
        self.decoder.decode_into(&mut pixels).map_err(damaged)?;
        drop(self);
        Ok(Canvas::whole(stored, samples, purpose, pixels).finish(turn))
    }
}

/// Bytes of all coefficients, if the decoder has to hold them: two for each sample of a progressive page, and of one whose
/// components are not interleaved.
fn coefficients(head: &[u8]) -> Option<u64> {
    let word = |at: usize| Some(u64::from(u16::from_be_bytes(head.get(at..at + 2)?.try_into().ok()?)));
    let mut at = 2;
    let (mut components, mut bytes, mut progressive) = (0, 0, false);
    loop {
        while *head.get(at + 1)? == 0xff {
            at += 1;
        }
        match (*head.get(at)?, *head.get(at + 1)?) {
            (0xff, marker @ (0xc0..=0xc2)) => {
                progressive = marker == 0xc2;
                let (height, width) = (word(at + 5)?, word(at + 7)?);
                components = *head.get(at + 9)?;
                let factors = head.get(at + 10..at + 10 + 3 * usize::from(components))?;
                let factors = factors.chunks_exact(3).map(|c| (u64::from(c[1] >> 4), u64::from(c[1] & 15)));
                let most = factors.clone().fold((1, 1), |m: (u64, u64), f| (m.0.max(f.0), m.1.max(f.1)));
                let blocks = (width.div_ceil(8 * most.0), height.div_ceil(8 * most.1));
                bytes = factors.map(|f| 128 * blocks.0 * f.0 * blocks.1 * f.1).sum();
            }
            (0xff, 0xda) => {
                let at_once = *head.get(at + 4)?;
                return Some(if progressive || at_once < components { bytes } else { 0 });
            }
            (0xff, _) => {}
            _ => return None,
        }
        at += 2 + usize::try_from(word(at + 2)?).ok()?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(marker: u8, at_once: u8) -> Vec<u8> {
        let mut head = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2];
        head.extend([0xff, marker, 0, 17, 8, 0, 100, 0, 200, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        head.extend([0xff, 0xda, 0, 8, at_once, 0, 0, 0, 0, 0]);
        head
    }

    #[test]
    fn only_pages_in_passes_need_room_for_their_coefficients() {
        assert_eq!(coefficients(&head(0xc0, 3)), Some(0));
        // 13 x 7 blocks of sixteen pixels, four squares of brightness and two of colour in each.
        let all = 13 * 7 * 6 * 128;
        assert_eq!(coefficients(&head(0xc2, 3)), Some(all));
        assert_eq!(coefficients(&head(0xc0, 1)), Some(all));
        assert_eq!(coefficients(&head(0xc2, 3)[..20]), None);
    }
}
