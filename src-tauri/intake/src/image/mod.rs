//! Scans: the size and the number of pages are told from the headers, no pixel is decoded here.

use std::io::{BufRead, Read, Seek, SeekFrom};

use ::image::{ImageDecoder, ImageReader, metadata::Orientation};
use baoku_model::raster::SCAN_BUDGET;
use baoku_model::{Inspection, Refusal, RefusalCode, SourceKind, SourcePage, TextLayer};

use crate::detect::ImageFormat;

/// Bytes of a file's end in which a mark is looked for that says it is whole.
const END: u64 = 4096;

/// The pages of an image file, upright.
pub struct ImageSource {
    pages: Vec<(u32, u32)>,
    warnings: Vec<String>,
}

impl ImageSource {
    /// # Errors
    /// `Damaged` where the header can't be read, `TooLarge` beyond [`SCAN_BUDGET`] pixels.
    pub fn open<R: BufRead + Seek>(mut file: R, format: ImageFormat) -> Result<Self, Refusal> {
        let pages = match format {
            ImageFormat::Tiff => tiff_pages(&mut file)?,
            ImageFormat::Png => vec![size(&mut file, ::image::ImageFormat::Png)?],
            ImageFormat::Jpeg => vec![size(&mut file, ::image::ImageFormat::Jpeg)?],
            ImageFormat::WebP => vec![size(&mut file, ::image::ImageFormat::WebP)?],
            ImageFormat::Jpeg2000 => vec![jpeg_2000_size(&mut file)?],
        };
        for (width, height) in &pages {
            let pixels = u64::from(*width) * u64::from(*height);
            if pixels > SCAN_BUDGET {
                let detail =
                    format!("the image has {width} x {height} = {pixels} pixels; at most {SCAN_BUDGET} are read");
                return Err(Refusal::new(RefusalCode::TooLarge, detail));
            }
        }
        let mut ends_with = |mark: &[u8], within: u64| -> std::io::Result<bool> {
            let length = file.seek(SeekFrom::End(0))?;
            file.seek(SeekFrom::Start(length.saturating_sub(within)))?;
            let mut end = Vec::new();
            file.read_to_end(&mut end)?;
            Ok(end.windows(mark.len()).any(|w| w == mark))
        };
        let whole = match format {
            ImageFormat::Png => ends_with(b"IEND", 64),
            ImageFormat::Jpeg => ends_with(b"\xff\xd9", END),
            ImageFormat::Tiff | ImageFormat::WebP | ImageFormat::Jpeg2000 => Ok(true),
        };
        let broken_off = !whole.map_err(damaged)?;
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
            cut: None,
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

fn size<R: BufRead + Seek>(file: &mut R, format: ::image::ImageFormat) -> Result<(u32, u32), Refusal> {
    let mut decoder = ImageReader::with_format(file, format).into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok(if lies_on_its_side(orientation) { (height, width) } else { (width, height) })
}

/// From the headers alone.
fn jpeg_2000_size<R: Read>(file: &mut R) -> Result<(u32, u32), Refusal> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(damaged)?;
    let image = hayro_jpeg2000::Image::new(&bytes, &hayro_jpeg2000::DecodeSettings::default()).map_err(damaged)?;
    Ok((image.width(), image.height()))
}

fn lies_on_its_side(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

fn tiff_pages<R: Read + Seek>(file: &mut R) -> Result<Vec<(u32, u32)>, Refusal> {
    let mut decoder = tiff::decoder::Decoder::new(file).map_err(damaged)?;
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
