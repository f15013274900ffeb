//! A page image becomes a text layer: lines with boxes, and for every character its place and how sure the engine was.
//!
//! Nothing is binarised: Sauvola thresholds doubled the error of every engine tried. Pixels are grey, one byte each.

mod choice;
pub mod detection;
pub mod geometry;
pub mod lines;
mod part;
pub mod ppocr;
mod right_to_left;
pub mod tesseract;

use baoku_model::{Refusal, TextLayer};

pub use choice::{Agent, EngineChoice, MODELS_VARIABLE, Options, Recogniser, model_folders, tesseract_languages};
pub use image::GrayImage;
pub use part::{clip, set_back, within};

/// A recogniser of whole pages.
pub trait Engine {
    /// Name and version that stand on every layer it makes.
    fn agent(&self) -> Agent;

    /// Reads a page; `progress` hears the share that is done, from 0 to 1.
    ///
    /// # Errors
    /// `WorkerFailed` with what the engine said.
    fn recognise(
        &self,
        page: &GrayImage,
        options: &Options,
        progress: &(dyn Fn(f32) + Sync),
    ) -> Result<TextLayer, Refusal>;
}

/// The page at `scale` of its size (at most 1), averaged over the pixels that fall together.
fn reduce(page: &GrayImage, scale: f32) -> GrayImage {
    use fast_image_resize as fr;
    if scale >= 1.0 {
        return page.clone();
    }
    let size = |n: u32| ((n as f32 * scale).round() as u32).max(1);
    let (w, h) = (size(page.width()), size(page.height()));
    let from = fr::images::ImageRef::new(page.width(), page.height(), page.as_raw(), fr::PixelType::U8)
        .expect("a grey image's buffer fits its size");
    let mut to = fr::images::Image::new(w, h, fr::PixelType::U8);
    let how = fr::ResizeOptions::new().resize_alg(fr::ResizeAlg::Convolution(fr::FilterType::Bilinear));
    fr::Resizer::new().resize(&from, &mut to, &how).expect("both images are grey and not empty");
    GrayImage::from_raw(w, h, to.into_vec()).expect("as many pixels as were asked for")
}
