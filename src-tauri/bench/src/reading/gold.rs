//! Gold readings: what an issue truly says, and the printed lines it was set from.

use std::path::Path;

use baoku_model::{Direction, Rect, TextLayer, TextLine};
use serde_json::Value;

/// An issue, or one page of one, with its true articles.
pub struct GoldIssue {
    pub articles: Vec<GoldArticle>,
    /// Text of masthead, page heads and editors' lines.
    pub furniture: String,
    pub pages: Vec<GoldPage>,
}

pub struct GoldArticle {
    pub id: String,
    pub kind: String,
    /// (role, text): shoulder, main, sub.
    pub headline: Vec<(&'static str, String)>,
    pub byline: Vec<String>,
    /// The byline line as printed, if there is one.
    pub printed_byline: String,
    pub blocks: Vec<GoldBlock>,
    pub jump: Option<GoldJump>,
    pub pages: Vec<u32>,
}

pub struct GoldBlock {
    pub role: String,
    pub text: String,
}

pub struct GoldJump {
    /// The page it leads to is not there.
    pub missing: bool,
}

/// One page as it was set: its lines in the true order.
pub struct GoldPage {
    pub number: u32,
    pub width_mm: f32,
    pub height_mm: f32,
    pub lines: Vec<GoldLine>,
}

pub struct GoldLine {
    pub article: String,
    pub role: String,
    pub block: i64,
    pub text: String,
    /// Left, top, width, height in millimetres; of the slot, not of the ink.
    pub slot: [f32; 4],
    pub size_pt: f32,
    pub font: String,
    pub vertical: bool,
    /// Indent in ems, where the gold gives it.
    pub indent: Option<f32>,
    pub justified: Option<bool>,
}

pub fn read(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

fn text(v: &Value) -> String {
    v.as_str().unwrap_or_default().to_owned()
}

fn number(v: &Value) -> f32 {
    v.as_f64().unwrap_or_default() as f32
}

/// Reads an issue's gold, such as `issue-512.json`.
pub fn issue(path: &Path) -> Result<GoldIssue, String> {
    let gold = read(path)?;
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let articles = list(&gold["articles"]).iter().map(article).collect();
    let pages: Vec<GoldPage> = list(&gold["pages"])
        .iter()
        .map(|p| GoldPage {
            number: p["page"].as_u64().unwrap_or(1) as u32,
            width_mm: number(&p["width_mm"]),
            height_mm: number(&p["height_mm"]),
            lines: list(&p["lines"])
                .iter()
                .map(|l| GoldLine {
                    article: text(&l["article"]),
                    role: text(&l["role"]),
                    block: l["block"].as_i64().unwrap_or_default(),
                    text: text(&l["text"]),
                    slot: std::array::from_fn(|i| number(&l["box_mm"][i])),
                    size_pt: number(&l["size_pt"]),
                    font: text(&l["font"]),
                    vertical: l["vertical"].as_bool().unwrap_or_default(),
                    indent: None,
                    justified: None,
                })
                .collect(),
        })
        .collect();
    let furniture =
        pages.iter().flat_map(|p| &p.lines).filter(|l| l.article.is_empty()).map(|l| l.text.as_str()).collect();
    Ok(GoldIssue { articles, furniture, pages })
}

fn article(a: &Value) -> GoldArticle {
    let headline = ["shoulder", "main", "sub"]
        .into_iter()
        .filter_map(|role| a["headline"][role].as_str().filter(|t| !t.is_empty()).map(|t| (role, t.to_owned())))
        .collect();
    let people = a["byline"]["people"].as_array().cloned().unwrap_or_default();
    GoldArticle {
        id: text(&a["id"]),
        kind: text(&a["kind"]),
        headline,
        byline: people.iter().map(|p| text(&p["name"])).collect(),
        printed_byline: text(&a["byline"]["text"]),
        blocks: a["blocks"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|b| GoldBlock {
                role: text(&b["role"]),
                text: match b["cells"].as_array() {
                    Some(cells) => cells.iter().map(text).collect(),
                    None => text(&b["text"]),
                },
            })
            .collect(),
        jump: (!a["jump"].is_null()).then(|| GoldJump { missing: a["jump"]["missing"].as_bool().unwrap_or_default() }),
        pages: a["pages"].as_array().into_iter().flatten().filter_map(Value::as_u64).map(|n| n as u32).collect(),
    }
}

/// Reads a page that is only known by its lines in reading order, such as `p1_tabloid_h5.gt.json`.
pub fn page(path: &Path) -> Result<GoldPage, String> {
    let gold = read(path)?;
    Ok(GoldPage {
        number: 1,
        width_mm: number(&gold["width_mm"]),
        height_mm: number(&gold["height_mm"]),
        lines: gold["lines"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|l| GoldLine {
                article: l["article"].as_i64().unwrap_or_default().to_string(),
                role: text(&l["kind"]),
                block: 0,
                text: text(&l["text"]),
                slot: ["x", "y", "w", "h"].map(|k| number(&l[k])),
                size_pt: number(&l["size_pt"]),
                font: text(&l["font"]),
                vertical: l["vertical"].as_bool().unwrap_or_default(),
                indent: Some(number(&l["indent"])),
                justified: l["justify"].as_bool(),
            })
            .collect(),
    })
}

/// How a page was recognised: exactly, or with the slips of a recogniser.
#[derive(Clone, Copy)]
pub struct Grade {
    pub degrees: f32,
    /// Share of the line height by which edges are off.
    pub jitter: f32,
    /// Sizes and fonts are known.
    pub type_known: bool,
}

impl Grade {
    pub const EXACT: Grade = Grade { degrees: 0.0, jitter: 0.0, type_known: true };
    pub const SCAN: Grade = Grade { degrees: 0.7, jitter: 0.25, type_known: false };
}

impl GoldPage {
    /// The text layer a reader of this page would give, without rules and pictures, its lines shuffled.
    pub fn layer(&self, grade: Grade) -> TextLayer {
        let mut next = dice(u64::from(self.number) + 17);
        let aspect = self.width_mm / self.height_mm;
        let (sin, cos) = grade.degrees.to_radians().sin_cos();
        let mut lines: Vec<TextLine> = Vec::new();
        for (i, l) in self.lines.iter().enumerate() {
            let [x, y, w, h] = self.ink(i);
            // Page heights, turned around the middle of the page.
            let (w, h) = (w / self.height_mm, h / self.height_mm);
            let (cx, cy) = (x / self.height_mm + w / 2.0 - aspect / 2.0, y / self.height_mm + h / 2.0 - 0.5);
            let (tx, ty) = (cx * cos - cy * sin + aspect / 2.0, cx * sin + cy * cos + 0.5);
            let (tw, th) = (w * cos + h * sin.abs(), w * sin.abs() + h * cos);
            let em = l.size_pt * MM / self.height_mm;
            let mut off = || (next() - 0.5) * grade.jitter * em;
            lines.push(TextLine {
                text: l.text.clone(),
                bbox: Some(Rect::new(
                    (tx - tw / 2.0 + off()) / aspect,
                    ty - th / 2.0 + off(),
                    (tw + off()) / aspect,
                    th + off() / 2.0,
                )),
                direction: if l.vertical { Direction::Vertical } else { Direction::Horizontal },
                size: if grade.type_known { em } else { 0.0 },
                font: grade.type_known.then(|| l.font.clone()),
                confidence: if grade.type_known { 1.0 } else { 0.95 },
                ..TextLine::default()
            });
        }
        for i in (1..lines.len()).rev() {
            lines.swap(i, (next() * (i as f32 + 1.0)) as usize % (i + 1));
        }
        TextLayer { width: self.width_mm / MM, height: self.height_mm / MM, lines, ..TextLayer::default() }
    }

    /// Where the characters of line `i` stand in its slot: left, top, width, height in millimetres.
    fn ink(&self, i: usize) -> [f32; 4] {
        let l = &self.lines[i];
        let em = l.size_pt * MM;
        let [x, y, w, h] = l.slot;
        let length: f32 = l.text.chars().map(|c| if (c as u32) < 0x2000 { 0.5 } else { 1.0 }).sum::<f32>() * em;
        let slot = if l.vertical { h } else { w };
        let same = |k: Option<&GoldLine>| k.is_some_and(|o| o.article == l.article && o.block == l.block);
        let first = !same(i.checked_sub(1).map(|k| &self.lines[k]));
        let room = slot - length;
        let indent = l
            .indent
            .map_or_else(|| if l.role == "body" && first && room > 1.4 * em { 2.0 * em } else { 0.0 }, |n| n * em);
        let justified = l.justified.unwrap_or_else(|| same(self.lines.get(i + 1)));
        let used = if justified && l.role == "body" { slot - indent } else { length.min(slot - indent) };
        if l.vertical {
            let x = x + (w - em) / 2.0;
            [x, y + indent, em, used]
        } else {
            let y = y + (h - em) / 2.0;
            [x + indent, y, used, em]
        }
    }
}

const MM: f32 = 25.4 / 72.0;

/// Pseudo-random numbers from 0 to 1, the same in every run.
fn dice(seed: u64) -> impl FnMut() -> f32 {
    let mut state = seed.wrapping_mul(2862933555777941757).wrapping_add(3037000493);
    move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 40) as f32 / (1u64 << 24) as f32
    }
}
