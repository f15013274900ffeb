//! The flat sheet on which layout reasons: upright, in units of the page height, with text running left to right.
//!
//! A vertical page is the same problem turned: down the column becomes rightwards, from right to left becomes
//! downwards. Everything after this file is written once, for horizontal text.

use baoku_model::{Direction, LineSpan, Rect, TextLayer, TextLine};

use crate::signs;
use crate::text::Source;

/// An upright area on the sheet. Units: page heights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    pub fn height(&self) -> f32 {
        self.bottom - self.top
    }

    pub fn union(&self, o: &Area) -> Area {
        Area {
            left: self.left.min(o.left),
            top: self.top.min(o.top),
            right: self.right.max(o.right),
            bottom: self.bottom.max(o.bottom),
        }
    }

    pub fn around(areas: impl IntoIterator<Item = Area>) -> Option<Area> {
        areas.into_iter().reduce(|a, b| a.union(&b))
    }

    /// Length of the common stretch across, negative if there is a gap.
    pub fn across(&self, o: &Area) -> f32 {
        self.right.min(o.right) - self.left.max(o.left)
    }

    /// Length of the common stretch downwards, negative if there is a gap.
    pub fn down(&self, o: &Area) -> f32 {
        self.bottom.min(o.bottom) - self.top.max(o.top)
    }

    pub fn center(&self) -> (f32, f32) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    pub fn holds(&self, point: (f32, f32)) -> bool {
        (self.left..=self.right).contains(&point.0) && (self.top..=self.bottom).contains(&point.1)
    }

    /// The area on the sheet turned so that vertical text runs left to right.
    fn turned(&self, width: f32) -> Area {
        Area { left: self.top, top: width - self.right, right: self.bottom, bottom: width - self.left }
    }

    /// Undoes [`Area::turned`]; `width` is the unturned sheet's.
    fn turned_back(&self, width: f32) -> Area {
        Area { left: width - self.bottom, top: self.left, right: width - self.top, bottom: self.right }
    }
}

/// A stretch of one line that layout treats as one thing.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub at: LineSpan,
    pub area: Area,
    /// Em size in page heights.
    pub em: f32,
    /// Number of the font within the layer; lines without one share a number.
    pub font: u32,
    pub bold: bool,
    /// The text runs along the sheet's horizontal axis.
    pub along: bool,
    /// The text runs right to left.
    pub backwards: bool,
    /// The recogniser's, 0 to 1.
    pub confidence: f32,
    pub text: String,
}

/// A drawn line. `a..b` is its extent along its own direction, `at` its place across.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Stroke {
    pub at: f32,
    pub a: f32,
    pub b: f32,
}

/// A page, or the same page turned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub width: f32,
    pub height: f32,
    pub spans: Vec<Span>,
    pub level: Vec<Stroke>,
    pub upright: Vec<Stroke>,
    /// Frames as drawn, before any are put together from strokes.
    pub frames: Vec<Area>,
    pub pictures: Vec<Area>,
    /// Turned so that vertical text runs left to right.
    pub is_turned: bool,
}

