//! Own pages as careless extractors hand them on: lines without places, pieces out of order.

use baoku_model::{TextLayer, TextLine};

use super::plan::{BylineAt, Columns, Item};
use super::wrap::paragraph;
use crate::reading::grade::dice;

/// In which order the pieces of a page come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Headline, byline, text, item after item.
    AsPrinted,
    /// All headlines of the page, then the texts.
    HeadsFirst,
    /// All texts, then the headlines in another order.
    HeadsLast,
    /// Column by column over two articles at a time.
    Interleaved,
    /// All signatures at the end.
    BylinesLast,
    /// Pieces in any order.
    Thrown,
}

impl Order {
    pub const ALL: [Order; 6] =
        [Order::AsPrinted, Order::HeadsFirst, Order::HeadsLast, Order::Interleaved, Order::BylinesLast, Order::Thrown];

    pub fn name(self) -> &'static str {
        match self {
            Order::AsPrinted => "as printed",
            Order::HeadsFirst => "heads first",
            Order::HeadsLast => "heads last",
            Order::Interleaved => "columns interleaved",
            Order::BylinesLast => "bylines last",
            Order::Thrown => "thrown about",
        }
    }
}

/// The printed pieces of one item.
struct Pieces {
    heads: Vec<Vec<String>>,
    byline: Option<String>,
    /// Rows of the body, column by column.
    columns: Vec<Vec<String>>,
}

fn pieces(item: &Item, k: usize) -> Pieces {
    let mut heads: Vec<Vec<String>> = Vec::new();
    heads.extend(item.shoulder.clone().map(|t| vec![t]));
    heads.extend(item.main.as_ref().map(|m| match &item.main_rows[..] {
        [] => m.lines().map(str::to_owned).collect(),
        rows => rows.to_vec(),
    }));
    heads.extend(item.sub.clone().map(|t| vec![t]));
    // Columns of 13 to 22 characters, as newspapers have them.
    let measure = 13.0 + ((k * 5) % 10) as f32;
    let mut rows: Vec<String> = Vec::new();
    for p in item.paragraphs().into_iter().chain(item.caption.as_deref()).filter(|p| !p.is_empty()) {
        if item.verse || item.centred {
            rows.push(p.to_owned());
            continue;
        }
        let body = paragraph(p, measure, false).into_iter();
        rows.extend(body.map(|r| r.text.replace('|', " ")));
    }
    rows.extend(item.picture_captions.iter().cloned());
    if let Some(page) = item.jump_to {
        rows.push(format!("（下转第 {page} 版）"));
    }
    let end = item.byline_at == BylineAt::End;
    if end {
        rows.extend(item.byline.clone());
    }
    let n = match &item.columns {
        Columns::Equal(n) => *n,
        Columns::Widths(w) => w.len(),
    };
    let each = rows.len().div_ceil(n.max(1)).max(4);
    Pieces {
        heads,
        byline: item.byline.clone().filter(|_| !end),
        columns: rows.chunks(each).map(<[String]>::to_vec).collect(),
    }
}

/// The page of `items` as a dump.
pub fn dump(items: &[&Item], order: Order) -> TextLayer {
    let all: Vec<Pieces> = items.iter().enumerate().map(|(k, i)| pieces(i, k)).collect();
    let mut next = dice(items.len() as u64 + order as u64);
    let mut out: Vec<Vec<String>> = Vec::new();
    let heads = |p: &Pieces| p.heads.concat();
    let byline = |p: &Pieces| p.byline.clone().into_iter().collect::<Vec<_>>();
    let text = |p: &Pieces| p.columns.concat();
    match order {
        Order::AsPrinted => out.extend(all.iter().flat_map(|p| [heads(p), byline(p), text(p)])),
        Order::HeadsFirst => {
            out.extend(all.iter().map(heads));
            out.extend(all.iter().flat_map(|p| [byline(p), text(p)]));
        }
        Order::HeadsLast => {
            out.extend(all.iter().flat_map(|p| [text(p), byline(p)]));
            let mut last: Vec<Vec<String>> = all.iter().map(heads).collect();
            shuffle(&mut last, &mut next);
            out.extend(last);
        }
        Order::Interleaved => {
            for pair in all.chunks(2) {
                out.extend(pair.iter().flat_map(|p| [heads(p), byline(p)]));
                let longest = pair.iter().map(|p| p.columns.len()).max().unwrap_or(0);
                for c in 0..longest {
                    out.extend(pair.iter().filter_map(|p| p.columns.get(c).cloned()));
                }
            }
        }
        Order::BylinesLast => {
            out.extend(all.iter().flat_map(|p| [heads(p), text(p)]));
            out.extend(all.iter().map(byline));
        }
        Order::Thrown => {
            for p in &all {
                out.extend(p.heads.iter().cloned());
                out.push(text(p));
                // A signature stays near its article.
                out.push(byline(p));
            }
            // Pieces change places with near ones.
            for i in 0..out.len() {
                let j = (i + (next() * 3.0) as usize).min(out.len() - 1);
                out.swap(i, j);
            }
        }
    }
    let lines = out.concat().iter().map(|t| line(t)).collect();
    TextLayer { lines, ..TextLayer::default() }
}

/// A line with stray blanks around its figures, and the square before a name garbled.
fn line(text: &str) -> TextLine {
    let mut out = String::new();
    let mut before = ' ';
    let mut figures = 0;
    for c in text.chars() {
        if c.is_ascii_digit() != before.is_ascii_digit() && before != ' ' && c != ' ' {
            figures += 1;
            if figures % 3 != 0 {
                out.push(' ');
            }
        }
        out.push(if c == '■' { '筅' } else { c });
        before = c;
    }
    TextLine { text: out, confidence: 1.0, ..TextLine::default() }
}

fn shuffle<T>(items: &mut [T], next: &mut impl FnMut() -> f32) {
    for i in (1..items.len()).rev() {
        items.swap(i, (next() * (i as f32 + 1.0)) as usize % (i + 1));
    }
}
