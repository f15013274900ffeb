//! Character error of a recognised page, whatever order its lines stand in: each read line goes to the printed line whose place
//! it covers best, and what was read there is compared with what is printed.

use baoku_model::TextLayer;

use crate::reading::gold::{GoldLine, GoldPage};
use crate::reading::score::distance;

pub struct Error {
    pub edits: usize,
    pub characters: usize,
    /// Characters read where nothing is printed; counted as edits too.
    pub stray: usize,
    /// Lines that differ, the worst first.
    pub worst: Vec<Differing>,
}

pub struct Differing {
    pub edits: usize,
    pub truth: String,
    pub read: String,
}

impl Error {
    pub fn share(&self) -> f32 {
        self.edits as f32 / self.characters.max(1) as f32
    }
}

/// Left, top, right, bottom in page widths across and page heights down, scaled to millimetres.
type Edges = [f32; 4];

pub fn error(truth: &GoldPage, layer: &TextLayer) -> Error {
    let places: Vec<Edges> = truth.lines.iter().map(place).collect();
    let mut read: Vec<Vec<(f32, &str)>> = vec![Vec::new(); places.len()];
    let mut error = Error { edits: 0, characters: 0, stray: 0, worst: Vec::new() };
    for (edges, text) in upright(truth, layer) {
        match best(&places, &edges) {
            Some(at) => {
                let along = if truth.lines[at].vertical { edges[1] } else { edges[0] };
                read[at].push((along, text));
            }
            None => error.stray += normal(text).len(),
        }
    }
    error.edits += error.stray;
    for (line, mut parts) in truth.lines.iter().zip(read) {
        parts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (printed, read) = (normal(&line.text), normal(&parts.iter().map(|p| p.1).collect::<String>()));
        let edits = distance(&printed, &read);
        error.edits += edits;
        error.characters += printed.len();
        if edits > 0 {
            error.worst.push(Differing { edits, truth: printed.iter().collect(), read: read.iter().collect() });
        }
    }
    error.worst.sort_by_key(|d| std::cmp::Reverse(d.edits));
    error
}

/// For each line of the layer the printed line that it is, if it is one.
pub fn assigned(truth: &GoldPage, layer: &TextLayer) -> Vec<Option<usize>> {
    let places: Vec<Edges> = truth.lines.iter().map(place).collect();
    upright(truth, layer).map(|(edges, _)| best(&places, &edges)).collect()
}

/// Where the characters of a printed line stand, in millimetres.
fn place(line: &GoldLine) -> Edges {
    let em = line.size_pt * 25.4 / 72.0;
    let [x, y, w, h] = line.slot;
    let indent = line.indent.unwrap_or_default() * em;
    let half = |c: char| (c as u32) < 0x2000;
    if line.vertical {
        let length = line.text.chars().count() as f32 * em * 1.02;
        [x, y + indent, x + w, (y + h).min(y + indent + length)]
    } else {
        let length: f32 = line.text.chars().map(|c| if half(c) { 0.6 } else { 1.0 }).sum::<f32>() * em * 1.03;
        [x + indent, y, (x + w).min(x + indent + length), y + h]
    }
}

/// The lines of a layer in millimetres, turned back by the tilt of the page.
fn upright<'l>(truth: &'l GoldPage, layer: &'l TextLayer) -> impl Iterator<Item = (Edges, &'l str)> {
    let (sin, cos) = layer.skew.to_radians().sin_cos();
    let (width, height) = (truth.width_mm, truth.height_mm);
    layer.lines.iter().filter_map(move |l| {
        let b = l.bbox?;
        let (w, h) = (b.w * width, b.h * height);
        let (dx, dy) = ((b.x + b.w / 2.0 - 0.5) * width, (b.y + b.h / 2.0 - 0.5) * height);
        let (cx, cy) = (dx * cos + dy * sin + width / 2.0, dy * cos - dx * sin + height / 2.0);
        // An upright box around a tilted line is thicker than the line.
        let (w, h) = if w > h { (w, (h - w * sin.abs()).max(0.7)) } else { ((w - h * sin.abs()).max(0.7), h) };
        Some(([cx - w / 2.0, cy - h / 2.0, cx + w / 2.0, cy + h / 2.0], l.text.as_str()))
    })
}

/// The printed line with the largest common part relative to both, if that is a tenth of what was read.
fn best(places: &[Edges], read: &Edges) -> Option<usize> {
    let area = |e: &Edges| ((e[2] - e[0]) * (e[3] - e[1])).max(1e-6);
    let common =
        |p: &Edges| (p[2].min(read[2]) - p[0].max(read[0])).max(0.0) * (p[3].min(read[3]) - p[1].max(read[1])).max(0.0);
    let likeness = |p: &Edges| common(p) / (area(p) + area(read) - common(p));
    let (at, place) = places.iter().enumerate().max_by(|a, b| likeness(a.1).total_cmp(&likeness(b.1)))?;
    (common(place) > 0.1 * area(read)).then_some(at)
}

/// Characters as they are compared: no white space, full width as half width, the forms of quotation marks, dashes and zeros as
/// one each. Scorers for printed Chinese agree on this.
pub fn normal(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(|c| {
            let (c, times) = match c {
                '“' | '”' | '「' | '」' | '﹁' | '﹂' | '『' | '』' | '＂' => ('"', 1),
                '‘' | '’' | '＇' => ('\'', 1),
                '—' | '–' | '－' => ('-', 1),
                '〇' | '○' | '◯' => ('0', 1),
                '…' => ('.', 3),
                '\u{ff01}'..='\u{ff5e}' => (char::from_u32(c as u32 - 0xfee0).unwrap_or(c), 1),
                c => (c, 1),
            };
            std::iter::repeat_n(c, times)
        })
        .collect()
}
