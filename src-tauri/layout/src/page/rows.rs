//! Lines become rows, and rows that follow each other in a column become chains.

use baoku_model::LineSpan;

use super::blocks::Type;
use super::plane::{Area, Sheet, Span};
use crate::signs;

/// One printed row of a column.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub spans: Vec<LineSpan>,
    pub area: Area,
    pub text: String,
    pub em: f32,
    pub font: u32,
    pub bold: bool,
    /// Distance from the column's left edge, in ems.
    pub indent: f32,
    /// Distance to the column's right edge, in ems.
    pub slack: f32,
    /// A 小标题 between paragraphs.
    pub subhead: bool,
}

fn row(spans: &[&Span]) -> Row {
    let mut spans = spans.to_vec();
    spans.sort_by(|a, b| {
        let order = a.area.left.total_cmp(&b.area.left);
        (if a.backwards { order.reverse() } else { order })
            .then(a.at.line.cmp(&b.at.line))
            .then(a.at.start.cmp(&b.at.start))
    });
    let longest =
        spans.iter().max_by_key(|s| (s.at.end - s.at.start, std::cmp::Reverse(s.at.line))).expect("a row has a span");
    Row {
        area: Area::around(spans.iter().map(|s| s.area)).expect("a row has a span"),
        text: joined_text(&spans),
        em: longest.em,
        font: longest.font,
        bold: longest.bold,
        spans: spans.iter().map(|s| s.at).collect(),
        indent: 0.0,
        slack: 0.0,
        subhead: false,
    }
}

/// The text of a row, with a blank where its pieces stand visibly apart.
fn joined_text(spans: &[&Span]) -> String {
    let mut out = String::new();
    for (i, s) in spans.iter().enumerate() {
        if i > 0 && !s.backwards {
            let before = spans[i - 1];
            let apart = s.area.left - before.area.right > 0.2 * s.em;
            if apart && !is_mark(&s.text) && !is_mark(&before.text) {
                out.push(' ');
            }
        }
        out.push_str(&s.text);
    }
    out
}

/// Puts the pieces of a broken line back together.
pub(crate) fn rows(sheet: &Sheet, ids: &[usize]) -> Vec<Row> {
    let mut order: Vec<usize> = ids.to_vec();
    order.sort_by(|a, b| {
        let (a, b) = (&sheet.spans[*a], &sheet.spans[*b]);
        a.area.left.total_cmp(&b.area.left).then(a.area.top.total_cmp(&b.area.top)).then(a.at.line.cmp(&b.at.line))
    });
    let mut by_height: Vec<usize> = ids.to_vec();
    by_height.sort_by(|a, b| sheet.spans[*a].area.center().1.total_cmp(&sheet.spans[*b].area.center().1));
    let mut out: Vec<Vec<&Span>> = Vec::new();
    for id in order {
        let span = &sheet.spans[id];
        let mut column_edge: Option<bool> = None;
        let mut fits = |row: &Vec<&Span>| {
            let last = row[row.len() - 1];
            let em = last.em.min(span.em);
            let gap = span.area.left - last.area.right;
            // Parts of one line were parted on purpose.
            let mark = is_mark(&last.text) || is_mark(&span.text);
            last.at.line != span.at.line
                && (mark || (last.em / span.em - 1.0).abs() < 0.3)
                && last.area.down(&span.area) > 0.6 * last.area.height().min(span.area.height())
                && gap > -0.5 * em
                && gap < 0.65 * em
                && !sheet.upright.iter().any(|s| {
                    let y = (last.area.center().1 + span.area.center().1) / 2.0;
                    s.at > last.area.right - 0.3 * em && s.at < span.area.left + 0.3 * em && (s.a..=s.b).contains(&y)
                })
                && !*column_edge.get_or_insert_with(|| opens_column(sheet, &by_height, span))
                && !gutter(sheet, &by_height, last, span)
        };
        match out.iter_mut().find(|r| fits(r)) {
            Some(r) => r.push(span),
            None => out.push(vec![span]),
        }
    }
    out.iter().map(|spans| row(spans)).collect()
}

/// A quotation mark or dot that a recogniser found as a line of its own, of its own small size.
fn is_mark(text: &str) -> bool {
    text.chars().count() <= 2 && text.chars().all(|c| !c.is_alphanumeric() && !signs::is_han(c))
}

