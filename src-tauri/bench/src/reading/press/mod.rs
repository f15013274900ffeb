//! A small press for own pages that are hard to read: sets the text of `bench/pages/*.toml` in type and knows the truth
//! about every line.

mod flow;
mod plan;
mod scramble;
mod setting;
mod wrap;

use std::path::Path;

use super::gold::{GoldArticle, GoldBlock, GoldIssue, GoldJump};
use super::printed::{MM, PrintedPage};
use plan::{Item, PagePlan, Plan};
pub use scramble::Order;
use setting::Setter;

/// Page size and margin in millimetres.
const WIDTH: f32 = 270.0;
const HEIGHT: f32 = 390.0;
const MARGIN: f32 = 12.0;
/// Between cells and between bands.
const SPACE: f32 = 6.0;

/// An issue of own pages: as printed, and what it says.
pub struct OwnIssue {
    pub name: String,
    pub pages: Vec<PrintedPage>,
    pub truth: GoldIssue,
    plan: Plan,
}

/// The committed issues, `development` and `held-out`.
pub fn issues() -> Result<Vec<OwnIssue>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
    ["development", "held-out"].iter().map(|name| issue(&folder.join(format!("{name}.toml")))).collect()
}

fn issue(path: &Path) -> Result<OwnIssue, String> {
    let said = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let text = std::fs::read_to_string(path).map_err(|e| said(&e))?;
    let plan: Plan = toml::from_str(&text).map_err(|e| said(&e))?;
    let pages: Vec<PrintedPage> =
        plan.page.iter().map(|p| set(&plan, p)).collect::<Result<_, String>>().map_err(|e| said(&e))?;
    let furniture: String = plan
        .page
        .iter()
        .flat_map(|p| p.top.iter().map(|t| t.split('@').next().unwrap_or_default()).chain([p.bottom.as_str()]))
        .collect();
    let articles = plan.item.iter().map(|i| truth(&plan, i)).collect();
    Ok(OwnIssue { name: plan.name.clone(), pages, truth: GoldIssue { articles, furniture, pages: Vec::new() }, plan })
}

fn item<'a>(plan: &'a Plan, id: &str) -> Result<(&'a Item, bool), String> {
    let bare = id.trim_end_matches('+');
    let found = plan.item.iter().find(|i| i.id == bare).ok_or_else(|| format!("no item is called {bare}"))?;
    Ok((found, bare.len() < id.len()))
}

fn set(plan: &Plan, page: &PagePlan) -> Result<PrintedPage, String> {
    let mut out = PrintedPage { number: page.number, width_mm: WIDTH, height_mm: HEIGHT, ..PrintedPage::default() };
    let mut setter = Setter { page: &mut out };
    let wide = WIDTH - 2.0 * MARGIN;
    let mut y = MARGIN + head(&mut setter, page, wide);
    for band in &page.band {
        let total: f32 = band.cell.iter().map(|c| c.width).sum();
        let room = wide - SPACE * (band.cell.len() as f32 - 1.0);
        let mut x = MARGIN;
        let mut depth = 0.0f32;
        let mut rules: Vec<f32> = Vec::new();
        for cell in &band.cell {
            let w = room * cell.width / total;
            let mut at = y;
            for id in &cell.items {
                let (item, continued) = item(plan, id)?;
                at += setter.item(item, continued, x, at, w) + SPACE;
            }
            depth = depth.max(at - SPACE - y);
            x += w + SPACE;
            if cell.rule {
                rules.push(x - SPACE / 2.0);
            }
        }
        for x in rules {
            setter.page.rules.push(([x, y, 0.15, depth], false));
        }
        y += depth + SPACE;
        if band.rule {
            setter.page.rules.push(([MARGIN, y - SPACE / 2.0, wide, 0.15], false));
        }
    }
    if !page.bottom.is_empty() {
        setter.line(&page.bottom, MARGIN + wide - 90.0, HEIGHT - MARGIN - 4.0, 8.0, "Song");
    }
    if y > HEIGHT - MARGIN - 6.0 {
        return Err(format!("page {} is {:.0} mm too short", page.number, y - (HEIGHT - MARGIN - 6.0)));
    }
    Ok(out)
}

/// Masthead or page head; gives its height.
fn head(setter: &mut Setter<'_>, page: &PagePlan, wide: f32) -> f32 {
    let mut x = MARGIN;
    let mut h = 6.0f32;
    for (k, text) in page.top.iter().enumerate() {
        match text.split_once('@') {
            Some((name, pt)) => {
                let pt: f32 = pt.parse().unwrap_or(48.0);
                setter.line(name, x, MARGIN, pt, "Hei");
                x += name.chars().count() as f32 * pt * MM + 12.0;
                h = h.max(pt * MM + 4.0);
            }
            None => {
                let pt = 9.0;
                setter.line(text, x, MARGIN + if h > 8.0 { 5.0 } else { 0.0 }, pt, "Song");
                x = MARGIN + wide * (k + 1) as f32 / page.top.len() as f32;
            }
        }
    }
    setter.page.rules.push(([MARGIN, MARGIN + h, wide, 0.3], false));
    h + 5.0
}

