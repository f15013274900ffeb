//! A line that runs on across a gutter, because the detector saw the last character of one column and the first of the next as
//! neighbours. The lines beside it know better: where several of them end and others start again, there is a gutter.

use image::GrayImage;

use crate::detection::TextBox;

/// Lines that must end, and start again, at a place before it is believed to be a gutter.
const WITNESSES: usize = 2;
/// How far apart such ends may lie, in thicknesses of the line.
const TOLERANCE: f32 = 0.5;
/// How far to the side witnesses are asked, in thicknesses of the line.
const REACH: f32 = 6.0;
/// Widest gutter that is bridged, in thicknesses of the line.
const WIDEST: f32 = 3.0;

/// Least difference in grey between the ink of a line and the paper in a gutter.
const LEAST_CONTRAST: f32 = 40.0;

/// Where to cut `b`, as shares of its length: the gutters that run through it, in order. `vertical` says which way the lines run.
pub fn gutters(b: &TextBox, others: &[TextBox], vertical: bool, image: &GrayImage) -> Vec<f32> {
    let (length, thick) = if vertical { (b.h, b.w) } else { (b.w, b.h) };
    if length < 6.0 * thick {
        return Vec::new();
    }
    let (mut ends, mut starts) = (Vec::new(), Vec::new());
    for o in others {
        let (along, across) = relative(b, o, vertical);
        let (o_length, o_thick) = if vertical { (o.h, o.w) } else { (o.w, o.h) };
        let alike = o_thick < 1.5 * thick && thick < 1.5 * o_thick;
        if !alike || across.abs() > REACH * thick || across.abs() < 0.5 * thick || o_length < 2.0 * thick {
            continue;
        }
        ends.push(along + o_length / 2.0);
        starts.push(along - o_length / 2.0);
    }
    let inside = |v: &&f32| v.abs() < length / 2.0 - thick;
    let mut cuts: Vec<f32> = Vec::new();
    for &end in ends.iter().filter(inside) {
        let near_end = ends.iter().filter(|e| (*e - end).abs() < TOLERANCE * thick).count();
        let after: Vec<f32> =
            starts.iter().copied().filter(|s| *s > end - 0.3 * thick && *s - end < WIDEST * thick).collect();
        let Some(start) = after
            .iter()
            .copied()
            .find(|s| after.iter().filter(|o| (*o - s).abs() < TOLERANCE * thick).count() >= WITNESSES)
        else {
            continue;
        };
        if near_end < WITNESSES {
            continue;
        }
        let share = |v: f32| (v / length + 0.5).clamp(0.0, 1.0);
        let margin = 0.3 * thick;
        if let Some(cut) = paper(image, share(end - margin), share(start + margin), vertical, 0.3 * thick)
            && cuts.iter().all(|c| (c - cut).abs() * length > thick)
        {
            cuts.push(cut);
        }
    }
    cuts.sort_by(f32::total_cmp);
    cuts
}

/// Cuts a box and its image at the given shares of its length.
pub fn cut(b: &TextBox, image: GrayImage, at: &[f32], vertical: bool) -> Vec<(TextBox, GrayImage)> {
    if at.is_empty() {
        return vec![(*b, image)];
    }
    let mut edges = vec![0.0];
    edges.extend_from_slice(at);
    edges.push(1.0);
    let (c, s) = (b.angle.cos(), b.angle.sin());
    edges
        .windows(2)
        .map(|w| {
            let middle = (w[0] + w[1]) / 2.0 - 0.5;
            let share = w[1] - w[0];
            if vertical {
                let (top, bottom) = span(w[0], w[1], image.height());
                let part = image::imageops::crop_imm(&image, 0, top, image.width(), bottom - top).to_image();
                let d = middle * b.h;
                (TextBox { cx: b.cx - d * s, cy: b.cy + d * c, h: b.h * share, ..*b }, part)
            } else {
                let (left, right) = span(w[0], w[1], image.width());
                let part = image::imageops::crop_imm(&image, left, 0, right - left, image.height()).to_image();
                let d = middle * b.w;
                (TextBox { cx: b.cx + d * c, cy: b.cy + d * s, w: b.w * share, ..*b }, part)
            }
        })
        .collect()
}

