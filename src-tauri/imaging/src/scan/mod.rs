//! Scanned pages: decoded row by row into the form they are kept in, turned upright, converted to grey or colour.
//!
//! How much memory a page will take is known from its header, before a pixel is decoded.

mod canvas;
mod jpeg;
mod jpeg2000;
mod overlay;
mod pieces;
mod png;
#[cfg(test)]
mod tests;
mod tiff;
mod whole;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use baoku_model::raster::SCAN_BUDGET;
use baoku_model::{Raster, Refusal, RefusalCode};
use image::ImageFormat;

pub use canvas::{FULL_COLOUR, Picture, Purpose};

/// Bytes one page may take while it is decoded; the program, the models and the smaller levels fit into what is left of 1.5 GB.
pub const MOST_BYTES: u64 = 1_400_000_000;

/// Files are read in pieces of this size.
const PIECE: usize = 1 << 18;

type Input = BufReader<File>;

/// A page whose header is read.
pub trait Scan {
    /// Size of the page upright.
    fn size(&self) -> Raster;

    /// Bytes it takes at most while it is decoded.
    fn memory(&self, purpose: Purpose) -> u64;

    /// # Errors
    /// `Damaged` for what can't be decoded.
    fn decode(self: Box<Self>, purpose: Purpose) -> Result<Picture, Refusal>;
}

/// Opens the page at `index`; only TIFF files have more than one.
///
/// # Errors
/// `Unreadable` with what the operating system says, `Damaged` for a header that makes no sense, `TooLarge` beyond
/// [`SCAN_BUDGET`] pixels or [`MOST_BYTES`].
pub fn open(path: &Path, index: u32, purpose: Purpose) -> Result<Box<dyn Scan>, Refusal> {
    let mut head = [0; 64];
    let mut length = 0;
    let mut file = File::open(path).map_err(unreadable)?;
    while length < head.len() {
        match file.read(&mut head[length..]).map_err(unreadable)? {
            0 => break,
            n => length += n,
        }
    }
    let head = &head[..length];
    let one = |scan: Result<Box<dyn Scan>, Refusal>| {
        if index == 0 { scan } else { Err(damaged("it has one page only")) }
    };
    let scan = if jpeg2000::is_it(head) {
        one(jpeg2000::open(path))?
    } else if tiff::is_it(head) {
        tiff::open(path, index)?
    } else {
        one(match image::guess_format(head).map_err(damaged)? {
            ImageFormat::Jpeg => jpeg::open(path),
            ImageFormat::Png => png::open(path),
            format => whole::open(path, format),
        })?
    };
    within_budget(scan.size(), scan.memory(purpose))?;
    Ok(scan)
}

/// Says whether the page at `index` can be shown within the memory a page may take.
///
/// # Errors
/// As [`open`].
pub fn check(path: &Path, index: u32) -> Result<(), Refusal> {
    open(path, index, Purpose::Show).map(|_| ())
}

fn within_budget(size: Raster, memory: u64) -> Result<(), Refusal> {
    let (Raster { width, height }, pixels) = (size, size.pixels());
    if pixels > SCAN_BUDGET {
        let detail = format!("the image has {width} x {height} = {pixels} pixels; at most {SCAN_BUDGET} are read");
        return Err(Refusal::new(RefusalCode::TooLarge, detail));
    }
    if memory > MOST_BYTES {
        let mb = |bytes: u64| bytes.div_ceil(1_000_000);
        let detail = format!(
            "the image has {width} x {height} = {pixels} pixels; in the way it is stored it takes {} MB of memory to decode, and at most {} MB are used",
            mb(memory),
            mb(MOST_BYTES)
        );
        return Err(Refusal::new(RefusalCode::TooLarge, detail));
    }
    Ok(())
}

fn input(path: &Path) -> Result<Input, Refusal> {
    Ok(BufReader::with_capacity(PIECE, File::open(path).map_err(unreadable)?))
}

fn unreadable(error: std::io::Error) -> Refusal {
    Refusal::new(RefusalCode::Unreadable, format!("the operating system says: {error}"))
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(RefusalCode::Damaged, format!("the image can't be decoded: {error}"))
}