impl Sheet {
    pub fn of(layer: &TextLayer, source: &Source) -> Sheet {
        let aspect =
            if layer.width > 0.0 && layer.height > 0.0 { (layer.width / layer.height).clamp(0.02, 50.0) } else { 0.7 };
        let skew = if layer.skew.is_finite() && layer.skew.abs() > 0.02 { layer.skew.clamp(-45.0, 45.0) } else { 0.0 };
        let mut sheet = Sheet { width: aspect, height: 1.0, ..Sheet::default() };
        let mut fonts: Vec<&str> = Vec::new();
        for (i, line) in layer.lines.iter().enumerate() {
            let Some(bbox) = line.bbox.filter(sound) else { continue };
            let chars = &source.lines[i];
            if chars.iter().all(|c| c.is_whitespace()) {
                continue;
            }
            let font = match line.font.as_deref() {
                None => 0,
                Some(name) => match fonts.iter().position(|f| *f == name) {
                    Some(p) => p as u32 + 1,
                    None => {
                        fonts.push(name);
                        fonts.len() as u32
                    }
                },
            };
            let vertical = line.direction == Direction::Vertical;
            for (start, end) in parts(chars) {
                let part = line.span_box(start, end).filter(sound).unwrap_or(bbox);
                let whole = place(&part, aspect);
                let em = em_of(line, &whole, skew);
                sheet.spans.push(Span {
                    at: LineSpan { line: i as u32, start: start as u32, end: end as u32 },
                    area: whole,
                    em,
                    font,
                    bold: line.bold,
                    along: !vertical,
                    backwards: line.direction == Direction::RightToLeft,
                    confidence: line.confidence,
                    text: chars[start..end].iter().collect::<String>().trim().to_owned(),
                });
            }
        }
        let skew = if skew == 0.0 {
            let found = estimate_skew(&sheet);
            for span in &mut sheet.spans {
                span.em = em_of(&layer.lines[span.at.line as usize], &span.area, found);
            }
            found
        } else {
            skew
        };
        for rule in &layer.rules {
            if !sound(&rule.bbox) {
                continue;
            }
            let area = straighten(&place(&rule.bbox, aspect), skew, aspect);
            sheet.add_rule(&area, rule.frame);
        }
        sheet.pictures =
            layer.pictures.iter().filter(|p| sound(p)).map(|p| straighten(&place(p, aspect), skew, aspect)).collect();
        if skew != 0.0 {
            for span in &mut sheet.spans {
                span.area = straighten(&span.area, skew, aspect);
            }
        }
        sheet
    }

    /// Sorts a rule into strokes and frames. A thin frame is a stroke; a frame's own edges are strokes too.
    fn add_rule(&mut self, area: &Area, frame: bool) {
        let thin = 0.006;
        let (w, h) = (area.width(), area.height());
        let (x, y) = area.center();
        if h <= thin && w > h {
            self.level.push(Stroke { at: y, a: area.left, b: area.right });
        } else if w <= thin && h > w {
            self.upright.push(Stroke { at: x, a: area.top, b: area.bottom });
        } else if frame && w > 0.02 && h > 0.015 {
            self.frames.push(*area);
        } else if h < w * 0.1 {
            self.level.push(Stroke { at: y, a: area.left, b: area.right });
        } else if w < h * 0.1 {
            self.upright.push(Stroke { at: x, a: area.top, b: area.bottom });
        }
    }

    /// The sheet turned so that vertical text runs left to right; a turned sheet is turned back.
    pub fn turned(&self) -> Sheet {
        let flat = |s: &Stroke, at: f32| Stroke { at, ..*s };
        // Along the axis that is turned over, places count from the other end.
        let over = |s: &Stroke| Stroke { at: s.at, a: self.across() - s.b, b: self.across() - s.a };
        let (upright, level) = if self.is_turned {
            (
                self.level.iter().map(|s| flat(s, self.across() - s.at)).collect(),
                self.upright.iter().map(over).collect(),
            )
        } else {
            (
                self.level.iter().map(over).collect(),
                self.upright.iter().map(|s| flat(s, self.across() - s.at)).collect(),
            )
        };
        Sheet {
            width: self.height,
            height: self.width,
            spans: self
                .spans
                .iter()
                .map(|s| Span { area: self.turned_area(&s.area), along: !s.along, ..s.clone() })
                .collect(),
            upright,
            level,
            frames: self.frames.iter().map(|f| self.turned_area(f)).collect(),
            pictures: self.pictures.iter().map(|f| self.turned_area(f)).collect(),
            is_turned: !self.is_turned,
        }
    }

    /// The extent that is turned over: the width of the upright sheet.
    fn across(&self) -> f32 {
        if self.is_turned { self.height } else { self.width }
    }

    fn turned_area(&self, area: &Area) -> Area {
        if self.is_turned { area.turned_back(self.height) } else { area.turned(self.width) }
    }

