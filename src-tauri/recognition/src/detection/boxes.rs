//! Post-processing of a differentiable-binarisation map (Liao et al., 2020): threshold, connected components, a turned rectangle
//! around each, grown back by the margin that training had shrunk away.

use super::Map;

/// A rectangle turned by `angle` around its centre; pixels of the map it came from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextBox {
    pub cx: f32,
    pub cy: f32,
    pub w: f32,
    pub h: f32,
    /// Radians, clockwise on the screen; small.
    pub angle: f32,
    /// Mean probability inside, 0 to 1.
    pub score: f32,
}

impl TextBox {
    pub fn scaled(self, factor: f32) -> Self {
        Self { cx: self.cx * factor, cy: self.cy * factor, w: self.w * factor, h: self.h * factor, ..self }
    }

    /// Length over thickness, whichever way it lies.
    pub fn slenderness(&self) -> f32 {
        self.w.max(self.h) / self.w.min(self.h).max(1e-6)
    }

    /// The upright box around it: left, top, right, bottom.
    pub fn upright(&self) -> [f32; 4] {
        let (c, s) = (self.angle.cos().abs(), self.angle.sin().abs());
        let (w, h) = (self.w * c + self.h * s, self.w * s + self.h * c);
        [self.cx - w / 2.0, self.cy - h / 2.0, self.cx + w / 2.0, self.cy + h / 2.0]
    }
}

/// Thresholds of the post-processing; the defaults are PaddleOCR's own but for `box_score`, lowered for show-through scans.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub pixel: f32,
    pub box_score: f32,
    /// How far a box grows, as a factor on area over perimeter.
    pub unclip: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pixel: 0.3, box_score: 0.5, unclip: 1.6 }
    }
}

/// All text boxes of a map, in no particular order.
pub fn boxes(map: &Map, limits: Limits) -> Vec<TextBox> {
    let mut seen = vec![false; map.values.len()];
    let mut stack = Vec::new();
    let mut pixels: Vec<(u32, u32)> = Vec::new();
    let mut found = Vec::new();
    for start in 0..map.values.len() {
        if seen[start] || map.values[start] <= limits.pixel {
            continue;
        }
        seen[start] = true;
        stack.push(start);
        pixels.clear();
        let mut sum = 0.0f32;
        while let Some(at) = stack.pop() {
            let (x, y) = (at % map.width, at / map.width);
            pixels.push((x as u32, y as u32));
            sum += map.values[at];
            for ny in y.saturating_sub(1)..=(y + 1).min(map.height - 1) {
                for nx in x.saturating_sub(1)..=(x + 1).min(map.width - 1) {
                    let next = ny * map.width + nx;
                    if !seen[next] && map.values[next] > limits.pixel {
                        seen[next] = true;
                        stack.push(next);
                    }
                }
            }
        }
        let score = sum / pixels.len() as f32;
        if score >= limits.box_score
            && let Some(b) = rectangle(&pixels, score, limits.unclip)
        {
            found.push(b);
        }
    }
    found
}

/// Largest tilt believed of a single line, in radians; more is a picture or a stray mark.
const MAX_TILT: f32 = 0.2;

fn rectangle(pixels: &[(u32, u32)], score: f32, unclip: f32) -> Option<TextBox> {
    let (mut x0, mut x1, mut y0, mut y1) = (u32::MAX, 0, u32::MAX, 0);
    for &(x, y) in pixels {
        (x0, x1, y0, y1) = (x0.min(x), x1.max(x), y0.min(y), y1.max(y));
    }
    let (width, height) = ((x1 - x0 + 1) as f32, (y1 - y0 + 1) as f32);
    if width.min(height) < 3.0 {
        return None;
    }
    let elongated = width.max(height) > 3.0 * width.min(height) && pixels.len() > 50;
    let angle = if elongated { slope(pixels, width >= height) } else { 0.0 };
    let angle = if angle.abs() > MAX_TILT { 0.0 } else { angle };
    let (c, s) = (angle.cos(), angle.sin());
    let (mut u0, mut u1, mut v0, mut v1) = (f32::MAX, f32::MIN, f32::MAX, f32::MIN);
    for &(x, y) in pixels {
        let (x, y) = (x as f32 + 0.5, y as f32 + 0.5);
        let (u, v) = (x * c + y * s, y * c - x * s);
        (u0, u1, v0, v1) = (u0.min(u), u1.max(u), v0.min(v), v1.max(v));
    }
    (u0, u1, v0, v1) = (u0 - 0.5, u1 + 0.5, v0 - 0.5, v1 + 0.5);
    let grow = (u1 - u0) * (v1 - v0) * unclip / (2.0 * ((u1 - u0) + (v1 - v0)));
    let (w, h) = (u1 - u0 + 2.0 * grow, v1 - v0 + 2.0 * grow);
    if w.min(h) < 5.0 {
        return None;
    }
    let (u, v) = ((u0 + u1) / 2.0, (v0 + v1) / 2.0);
    Some(TextBox { cx: u * c - v * s, cy: u * s + v * c, w, h, angle, score })
}

/// Angle of the least-squares line through the pixels: of y over x for a row, of x over y (with its sign turned) for a column.
fn slope(pixels: &[(u32, u32)], row: bool) -> f32 {
    let n = pixels.len() as f64;
    let axes = |p: &(u32, u32)| if row { (f64::from(p.0), f64::from(p.1)) } else { (f64::from(p.1), f64::from(p.0)) };
    let (mut ma, mut mb) = (0.0, 0.0);
    for p in pixels {
        let (a, b) = axes(p);
        ma += a / n;
        mb += b / n;
    }
    let (mut cov, mut var) = (0.0, 0.0);
    for p in pixels {
        let (a, b) = axes(p);
        cov += (a - ma) * (b - mb);
        var += (a - ma) * (a - ma);
    }
    let angle = (cov / var.max(1e-9)).atan() as f32;
    if row { angle } else { -angle }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A map with one bar of probability `p`, tilted by `angle`.
    fn bar(angle: f32, p: f32) -> Map {
        let (width, height) = (200, 100);
        let mut values = vec![0.0; width * height];
        for y in 0..height {
            for x in 0..width {
                let (dx, dy) = (x as f32 - 100.0, y as f32 - 50.0);
                let (u, v) = (dx * angle.cos() + dy * angle.sin(), dy * angle.cos() - dx * angle.sin());
                if u.abs() < 60.0 && v.abs() < 5.0 {
                    values[y * width + x] = p;
                }
            }
        }
        Map { width, height, values }
    }

    #[test]
    fn a_tilted_bar_keeps_its_tilt_and_grows() {
        for angle in [-0.1f32, 0.0, 0.08] {
            let found = boxes(&bar(angle, 0.9), Limits::default());
            assert_eq!(found.len(), 1);
            let b = found[0];
            assert!((b.angle - angle).abs() < 0.01, "{} for {angle}", b.angle);
            assert!((b.cx - 100.0).abs() < 1.5 && (b.cy - 50.0).abs() < 1.5);
            assert!(b.w > 120.0 && b.h > 10.0 && b.h < 32.0);
        }
    }

    #[test]
    fn what_is_not_sure_enough_is_no_text() {
        assert!(boxes(&bar(0.0, 0.4), Limits::default()).is_empty());
    }
}
