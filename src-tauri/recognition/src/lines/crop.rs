//! Line images.

use fast_image_resize as fr;
use image::GrayImage;

use crate::detection::TextBox;

/// Height of a line image the recogniser takes, in pixels.
pub const LINE_HEIGHT: u32 = 48;

/// The pixels of a turned box, set upright by bilinear sampling at the page's own resolution.
pub fn crop(page: &GrayImage, b: &TextBox) -> GrayImage {
    let (w, h) = ((b.w.round() as u32).max(2), (b.h.round() as u32).max(2));
    let (c, s) = (b.angle.cos(), b.angle.sin());
    let left = b.cx - c * b.w / 2.0 + s * b.h / 2.0;
    let top = b.cy - s * b.w / 2.0 - c * b.h / 2.0;
    let (pw, ph) = (page.width() as i32, page.height() as i32);
    let pixels = page.as_raw();
    let at = |x: i32, y: i32| {
        let (x, y) = (x.clamp(0, pw - 1), y.clamp(0, ph - 1));
        f32::from(pixels[(y * pw + x) as usize])
    };
    let mut out = Vec::with_capacity((w * h) as usize);
    for row in 0..h {
        let (u, v) = (0.5, row as f32 + 0.5);
        let mut x = left + u * c - v * s - 0.5;
        let mut y = top + u * s + v * c - 0.5;
        for _ in 0..w {
            let (xi, yi) = (x.floor(), y.floor());
            let (fx, fy) = (x - xi, y - yi);
            let (xi, yi) = (xi as i32, yi as i32);
            let upper = at(xi, yi) * (1.0 - fx) + at(xi + 1, yi) * fx;
            let lower = at(xi, yi + 1) * (1.0 - fx) + at(xi + 1, yi + 1) * fx;
            out.push((upper * (1.0 - fy) + lower * fy).round() as u8);
            x += c;
            y += s;
        }
    }
    GrayImage::from_raw(w, h, out).expect("as many pixels as were pushed")
}

/// A column turned 90 degrees counter-clockwise, so that it reads from left to right with its characters lying down.
pub fn turned(column: &GrayImage) -> GrayImage {
    let (w, h) = (column.width(), column.height());
    GrayImage::from_fn(h, w, |x, y| *column.get_pixel(w - 1 - y, x))
}

/// Scales a line to [`LINE_HEIGHT`]. `squeeze` below 1 narrows it further; at most `max_width` pixels wide.
pub fn strip(line: &GrayImage, squeeze: f32, max_width: u32) -> GrayImage {
    let width = (squeeze * LINE_HEIGHT as f32 * line.width() as f32 / line.height() as f32).ceil() as u32;
    let width = width.clamp(16, max_width);
    if (line.width(), line.height()) == (width, LINE_HEIGHT) {
        return line.clone();
    }
    let from = fr::images::ImageRef::new(line.width(), line.height(), line.as_raw(), fr::PixelType::U8)
        .expect("a grey image's buffer fits its size");
    let mut to = fr::images::Image::new(width, LINE_HEIGHT, fr::PixelType::U8);
    let how = fr::ResizeOptions::new().resize_alg(fr::ResizeAlg::Interpolation(fr::FilterType::Bilinear));
    fr::Resizer::new().resize(&from, &mut to, &how).expect("both images are grey and not empty");
    GrayImage::from_raw(width, LINE_HEIGHT, to.into_vec()).expect("as many pixels as were asked for")
}
