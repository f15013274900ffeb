//! Recursive cuts through the gaps of a region: rows under each other, columns beside each other.
//!
//! Which gap is cut first decides what belongs together, so gaps have ranks: a rule drawn through the whole gap, the gap
//! above headlines, the gap below a headline that has its row to itself, column gaps, and last any gap at all.

use super::blocks::{Block, BlockKind};
use super::plane::{Area, Sheet};

/// A region cut into its parts.
#[derive(Debug)]
pub(crate) enum Node {
    /// Index of a block.
    Leaf(usize),
    /// Parts under each other.
    Rows(Vec<Part>),
    /// Parts beside each other, from the left.
    Columns(Vec<Part>),
}

/// A part and what stands between it and the part before.
#[derive(Debug)]
pub(crate) struct Part {
    pub node: Node,
    /// A rule is drawn in the gap before it.
    pub ruled: bool,
}

#[derive(Debug, Clone, Copy)]
struct Gap {
    low: f32,
    high: f32,
    ruled: bool,
    /// The rule runs through the whole region.
    through: bool,
}

impl Gap {
    fn size(&self) -> f32 {
        self.high - self.low
    }
}

/// Cuts the region that holds `ids`. `em` is the body's.
pub(crate) fn cut(sheet: &Sheet, blocks: &[Block], ids: &[usize], em: f32) -> Node {
    if let [only] = ids {
        return Node::Leaf(*only);
    }
    let region = Area::around(ids.iter().map(|i| blocks[*i].area)).expect("a region has blocks");
    for ease in [0.12, 0.45] {
        let rows = row_gaps(sheet, blocks, ids, &region, em, ease);
        let columns = column_gaps(sheet, blocks, ids, &region, em, ease);
        if let Some(node) = choose(sheet, blocks, ids, em, &region, &rows, &columns) {
            return node;
        }
    }
    force(sheet, blocks, ids, em)
}

fn choose(
    sheet: &Sheet,
    blocks: &[Block],
    ids: &[usize],
    em: f32,
    region: &Area,
    rows: &[Gap],
    columns: &[Gap],
) -> Option<Node> {
    // 1. Rules through the whole region.
    let through_rows: Vec<Gap> = rows.iter().copied().filter(|g| g.through).collect();
    let through_columns: Vec<Gap> = columns.iter().copied().filter(|g| g.through).collect();
    if !through_rows.is_empty() {
        return Some(split_rows(sheet, blocks, ids, em, &through_rows));
    }
    let above_heads: Vec<Gap> = rows.iter().copied().filter(|g| opens_with_heads(blocks, ids, g, em)).collect();
    let separate = columns_open_with_heads(blocks, ids, columns);
    let head_alone: Vec<Gap> = rows.iter().copied().filter(|g| closes_head_row(blocks, ids, region, g, em)).collect();
    // A column rule that starts below the headline says that the columns share it.
    let under_one_head = !head_alone.is_empty() && !separate;
    if !through_columns.is_empty() && !under_one_head {
        return Some(split_columns(sheet, blocks, ids, em, &through_columns));
    }
    // 2. The gap above headlines.
    let beside = separate && above_heads.iter().all(|g| g.size() < 0.8 * em);
    if !above_heads.is_empty() && !beside {
        return Some(split_rows(sheet, blocks, ids, em, &above_heads));
    }
    // 3. The gap below a headline that has its row to itself.
    if under_one_head {
        return Some(split_rows(sheet, blocks, ids, em, &head_alone));
    }
    // 4. and 5. Column gaps, unless a gap between rows is far wider than lines are apart.
    let widest_row = rows.iter().copied().max_by(|a, b| a.size().total_cmp(&b.size()));
    let widest_column = columns.iter().copied().max_by(|a, b| a.size().total_cmp(&b.size()));
    match (widest_row, widest_column) {
        (None, None) => None,
        (Some(r), None) => {
            // The widest first: a small gap may only look like one until the parts are apart.
            let wide: Vec<Gap> = rows.iter().copied().filter(|g| g.ruled || g.size() > 0.5 * r.size()).collect();
            Some(split_rows(sheet, blocks, ids, em, &wide))
        }
        (None, Some(_)) => Some(split_columns(sheet, blocks, ids, em, columns)),
        (Some(r), Some(c)) => {
            let wide = r.size() > 1.8 * em && r.size() > 1.3 * c.size();
            let clear = r.ruled || (r.size() > 1.6 * em && r.size() > c.size());
            if wide || (clear && !separate) {
                Some(split_rows(sheet, blocks, ids, em, &[r]))
            } else {
                Some(split_columns(sheet, blocks, ids, em, columns))
            }
        }
    }
}

