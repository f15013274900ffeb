//! A table's cells, row by row: inside a ruled grid, or told from how short cells stand under each other.

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

/// Longest cell of an unruled table, in characters.
const LONGEST_CELL: u32 = 14;

/// Tables without rules, with the spans they took: at least three rows of as many short cells that stand under each
/// other and leave room between them. Columns of body text fill theirs.
pub(crate) fn unruled(sheet: &Sheet, ids: &[usize], em: f32) -> Vec<(Vec<usize>, Block)> {
    let cell_like = |i: usize| {
        let s = &sheet.spans[i];
        s.along
            && s.at.end - s.at.start <= LONGEST_CELL
            && (0.75 * em..1.25 * em).contains(&s.em)
            && !s.text.contains(['，', '。', '；'])
    };
    let height = |i: usize| sheet.spans[i].area.center().1;
    let mut order: Vec<usize> = ids.iter().copied().filter(|i| cell_like(*i)).collect();
    order.sort_by(|a, b| height(*a).total_cmp(&height(*b)));
    // Stretches of cells on one line, without anything else between them.
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for line in order.chunk_by(|a, b| height(*b) - height(*a) < 0.25 * em) {
        let mut line = line.to_vec();
        line.sort_by(|a, b| sheet.spans[*a].area.left.total_cmp(&sheet.spans[*b].area.left));
        let breaks = |a: &usize, b: &usize| {
            let (from, to) = (sheet.spans[*a].area.right, sheet.spans[*b].area.left);
            let parted = |i: &usize| {
                let s = &sheet.spans[*i].area;
                !cell_like(*i) && (from..to).contains(&s.center().0) && (height(*i) - height(*a)).abs() < 0.5 * em
            };
            to - from < 0.5 * em || ids.iter().any(parted)
        };
        rows.extend(line.chunk_by(|a, b| !breaks(a, b)).filter(|s| s.len() >= 3).map(<[usize]>::to_vec));
    }
    let mut out: Vec<(Vec<usize>, Block)> = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    for first in 0..rows.len() {
        // Cells of the first row that a cell stands under in every row so far; lines of a text column beside the table
        // drop out.
        let start: Vec<usize> = rows[first].iter().copied().filter(|i| !used.contains(i)).collect();
        let mut table: Vec<Vec<usize>> = vec![start];
        for next in &rows[first + 1..] {
            let last = &table[table.len() - 1];
            let below = |a: usize| next.iter().copied().find(|b| !used.contains(b) && under(sheet, a, *b, em));
            let matches: Vec<(usize, usize)> =
                last.iter().enumerate().filter_map(|(k, a)| below(*a).map(|b| (k, b))).collect();
            if matches.len() < 3 {
                continue;
            }
            for row in &mut table {
                *row = matches.iter().map(|(k, _)| row[*k]).collect();
            }
            table.push(matches.iter().map(|(_, b)| *b).collect());
        }
        if table.len() >= 3 && roomy(sheet, &table) {
            let taken: Vec<usize> = table.iter().flatten().copied().collect();
            used.extend(&taken);
            let spans = table.iter().map(|r| r.iter().map(|i| vec![sheet.spans[*i].at]).collect()).collect();
            if let Some(area) = Area::around(taken.iter().map(|i| sheet.spans[*i].area)) {
                out.push((taken, Block::solid(BlockKind::Table(spans), area, em)));
            }
        }
    }
    out
}

/// True if cell `b` stands right under cell `a`: centred, flush left or flush right.
fn under(sheet: &Sheet, a: usize, b: usize, em: f32) -> bool {
    let (a, b) = (&sheet.spans[a].area, &sheet.spans[b].area);
    let pitch = b.center().1 - a.center().1;
    let off = (a.center().0 - b.center().0).abs().min((a.left - b.left).abs()).min((a.right - b.right).abs());
    (0.8 * em..2.8 * em).contains(&pitch) && off < 0.8 * em
}

/// True if the cells take up less than five sixths of the way to the next cell.
fn roomy(sheet: &Sheet, rows: &[Vec<usize>]) -> bool {
    let (mut width, mut way) = (0.0, 0.0);
    for pair in rows.iter().flat_map(|r| r.windows(2)) {
        let (a, b) = (&sheet.spans[pair[0]].area, &sheet.spans[pair[1]].area);
        width += (a.width() + b.width()) / 2.0;
        way += b.center().0 - a.center().0;
    }
    way > 0.0 && width < 0.84 * way
}
