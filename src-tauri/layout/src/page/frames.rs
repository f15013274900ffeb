//! Frames and the table grids among them, drawn whole or put together from strokes.

use super::plane::{Area, Sheet, Stroke};

/// How far apart strokes may end and still meet, in page heights.
const MEET: f32 = 0.004;

/// A ruled table: its outline and the borders of its cells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    pub area: Area,
    /// Top and bottom edges of the rows, from the top.
    pub rows: Vec<f32>,
    /// Upright borders, from the left.
    pub columns: Vec<f32>,
}

/// All frames of the sheet, the smallest last, without those that hold nothing but a table or the whole page.
pub(crate) fn frames(sheet: &Sheet, grids: &[Grid]) -> Vec<Area> {
    let mut found: Vec<Area> = sheet.frames.clone();
    found.extend(from_strokes(&sheet.level, &sheet.upright));
    found
        .retain(|f| f.width() > 0.03 && f.height() > 0.02 && f.width() * f.height() < 0.8 * sheet.width * sheet.height);
    found.retain(|f| !grids.iter().any(|g| within(f, &g.area)));
    found.sort_by(|a, b| {
        (b.width() * b.height())
            .total_cmp(&(a.width() * a.height()))
            .then(a.top.total_cmp(&b.top))
            .then(a.left.total_cmp(&b.left))
    });
    found.dedup_by(|a, b| {
        near(a.left, b.left) && near(a.top, b.top) && near(a.right, b.right) && near(a.bottom, b.bottom)
    });
    found
}

/// Takes the borders of tables out of the strokes, which then only part articles and columns, and counts empty frames
/// among the pictures.
pub(crate) fn tidy(sheet: &mut Sheet, grids: &[Grid]) {
    let inside = |x: f32, y: f32, g: &Grid| {
        (g.area.left - MEET..=g.area.right + MEET).contains(&x)
            && (g.area.top - MEET..=g.area.bottom + MEET).contains(&y)
    };
    sheet.level.retain(|s| !grids.iter().any(|g| inside(s.a, s.at, g) && inside(s.b, s.at, g)));
    sheet.upright.retain(|s| !grids.iter().any(|g| inside(s.at, s.a, g) && inside(s.at, s.b, g)));
    let spans = &sheet.spans;
    let (full, empty): (Vec<Area>, Vec<Area>) =
        sheet.frames.iter().partition(|f| spans.iter().any(|s| f.holds(s.area.center())));
    sheet.frames = full;
    sheet.pictures.extend(empty.into_iter().filter(|f| !grids.iter().any(|g| within(f, &g.area))));
}

fn near(a: f32, b: f32) -> bool {
    (a - b).abs() <= MEET
}

fn within(inner: &Area, outer: &Area) -> bool {
    inner.left >= outer.left - MEET
        && inner.right <= outer.right + MEET
        && inner.top >= outer.top - MEET
        && inner.bottom <= outer.bottom + MEET
}

/// Rectangles whose four sides are strokes that meet at the corners.
fn from_strokes(level: &[Stroke], upright: &[Stroke]) -> Vec<Area> {
    let mut out = Vec::new();
    for top in level {
        for bottom in level {
            if bottom.at <= top.at + 0.015 || !near(top.a, bottom.a) || !near(top.b, bottom.b) {
                continue;
            }
            let side =
                |x: f32| upright.iter().any(|s| near(s.at, x) && s.a <= top.at + MEET && s.b >= bottom.at - MEET);
            if side(top.a) && side(top.b) {
                out.push(Area { left: top.a, top: top.at, right: top.b, bottom: bottom.at });
            }
        }
    }
    // Only the smallest closing bottom for each top makes a cell; the outermost makes the frame. Keep the largest.
    out.sort_by(|a, b| (b.width() * b.height()).total_cmp(&(a.width() * a.height())));
    let mut kept: Vec<Area> = Vec::new();
    for area in out {
        if !kept.iter().any(|k| within(&area, k) && near(area.left, k.left) && near(area.right, k.right)) {
            kept.push(area);
        }
    }
    kept
}

