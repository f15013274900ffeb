//! Scans: the size and the number of pages are told from the headers, no pixel is decoded here.

use std::io::Cursor;

use ::image::{ImageDecoder, ImageReader, metadata::Orientation};
use baoku_model::raster::SCAN_BUDGET;
use baoku_model::{Inspection, Refusal, RefusalCode, SourceKind, SourcePage, TextLayer};

use crate::detect::ImageFormat;

/// The pages of an image file, upright.
pub struct ImageSource {
    pages: Vec<(u32, u32)>,
    warnings: Vec<String>,
}

impl ImageSource {
    /// # Errors
    /// `Damaged` where the header can't be read, `TooLarge` beyond [`SCAN_BUDGET`] pixels.
    pub fn open(bytes: &[u8], format: ImageFormat) -> Result<Self, Refusal> {
        let pages = match format {
            ImageFormat::Tiff => tiff_pages(bytes)?,
            ImageFormat::Png => vec![size(bytes, ::image::ImageFormat::Png)?],
            ImageFormat::Jpeg => vec![size(bytes, ::image::ImageFormat::Jpeg)?],
            ImageFormat::WebP => vec![size(bytes, ::image::ImageFormat::WebP)?],
            ImageFormat::Jpeg2000 => vec![jpeg_2000_size(bytes)?],
        };
        for (width, height) in &pages {
            if u64::from(*width) * u64::from(*height) > SCAN_BUDGET {
                let detail = format!("the image has {width} x {height} pixels; at most {SCAN_BUDGET} are read");
                return Err(Refusal::new(RefusalCode::TooLarge, detail));
            }
        }
        let broken_off = match format {
            ImageFormat::Png => !bytes[bytes.len().saturating_sub(64)..].windows(4).any(|w| w == b"IEND"),
            ImageFormat::Jpeg => !bytes.windows(2).rev().take(4096).any(|w| w == b"\xff\xd9"),
            ImageFormat::Tiff | ImageFormat::WebP | ImageFormat::Jpeg2000 => false,
        };
        let warnings = broken_off.then(|| "the image is broken off; its lower part may be missing".to_owned());
        Ok(Self { pages, warnings: warnings.into_iter().collect() })
    }

    pub fn inspection(&self) -> Inspection {
        let page = |(index, &(width, height)): (usize, &(u32, u32))| SourcePage {
            index: index as u32,
            label: None,
            width: width as f32,
            height: height as f32,
            has_image: true,
            raster_width: width,
            raster_height: height,
        };
        Inspection {
            kind: SourceKind::Image,
            encoding: None,
            pages: self.pages.iter().enumerate().map(page).collect(),
            warnings: self.warnings.clone(),
        }
    }

    /// A scan has a frame and no text of its own.
    pub fn read_page(&self, index: u32) -> Result<TextLayer, Refusal> {
        let &(width, height) =
            self.pages.get(index as usize).ok_or_else(|| crate::no_such_page(index, self.pages.len()))?;
        let whole = baoku_model::Rect::new(0.0, 0.0, 1.0, 1.0);
        Ok(TextLayer { width: width as f32, height: height as f32, pictures: vec![whole], ..TextLayer::default() })
    }
}

fn size(bytes: &[u8], format: ::image::ImageFormat) -> Result<(u32, u32), Refusal> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(if lies_on_its_side(orientation) { (height, width) } else { (width, height) })
}

/// From the headers alone.
fn jpeg_2000_size(bytes: &[u8]) -> Result<(u32, u32), Refusal> {
    let image = hayro_jpeg2000::Image::new(bytes, &hayro_jpeg2000::DecodeSettings::default()).map_err(damaged)?;
    Ok((image.width(), image.height()))
}

fn lies_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

fn tiff_pages(bytes: &[u8]) -> Result<Vec<(u32, u32)>, Refusal> {
    let mut decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut pages = Vec::new();
    loop {
        let (width, height) = decoder.dimensions().map_err(damaged)?;
        let turn = decoder.find_tag_unsigned::<u16>(tiff::tags::Tag::Orientation).ok().flatten().unwrap_or(1);
        let orientation = Orientation::from_exif(turn as u8).unwrap_or(Orientation::NoTransforms);
        pages.push(if lies_on_its_side(orientation) { (height, width) } else { (width, height) });
        if !decoder.more_images() || decoder.next_image().is_err() {
            return Ok(pages);
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::new(RefusalCode::Damaged, format!("the image can't be read: {error}"))
}
