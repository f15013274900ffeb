//! Making up a page: masthead or page head, bands of cells, rules between them, the editors' line.

use crate::{
    article::{self, Block, Body, GUTTER, Item, Role, SetLine},
    fonts::{Face, Fonts},
    lines::single,
    source::{Issue, PagePlan, Paper},
};

/// Page size in points (226 x 320 mm).
pub const WIDTH: f32 = 640.0;
pub const HEIGHT: f32 = 907.0;
const MARGIN: f32 = 36.0;
const GRID: usize = 4;
const FOOT: f32 = HEIGHT - MARGIN - 14.0;
const BAND_GAP: f32 = 18.0;
const STACK_GAP: f32 = 10.0;

/// A page as set; everything is in points from its top left corner.
pub struct Page {
    pub number: u32,
    pub name: String,
    pub furniture: Vec<Block>,
    pub items: Vec<Item>,
    /// Strokes `[x, y, w, h]`: one of w and h is the thickness.
    pub rules: Vec<[f32; 4]>,
}

/// Sets a page.
///
/// # Errors
/// In words, when the text does not fit: the page and by how many points.
pub fn set(fonts: &Fonts, paper: &Paper, issue: &Issue, plan: &PagePlan) -> Result<Page, String> {
    let mut page = Page {
        number: plan.number,
        name: plan.name.clone(),
        furniture: Vec::new(),
        items: Vec::new(),
        rules: Vec::new(),
    };
    let top = if plan.number == 1 {
        masthead(fonts, paper, issue, plan, &mut page)
    } else {
        page_head(fonts, paper, issue, plan, &mut page)
    };
    let editors = fonts.width(Face::Hei, 8.5, &plan.editors);
    page.furniture.push(furniture(fonts, &plan.editors, Face::Hei, 8.5, WIDTH - MARGIN - editors, FOOT + 8.0));
    page.rules.push([MARGIN, FOOT + 2.0, WIDTH - 2.0 * MARGIN, 0.5]);
    bands(fonts, issue, plan, top, &mut page)?;
    Ok(page)
}

fn furniture(fonts: &Fonts, text: &str, face: Face, size: f32, x: f32, y: f32) -> Block {
    let line = single(fonts, face, size, text);
    let line = SetLine { text: line.text, advances: line.advances, face, size, x, y, vertical: false };
    Block { role: Role::Furniture, text: text.to_owned(), lines: vec![line] }
}

fn masthead(fonts: &Fonts, paper: &Paper, issue: &Issue, plan: &PagePlan, page: &mut Page) -> f32 {
    let left = [(paper.title.as_str(), Face::SongBlack, 58.0, 42.0)];
    let pages = issue.pages.len();
    let middle = [
        (paper.latin.clone(), 11.0, 44.0),
        (format!("{} {}", issue.printed_date, issue.weekday), 12.0, 62.0),
        (issue.lunar.clone(), 10.0, 80.0),
        (format!("第{}期 今日{pages}版", issue.number), 10.0, 96.0),
    ];
    let right = [
        (format!("国内统一连续出版物号 {}", paper.serial), 44.0),
        (paper.host.clone(), 62.0),
        (paper.publisher.clone(), 80.0),
        (paper.hotline.clone(), 96.0),
    ];
    for (text, face, size, y) in left {
        page.furniture.push(furniture(fonts, text, face, size, MARGIN + 4.0, y));
    }
    for (text, size, y) in &middle {
        page.furniture.push(furniture(fonts, text, Face::Song, *size, 270.0, *y));
    }
    for (text, y) in &right {
        let x = WIDTH - MARGIN - fonts.width(Face::Song, 9.5, text);
        page.furniture.push(furniture(fonts, text, Face::Song, 9.5, x, *y));
    }
    page.rules.push([MARGIN, 118.0, WIDTH - 2.0 * MARGIN, 2.4]);
    page.rules.push([MARGIN, 122.4, WIDTH - 2.0 * MARGIN, 0.6]);
    let label = format!("第{}版 {}", plan.number, plan.name);
    let x = WIDTH - MARGIN - fonts.width(Face::Hei, 9.0, &label);
    page.furniture.push(furniture(fonts, &label, Face::Hei, 9.0, x, 127.0));
    144.0
}