/// True if the lines around show a gutter between two neighbours, however narrow: several begin there, several end there,
/// and hardly any runs across.
fn gutter(sheet: &Sheet, by_height: &[usize], left: &Span, right: &Span) -> bool {
    let (x, y, em) = ((left.area.right + right.area.left) / 2.0, left.area.center().1, left.em.min(right.em));
    let from = by_height.partition_point(|i| sheet.spans[*i].area.center().1 < y - 7.0 * em);
    let (mut begin, mut end, mut across) = (0, 0, 0);
    for o in by_height[from..].iter().map(|i| &sheet.spans[*i]) {
        let off = o.area.center().1 - y;
        if off > 7.0 * em {
            break;
        }
        if off.abs() < 0.6 * em || !(0.7..1.45).contains(&(o.em / em)) {
            continue;
        }
        across += usize::from(o.area.left < x - 1.3 * em && o.area.right > x + 1.3 * em);
        begin += usize::from((o.area.left - x).abs() < 1.2 * em);
        end += usize::from((o.area.right - x).abs() < 1.2 * em);
    }
    // A headline may stand over both columns.
    begin >= 2 && end >= 2 && across * 2 <= begin.min(end)
}

/// True if a line right above or below begins at the same place with nothing before it: the edge of a column, however
/// close the column to the left reaches. `by_height`: indices of spans from the top.
fn opens_column(sheet: &Sheet, by_height: &[usize], span: &Span) -> bool {
    let near = |y: f32, reach: f32| {
        let from = by_height.partition_point(|i| sheet.spans[*i].area.center().1 < y - reach);
        by_height[from..].iter().map(|i| &sheet.spans[*i]).take_while(move |s| s.area.center().1 <= y + reach)
    };
    near(span.area.center().1, 2.3 * span.em).any(|o| {
        (o.area.center().1 - span.area.center().1).abs() > 0.8 * span.em
            && (o.area.left - span.area.left).abs() < 0.25 * span.em
            && (o.em / span.em - 1.0).abs() < 0.15
            && o.at.end - o.at.start >= 4
            && !near(o.area.center().1, o.area.height()).any(|b| {
                let gap = o.area.left - b.area.right;
                b.at != o.at
                    && (-0.3 * o.em..0.65 * o.em).contains(&gap)
                    && b.area.down(&o.area) > 0.5 * o.area.height().min(b.area.height())
            })
    })
}

/// Rows that follow each other in one column.
pub(crate) fn chains(sheet: &Sheet, mut rows: Vec<Row>, kind: &Type) -> Vec<Vec<Row>> {
    rows.sort_by(|a, b| a.area.top.total_cmp(&b.area.top).then(a.area.left.total_cmp(&b.area.left)));
    let n = rows.len();
    let reach: Vec<Area> = (0..n).map(|i| reach(&rows, i)).collect();
    let meets = |a: usize, b: usize| {
        let common = reach[a].across(&reach[b]);
        common > 0.25 * reach[a].width().min(reach[b].width()).max(0.0) && common > 0.0
    };
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); n];
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); n];
    for a in 0..n {
        for b in a + 1..n {
            let (ra, rb) = (&rows[a], &rows[b]);
            let em = ra.em.max(rb.em);
            if rb.area.top > ra.area.bottom + 2.0 * em {
                if rb.area.top > ra.area.bottom + 12.0 * kind.em {
                    break;
                }
                continue;
            }
            if rb.area.center().1 > ra.area.center().1 + 0.45 * ra.em.min(rb.em) && meets(a, b) {
                below[a].push(b);
                above[b].push(a);
            }
        }
    }
    // Only the nearest count: one that stands behind another is not a neighbour.
    let hidden = |n: usize, f: usize, from: &Row| {
        let (near, far) = (&rows[n], &rows[f]);
        let between = (near.area.center().1 - from.area.center().1).abs() + 0.45 * near.em
            < (far.area.center().1 - from.area.center().1).abs();
        between && meets(n, f)
    };
    let nearest = |list: &[usize], from: usize| -> Vec<usize> {
        list.iter()
            .copied()
            .filter(|far| !list.iter().any(|near| near != far && hidden(*near, *far, &rows[from])))
            .collect()
    };
    let below: Vec<Vec<usize>> = (0..n).map(|a| nearest(&below[a], a)).collect();
    let above: Vec<Vec<usize>> = (0..n).map(|b| nearest(&above[b], b)).collect();
    let mut next: Vec<Option<usize>> = vec![None; n];
    let mut has_previous = vec![false; n];
    for a in 0..n {
        if let [b] = below[a][..]
            && above[b] == [a]
            && follows(sheet, &rows[a], &rows[b], kind)
        {
            next[a] = Some(b);
            has_previous[b] = true;
        }
    }
    let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
    let mut out = Vec::new();
    for start in (0..n).filter(|i| !has_previous[*i]) {
        let mut chain = Vec::new();
        let mut at = Some(start);
        while let Some(i) = at {
            chain.extend(rows[i].take());
            at = next[i];
        }
        out.extend(split_by_pitch(chain));
    }
    out
}

