//! What a PDF page draws, taken down instead of painted: characters with their cells, rules, panels and pictures.

use hayro_cmap::{BfString, WritingMode};
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::drawings::Drawings;
use super::fonts::Fonts;

/// How a glyph stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posture {
    Upright,
    /// Turned a quarter clockwise: its text runs downwards.
    Clockwise,
    /// Turned a quarter the other way: its text runs upwards.
    Counter,
    UpsideDown,
}

/// One drawn character. Lengths are points from the top left corner of the page frame.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub ch: char,
    /// What follows `ch` where one glyph stands for several characters.
    pub more: Option<Box<str>>,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
    /// Em size.
    pub em: f32,
    pub posture: Posture,
    /// Shown with a font that writes downwards.
    pub vertical: bool,
    pub invisible: bool,
    /// Drawn with an outline besides its filling, as makers without a bold font do.
    pub stroked: bool,
    /// The character code, where the PDF does not say which character it is.
    pub unmapped: bool,
    /// Index into [`Page::fonts`].
    pub font: u16,
    /// Which text-showing operator drew it.
    pub run: u32,
    /// It stands in a run whose glyphs are set apart by the same wide gap.
    pub spaced: bool,
}

/// A font as a page uses it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FontFace {
    pub name: Option<String>,
    pub bold: bool,
}

/// Everything a page draws that intake cares for.
pub struct Page<'f> {
    pub glyphs: Vec<Glyph>,
    pub fonts: Vec<FontFace>,
    pub drawings: Drawings,
    /// Glyphs were left out because the page has more than the limit.
    pub overflowed: bool,
    width: f32,
    height: f32,
    limit: usize,
    run: u32,
    clips: Vec<Rect>,
    codes: &'f Fonts,
}

/// The cell of a glyph in thousandths of an em above and below the baseline.
const ASCENT: f64 = 880.0;
const DESCENT: f64 = -120.0;

impl<'f> Page<'f> {
    pub fn new(width: f32, height: f32, limit: usize, codes: &'f Fonts) -> Self {
        Self {
            glyphs: Vec::new(),
            fonts: Vec::new(),
            drawings: Drawings::new(width, height),
            overflowed: false,
            width,
            height,
            limit,
            run: 0,
            clips: vec![Rect::new(0.0, 0.0, f64::from(width), f64::from(height))],
            codes,
        }
    }

    fn clip(&self) -> Rect {
        self.clips.last().copied().unwrap_or_default()
    }

