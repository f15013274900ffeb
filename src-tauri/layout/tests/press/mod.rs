//! A small press: sets own-written text in columns and gives the text layer a reader of the PDF would.

#![allow(dead_code, reason = "each test file uses a part of the press")]

use baoku_model::{Direction, Rect, Rule, TextLayer, TextLine};

/// Page size in millimetres; body type 10 pt.
pub const WIDTH: f32 = 270.0;
pub const HEIGHT: f32 = 390.0;
pub const BODY: f32 = 10.0;
const MM: f32 = 25.4 / 72.0;

/// A page being set. All measures are millimetres from the top left corner, type sizes points.
#[derive(Default)]
pub struct Press {
    lines: Vec<TextLine>,
    rules: Vec<Rule>,
    pictures: Vec<Rect>,
}

impl Press {
    fn push(&mut self, text: &str, x: f32, y: f32, pt: f32, font: &str, direction: Direction) {
        let em = pt * MM;
        let length: f32 = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f32>() * em;
        let (w, h) = if direction == Direction::Vertical { (em, length) } else { (length, em) };
        self.lines.push(TextLine {
            text: text.to_owned(),
            bbox: Some(Rect::new(x / WIDTH, y / HEIGHT, w / WIDTH, h / HEIGHT)),
            direction,
            size: em / HEIGHT,
            font: Some(font.to_owned()),
            confidence: 1.0,
            ..TextLine::default()
        });
    }

    /// A line of display type, centred between `left` and `right`.
    pub fn centred(&mut self, text: &str, left: f32, right: f32, y: f32, pt: f32) {
        let length: f32 = text.chars().map(|c| if c.is_ascii() { 0.5 } else { 1.0 }).sum::<f32>() * pt * MM;
        self.push(text, (left + right - length) / 2.0, y, pt, "Hei", Direction::Horizontal);
    }

    pub fn head(&mut self, text: &str, x: f32, y: f32, pt: f32) {
        self.push(text, x, y, pt, "Hei", Direction::Horizontal);
    }

    pub fn vertical_head(&mut self, text: &str, x: f32, y: f32, pt: f32) {
        self.push(text, x, y, pt, "Hei", Direction::Vertical);
    }

    /// A line in the small italic face of bylines and captions.
    pub fn small(&mut self, text: &str, x: f32, y: f32) {
        self.push(text, x, y, BODY * 0.92, "Kai", Direction::Horizontal);
    }

    pub fn line(&mut self, text: &str, x: f32, y: f32) {
        self.push(text, x, y, BODY, "Song", Direction::Horizontal);
    }

    pub fn subhead(&mut self, text: &str, x: f32, y: f32) {
        self.push(text, x, y, BODY, "Hei", Direction::Horizontal);
    }

    /// Distance from line to line in millimetres.
    pub const LEADING: f32 = BODY * MM * 1.5;

    /// Sets paragraphs into columns of `chars` characters, each `(x, y, lines)`; a paragraph that starts with a `#` is a
    /// subhead. Fails if the columns are too short.
    pub fn columns(&mut self, paragraphs: &[&str], chars: usize, columns: &[(f32, f32, usize)]) {
        let mut rows = wrap(paragraphs, chars).into_iter();
        let em = BODY * MM;
        for (x, y, lines) in columns {
            for k in 0..*lines {
                let Some((indent, text)) = rows.next() else { return };
                let at = y + k as f32 * Self::LEADING;
                match text.strip_prefix('#') {
                    Some(title) => {
                        let n = title.chars().count() as f32;
                        self.subhead(title, x + (chars as f32 - n) / 2.0 * em, at);
                    }
                    None => self.line(&text, x + indent * em, at),
                }
            }
        }
        assert!(rows.next().is_none(), "the columns are too short");
    }

    /// Sets paragraphs in vertical columns from right to left; `tiers` are `(right, top, columns)`.
    pub fn vertical(&mut self, paragraphs: &[&str], chars: usize, tiers: &[(f32, f32, usize)]) {
        let mut rows = wrap(paragraphs, chars).into_iter();
        let em = BODY * MM;
        for (right, top, columns) in tiers {
            for k in 0..*columns {
                let Some((indent, text)) = rows.next() else { return };
                let x = right - em - k as f32 * Self::LEADING;
                self.push(&text, x, top + indent * em, BODY, "Song", Direction::Vertical);
            }
        }
        assert!(rows.next().is_none(), "the tiers are too short");
    }

    pub fn level_rule(&mut self, x: f32, y: f32, length: f32) {
        self.rules.push(Rule { bbox: Rect::new(x / WIDTH, y / HEIGHT, length / WIDTH, 0.0003), frame: false });
    }

