//! Where a column's edges are, and how far its rows stay away from them.

use super::blocks::{Block, BlockKind, Type};
use super::plane::Area;
use super::rows::Row;

/// Indents and slack of the rows against the column's edges.
pub(super) fn measure(block: &mut Block) {
    let em = block.em;
    let full: Vec<&Row> = block.rows.iter().filter(|r| !r.subhead).collect();
    if full.is_empty() {
        return;
    }
    // The second smallest left edge guards against one stray box, if there are enough rows to say so.
    let edge = |mut v: Vec<f32>| {
        v.sort_by(f32::total_cmp);
        if v.len() >= 5 && v[1] - v[0] > 0.6 * em { v[1] } else { v[0] }
    };
    let left = edge(full.iter().map(|r| r.area.left).collect());
    let right = -edge(full.iter().map(|r| -r.area.right).collect());
    set_edges(block, left, right);
}

/// Sets indents and slack against given column edges.
fn set_edges(block: &mut Block, left: f32, right: f32) {
    for r in &mut block.rows {
        r.indent = (r.area.left - left) / r.em;
        r.slack = (right - r.area.right) / r.em;
    }
}

/// A block of one or two rows does not show its column's edges; a longer one in the same column does.
pub(super) fn borrow_edges(blocks: &mut [Block], kind: &Type) {
    let long: Vec<(Area, f32)> = blocks
        .iter()
        .filter(|b| matches!(b.kind, BlockKind::Run) && b.rows.len() >= 3)
        .map(|b| (b.area, b.em))
        .collect();
    for b in blocks.iter_mut().filter(|b| matches!(b.kind, BlockKind::Run) && b.rows.len() <= 2) {
        let own = b.area;
        let fitting = long.iter().filter(|(a, em)| {
            (em / b.em - 1.0).abs() < 0.1
                && (-0.4 * kind.em..3.2 * kind.em).contains(&(own.left - a.left))
                && own.right < a.right + 0.4 * kind.em
        });
        let nearest = fitting.min_by(|a, b| {
            let distance = |o: &Area| (-o.down(&own)).max(0.0);
            distance(&a.0).total_cmp(&distance(&b.0)).then(a.0.top.total_cmp(&b.0.top))
        });
        if let Some((a, _)) = nearest {
            let (left, right) = (a.left.min(own.left), a.right.max(own.right));
            set_edges(b, left, right);
        }
    }
}
