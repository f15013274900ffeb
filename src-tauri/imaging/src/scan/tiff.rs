//! TIFF, strip by strip or tile by tile.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use baoku_model::{Raster, Refusal};
use image::ImageFormat;
use image::metadata::Orientation;
use tiff::ColorType;
use tiff::decoder::{Decoder, DecodingResult, Limits};
use tiff::tags::{ByteOrder, Tag};

use super::canvas::{Canvas, Picture, Purpose, Samples, kept_bytes};
use super::overlay::Overlay;
use super::png::eight_bits;
use super::{Input, MOST_BYTES, Scan, damaged, input, whole};
use crate::halved::turned_size;

/// Values of tags, from the format's specification.
const BLACK_IS_ZERO: u16 = 1;
const PALETTE: u16 = 3;
const UNCOMPRESSED: u16 = 1;
const JPEG: u16 = 7;
const PLANES: u16 = 2;
/// A strip that lies in the file as it is is read in pieces if it is larger than this.
const LARGE_STRIP: u64 = 32 << 20;

pub fn is_it(head: &[u8]) -> bool {
    matches!(head.get(..4), Some(b"II*\0" | b"MM\0*" | b"II+\0" | b"MM\0+"))
}

/// The decoder of TIFF refuses strips of JPEG that are wider.
const WIDEST_JPEG: u32 = 16_384;

type Reading = Decoder<Overlay<Input>>;

/// What the numbers in the file are.
enum Kind {
    /// Of 8 or 16 bits.
    Samples(Samples, u8),
    /// Packed, of 1 to 8 bits: places in a table of colours, or of greys of which all three are the same.
    Packed { bits: usize, table: Vec<[u8; 3]>, grey: bool },
}

struct Tiff {
    decoder: Reading,
    stored: Raster,
    turn: Orientation,
    kind: Kind,
    /// Each channel in chunks of its own.
    planes: bool,
    compression: u16,
    /// Width and height of a strip or tile.
    chunk: (u32, u32),
}

pub fn open(path: &Path, index: u32) -> Result<Box<dyn Scan>, Refusal> {
    let mut decoder = at_page(path, index, None)?;
    let number = |decoder: &mut Reading, tag| decoder.find_tag_unsigned::<u16>(tag).ok().flatten();
    let kind = if number(&mut decoder, Tag::PhotometricInterpretation) == Some(PALETTE) {
        let kind = palette(&mut decoder)?;
        // The decoder knows no tables: it is told that the numbers are shades of grey, and gives them as they are.
        let place = place_of(&mut decoder, Tag::PhotometricInterpretation).map_err(damaged)?;
        let value = match decoder.byte_order() {
            ByteOrder::LittleEndian => BLACK_IS_ZERO.to_le_bytes(),
            ByteOrder::BigEndian => BLACK_IS_ZERO.to_be_bytes(),
        };
        decoder = at_page(path, index, Some((place.ok_or_else(|| damaged("its directory is broken"))?, value)))?;
        Some(kind)
    } else {
        kind_of(&mut decoder)
    };
    let Some(kind) = kind else {
        // Numbers with a point and the like: rare enough to be decoded at once.
        if index > 0 {
            return Err(damaged("pages of this kind are read from the first of a file only"));
        }
        return whole::from(input(path)?, ImageFormat::Tiff);
    };
    let (width, height) = decoder.dimensions().map_err(damaged)?;
    let turn = number(&mut decoder, Tag::Orientation).and_then(|t| Orientation::from_exif(t.min(255) as u8));
    let chunk = decoder.chunk_dimensions();
    if width == 0 || height == 0 || chunk.0 == 0 || chunk.1 == 0 {
        return Err(damaged("it has no pixels"));
    }
    Ok(Box::new(Tiff {
        stored: Raster { width, height },
        turn: turn.unwrap_or(Orientation::NoTransforms),
        planes: number(&mut decoder, Tag::PlanarConfiguration) == Some(PLANES) && kind.channels() > 1,
        compression: number(&mut decoder, Tag::Compression).unwrap_or(UNCOMPRESSED),
        kind,
        chunk,
        decoder,
    }))
}