fn page_head(fonts: &Fonts, paper: &Paper, issue: &Issue, plan: &PagePlan, page: &mut Page) -> f32 {
    let label = format!("第{}版 {}", plan.number, plan.name);
    page.furniture.push(furniture(fonts, &label, Face::HeiBold, 12.0, MARGIN, 38.0));
    let x = (WIDTH - fonts.width(Face::SongBold, 14.0, &paper.title)) / 2.0;
    page.furniture.push(furniture(fonts, &paper.title, Face::SongBold, 14.0, x, 36.0));
    let date = format!("{} {}", issue.printed_date, issue.weekday);
    let x = WIDTH - MARGIN - fonts.width(Face::Song, 10.0, &date);
    page.furniture.push(furniture(fonts, &date, Face::Song, 10.0, x, 39.0));
    page.rules.push([MARGIN, 56.0, WIDTH - 2.0 * MARGIN, 1.2]);
    68.0
}

/// Width of a cell of `columns` grid columns.
fn cell_width(columns: usize) -> f32 {
    let column = (WIDTH - 2.0 * MARGIN - GUTTER * (GRID - 1) as f32) / GRID as f32;
    column * columns as f32 + GUTTER * (columns - 1) as f32
}

/// The items of one cell, stacked; with `height` they fill it.
fn stack(
    fonts: &Fonts,
    issue: &Issue,
    plan: &PagePlan,
    items: &[String],
    columns: usize,
    height: Option<f32>,
) -> Result<Vec<Item>, String> {
    let body = Body { size: plan.body, pitch: plan.pitch };
    let cell = article::Cell { width: cell_width(columns), columns, body };
    let set = |id: &String, height| {
        let (id, continuation) = id.strip_suffix('+').map_or((id.as_str(), false), |id| (id, true));
        Ok(article::set(fonts, issue.article(id)?, continuation, cell, height))
    };
    let natural: Vec<Item> = items.iter().map(|id| set(id, None)).collect::<Result<_, String>>()?;
    let Some(height) = height else { return Ok(natural) };
    let slack = height - stacked_height(&natural);
    let growing = natural.iter().filter(|i| i.grows).count().max(1);
    let alone = items.len() == 1;
    items
        .iter()
        .zip(&natural)
        .map(|(id, item)| set(id, (item.grows || alone).then_some(item.height + slack / growing as f32)))
        .collect()
}

fn stacked_height(items: &[Item]) -> f32 {
    items.iter().map(|i| i.height).sum::<f32>() + STACK_GAP * items.len().saturating_sub(1) as f32
}

fn bands(fonts: &Fonts, issue: &Issue, plan: &PagePlan, top: f32, page: &mut Page) -> Result<(), String> {
    let mut heights = Vec::new();
    let mut growing = Vec::new();
    for band in &plan.bands {
        let mut height: f32 = 0.0;
        let mut grows = false;
        for cell in band {
            let items = stack(fonts, issue, plan, &cell.items, cell.columns, None)?;
            grows |= items.iter().any(|i| i.grows);
            height = height.max(stacked_height(&items));
        }
        heights.push(height);
        growing.push(grows);
    }
    let room = FOOT - 6.0 - top - BAND_GAP * (heights.len() - 1) as f32;
    let left = room - heights.iter().sum::<f32>();
    if left < 0.0 {
        return Err(format!("issue {} page {}: {:.0} points too much text", issue.number, plan.number, -left));
    }
    // Pictures and advertisements take what is left; text is spaced out a little.
    let takers = growing.iter().filter(|g| **g).count();
    for (height, grows) in heights.iter_mut().zip(&growing) {
        if *grows || takers == 0 {
            *height += left / takers.max(1) as f32;
        }
    }

    let mut y = top;
    for (i, (band, height)) in plan.bands.iter().zip(&heights).enumerate() {
        let mut x = MARGIN;
        for (j, cell) in band.iter().enumerate() {
            let mut at = y;
            for mut item in stack(fonts, issue, plan, &cell.items, cell.columns, Some(*height))? {
                item.shift(x, at);
                at += item.height + STACK_GAP;
                page.items.push(item);
            }
            x += cell_width(cell.columns) + GUTTER;
            if j + 1 < band.len() {
                page.rules.push([x - GUTTER / 2.0, y, 0.4, *height]);
            }
        }
        y += height + BAND_GAP;
        if i + 1 < plan.bands.len() {
            page.rules.push([MARGIN, y - BAND_GAP / 2.0, WIDTH - 2.0 * MARGIN, 0.6]);
        }
    }
    Ok(())
}