    /// An area of [`Sheet::turned`] on this sheet.
    pub fn straight_of(&self, area: &Area) -> Area {
        if self.is_turned { area.turned(self.height) } else { area.turned_back(self.width) }
    }

    /// True if most characters run down the sheet.
    pub fn is_vertical(&self) -> bool {
        let (mut along, mut down) = (0, 0);
        for s in &self.spans {
            *(if s.along { &mut along } else { &mut down }) += (s.at.end - s.at.start) as usize;
        }
        down > along
    }
}

/// Em of a line that takes up `area` on a page turned by `skew` degrees: its size where known, else from its thickness.
fn em_of(line: &TextLine, area: &Area, skew: f32) -> f32 {
    if line.size > 0.0 && line.size.is_finite() {
        return line.size.min(0.5);
    }
    let (thickness, length) = match line.direction {
        Direction::Vertical => (area.width(), area.height()),
        Direction::Horizontal | Direction::RightToLeft => (area.height(), area.width()),
    };
    // A skewed line's upright box is thicker than the line.
    let own = (thickness - length * skew.to_radians().sin().abs()).max(thickness * 0.35) * 0.92;
    if own > 0.0 { own } else { 0.01 }
}

fn sound(b: &Rect) -> bool {
    [b.x, b.y, b.w, b.h].iter().all(|v| v.is_finite() && v.abs() < 100.0) && b.w >= 0.0 && b.h >= 0.0
}

fn place(b: &Rect, aspect: f32) -> Area {
    Area { left: b.x * aspect, top: b.y, right: b.right() * aspect, bottom: b.bottom() }
}

/// Turns an area back by `skew` degrees around the middle of the page. The upright box of a turned line is too thick;
/// its own length gives the excess.
fn straighten(area: &Area, skew: f32, aspect: f32) -> Area {
    if skew == 0.0 {
        return *area;
    }
    let (sin, cos) = (-skew).to_radians().sin_cos();
    let (cx, cy) = (aspect / 2.0, 0.5);
    let (x, y) = area.center();
    let (dx, dy) = (x - cx, y - cy);
    let (x, y) = (cx + dx * cos - dy * sin, cy + dx * sin + dy * cos);
    let (w, h) = (area.width(), area.height());
    let excess = |thick: f32, long: f32| (thick - long * sin.abs()).max(thick * 0.35);
    let (w, h) = if w >= h { (w, excess(h, w)) } else { (excess(w, h), h) };
    Area { left: x - w / 2.0, top: y - h / 2.0, right: x + w / 2.0, bottom: y + h / 2.0 }
}

/// What of a line is compared with other lines.
#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Level,
}