fn at_page(path: &Path, index: u32, patch: Option<(u64, [u8; 2])>) -> Result<Reading, Refusal> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = MOST_BYTES as usize;
    limits.intermediate_buffer_size = MOST_BYTES as usize;
    limits.ifd_value_size = 64 << 20;
    let mut decoder = Decoder::new(Overlay::new(input(path)?, patch)).map_err(damaged)?.with_limits(limits);
    for _ in 0..index {
        if !decoder.more_images() {
            return Err(damaged("there is no such page"));
        }
        decoder.next_image().map_err(damaged)?;
    }
    Ok(decoder)
}

/// `None` for samples that are not whole numbers of up to 16 bits.
fn kind_of(decoder: &mut Reading) -> Option<Kind> {
    let formats = decoder.find_tag_unsigned_vec::<u16>(Tag::SampleFormat).ok()?.unwrap_or_default();
    if formats.iter().any(|f| *f != 1) {
        return None;
    }
    Some(match decoder.colortype().ok()? {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let last = (1usize << bits) - 1;
            let table = (0..=last).map(|i| [(i * 255 / last) as u8; 3]).collect();
            Kind::Packed { bits: bits.into(), table, grey: true }
        }
        ColorType::Gray(bits @ (8 | 16)) => Kind::Samples(Samples::Grey, bits),
        ColorType::GrayA(bits @ (8 | 16)) => Kind::Samples(Samples::GreyAlpha, bits),
        ColorType::RGB(bits @ (8 | 16)) => Kind::Samples(Samples::Rgb, bits),
        ColorType::RGBA(bits @ (8 | 16)) => Kind::Samples(Samples::Rgba, bits),
        ColorType::CMYK(bits @ (8 | 16)) => Kind::Samples(Samples::Cmyk, bits),
        ColorType::YCbCr(8) => Kind::Samples(Samples::Ycc, 8),
        _ => return None,
    })
}

fn palette(decoder: &mut Reading) -> Result<Kind, Refusal> {
    let bits = decoder.find_tag_unsigned_vec::<u16>(Tag::BitsPerSample).ok().flatten().unwrap_or(vec![1]);
    let &[bits @ (1 | 2 | 4 | 8)] = &bits[..] else {
        return Err(damaged("its table of colours has another size than tables have"));
    };
    // All reds, then all greens, then all blues, of 16 bits each.
    let colours = decoder.get_tag_u16_vec(Tag::ColorMap).map_err(damaged)?;
    let (size, bits) = (colours.len() / 3, usize::from(bits));
    if size < 1 << bits {
        return Err(damaged("its table of colours is too short"));
    }
    let table = (0..1 << bits).map(|i| [0, 1, 2].map(|c| (colours[c * size + i] >> 8) as u8)).collect();
    Ok(Kind::Packed { bits, table, grey: false })
}

/// Where in the file the value of a tag of one number of 16 bits stands.
fn place_of(decoder: &mut Reading, tag: Tag) -> std::io::Result<Option<u64>> {
    let Some(directory) = decoder.ifd_pointer().map(|p| p.0) else { return Ok(None) };
    let little = decoder.byte_order() == ByteOrder::LittleEndian;
    let file = decoder.inner();
    let mut number = |at: u64, length: usize| {
        let mut bytes = [0; 8];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut bytes[..length])?;
        let fold = |n: u64, b: &u8| n << 8 | u64::from(*b);
        let bytes = &bytes[..length];
        Ok::<u64, std::io::Error>(if little { bytes.iter().rev().fold(0, fold) } else { bytes.iter().fold(0, fold) })
    };
    let big = number(2, 2)? == 43;
    let (count, entry, field) = if big { (8, 20, 12) } else { (2, 12, 8) };
    for i in 0..number(directory, count)?.min(1 << 16) {
        let at = directory + count as u64 + i * entry;
        if number(at, 2)? == u64::from(tag.to_u16()) {
            return Ok(Some(at + field));
        }
    }
    Ok(None)
}

impl Kind {
    /// Numbers to a pixel.
    fn channels(&self) -> usize {
        match self {
            Kind::Samples(samples, _) => samples.channels(),
            Kind::Packed { .. } => 1,
        }
    }

    fn bits(&self) -> usize {
        match self {
            Kind::Samples(_, bits) => usize::from(*bits),
            Kind::Packed { bits, .. } => *bits,
        }
    }

    /// As the canvas gets them.
    fn samples(&self) -> Samples {
        match self {
            Kind::Samples(samples, _) => *samples,
            Kind::Packed { grey: true, .. } => Samples::Grey,
            Kind::Packed { grey: false, .. } => Samples::Rgb,
        }
    }