fn span(from: f32, to: f32, length: u32) -> (u32, u32) {
    let from = ((from * length as f32) as u32).min(length - 1);
    (from, ((to * length as f32) as u32).clamp(from + 1, length))
}

/// Centre of `o` along and across `b`, from the centre of `b`.
fn relative(b: &TextBox, o: &TextBox, vertical: bool) -> (f32, f32) {
    let (c, s) = (b.angle.cos(), b.angle.sin());
    let (dx, dy) = (o.cx - b.cx, o.cy - b.cy);
    let (u, v) = (dx * c + dy * s, dy * c - dx * s);
    if vertical { (v, u) } else { (u, v) }
}

/// Middle of the longest run of paper between two shares of the line, if it is at least `least` pixels long.
fn paper(image: &GrayImage, from: f32, to: f32, vertical: bool, least: f32) -> Option<f32> {
    let (w, h) = (image.width(), image.height());
    let length = if vertical { h } else { w };
    let (from, to) = span(from, to, length);
    let ink = |i: u32| -> f32 {
        let across = if vertical { w } else { h };
        (0..across)
            .map(|j| {
                let p = if vertical { image.get_pixel(j, i) } else { image.get_pixel(i, j) };
                255.0 - f32::from(p.0[0])
            })
            .fold(0.0, f32::max)
    };
    let darkest: f32 = (0..length).step_by(4).map(ink).fold(0.0, f32::max);
    let lightest: f32 = (from..to).map(ink).fold(255.0, f32::min);
    if darkest - lightest < LEAST_CONTRAST {
        return None;
    }
    let threshold = lightest + 0.3 * (darkest - lightest);
    let (mut best, mut open): (Option<(u32, u32)>, Option<u32>) = (None, None);
    for i in from..=to {
        match (i < to && ink(i) <= threshold, open) {
            (true, None) => open = Some(i),
            (false, Some(a)) => {
                if best.is_none_or(|(x, y)| i - a > y - x) {
                    best = Some((a, i));
                }
                open = None;
            }
            _ => {}
        }
    }
    best.filter(|(a, z)| (z - a) as f32 >= least).map(|(a, z)| (a + z) as f32 / 2.0 / length as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(left: f32, right: f32, y: f32) -> TextBox {
        TextBox { cx: (left + right) / 2.0, cy: y, w: right - left, h: 20.0, angle: 0.0, score: 1.0 }
    }

    /// Ink everywhere but between 240 and 260.
    fn image() -> GrayImage {
        GrayImage::from_fn(500, 20, |x, y| image::Luma([if (240..260).contains(&x) || y < 3 { 250 } else { 20 }]))
    }

    #[test]
    fn a_line_over_a_gutter_is_cut_where_its_neighbours_are() {
        let others = [row(0.0, 240.0, 30.0), row(0.0, 241.0, 60.0), row(260.0, 500.0, 30.0), row(259.0, 500.0, 60.0)];
        let long = row(0.0, 500.0, 90.0);
        let at = gutters(&long, &others, false, &image());
        assert_eq!(at.len(), 1);
        assert!((at[0] - 0.5).abs() < 0.01);
        let parts = cut(&long, image(), &at, false);
        assert_eq!(parts.len(), 2);
        assert!((parts[1].0.cx - 375.0).abs() < 3.0 && (parts[0].0.w - 250.0).abs() < 3.0);
    }

    #[test]
    fn a_headline_over_two_columns_is_left_alone_where_it_has_ink() {
        let others = [row(0.0, 240.0, 30.0), row(0.0, 241.0, 60.0), row(260.0, 500.0, 30.0), row(259.0, 500.0, 60.0)];
        let full = GrayImage::from_pixel(500, 20, image::Luma([20]));
        assert!(gutters(&row(0.0, 500.0, 90.0), &others, false, &full).is_empty());
    }
}