/// Skew in degrees at which the edges of lines stand most sharply under each other, and the lines of neighbouring columns
/// most sharply beside each other; 0 where the page is straight or says
/// too little. Only small angles are looked for: 2 degrees either way.
fn estimate_skew(sheet: &Sheet) -> f32 {
    const STEP: f32 = 0.05;
    const STEPS: i32 = 40;
    let lines: Vec<&Span> = sheet.spans.iter().filter(|s| s.along && s.text.chars().count() >= 5).collect();
    if lines.len() < 16 || lines.len() * 2 < sheet.spans.len() {
        return 0.0;
    }
    let mut sizes: Vec<f32> = lines.iter().map(|s| s.em).collect();
    sizes.sort_by(f32::total_cmp);
    let slot = 0.3 * sizes[sizes.len() / 2];
    // How many line edges fall into the same slots; counted twice, half a slot apart, so that no border decides.
    let sharpness = |step: i32| -> f32 {
        let lean = (step as f32 * STEP).to_radians().tan();
        let mut slots: Vec<i32> = Vec::with_capacity(lines.len());
        let mut sum = 0;
        for side in [Side::Left, Side::Right, Side::Level] {
            for shift in [0.0, 0.5] {
                slots.clear();
                slots.extend(lines.iter().map(|s| {
                    let (x, y) = s.area.center();
                    let at = match side {
                        Side::Left => s.area.left + y * lean,
                        Side::Right => s.area.right + y * lean,
                        Side::Level => y - x * lean,
                    };
                    (at / slot + shift).floor() as i32
                }));
                slots.sort_unstable();
                sum += slots.chunk_by(|a, b| a == b).map(|c| (c.len() - 1) * (c.len() - 1)).sum::<usize>();
            }
        }
        sum as f32
    };
    let all: Vec<f32> = (-STEPS..=STEPS).map(sharpness).collect();
    let smooth = |i: usize| (i.saturating_sub(1)..=(i + 1).min(all.len() - 1)).map(|k| all[k]).sum::<f32>();
    let straight = STEPS as usize;
    let best = (0..all.len())
        .max_by(|a, b| smooth(*a).total_cmp(&smooth(*b)).then(b.abs_diff(straight).cmp(&a.abs_diff(straight))))
        .unwrap_or(straight);
    let degrees = (best as f32 - straight as f32) * STEP;
    // Angles far off say how sharp a page is by chance.
    let mut by_size: Vec<f32> = (0..all.len()).map(smooth).collect();
    by_size.sort_by(f32::total_cmp);
    let chance = by_size[by_size.len() / 2];
    let (peak, level) = (smooth(best) - chance, (smooth(straight) - chance).max(0.0));
    if degrees.abs() < 0.12 || peak < 1.4 * level || peak < 0.15 * chance { 0.0 } else { degrees }
}

/// Splits a line where a byline or jump marker shares it with body text.
fn parts(chars: &[char]) -> Vec<(usize, usize)> {
    let n = chars.len();
    let text: String = chars.iter().collect();
    let trimmed = text.trim();
    if signs::jump(trimmed).is_some() || signs::byline(trimmed).is_some() {
        return vec![(0, n)];
    }
    let mut cuts: Vec<usize> = Vec::new();
    if text.contains('版')
        && let Some((start, end)) = signs::find_jump(&text)
    {
        // In the middle of a sentence it is a reference, not a marker.
        let before: String = chars[..start].iter().collect();
        let after: String = chars[end..].iter().collect();
        if before.trim().is_empty() || after.trim().is_empty() {
            cuts.extend([start, end]);
        }
    }
    if let Some(at) = signs::trailing_byline(&text) {
        cuts.push(at);
    }
    cuts.retain(|c| *c > 0 && *c < n);
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = Vec::new();
    let mut start = 0;
    for cut in cuts.into_iter().chain([n]) {
        if chars[start..cut].iter().any(|c| !c.is_whitespace()) {
            out.push((start, cut));
            start = cut;
        }
    }
    // Blanks after the last part stay with it.
    match out.last_mut() {
        Some(last) => last.1 = n,
        None => out.push((0, n)),
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        parts(&chars).into_iter().map(|(a, b)| chars[a..b].iter().collect()).collect()
    }

    #[test]
    fn lines_shared_with_markers() {
        assert_eq!(cut("47天。 （唐一鸣）"), ["47天。 ", "（唐一鸣）"]);
        assert_eq!(cut("现场办公（下转第4版）"), ["现场办公", "（下转第4版）"]);
        assert_eq!(cut("（上接第1版）指出，"), ["（上接第1版）", "指出，"]);
        assert_eq!(cut("有限公司（以下简称“城投”）"), ["有限公司（以下简称“城投”）"]);
        assert_eq!(cut("（下转第4版）"), ["（下转第4版）"]);
    }

    #[test]
    fn turning_makes_columns_rows() {
        let a = Area { left: 0.5, top: 0.1, right: 0.6, bottom: 0.9 };
        let t = a.turned(0.7);
        assert!((t.left - 0.1).abs() < 1e-6 && (t.right - 0.9).abs() < 1e-6);
        assert!((t.top - 0.1).abs() < 1e-6 && (t.bottom - 0.2).abs() < 1e-6);
    }
}
