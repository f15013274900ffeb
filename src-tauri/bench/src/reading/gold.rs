//! Gold readings: what an issue truly says, and the printed lines it was set from.

use std::path::Path;

use serde_json::Value;

use super::printed::{MM, PrintedLine, PrintedPage};

/// An issue, or one page of one, with its true articles.
#[derive(Debug, Clone, Default)]
pub struct GoldIssue {
    pub articles: Vec<GoldArticle>,
    /// Text of masthead, page heads and editors' lines.
    pub furniture: String,
    pub pages: Vec<GoldPage>,
}

#[derive(Debug, Clone)]
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

#[derive(Debug, Clone)]
pub struct GoldBlock {
    pub role: String,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct GoldJump {
    /// The page it leads to is not there.
    pub missing: bool,
}

/// One page as it was set: its lines in the true order.
#[derive(Debug, Clone)]
pub struct GoldPage {
    pub number: u32,
    pub width_mm: f32,
    pub height_mm: f32,
    pub lines: Vec<GoldLine>,
}

#[derive(Debug, Clone)]
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

fn headline(a: &Value) -> Vec<(&'static str, String)> {
    ["shoulder", "main", "sub"]
        .into_iter()
        .filter_map(|role| a["headline"][role].as_str().filter(|t| !t.is_empty()).map(|t| (role, t.to_owned())))
        .collect()
}

fn article(a: &Value) -> GoldArticle {
    let people = a["byline"]["people"].as_array().cloned().unwrap_or_default();
    GoldArticle {
        id: text(&a["id"]),
        kind: text(&a["kind"]),
        headline: headline(a),
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

impl GoldIssue {
    /// The part of the issue that stands on page `number`, as one would read it who holds that page alone.
    pub fn page_alone(&self, number: u32) -> GoldIssue {
        let on_page = self.articles.iter().filter(|a| a.pages.contains(&number));
        let articles = on_page
            .map(|a| {
                let mut a = a.clone();
                let continued = a.pages.first() != Some(&number);
                if let Some(at) = a.blocks.iter().position(|b| b.role == "jump") {
                    a.blocks = if continued { a.blocks.split_off(at) } else { a.blocks[..=at].to_vec() };
                    a.jump = Some(GoldJump { missing: true });
                }
                a.pages = vec![number];
                a
            })
            .collect();
        GoldIssue { articles, furniture: self.furniture.clone(), pages: Vec::new() }
    }
}

impl GoldPage {
    /// The page as printed, without rules and pictures, which the gold does not name.
    pub fn printed(&self) -> PrintedPage {
        let lines = self.lines.iter().enumerate().map(|(i, l)| PrintedLine {
            text: l.text.clone(),
            ink: self.ink(i),
            size_pt: l.size_pt,
            font: l.font.clone(),
            vertical: l.vertical,
        });
        PrintedPage {
            number: self.number,
            width_mm: self.width_mm,
            height_mm: self.height_mm,
            lines: lines.collect(),
            ..PrintedPage::default()
        }
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

/// Reads what the sample generator says about an issue, or about its text dump.
pub fn sample(path: &Path) -> Result<GoldIssue, String> {
    let gold = read(path)?;
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let articles = list(&gold["articles"]).into_iter().map(|a| {
        let mut blocks: Vec<GoldBlock> = list(&a["parts"])
            .iter()
            .flat_map(|p| list(&p["blocks"]))
            .map(|b| GoldBlock { role: text(&b["role"]).replace("caption", "body"), text: text(&b["text"]) })
            .filter(|b| matches!(b.role.as_str(), "body" | "subhead" | "jump"))
            .collect();
        if blocks.is_empty() {
            blocks.push(GoldBlock { role: "body".to_owned(), text: text(&a["text"]) });
        }
        let pages: Vec<u32> = list(&a["pages"]).iter().filter_map(Value::as_u64).map(|n| n as u32).collect();
        GoldArticle {
            id: text(&a["id"]),
            kind: text(&a["kind"]),
            headline: headline(&a),
            byline: list(&a["byline"]).iter().map(|p| text(&p["name"])).collect(),
            printed_byline: String::new(),
            blocks,
            jump: (!a["jump"].is_null()).then_some(GoldJump { missing: pages.len() < 2 }),
            pages,
        }
    });
    let furniture = list(&gold["pages"]).iter().flat_map(|p| list(&p["furniture"])).map(|b| text(&b["text"])).collect();
    Ok(GoldIssue { articles: articles.collect(), furniture, pages: Vec::new() })
}