/// True if all that begins right below the gap are headlines, or bylines and pictures on top of them.
fn opens_with_heads(blocks: &[Block], ids: &[usize], gap: &Gap, em: f32) -> bool {
    let middle = (gap.low + gap.high) / 2.0;
    let lower: Vec<&Block> = ids.iter().map(|i| &blocks[*i]).filter(|b| b.area.center().1 > middle).collect();
    let upper_has_text = ids.iter().map(|i| &blocks[*i]).any(|b| b.area.center().1 < middle && !is_title_matter(b));
    if !upper_has_text {
        return false;
    }
    let first: Vec<&&Block> = lower
        .iter()
        .filter(|b| !lower.iter().any(|o| o.area.bottom <= b.area.top + 0.3 * em && o.area.across(&b.area) > 0.0))
        .collect();
    let any_head = first.iter().any(|b| heads_below(b, &lower));
    any_head && first.iter().all(|b| heads_below(b, &lower) || matches!(b.kind, BlockKind::Picture))
}

fn heads_below(b: &Block, lower: &[&Block]) -> bool {
    match &b.kind {
        BlockKind::Head => true,
        BlockKind::Group(units) => units.iter().any(|u| !u.heads.is_empty()),
        BlockKind::Byline => lower.iter().any(|h| {
            let gap = h.area.top - b.area.bottom;
            h.is_head() && h.area.across(&b.area) > 0.0 && (-0.2 * b.em..1.6 * b.em).contains(&gap)
        }),
        _ => false,
    }
}

fn is_title_matter(b: &Block) -> bool {
    matches!(b.kind, BlockKind::Head | BlockKind::Byline | BlockKind::Picture)
}

/// True if what stands above the gap is one headline with its byline and nothing else, over the width of what follows.
fn closes_head_row(blocks: &[Block], ids: &[usize], region: &Area, gap: &Gap, em: f32) -> bool {
    let middle = (gap.low + gap.high) / 2.0;
    let upper: Vec<&Block> = ids.iter().map(|i| &blocks[*i]).filter(|b| b.area.center().1 < middle).collect();
    let lower = ids.len() - upper.len();
    let heads: Vec<&&Block> = upper.iter().filter(|b| b.is_head()).collect();
    if lower == 0 || heads.is_empty() || !upper.iter().all(|b| is_title_matter(b) || matches!(b.kind, BlockKind::Jump))
    {
        return false;
    }
    // It is set over the middle of the region, or flush with its left edge.
    let middle = region.center().0;
    let over = heads.iter().any(|h| {
        (h.area.left - em..=h.area.right + em).contains(&middle) || (h.area.left - region.left).abs() < 2.0 * em
    });
    if !over {
        return false;
    }
    // Two headlines side by side open two articles.
    let side_by_side = heads
        .iter()
        .enumerate()
        .any(|(i, a)| heads[i + 1..].iter().any(|b| a.area.across(&b.area) < 0.0 && a.area.down(&b.area) > -a.em));
    // A picture beside the headline belongs to another article; one below it does not.
    let picture_beside = upper.iter().any(|p| {
        matches!(p.kind, BlockKind::Picture)
            && heads.iter().any(|h| p.area.down(&h.area) > 0.0)
            && p.area.width() > 0.3 * region.width()
    });
    !side_by_side && !picture_beside
}