/// The stretch of the column a row stands in, as far as the rows around it show: the short last row of a paragraph
/// reaches as far right as the full rows that begin where it begins, an indented row as far left as those that end where
/// it ends.
fn reach(rows: &[Row], i: usize) -> Area {
    let row = &rows[i];
    let mut out = row.area;
    let near = 4.6 * row.em;
    let from = rows.partition_point(|r| r.area.top < row.area.top - near);
    let around = || rows[from..].iter().take_while(|r| r.area.top <= row.area.top + near);
    for o in around() {
        if (o.em / row.em - 1.0).abs() > 0.15 {
            continue;
        }
        if (o.area.left - row.area.left).abs() < 0.35 * row.em {
            out.right = out.right.max(o.area.right);
        }
        let indent = row.area.left - o.area.left;
        if (o.area.right - row.area.right).abs() < 0.6 * row.em && (0.0..3.0 * row.em).contains(&indent) {
            out.left = out.left.min(o.area.left);
        }
    }
    // Not over what stands beside it: a caption above may be wider than the column.
    for o in around().filter(|o| o.area.down(&row.area) > 0.3 * o.area.height().min(row.area.height())) {
        if o.area.left > row.area.right {
            out.right = out.right.min((row.area.right + o.area.left) / 2.0);
        } else if o.area.right < row.area.left {
            out.left = out.left.max((row.area.left + o.area.right) / 2.0);
        }
    }
    out
}

/// True if `b` can be the next row of `a`'s block.
fn follows(sheet: &Sheet, a: &Row, b: &Row, kind: &Type) -> bool {
    let ratio = (a.em / b.em).max(b.em / a.em);
    if ratio > kind.tolerance() || b.area.top - a.area.bottom > 1.25 * a.em.max(b.em) {
        return false;
    }
    let (ya, yb) = (a.area.center().1, b.area.center().1);
    let narrow = a.area.width().min(b.area.width());
    let ruled = sheet.level.iter().any(|s| {
        s.at > ya
            && s.at < yb
            && s.b.min(a.area.right.max(b.area.right)) - s.a.max(a.area.left.min(b.area.left)) > 0.5 * narrow
    });
    if ruled {
        return false;
    }
    // A dateline alone does not part: set solid, it opens one more paragraph of the same text.
    if signs::bullet(&b.text) {
        return false;
    }
    // Nor where a recogniser dropped the bullet: no indent, after a sentence that ends short.
    let flush = (b.area.left - a.area.left).abs() < 0.4 * b.em && b.area.right - a.area.right > 1.5 * b.em;
    if !kind.exact && flush && signs::ends_sentence(&a.text) && signs::opens_with_day(&b.text) {
        return false;
    }
    // A caption's own face under the body's, or the other way round.
    !(a.font != b.font && ratio > 1.02 && kind.exact)
}

/// Breaks a chain where the distance between rows is out of step with the rest of it.
fn split_by_pitch(chain: Vec<Row>) -> Vec<Vec<Row>> {
    if chain.len() < 3 {
        return vec![chain];
    }
    let pitches: Vec<f32> = chain.windows(2).map(|w| w[1].area.center().1 - w[0].area.center().1).collect();
    let mut sorted = pitches.clone();
    sorted.sort_by(f32::total_cmp);
    let median = sorted[(sorted.len() - 1) / 2];
    let em = chain.iter().map(|r| r.em).fold(f32::MAX, f32::min);
    let mut out: Vec<Vec<Row>> = Vec::new();
    let mut current: Vec<Row> = Vec::new();
    for (i, row) in chain.into_iter().enumerate() {
        if i > 0 && pitches[i - 1] > 1.3 * median && pitches[i - 1] - median > 0.45 * em {
            out.push(std::mem::take(&mut current));
        }
        current.push(row);
    }
    out.push(current);
    out
}