    pub fn upright_rule(&mut self, x: f32, y: f32, length: f32) {
        self.rules.push(Rule { bbox: Rect::new(x / WIDTH, y / HEIGHT, 0.0004, length / HEIGHT), frame: false });
    }

    pub fn frame(&mut self, x: f32, y: f32, w: f32, h: f32) {
        self.rules.push(Rule { bbox: Rect::new(x / WIDTH, y / HEIGHT, w / WIDTH, h / HEIGHT), frame: true });
    }

    pub fn picture(&mut self, x: f32, y: f32, w: f32, h: f32) {
        self.pictures.push(Rect::new(x / WIDTH, y / HEIGHT, w / WIDTH, h / HEIGHT));
    }

    /// The page, its lines in an order that says nothing.
    pub fn layer(self) -> TextLayer {
        let mut lines = self.lines;
        shuffle(&mut lines, 0x5eed);
        TextLayer {
            width: WIDTH / MM,
            height: HEIGHT / MM,
            lines,
            rules: self.rules,
            pictures: self.pictures,
            ..TextLayer::default()
        }
    }
}

/// Breaks paragraphs into rows of `chars` characters with an indent of two; closing punctuation hangs rather than
/// starts a row.
fn wrap(paragraphs: &[&str], chars: usize) -> Vec<(f32, String)> {
    let mut out = Vec::new();
    for p in paragraphs {
        if p.starts_with('#') {
            out.push((0.0, (*p).to_owned()));
            continue;
        }
        let mut row = String::new();
        let mut room = (chars - 2) as f32;
        let mut indent = 2.0;
        for c in p.chars() {
            let w = if c.is_ascii() { 0.5 } else { 1.0 };
            if room < w && !matches!(c, '，' | '。' | '、' | '”' | '；' | '：' | '！' | '？' | '）') {
                out.push((indent, std::mem::take(&mut row)));
                room = chars as f32;
                indent = 0.0;
            }
            row.push(c);
            room -= w;
        }
        if !row.is_empty() {
            out.push((indent, row));
        }
    }
    out
}

/// A fixed pseudo-random order.
pub fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut next = generator(seed);
    for i in (1..items.len()).rev() {
        items.swap(i, (next() * (i as f32 + 1.0)) as usize % (i + 1));
    }
}

/// Pseudo-random numbers from 0 to 1.
pub fn generator(seed: u64) -> impl FnMut() -> f32 {
    let mut state = seed.wrapping_mul(2862933555777941757).wrapping_add(3037000493);
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f32 / (1u64 << 24) as f32
    }
}

/// What a recogniser makes of a page: boxes off by up to `jitter` of the line height, turned by `degrees`, sizes unknown,
/// fonts unknown, no rules.
pub fn recognised(layer: &TextLayer, degrees: f32, jitter: f32, rules: bool) -> TextLayer {
    let mut next = generator(7);
    let aspect = layer.width / layer.height;
    let (sin, cos) = degrees.to_radians().sin_cos();
    let turn = |b: &Rect| {
        let (x, y) = ((b.x + b.w / 2.0 - 0.5) * aspect, b.y + b.h / 2.0 - 0.5);
        let (w, h) = (b.w * aspect, b.h);
        let (tw, th) = (w * cos + h * sin.abs(), w * sin.abs() + h * cos);
        let (tx, ty) = (x * cos - y * sin, x * sin + y * cos);
        (tx + aspect / 2.0 - tw / 2.0, ty + 0.5 - th / 2.0, tw, th)
    };
    let mut out = layer.clone();
    for line in &mut out.lines {
        let Some(b) = line.bbox else { continue };
        let (x, y, w, h) = turn(&b);
        let j = line.size * jitter;
        let mut off = || (next() - 0.5) * j;
        line.bbox = Some(Rect::new((x + off()) / aspect, y + off(), (w + off()) / aspect, h + off() / 2.0));
        line.size = 0.0;
        line.font = None;
        line.confidence = 0.93;
    }
    out.rules.clear();
    if rules {
        out.rules = layer
            .rules
            .iter()
            .map(|r| {
                let (x, y, w, h) = turn(&r.bbox);
                Rule { bbox: Rect::new(x / aspect, y, w / aspect, h), frame: r.frame }
            })
            .collect();
    }
    out.pictures = layer
        .pictures
        .iter()
        .map(|p| {
            let (x, y, w, h) = turn(p);
            Rect::new(x / aspect, y, w / aspect, h)
        })
        .collect();
    shuffle(&mut out.lines, 3);
    out
}
