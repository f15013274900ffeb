//! Where a region stands among others.

use baoku_model::{Direction, LineSpan, Rect, TextLayer};

use super::compose::rank;
use super::{Part, Piece};

/// Puts a piece where it is read among the pieces of a part: after its like, before the first text that lies below it in its
/// column or in a later column.
pub(super) fn place(part: &mut Part, piece: Piece, vertical: bool) {
    let mine = rank(piece.block.role);
    let before = |other: &Piece| {
        let theirs = rank(other.block.role);
        theirs > mine || theirs == mine && theirs == 4 && precedes(piece.block.bbox, other.block.bbox, vertical)
    };
    let at = part.pieces.iter().position(before).unwrap_or(part.pieces.len());
    part.pieces.insert(at, piece);
}

/// True if `a` is read before `b`.
fn precedes(a: Option<Rect>, b: Option<Rect>, vertical: bool) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let share = |low: f32, high: f32, least: f32| (high - low) > 0.5 * least;
    if vertical {
        // Tiers from the top, columns from the right.
        if share(a.y.max(b.y), a.bottom().min(b.bottom()), a.h.min(b.h)) { a.x > b.x } else { a.y < b.y }
    } else if share(a.x.max(b.x), a.right().min(b.right()), a.w.min(b.w)) {
        a.y < b.y
    } else {
        a.x < b.x
    }
}

/// True if most lines of the layer are columns.
pub(super) fn is_vertical(layer: &TextLayer) -> bool {
    let columns = layer.lines.iter().filter(|l| l.direction == Direction::Vertical).count();
    2 * columns > layer.lines.len()
}

/// The characters of the layer whose middle lies in `area`, line by line.
pub(super) fn inside(layer: &TextLayer, area: &Rect) -> Vec<LineSpan> {
    let mut found = Vec::new();
    for (n, line) in layer.lines.iter().enumerate() {
        let length = line.text.chars().count();
        let Some(b) = line.bbox else { continue };
        let within = |b: Rect| {
            let (x, y) = b.center();
            (area.x..=area.right()).contains(&x) && (area.y..=area.bottom()).contains(&y)
        };
        if line.edges.len() != length + 1 {
            if within(b) && length > 0 {
                found.push(LineSpan { line: n as u32, start: 0, end: length as u32 });
            }
            continue;
        }
        let held: Vec<usize> = (0..length).filter(|&i| line.span_box(i, i + 1).is_some_and(within)).collect();
        if let (Some(&first), Some(&last)) = (held.first(), held.last()) {
            found.push(LineSpan { line: n as u32, start: first as u32, end: last as u32 + 1 });
        }
    }
    found
}
