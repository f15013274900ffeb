//! A page within a scan: recognised by itself, then set back to where it stands, so that all boxes stay in the frame of the scan.

use baoku_model::{Direction, Rect, TextLayer, TextLine};
use image::GrayImage;

/// The pixels of `part`, fractions of the page.
pub fn clip(page: &GrayImage, part: &Rect) -> GrayImage {
    let (w, h) = (page.width() as f32, page.height() as f32);
    let left = ((part.x * w).round().max(0.0) as u32).min(page.width() - 1);
    let top = ((part.y * h).round().max(0.0) as u32).min(page.height() - 1);
    let right = ((part.right() * w).round() as u32).clamp(left + 1, page.width());
    let bottom = ((part.bottom() * h).round() as u32).clamp(top + 1, page.height());
    image::imageops::crop_imm(page, left, top, right - left, bottom - top).to_image()
}

/// Sets a layer that was read from `part` into the frame of the whole scan of `width x height` pixels.
pub fn set_back(layer: &mut TextLayer, part: &Rect, width: f32, height: f32) {
    let across = |x: f32| part.x + x * part.w;
    let down = |y: f32| part.y + y * part.h;
    let set = |b: &Rect| Rect::new(across(b.x), down(b.y), b.w * part.w, b.h * part.h);
    for line in &mut layer.lines {
        line.bbox = line.bbox.as_ref().map(set);
        line.size *= part.h;
        let vertical = line.direction == Direction::Vertical;
        line.edges.iter_mut().for_each(|e| *e = if vertical { down(*e) } else { across(*e) });
    }
    layer.rules.iter_mut().for_each(|r| r.bbox = set(&r.bbox));
    layer.pictures.iter_mut().for_each(|p| *p = set(p));
    (layer.width, layer.height) = (width, height);
}

/// The text that stands in `part` of a page, in the frame of that part: lines whose middle lies in it, cut at its edges.
pub fn within(layer: TextLayer, part: &Rect) -> TextLayer {
    let across = |x: f32| ((x - part.x) / part.w).clamp(0.0, 1.0);
    let down = |y: f32| ((y - part.y) / part.h).clamp(0.0, 1.0);
    let set = |b: &Rect| Rect::from_edges(across(b.x), down(b.y), across(b.right()), down(b.bottom()));
    let inside = |b: &Rect| {
        let (x, y) = (b.x + b.w / 2.0, b.y + b.h / 2.0);
        (part.x..part.right()).contains(&x) && (part.y..part.bottom()).contains(&y)
    };
    let moved = |mut line: TextLine| {
        line.bbox = line.bbox.as_ref().map(set);
        line.size /= part.h;
        let vertical = line.direction == Direction::Vertical;
        line.edges.iter_mut().for_each(|e| *e = if vertical { down(*e) } else { across(*e) });
        line
    };
    TextLayer {
        width: layer.width * part.w,
        height: layer.height * part.h,
        lines: layer.lines.into_iter().filter(|l| l.bbox.as_ref().is_some_and(inside)).map(moved).collect(),
        rules: layer
            .rules
            .into_iter()
            .filter(|r| inside(&r.bbox))
            .map(|r| baoku_model::Rule { bbox: set(&r.bbox), ..r })
            .collect(),
        pictures: layer.pictures.iter().filter(|p| p.intersection(part).area() > 0.0).map(set).collect(),
        supplied: Vec::new(),
        ..layer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_in_half_a_scan_stands_in_that_half() {
        let half = Rect::new(0.5, 0.1, 0.5, 0.8);
        let line = TextLine {
            bbox: Some(Rect::new(0.2, 0.5, 0.4, 0.1)),
            edges: vec![0.2, 0.4, 0.6],
            size: 0.1,
            ..TextLine::default()
        };
        let mut layer = TextLayer { width: 500.0, height: 800.0, lines: vec![line], ..TextLayer::default() };
        set_back(&mut layer, &half, 1000.0, 1000.0);
        let b = layer.lines[0].bbox.unwrap();
        assert!((b.x - 0.6).abs() < 1e-6 && (b.y - 0.5).abs() < 1e-6 && (b.w - 0.2).abs() < 1e-6);
        assert!((layer.lines[0].edges[1] - 0.7).abs() < 1e-6 && (layer.lines[0].size - 0.08).abs() < 1e-6);
        let back = within(layer.clone(), &half);
        let b = back.lines[0].bbox.unwrap();
        assert!((b.x - 0.2).abs() < 1e-6 && (b.y - 0.5).abs() < 1e-6 && (b.w - 0.4).abs() < 1e-6);
        assert!((back.lines[0].edges[1] - 0.4).abs() < 1e-6 && (back.lines[0].size - 0.1).abs() < 1e-6);
        assert_eq!((back.width, back.height), (500.0, 800.0));
        assert_eq!(within(layer, &Rect::new(0.0, 0.0, 0.5, 1.0)).lines, []);
        let page = GrayImage::from_fn(1000, 1000, |x, _| image::Luma([if x < 500 { 0 } else { 255 }]));
        let clipped = clip(&page, &half);
        assert_eq!(clipped.dimensions(), (500, 800));
        assert!(clipped.as_raw().iter().all(|p| *p == 255));
    }
}
