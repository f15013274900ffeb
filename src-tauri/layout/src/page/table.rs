//! A ruled table's cells, row by row.

use baoku_model::LineSpan;

use super::blocks::{Block, BlockKind};
use super::frames::Grid;
use super::plane::{Area, Sheet};

/// The table that `ids`, the spans inside `grid`, make; `None` if they don't fill at least two rows.
pub(crate) fn table(sheet: &Sheet, ids: &[usize], grid: &Grid) -> Option<Block> {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); grid.rows.len().saturating_sub(1)];
    for &id in ids {
        let y = sheet.spans[id].area.center().1;
        let row = grid.rows.windows(2).position(|w| (w[0]..=w[1]).contains(&y))?;
        rows[row].push(id);
    }
    if rows.iter().filter(|r| r.len() >= 2).count() < 2 {
        return None;
    }
    let cell = |x: f32| grid.columns.iter().filter(|b| **b < x).count();
    let cells: Vec<Vec<Vec<LineSpan>>> = rows
        .iter_mut()
        .filter(|r| !r.is_empty())
        .map(|row| {
            row.sort_by(|a, b| {
                let (a, b) = (&sheet.spans[*a], &sheet.spans[*b]);
                let key = |s: &super::plane::Span| cell(s.area.center().0);
                key(a).cmp(&key(b)).then(a.area.top.total_cmp(&b.area.top)).then(a.area.left.total_cmp(&b.area.left))
            });
            let mut out: Vec<(usize, Vec<LineSpan>)> = Vec::new();
            for &id in row.iter() {
                let span = &sheet.spans[id];
                let at = cell(span.area.center().0);
                match out.last_mut() {
                    Some((last, spans)) if *last == at => spans.push(span.at),
                    _ => out.push((at, vec![span.at])),
                }
            }
            out.into_iter().map(|(_, spans)| spans).collect()
        })
        .collect();
    let area = Area::around(ids.iter().map(|i| sheet.spans[*i].area))?.union(&grid.area);
    let em = ids.iter().map(|i| sheet.spans[*i].em).fold(0.0, f32::max);
    Some(Block::solid(BlockKind::Table(cells), area, em))
}
