//! Rows become blocks: runs of body text within one column, headlines, bylines, captions.

use baoku_model::LineSpan;

use super::edges::{borrow_edges, measure};
use super::gather::Unit;
use super::plane::{Area, Sheet};
use super::rows::{Row, chains, rows};
use super::special::{find_bare_names, find_captions, find_head_tails, find_subheads, find_titles, merge_subheads};
use crate::signs;

/// What a page's type looks like on the whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Type {
    /// Em of the body text.
    pub em: f32,
    /// Font of the body text.
    pub font: u32,
    /// Sizes are exact, as in a born-digital page; a recogniser's sizes scatter.
    pub exact: bool,
}

impl Type {
    /// Rows whose sizes differ by more than this factor never share a block.
    pub fn tolerance(&self) -> f32 {
        if self.exact { 1.06 } else { 1.32 }
    }

    /// From this share of the body size on, a line is a headline.
    pub fn headline(&self) -> f32 {
        if self.exact { 1.17 } else { 1.3 }
    }

    /// The type of the sheet's body: the size that sets the most characters.
    pub fn of(sheet: &Sheet) -> Type {
        let mut sizes: Vec<(f32, usize)> =
            sheet.spans.iter().map(|s| (s.em, (s.at.end - s.at.start) as usize)).filter(|(_, n)| *n >= 4).collect();
        if sizes.is_empty() {
            let em = sheet.spans.first().map_or(0.012, |s| s.em);
            return Type { em, font: 0, exact: false };
        }
        sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
        // The window of a tenth of an octave that holds the most characters.
        let weight =
            |from: f32, to: f32| sizes.iter().filter(|(e, _)| (from..=to).contains(e)).map(|(_, n)| n).sum::<usize>();
        let center = sizes.iter().map(|(e, _)| *e).max_by_key(|e| weight(e * 0.95, e * 1.05)).unwrap_or(0.012);
        let near: Vec<(f32, usize)> =
            sizes.iter().copied().filter(|(e, _)| (center * 0.95..=center * 1.05).contains(e)).collect();
        let total: usize = near.iter().map(|(_, n)| n).sum();
        let mut seen = 0;
        let em = near
            .iter()
            .find(|(_, n)| {
                seen += n;
                seen * 2 >= total
            })
            .map_or(center, |(e, _)| *e);
        let exact = weight(em * 0.99, em * 1.01) * 10 >= weight(em * 0.8, em * 1.25) * 6;
        let mut fonts: Vec<(u32, usize)> = Vec::new();
        for s in sheet.spans.iter().filter(|s| (s.em / em - 1.0).abs() < 0.06) {
            let n = (s.at.end - s.at.start) as usize;
            match fonts.iter_mut().find(|(f, _)| *f == s.font) {
                Some((_, m)) => *m += n,
                None => fonts.push((s.font, n)),
            }
        }
        let font = fonts.into_iter().max_by_key(|(f, n)| (*n, std::cmp::Reverse(*f))).map_or(0, |(f, _)| f);
        Type { em, font, exact }
    }
}

/// What a block is before anything is known about its article.
#[derive(Debug, Clone)]
pub(crate) enum BlockKind {
    Head,
    Run,
    Byline,
    Jump,
    Caption,
    /// Rows of cells.
    Table(Vec<Vec<Vec<LineSpan>>>),
    Picture,
    /// A frame or a part with the other writing direction, already read.
    Group(Vec<Unit>),
}

#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub kind: BlockKind,
    pub area: Area,
    /// The area without the one row that sticks out furthest to either side; columns are told apart by it.
    pub core: Area,
    pub em: f32,
    pub rows: Vec<Row>,
}

impl Block {
    /// A block of something that has no rows of its own.
    pub fn solid(kind: BlockKind, area: Area, em: f32) -> Block {
        Block { kind, area, core: area, em, rows: Vec::new() }
    }