    /// Bytes of a row of `width` pixels as the decoder gives them, samples of 16 bits brought to 8; of one channel where they
    /// come in planes.
    fn row_bytes(&self, width: usize, planes: bool) -> usize {
        let numbers = width * if planes { 1 } else { self.channels() };
        (numbers * self.bits().min(8)).div_ceil(8)
    }

    /// Gives the canvas a row as the decoder has it.
    fn give(&self, row: &[u8], width: usize, canvas: &mut Canvas, line: &mut Vec<u8>) {
        let Kind::Packed { bits, table, grey } = self else { return canvas.row(row) };
        line.clear();
        let per_byte = 8 / bits;
        let last = (1usize << bits) - 1;
        for x in 0..width {
            let shift = 8 - bits * (x % per_byte + 1);
            let colour = &table[usize::from(row[x / per_byte]) >> shift & last];
            line.extend_from_slice(if *grey { &colour[..1] } else { colour });
        }
        canvas.row(line);
    }
}

impl Tiff {
    fn across(&self) -> u32 {
        self.stored.width.div_ceil(self.chunk.0)
    }

    fn down(&self) -> u32 {
        self.stored.height.div_ceil(self.chunk.1)
    }

    /// Bytes of one row of chunks, all channels, as the decoder gives them.
    fn band_bytes(&self) -> u64 {
        let row = self.stored.width as usize * self.kind.channels() * self.kind.bits();
        row.div_ceil(8) as u64 * u64::from(self.chunk.1.min(self.stored.height))
    }

    /// True if a strip is read in pieces straight from the file.
    fn in_pieces(&self) -> bool {
        let plain = self.compression == UNCOMPRESSED && self.across() == 1 && !self.planes;
        plain && matches!(self.kind, Kind::Samples(..)) && self.band_bytes() > LARGE_STRIP
    }

    /// True if the page is one chunk that is pressed together where it lies.
    fn in_place(&self) -> bool {
        let one = self.across() == 1 && self.down() == 1 && !self.planes;
        one && matches!(self.kind, Kind::Samples(Samples::Grey | Samples::Rgb | Samples::Ycc, 8))
    }