/// What an item says, part by part.
fn truth(plan: &Plan, item: &Item) -> GoldArticle {
    let block = |role: &str, text: String| GoldBlock { role: role.to_owned(), text };
    let passage = |p: &str| match p.chars().next() {
        Some('#') => block("subhead", p[1..].to_owned()),
        Some('|') => block("table", p[1..].replace('|', "")),
        _ => block("body", p.to_owned()),
    };
    let mut blocks: Vec<GoldBlock> = item.paragraphs().into_iter().map(passage).collect();
    if let Some(page) = item.jump_to {
        blocks.push(block("jump", format!("（下转第{page}版）")));
        blocks.extend(item.continued().into_iter().map(passage));
    }
    blocks.extend(item.caption.iter().map(|c| block("body", c.clone())));
    blocks.extend(item.picture_captions.iter().map(|c| block("caption", c.clone())));
    let headline = [("shoulder", item.shoulder.clone()), ("main", item.title()), ("sub", item.sub.clone())];
    let stands_on = |p: &PagePlan| {
        p.band.iter().flat_map(|b| &b.cell).flat_map(|c| &c.items).any(|id| id.trim_end_matches('+') == item.id)
    };
    GoldArticle {
        id: item.id.clone(),
        kind: item.kind.clone(),
        headline: headline.into_iter().filter_map(|(role, text)| text.map(|t| (role, t))).collect(),
        byline: item.names.clone(),
        printed_byline: item.byline.clone().unwrap_or_default(),
        blocks,
        jump: item.jump_to.map(|_| GoldJump { missing: false }),
        pages: plan.page.iter().filter(|p| stands_on(p)).map(|p| p.number).collect(),
    }
}

impl OwnIssue {
    /// Page `number` as a text dump whose pieces stand in `order`, with the truth about that page alone.
    pub fn dump(&self, number: u32, order: Order) -> Option<(baoku_model::TextLayer, GoldIssue)> {
        let page = self.plan.page.iter().find(|p| p.number == number)?;
        let ids = page.band.iter().flat_map(|b| &b.cell).flat_map(|c| &c.items);
        let items: Vec<&Item> =
            ids.filter_map(|id| item(&self.plan, id).ok()).filter(|(_, c)| !c).map(|(i, _)| i).collect();
        let layer = scramble::dump(&items, order);
        let mut articles: Vec<GoldArticle> = items.iter().map(|i| truth(&self.plan, i)).collect();
        for a in &mut articles {
            // The page it goes on is not part of the dump.
            if let Some(at) = a.blocks.iter().position(|b| b.role == "jump") {
                a.blocks.truncate(at + 1);
                a.jump = Some(GoldJump { missing: true });
            }
            a.pages = vec![1];
        }
        Some((layer, GoldIssue { articles, furniture: String::new(), pages: Vec::new() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_pages_are_set_soundly() {
        for issue in issues().unwrap() {
            for page in &issue.pages {
                let lines = &page.lines;
                for (i, a) in lines.iter().enumerate() {
                    let [x, y, w, h] = a.ink;
                    assert!(x > 0.0 && y > 0.0 && x + w < WIDTH && y + h < HEIGHT, "{} leaves the page", a.text);
                    for b in &lines[i + 1..] {
                        let [u, v, s, t] = b.ink;
                        let across = (x + w).min(u + s) - x.max(u);
                        let down = (y + h).min(v + t) - y.max(v);
                        let apart = across < 0.3 || down < 0.3;
                        assert!(apart, "{}, page {}: {} and {} overlap", issue.name, page.number, a.text, b.text);
                    }
                }
            }
            let printed: String = issue.pages.iter().flat_map(|p| &p.lines).map(|l| l.text.as_str()).collect();
            let solid = |t: &str| t.replace(' ', "").chars().collect::<std::collections::BTreeSet<char>>();
            for a in &issue.truth.articles {
                assert!(!a.pages.is_empty(), "{} stands on no page", a.id);
                for text in a.blocks.iter().map(|b| &b.text).chain(a.headline.iter().map(|(_, t)| t)) {
                    assert!(solid(text).is_subset(&solid(&printed)), "{text} is not printed");
                }
                for name in &a.byline {
                    let said = a.printed_byline.clone() + &a.blocks.iter().map(|b| b.text.as_str()).collect::<String>();
                    assert!(said.contains(name), "{name} does not sign {}", a.id);
                }
            }
        }
    }
}
