//! Rules, frames, panels and pictures of a page.

use baoku_model::{Rect as Fraction, Rule};
use hayro_interpret::DrawMode;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// Strokes thicker than this many points are panels, thinner ones rules.
const THICKEST_RULE: f64 = 6.0;
/// Anything shorter is a dash, a bullet or a part of a drawing.
const SHORTEST_RULE: f64 = 12.0;
/// Smallest side of a picture or panel worth knowing.
const SMALLEST_PANEL: f64 = 14.0;
/// A page full of strokes is a drawing; more rules than this say nothing.
const MOST_RULES: usize = 4000;
const MOST_PICTURES: usize = 2000;

/// Collected in points; given out as fractions of the page.
pub struct Drawings {
    width: f64,
    height: f64,
    rules: Vec<(Rect, bool)>,
    pictures: Vec<Rect>,
}

impl Drawings {
    pub fn new(width: f32, height: f32) -> Self {
        Self { width: f64::from(width), height: f64::from(height), rules: Vec::new(), pictures: Vec::new() }
    }

    pub fn add_picture(&mut self, bounds: Rect) {
        let large = bounds.width() >= SMALLEST_PANEL && bounds.height() >= SMALLEST_PANEL;
        if large && self.pictures.len() < MOST_PICTURES {
            self.pictures.push(bounds);
        }
    }

    /// A filled or stroked rectangle, `bounds` on the page.
    pub fn add_rect(&mut self, bounds: Rect, transform: &Affine, mode: &DrawMode, clip: Rect, white: bool) {
        let (filled, pen) = pen(mode, transform);
        let visible = bounds.intersect(clip);
        let thin = bounds.width().min(bounds.height()) <= THICKEST_RULE;
        if thin {
            if !(white && filled) {
                self.add_rule(widened(visible, pen), false);
            }
        } else if pen > 0.0 || (filled && !white) {
            let covers_page = visible.area() > 0.9 * self.width * self.height;
            let large = visible.width() >= SMALLEST_PANEL && visible.height() >= SMALLEST_PANEL;
            if large && !(covers_page && filled) {
                self.push(visible, true);
            }
        }
    }

    /// Any other path: its straight, upright segments are rules, a closed one of four is a frame.
    pub fn add_path(&mut self, path: &BezPath, transform: &Affine, mode: &DrawMode, clip: Rect, white: bool) {
        let (filled, pen) = pen(mode, transform);
        if filled && pen == 0.0 {
            let bounds = transform.transform_rect_bbox(path.bounding_box());
            if !white && bounds.width().min(bounds.height()) <= THICKEST_RULE {
                self.add_rule(bounds.intersect(clip), false);
            }
            return;
        }
        if path.elements().len() > 2 * MOST_RULES {
            return;
        }
        let (mut start, mut at) = (Point::ZERO, Point::ZERO);
        for element in path.elements() {
            let end = match element {
                PathEl::MoveTo(p) => {
                    start = *transform * *p;
                    at = start;
                    continue;
                }
                PathEl::LineTo(p) => *transform * *p,
                PathEl::ClosePath => start,
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => {
                    at = *transform * *p;
                    continue;
                }
            };
            let segment = Rect::from_points(at, end);
            if segment.width().min(segment.height()) <= 1.0 {
                self.add_rule(widened(segment, pen).intersect(clip), false);
            }
            at = end;
        }
    }

    fn add_rule(&mut self, bounds: Rect, frame: bool) {
        let (long, short) = (bounds.width().max(bounds.height()), bounds.width().min(bounds.height()));
        if long >= SHORTEST_RULE && short >= 0.0 && long >= 4.0 * short {
            self.push(bounds, frame);
        }
    }

    fn push(&mut self, bounds: Rect, frame: bool) {
        // The same box filled and then stroked is one box.
        let same = |a: f64, b: f64| (a - b).abs() < 0.5;
        let known = self.rules.iter().rev().take(8).any(|(r, f)| {
            *f == frame
                && same(r.x0, bounds.x0)
                && same(r.y0, bounds.y0)
                && same(r.x1, bounds.x1)
                && same(r.y1, bounds.y1)
        });
        if !known && self.rules.len() < MOST_RULES {
            self.rules.push((bounds, frame));
        }
    }

    pub fn rules(&self) -> Vec<Rule> {
        self.rules.iter().map(|(bounds, frame)| Rule { bbox: self.fraction(bounds), frame: *frame }).collect()
    }

    /// Boxes of pictures; strips of one picture, as some makers cut them, are put together.
    pub fn pictures(&self) -> Vec<Fraction> {
        let mut whole: Vec<Rect> = Vec::new();
        for strip in &self.pictures {
            match whole.last_mut().filter(|above| continues(above, strip)) {
                Some(above) => *above = above.union(*strip),
                None => whole.push(*strip),
            }
        }
        whole.iter().map(|bounds| self.fraction(bounds)).collect()
    }

    fn fraction(&self, bounds: &Rect) -> Fraction {
        let part = |value: f64, of: f64| (value / of).clamp(0.0, 1.0) as f32;
        Fraction::from_edges(
            part(bounds.x0, self.width),
            part(bounds.y0, self.height),
            part(bounds.x1, self.width),
            part(bounds.y1, self.height),
        )
    }
}

/// Whether it is filled, and the width of the pen in points; 0 without a stroke.
fn pen(mode: &DrawMode, transform: &Affine) -> (bool, f64) {
    let scale = transform.determinant().abs().sqrt();
    let width = |props: &hayro_interpret::StrokeProps| (f64::from(props.line_width) * scale).max(0.1);
    match mode {
        DrawMode::Fill(_) => (true, 0.0),
        DrawMode::Stroke(props) => (false, width(props)),
        DrawMode::FillAndStroke(_, props) => (true, width(props)),
        DrawMode::Invisible => (false, 0.0),
    }
}

fn widened(segment: Rect, pen: f64) -> Rect {
    if segment.width() > segment.height() { segment.inflate(0.0, pen / 2.0) } else { segment.inflate(pen / 2.0, 0.0) }
}

fn continues(above: &Rect, strip: &Rect) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 1.5;
    let same =
        near(above.x0, strip.x0) && near(above.x1, strip.x1) && near(above.y0, strip.y0) && near(above.y1, strip.y1);
    let below =
        near(above.x0, strip.x0) && near(above.x1, strip.x1) && (near(above.y1, strip.y0) || near(above.y0, strip.y1));
    let beside =
        near(above.y0, strip.y0) && near(above.y1, strip.y1) && (near(above.x1, strip.x0) || near(above.x0, strip.x1));
    same || below || beside
}