    fn pieces(&mut self, canvas: &mut Canvas) -> Result<(), Refusal> {
        let offsets = self.decoder.get_tag_u64_vec(Tag::StripOffsets).map_err(damaged)?;
        let photometric = self.decoder.find_tag_unsigned::<u16>(Tag::PhotometricInterpretation).ok().flatten();
        let (little, inverted) = (self.decoder.byte_order() == ByteOrder::LittleEndian, photometric == Some(0));
        let deep = self.kind.bits() == 16;
        let mut row = vec![0; self.stored.width as usize * self.kind.channels() * if deep { 2 } else { 1 }];
        let mut line = Vec::new();
        for (strip, offset) in (0..self.down()).zip(offsets) {
            let file = self.decoder.inner();
            file.seek(SeekFrom::Start(offset)).map_err(damaged)?;
            for _ in 0..self.chunk.1.min(self.stored.height - strip * self.chunk.1) {
                file.read_exact(&mut row).map_err(damaged)?;
                let sample = |s: &[u8]| {
                    let bytes = [s[0], s[1]];
                    eight_bits(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
                };
                line.clear();
                if deep {
                    line.extend(row.chunks_exact(2).map(sample));
                } else {
                    line.extend_from_slice(&row);
                }
                if inverted {
                    line.iter_mut().for_each(|s| *s = 255 - *s);
                }
                canvas.row(&line);
            }
        }
        Ok(())
    }

    /// The chunks of one row of them, put beside each other: rows of all channels.
    fn band(&mut self, row: u32) -> Result<Vec<u8>, Refusal> {
        let (across, per_plane) = (self.across(), self.across() * self.down());
        if across == 1 && !self.planes {
            return self.read(row);
        }
        let channels = if self.planes { self.kind.channels() } else { 1 };
        let rows = self.chunk.1.min(self.stored.height - row * self.chunk.1) as usize;
        let whole = self.kind.row_bytes(self.stored.width as usize, false);
        let mut band = vec![0; whole * rows];
        for (plane, column) in (0..channels).flat_map(|p| (0..across).map(move |c| (p, c))) {
            let index = plane as u32 * per_plane + row * across + column;
            let width = self.decoder.chunk_data_dimensions(index).0 as usize;
            let data = self.read(index)?;
            let part = self.kind.row_bytes(width, self.planes);
            let left = self.kind.row_bytes((column * self.chunk.0) as usize, self.planes);
            for (from, to) in data.chunks_exact(part).zip(band.chunks_exact_mut(whole)) {
                if self.planes {
                    let to = to[plane..].iter_mut().step_by(channels).skip(left);
                    to.zip(from).for_each(|(to, from)| *to = *from);
                } else {
                    to[left..left + part].copy_from_slice(from);
                }
            }
        }
        Ok(band)
    }

    /// One chunk, samples of 16 bits brought to 8.
    fn read(&mut self, index: u32) -> Result<Vec<u8>, Refusal> {
        if self.compression == JPEG && self.across() == 1 && self.stored.width > WIDEST_JPEG {
            return self.read_wide_jpeg(index);
        }
        match self.decoder.read_chunk(index).map_err(damaged)? {
            DecodingResult::U8(data) => Ok(data),
            DecodingResult::U16(data) => Ok(data.into_iter().map(eight_bits).collect()),
            _ => Err(damaged("its pixels are of another kind than it says")),
        }
    }
}

impl Tiff {
    /// A strip of JPEG that is wider than the decoder of TIFF takes it. Its tables may stand apart, once for all strips.
    fn read_wide_jpeg(&mut self, index: u32) -> Result<Vec<u8>, Refusal> {
        let at = |values: Vec<u64>| values.get(index as usize).copied().ok_or_else(|| damaged("a strip is missing"));
        let offset = at(self.decoder.get_tag_u64_vec(Tag::StripOffsets).map_err(damaged)?)?;
        let length = at(self.decoder.get_tag_u64_vec(Tag::StripByteCounts).map_err(damaged)?)?.min(MOST_BYTES);
        let tables = self.decoder.get_tag_u8_vec(Tag::JPEGTables).unwrap_or_default();
        let file = self.decoder.inner();
        file.seek(SeekFrom::Start(offset)).map_err(damaged)?;
        let mut strip = Vec::new();
        file.take(length).read_to_end(&mut strip).map_err(damaged)?;
        // Tables end with a mark of their own, and the strip begins with one.
        let tables = tables.get(..tables.len().saturating_sub(2)).filter(|t| !t.is_empty());
        let data = match tables {
            Some(tables) => [tables, strip.get(2..).unwrap_or_default()].concat(),
            None => strip,
        };
        super::jpeg::samples_of(data)
    }
}

impl Scan for Tiff {
    fn size(&self) -> Raster {
        turned_size(self.stored, self.turn)
    }

    fn memory(&self, purpose: Purpose) -> u64 {
        let kept = kept_bytes(self.stored, self.kind.samples(), purpose, self.turn);
        let band = self.band_bytes();
        // A chunk of JPEG is held once more by its decoder.
        let jpeg = if self.compression == JPEG { band } else { 0 };
        if self.in_pieces() {
            kept
        } else if self.in_place() {
            (band + jpeg).max(kept)
        } else {
            let brought_down = if self.kind.bits() == 16 { band / 2 } else { 0 };
            let assembled = if self.across() > 1 || self.planes { band } else { 0 };
            kept + band + jpeg + brought_down.max(assembled)
        }
    }

    fn decode(mut self: Box<Self>, purpose: Purpose) -> Result<Picture, Refusal> {
        let (stored, samples) = (self.stored, self.kind.samples());
        if self.in_place() && !self.in_pieces() {
            let pixels = self.read(0)?;
            return Ok(Canvas::whole(stored, samples, purpose, pixels).finish(self.turn));
        }
        let mut canvas = Canvas::new(stored, samples, purpose);
        if self.in_pieces() {
            self.pieces(&mut canvas)?;
            return Ok(canvas.finish(self.turn));
        }
        let width = stored.width as usize;
        let row_bytes = self.kind.row_bytes(width, false);
        let mut line = Vec::new();
        for row in 0..self.down() {
            let band = self.band(row)?;
            let rows = self.chunk.1.min(stored.height - row * self.chunk.1) as usize;
            if band.len() < rows * row_bytes {
                return Err(damaged("it is broken off"));
            }
            band.chunks_exact(row_bytes).take(rows).for_each(|r| self.kind.give(r, width, &mut canvas, &mut line));
        }
        Ok(canvas.finish(self.turn))
    }
}