/// True if at least two columns begin with a headline of their own.
fn columns_open_with_heads(blocks: &[Block], ids: &[usize], columns: &[Gap]) -> bool {
    if columns.is_empty() {
        return false;
    }
    let mut edges: Vec<f32> = columns.iter().map(|g| (g.low + g.high) / 2.0).collect();
    edges.sort_by(f32::total_cmp);
    let mut first: Vec<Option<&Block>> = vec![None; edges.len() + 1];
    for b in ids.iter().map(|i| &blocks[*i]).filter(|b| !matches!(b.kind, BlockKind::Picture)) {
        let column = edges.iter().filter(|e| b.area.center().0 > **e).count();
        if first[column].is_none_or(|f| b.area.top < f.area.top) {
            first[column] = Some(b);
        }
    }
    let all: Vec<&Block> = ids.iter().map(|i| &blocks[*i]).collect();
    first.into_iter().flatten().filter(|b| heads_below(b, &all)).count() >= 2
}

fn row_gaps(sheet: &Sheet, blocks: &[Block], ids: &[usize], region: &Area, em: f32, ease: f32) -> Vec<Gap> {
    let stretches = ids.iter().map(|i| (blocks[*i].area.top, blocks[*i].area.bottom)).collect();
    let tops: Vec<Area> = ids.iter().map(|i| blocks[*i].area).collect();
    gaps(stretches, ease * em)
        .into_iter()
        .map(|(low, high)| {
            let strokes: Vec<(f32, f32)> = sheet
                .level
                .iter()
                .filter(|s| s.at > low - 0.4 * em && s.at < high + 0.4 * em)
                .map(|s| (s.a, s.b))
                .collect();
            let (ruled, through) =
                coverage(&strokes, region.left, region.right, em, tops.iter().map(|a| (a.left, a.right)));
            Gap { low, high, ruled, through }
        })
        .collect()
}

fn column_gaps(sheet: &Sheet, blocks: &[Block], ids: &[usize], region: &Area, em: f32, ease: f32) -> Vec<Gap> {
    let stretches = ids.iter().map(|i| (blocks[*i].core.left, blocks[*i].core.right)).collect();
    let areas: Vec<Area> = ids.iter().map(|i| blocks[*i].area).collect();
    gaps(stretches, ease * em)
        .into_iter()
        .filter(|(low, high)| high - low > 0.35 * em)
        .map(|(low, high)| {
            let strokes: Vec<(f32, f32)> = sheet
                .upright
                .iter()
                .filter(|s| s.at > low - 0.4 * em && s.at < high + 0.4 * em)
                .map(|s| (s.a, s.b))
                .collect();
            let (ruled, through) =
                coverage(&strokes, region.top, region.bottom, em, areas.iter().map(|a| (a.top, a.bottom)));
            // A rule that parts articles reaches up to their headlines; one between columns begins with the text.
            let top = strokes.iter().map(|s| s.0).fold(f32::MAX, f32::min);
            let ruled = ruled && top < region.top + 2.0 * em;
            Gap { low, high, ruled, through }
        })
        .collect()
}

/// Gaps between stretches that are first made shorter by `ease` at both ends, against boxes that touch.
fn gaps(mut stretches: Vec<(f32, f32)>, ease: f32) -> Vec<(f32, f32)> {
    for s in &mut stretches {
        let ease = ease.min((s.1 - s.0) * 0.25);
        *s = (s.0 + ease, s.1 - ease);
    }
    stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out = Vec::new();
    let mut end = f32::NEG_INFINITY;
    for (a, b) in stretches {
        if a > end && end > f32::NEG_INFINITY {
            out.push((end, a));
        }
        end = end.max(b);
    }
    out
}

/// Whether strokes mark the gap at all, and whether they run from end to end of the region (no block stands beyond).
fn coverage(
    strokes: &[(f32, f32)],
    from: f32,
    to: f32,
    em: f32,
    blocks: impl Iterator<Item = (f32, f32)>,
) -> (bool, bool) {
    let mut strokes: Vec<(f32, f32)> =
        strokes.iter().map(|(a, b)| (a.max(from), b.min(to))).filter(|(a, b)| b > a).collect();
    if strokes.is_empty() {
        return (false, false);
    }
    strokes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut covered = 0.0;
    let mut end = from;
    for (a, b) in &strokes {
        covered += (b - a.max(end)).max(0.0);
        end = end.max(*b);
    }
    let share = covered / (to - from).max(1e-6);
    let beyond = blocks.into_iter().any(|(a, b)| {
        let middle = (a + b) / 2.0;
        !strokes.iter().any(|(s, e)| (s - 1.2 * em..=e + 1.2 * em).contains(&middle))
    });
    (share > 0.4, share > 0.8 && !beyond)
}

