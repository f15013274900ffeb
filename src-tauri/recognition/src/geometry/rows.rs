//! Two rows of a headline that the detector took for one.

use image::GrayImage;

use crate::detection::TextBox;

/// Splits a box where a band of paper runs through its middle. Returns the box and its image unchanged where none does.
pub fn split_rows(b: &TextBox, line: GrayImage) -> Vec<(TextBox, GrayImage)> {
    match valley(&line) {
        Some((from, to)) => {
            let height = line.height() as f32;
            let cut = |top: u32, bottom: u32| {
                let image = image::imageops::crop_imm(&line, 0, top, line.width(), bottom - top).to_image();
                let down = ((top + bottom) as f32 / 2.0 / height - 0.5) * b.h;
                let part = TextBox {
                    cx: b.cx - down * b.angle.sin(),
                    cy: b.cy + down * b.angle.cos(),
                    h: b.h * (bottom - top) as f32 / height,
                    ..*b
                };
                (part, image)
            };
            vec![cut(0, (from + to).div_ceil(2)), cut((from + to) / 2, line.height())]
        }
        None => vec![(*b, line)],
    }
}

/// The band of paper across the middle half of a line image, if it is clean and at least 6 % of the height, and if both rows it
/// parts are much longer than high: single characters such as 二 have such a band too.
fn valley(line: &GrayImage) -> Option<(u32, u32)> {
    let (w, h) = (line.width(), line.height());
    if w < 4 * h || h < 40 {
        return None;
    }
    let rows: Vec<f32> = line
        .as_raw()
        .chunks_exact(w as usize)
        .map(|row| row.iter().map(|&p| 255.0 - f32::from(p)).sum::<f32>() / w as f32)
        .collect();
    let (low, high) = rows.iter().fold((f32::MAX, f32::MIN), |(a, b), &v| (a.min(v), b.max(v)));
    let paper = low + 0.08 * (high - low);
    let (from, to) = (h / 4, h * 3 / 4);
    let mut best: Option<(u32, u32)> = None;
    let mut open = None;
    for y in from..=to {
        match (y < to && rows[y as usize] <= paper, open) {
            (true, None) => open = Some(y),
            (false, Some(top)) => {
                if best.is_none_or(|(a, b)| y - top > b - a) {
                    best = Some((top, y));
                }
                open = None;
            }
            _ => {}
        }
    }
    best.filter(|(a, b)| (b - a) as f32 >= 0.06 * h as f32)
}