    pub fn of_rows(kind: BlockKind, rows: Vec<Row>) -> Block {
        let area = Area::around(rows.iter().map(|r| r.area)).expect("a block has rows");
        let mut sizes: Vec<f32> = rows.iter().map(|r| r.em).collect();
        sizes.sort_by(f32::total_cmp);
        let mut block = Block { kind, area, core: area, em: sizes[sizes.len() / 2], rows };
        block.find_core();
        block
    }

    pub fn find_core(&mut self) {
        self.area = Area::around(self.rows.iter().map(|r| r.area)).expect("a block has rows");
        self.core = self.area;
        if self.rows.len() < 4 {
            return;
        }
        let second = |mut v: Vec<f32>| {
            v.sort_by(f32::total_cmp);
            v[1]
        };
        self.core.left = second(self.rows.iter().map(|r| r.area.left).collect());
        self.core.right = -second(self.rows.iter().map(|r| -r.area.right).collect());
    }

    pub fn is_head(&self) -> bool {
        matches!(self.kind, BlockKind::Head)
    }

    pub fn text(&self) -> String {
        self.rows.iter().map(|r| r.text.as_str()).collect()
    }

    /// Most of its characters' font.
    pub fn font(&self) -> u32 {
        self.rows.first().map_or(0, |r| r.font)
    }
}

/// Builds the blocks of `ids` (indices into `sheet.spans`, all running along the sheet).
pub(crate) fn blocks(sheet: &Sheet, ids: &[usize], kind: &Type) -> Vec<Block> {
    let mut alone: Vec<Block> = Vec::new();
    let mut rest: Vec<Row> = Vec::new();
    let all = rows(sheet, ids);
    for (i, row) in all.iter().enumerate() {
        let sign = if signs::jump(&row.text).is_some() {
            BlockKind::Jump
        } else if row.em < kind.em * 1.6 && signs::byline(&row.text).is_some() && !ends_caption(&all, i, kind) {
            BlockKind::Byline
        } else {
            rest.push(row.clone());
            continue;
        };
        alone.push(Block::of_rows(sign, vec![row.clone()]));
    }
    let mut blocks: Vec<Block> = chains(sheet, rest, kind).into_iter().map(|rows| block(rows, kind)).collect();
    find_titles(&mut blocks, kind);
    merge_subheads(&mut blocks, kind);
    blocks.extend(alone);
    find_captions(sheet, &mut blocks, kind);
    find_head_tails(&mut blocks, kind);
    find_bare_names(&mut blocks, kind);
    for b in &mut blocks {
        measure(b);
        find_subheads(b, kind);
    }
    borrow_edges(&mut blocks, kind);
    blocks.sort_by(|a, b| a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left)));
    blocks
}

/// True for the photographer's name when it is the last row of a caption: flush with text of its own size right above.
fn ends_caption(rows: &[Row], i: usize, kind: &Type) -> bool {
    let row = &rows[i];
    row.text.ends_with(['摄', '图'])
        && rows.iter().enumerate().any(|(k, above)| {
            let gap = row.area.top - above.area.bottom;
            k != i
                && (-0.3 * row.em..0.9 * row.em).contains(&gap)
                && (above.em / row.em - 1.0).abs() < if kind.exact { 0.04 } else { 0.25 }
                && above.font == row.font
                && (above.area.left - row.area.left).abs() < 0.6 * row.em
                && signs::byline(&above.text).is_none()
        })
}

fn block(rows: Vec<Row>, kind: &Type) -> Block {
    let text: String = rows.iter().map(|r| r.text.as_str()).collect();
    let mut block = Block::of_rows(BlockKind::Run, rows);
    let ratio = block.em / kind.em;
    let rows = &block.rows;
    let sentences = text.matches('。').count();
    let prose = sentences >= 2 || (sentences == 1 && rows.len() >= 3) || rows.len() >= 6;
    // A recogniser's sizes reach into those of small headlines, which have no clauses on several rows.
    let clauses = text.matches(['，', '；', '、']).count();
    let prose = prose || (!kind.exact && rows.len() >= 3 && clauses >= 1 && ratio < 1.6);
    let head = ratio >= kind.headline() && !(prose && ratio < 1.9);
    if head {
        block.kind = BlockKind::Head;
    }
    block
}