fn split_rows(sheet: &Sheet, blocks: &[Block], ids: &[usize], em: f32, at: &[Gap]) -> Node {
    let parts = split(ids, at, |i| blocks[i].area.center().1);
    Node::Rows(parts_of(sheet, blocks, em, parts))
}

fn split_columns(sheet: &Sheet, blocks: &[Block], ids: &[usize], em: f32, at: &[Gap]) -> Node {
    let parts = split(ids, at, |i| blocks[i].area.center().0);
    Node::Columns(parts_of(sheet, blocks, em, parts))
}

fn parts_of(sheet: &Sheet, blocks: &[Block], em: f32, parts: Vec<(Vec<usize>, bool)>) -> Vec<Part> {
    parts.into_iter().map(|(ids, ruled)| Part { node: cut(sheet, blocks, &ids, em), ruled }).collect()
}

fn split(ids: &[usize], at: &[Gap], center: impl Fn(usize) -> f32) -> Vec<(Vec<usize>, bool)> {
    let mut at = at.to_vec();
    at.sort_by(|a, b| a.low.total_cmp(&b.low));
    let mut parts: Vec<(Vec<usize>, bool)> = vec![(Vec::new(), false); at.len() + 1];
    for (k, gap) in at.iter().enumerate() {
        parts[k + 1].1 = gap.ruled;
    }
    for &id in ids {
        let c = center(id);
        let k = at.iter().filter(|g| c > (g.low + g.high) / 2.0).count();
        parts[k].0.push(id);
    }
    let mut out: Vec<(Vec<usize>, bool)> = Vec::new();
    let mut pending = false;
    for (ids, ruled) in parts {
        pending |= ruled;
        if !ids.is_empty() {
            out.push((ids, pending && !out.is_empty()));
            pending = false;
        }
    }
    out
}

/// No gap at all: overlapping boxes, a pinwheel, a recogniser's slips. Cuts where the least is cut through.
fn force(sheet: &Sheet, blocks: &[Block], ids: &[usize], em: f32) -> Node {
    let mut best: Option<(f32, bool, f32)> = None;
    for &id in ids {
        let a = blocks[id].area;
        for (at, rows) in [(a.top, true), (a.bottom, true), (a.left, false), (a.right, false)] {
            let side = |i: usize| if rows { blocks[i].area.center().1 > at } else { blocks[i].area.center().0 > at };
            let first = ids.iter().filter(|i| side(**i)).count();
            if first == 0 || first == ids.len() {
                continue;
            }
            // What the cut goes through, weighed by how deep it goes in and how long the cut is.
            let cost: f32 = ids
                .iter()
                .map(|i| {
                    let b = blocks[*i].area;
                    let (low, high, length) =
                        if rows { (b.top, b.bottom, b.width()) } else { (b.left, b.right, b.height()) };
                    let depth = (at - low).min(high - at).max(0.0);
                    depth * length * if blocks[*i].is_head() { 4.0 } else { 1.0 }
                })
                .sum();
            let better =
                best.is_none_or(|(c, r, p)| cost < c - 1e-9 || ((cost - c).abs() <= 1e-9 && (rows, at) < (r, p)));
            if better {
                best = Some((cost, rows, at));
            }
        }
    }
    match best {
        Some((_, rows, at)) => {
            let gap = Gap { low: at, high: at, ruled: false, through: false };
            if rows {
                split_rows(sheet, blocks, ids, em, &[gap])
            } else {
                split_columns(sheet, blocks, ids, em, &[gap])
            }
        }
        // All centres in one place: source order is as good as any.
        None => Node::Rows(ids.iter().map(|i| Part { node: Node::Leaf(*i), ruled: false }).collect()),
    }
}