/// Tables drawn with lines: at least two rows and two columns of cells, none of them taller than a few lines of size
/// `em`. (Rules between the articles of a page make a grid too, of much taller cells.)
pub(crate) fn grids(sheet: &Sheet, em: f32) -> Vec<Grid> {
    let mut level = sheet.level.clone();
    let mut upright = sheet.upright.clone();
    // Cells drawn as frames of their own have edges too.
    for f in &sheet.frames {
        level.extend([f.top, f.bottom].map(|at| Stroke { at, a: f.left, b: f.right }));
        upright.extend([f.left, f.right].map(|at| Stroke { at, a: f.top, b: f.bottom }));
    }
    let mut out: Vec<Grid> = Vec::new();
    let mut used = vec![false; level.len()];
    for i in 0..level.len() {
        if used[i] {
            continue;
        }
        // Strokes of the same length under each other, tied by at least three upright ones.
        let first = level[i];
        let mut group: Vec<usize> = (0..level.len())
            .filter(|k| !used[*k] && near(level[*k].a, first.a) && near(level[*k].b, first.b))
            .collect();
        group.sort_by(|a, b| level[*a].at.total_cmp(&level[*b].at));
        let mut run: Vec<f32> = Vec::new();
        let mut best: Vec<f32> = Vec::new();
        for k in &group {
            let at = level[*k].at;
            if run.last().is_some_and(|last| near(*last, at)) {
                continue;
            }
            if run.last().is_none_or(|last| at - last < 7.0 * em && inner_columns(&upright, &first, *last, at) >= 1) {
                run.push(at);
            } else {
                if run.len() > best.len() {
                    best = std::mem::take(&mut run);
                }
                run = vec![at];
            }
        }
        if run.len() > best.len() {
            best = run;
        }
        if best.len() >= 3 {
            for k in group {
                used[k] = true;
            }
            let area = Area { left: first.a, top: best[0], right: first.b, bottom: best[best.len() - 1] };
            if area.height() < 0.6 * sheet.height {
                let inside = |x: f32| x > area.left - MEET && x < area.right + MEET;
                let mut columns: Vec<f32> = upright
                    .iter()
                    .filter(|s| inside(s.at) && s.a < area.bottom && s.b > area.top)
                    .map(|s| s.at)
                    .collect();
                columns.sort_by(f32::total_cmp);
                columns.dedup_by(|a, b| near(*a, *b));
                out.push(Grid { area, rows: best, columns });
            }
        }
    }
    out
}

/// Upright strokes strictly inside the stretch that tie two level ones together.
fn inner_columns(upright: &[Stroke], of: &Stroke, top: f32, bottom: f32) -> usize {
    let mut at: Vec<f32> = upright
        .iter()
        .filter(|s| s.at > of.a + MEET && s.at < of.b - MEET && s.a <= top + MEET && s.b >= bottom - MEET)
        .map(|s| s.at)
        .collect();
    at.sort_by(f32::total_cmp);
    at.dedup_by(|a, b| near(*a, *b));
    at.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_of_four_strokes_and_a_grid() {
        let mut sheet = Sheet { width: 0.7, height: 1.0, ..Sheet::default() };
        for at in [0.2, 0.4] {
            sheet.level.push(Stroke { at, a: 0.1, b: 0.3 });
        }
        for at in [0.1, 0.3] {
            sheet.upright.push(Stroke { at, a: 0.2, b: 0.4 });
        }
        for at in [0.5, 0.52, 0.54] {
            sheet.level.push(Stroke { at, a: 0.4, b: 0.6 });
        }
        for at in [0.4, 0.5, 0.6] {
            sheet.upright.push(Stroke { at, a: 0.5, b: 0.54 });
        }
        let grids = grids(&sheet, 0.01);
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].rows.len(), 3);
        let frames = frames(&sheet, &grids);
        assert_eq!(frames, vec![Area { left: 0.1, top: 0.2, right: 0.3, bottom: 0.4 }]);
    }
}