    fn face(&mut self, glyph: &FontGlyph<'_>) -> u16 {
        let face = match glyph {
            FontGlyph::Outline(outline) => match outline.font_data() {
                Some(data) => {
                    let heavy = data.weight.is_some_and(|w| w >= 600);
                    let bold = heavy || data.postscript_name.as_deref().is_some_and(is_bold);
                    FontFace { name: data.postscript_name, bold }
                }
                None => FontFace::default(),
            },
            FontGlyph::Type3(_) => FontFace { name: Some("Type3".to_owned()), bold: false },
        };
        let index = self.fonts.iter().position(|known| *known == face).unwrap_or_else(|| {
            self.fonts.push(face);
            self.fonts.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn is_on_page(&self, cell: &Rect) -> bool {
        let centre = cell.center();
        (0.0..=f64::from(self.width)).contains(&centre.x) && (0.0..=f64::from(self.height)).contains(&centre.y)
    }
}

/// Bold by the name a font goes by; Chinese foundries write weights in many ways.
fn is_bold(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["bold", "heavy", "black", "ultra"].iter().any(|word| name.contains(word)) && !name.contains("ultralight")
}

impl<'a> Device<'a> for Page<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        if self.glyphs.len() + run.glyphs().len() > self.limit {
            self.overflowed = true;
            return;
        }
        self.run += 1;
        let font = self.face(first);
        let start = self.glyphs.len();
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            let transform = props.transform * glyph.transform();
            let (known, advance) = match &**glyph {
                FontGlyph::Outline(o) => (o.as_unicode(), o.advance_width()),
                FontGlyph::Type3(t) => (t.as_unicode(), t.advance_width()),
            };
            // A font that writes downwards gives no advance sideways.
            let advance = if vertical { 1000.0 } else { f64::from(advance.unwrap_or(1000.0)) };
            let cell = cell(&transform, advance);
            if !self.is_on_page(&cell) {
                continue;
            }
            let coeffs = transform.as_coeffs();
            let em = coeffs[2].hypot(coeffs[3]) * 1000.0;
            if !em.is_finite() || em <= 0.0 {
                continue;
            }
            let known = known.or_else(|| {
                let name = self.fonts.get(usize::from(font)).and_then(|face| face.name.as_deref());
                self.codes.decode(name?, glyph.char_code()).map(BfString::Char)
            });
            let (ch, more, unmapped) = character(known);
            self.glyphs.push(Glyph {
                ch,
                more,
                left: cell.x0 as f32,
                top: cell.y0 as f32,
                right: cell.x1 as f32,
                bottom: cell.y1 as f32,
                em: em as f32,
                posture: posture(&coeffs),
                vertical,
                invisible: matches!(mode, DrawMode::Invisible),
                stroked: matches!(mode, DrawMode::Stroke(_) | DrawMode::FillAndStroke(..)),
                unmapped,
                font,
                run: self.run,
                spaced: false,
            });
        }
        mark_spaced(&mut self.glyphs[start..]);
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let clip = self.clip();
        if matches!(props.paint, Paint::Pattern(_)) {
            let bounds = props.transform.transform_rect_bbox(path.bounding_box()).intersect(clip);
            self.drawings.add_picture(bounds);
        } else if is_visible(&props.paint) {
            self.drawings.add_path(path, &props.transform, mode, clip, is_white(&props.paint));
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let clip = self.clip();
        let bounds = props.transform.transform_rect_bbox(*rect);
        if matches!(props.paint, Paint::Pattern(_)) {
            self.drawings.add_picture(bounds.intersect(clip));
        } else if is_visible(&props.paint) {
            self.drawings.add_rect(bounds, &props.transform, mode, clip, is_white(&props.paint));
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // The transform maps the image's pixels, not the unit square.
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        self.drawings.add_picture(props.transform.transform_rect_bbox(pixels).intersect(self.clip()));
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let clip = self.clip().intersect(clip_path.path.bounding_box());
        self.clips.push(clip);
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        let clip = self.clip().intersect(*rect);
        self.clips.push(clip);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_transparency_group(&mut self) {}
}

fn is_visible(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8()[3] > 8,
        Paint::Pattern(_) => true,
    }
}

fn is_white(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(color) => color.to_rgba().to_rgba8()[..3].iter().all(|c| *c > 250),
        Paint::Pattern(_) => false,
    }
}

fn cell(transform: &Affine, advance: f64) -> Rect {
    let corners = [(0.0, DESCENT), (advance, DESCENT), (0.0, ASCENT), (advance, ASCENT)];
    let points = corners.map(|(x, y)| *transform * Point::new(x, y));
    let first = Rect::from_points(points[0], points[1]);
    points[2..].iter().fold(first, |cell, point| cell.union_pt(*point))
}

fn posture(coeffs: &[f64; 6]) -> Posture {
    // The way from the glyph's foot to its head, on a page whose y runs downwards.
    let (x, y) = (coeffs[2], coeffs[3]);
    if x.abs() > y.abs() {
        if x > 0.0 { Posture::Clockwise } else { Posture::Counter }
    } else if y > 0.0 && coeffs[0] < 0.0 {
        Posture::UpsideDown
    } else {
        Posture::Upright
    }
}

fn character(known: Option<BfString>) -> (char, Option<Box<str>>, bool) {
    match known {
        Some(BfString::Char(c)) => printable(c),
        Some(BfString::String(s)) => {
            let mut chars = s.chars().filter(|c| !c.is_control());
            let Some(first) = chars.next() else { return (' ', None, false) };
            let rest: String = chars.collect();
            (first, (!rest.is_empty()).then(|| rest.into()), false)
        }
        None => (char::REPLACEMENT_CHARACTER, None, true),
    }
}

fn printable(c: char) -> (char, Option<Box<str>>, bool) {
    if c == '\0' || c == char::REPLACEMENT_CHARACTER {
        (char::REPLACEMENT_CHARACTER, None, true)
    } else if c.is_control() {
        (' ', None, false)
    } else {
        (c, None, false)
    }
}

/// Marks a run whose glyphs all follow each other at the same gap of more than half an em: a letter-spaced headline,
/// set as one string.
fn mark_spaced(run: &mut [Glyph]) {
    if run.len() < 2 || run.iter().any(|g| g.posture != Posture::Upright || g.vertical) {
        return;
    }
    let gaps = || run.windows(2).map(|pair| (pair[1].left - pair[0].right) / pair[0].em);
    let (low, high) = gaps().fold((f32::MAX, f32::MIN), |(low, high), gap| (low.min(gap), high.max(gap)));
    let level = (run[0].top - run[run.len() - 1].top).abs() < 0.1 * run[0].em;
    if level && low > 0.5 && high < 4.0 && high - low < 0.3 {
        run.iter_mut().for_each(|g| g.spaced = true);
    }
}
