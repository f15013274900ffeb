//! What the boxes of a page say about the page: size of its type, tilt, and rows that were taken for one.

mod drawn;
mod gutters;
mod rows;

pub use drawn::drawn;
pub use gutters::{cut, gutters};
pub use rows::split_rows;

use crate::detection::TextBox;

/// Thickness of a detected box over the em of its type, measured on set pages of known size.
pub const BOX_PER_EM: f32 = 1.35;

/// Em of the body type in pixels: the median thickness of lines, weighted by their length; 0 without lines.
pub fn body_em(boxes: &[TextBox]) -> f32 {
    let mut sizes: Vec<(f32, f32)> = boxes.iter().map(|b| (b.w.min(b.h), b.w.max(b.h))).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<f32>() / 2.0;
    let mut run = 0.0;
    for (thickness, length) in sizes {
        run += length;
        if run >= half {
            return thickness / BOX_PER_EM;
        }
    }
    0.0
}

/// Tilt of the page in radians, clockwise positive: the median of its longer lines.
pub fn skew<'a>(boxes: impl Iterator<Item = &'a TextBox>) -> f32 {
    let mut angles: Vec<f32> = boxes.filter(|b| b.w.max(b.h) > 6.0 * b.w.min(b.h)).map(|b| b.angle).collect();
    if angles.is_empty() {
        return 0.0;
    }
    let middle = angles.len() / 2;
    *angles.select_nth_unstable_by(middle, f32::total_cmp).1
}
