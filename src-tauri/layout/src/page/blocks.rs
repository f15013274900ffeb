//! Lines become rows, rows become blocks: runs of body text within one column, headlines, bylines, captions.

use baoku_model::LineSpan;

use super::gather::Unit;
use super::plane::{Area, Sheet, Span};
use crate::signs;
use crate::text::blank_free;

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
    fn tolerance(&self) -> f32 {
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

    fn of_rows(kind: BlockKind, rows: Vec<Row>) -> Block {
        let area = Area::around(rows.iter().map(|r| r.area)).expect("a block has rows");
        let mut sizes: Vec<f32> = rows.iter().map(|r| r.em).collect();
        sizes.sort_by(f32::total_cmp);
        let mut block = Block { kind, area, core: area, em: sizes[sizes.len() / 2], rows };
        block.find_core();
        block
    }

    fn find_core(&mut self) {
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
    for row in rows(sheet, ids) {
        let sign = if signs::jump(&row.text).is_some() {
            BlockKind::Jump
        } else if row.em < kind.em * 1.6 && signs::byline(&row.text).is_some() {
            BlockKind::Byline
        } else {
            rest.push(row);
            continue;
        };
        alone.push(Block::of_rows(sign, vec![row]));
    }
    let mut blocks: Vec<Block> = chains(sheet, rest, kind).into_iter().map(|rows| block(rows, kind)).collect();
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
        if i > 0 && !s.backwards && s.area.left - spans[i - 1].area.right > 0.2 * s.em {
            out.push(' ');
        }
        out.push_str(&s.text);
    }
    out
}

/// Puts the pieces of a broken line back together.
fn rows(sheet: &Sheet, ids: &[usize]) -> Vec<Row> {
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
            last.at.line != span.at.line
                && (last.em / span.em - 1.0).abs() < 0.3
                && last.area.down(&span.area) > 0.6 * last.area.height().min(span.area.height())
                && gap > -0.5 * em
                && gap < 0.65 * em
                && !sheet.upright.iter().any(|s| {
                    let y = (last.area.center().1 + span.area.center().1) / 2.0;
                    s.at > last.area.right - 0.3 * em && s.at < span.area.left + 0.3 * em && (s.a..=s.b).contains(&y)
                })
                && !*column_edge.get_or_insert_with(|| opens_column(sheet, &by_height, span))
        };
        match out.iter_mut().find(|r| fits(r)) {
            Some(r) => r.push(span),
            None => out.push(vec![span]),
        }
    }
    out.iter().map(|spans| row(spans)).collect()
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
fn chains(sheet: &Sheet, mut rows: Vec<Row>, kind: &Type) -> Vec<Vec<Row>> {
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
    for o in rows[from..].iter().take_while(|r| r.area.top <= row.area.top + near) {
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
    let mut out: Vec<Vec<Row>> = Vec::new();
    let mut current: Vec<Row> = Vec::new();
    for (i, row) in chain.into_iter().enumerate() {
        if i > 0 && pitches[i - 1] > 1.3 * median && pitches[i - 1] - median > 0.45 * row.em {
            out.push(std::mem::take(&mut current));
        }
        current.push(row);
    }
    out.push(current);
    out
}

fn block(rows: Vec<Row>, kind: &Type) -> Block {
    let text: String = rows.iter().map(|r| r.text.as_str()).collect();
    let mut block = Block::of_rows(BlockKind::Run, rows);
    let ratio = block.em / kind.em;
    let rows = &block.rows;
    let sentences = text.matches('。').count();
    let prose = sentences >= 2 || (sentences == 1 && rows.len() >= 3) || rows.len() >= 6;
    let head = ratio >= kind.headline() && !(prose && ratio < 1.9);
    if head {
        block.kind = BlockKind::Head;
    }
    block
}

/// A small headline between two runs of one column is a 小标题 within them.
fn merge_subheads(blocks: &mut Vec<Block>, kind: &Type) {
    loop {
        let found = (0..blocks.len()).find_map(|h| {
            let head = &blocks[h];
            let small =
                head.is_head() && head.rows.len() == 1 && head.em < kind.em * 1.36 && head.text().chars().count() <= 16;
            if !small {
                return None;
            }
            let column = |b: &Block| {
                matches!(b.kind, BlockKind::Run)
                    && b.area.left <= head.area.left + 0.3 * kind.em
                    && b.area.right >= head.area.right - 0.3 * kind.em
                    && b.area.width() > head.area.width() + kind.em
            };
            let up = (0..blocks.len()).find(|i| {
                column(&blocks[*i]) && (0.0..2.0 * kind.em).contains(&(head.area.top - blocks[*i].area.bottom))
            })?;
            let down = (0..blocks.len()).find(|i| {
                column(&blocks[*i]) && (0.0..2.0 * kind.em).contains(&(blocks[*i].area.top - head.area.bottom))
            })?;
            let (u, d) = (&blocks[up], &blocks[down]);
            let same_column = (u.area.left - d.area.left).abs() < 3.0 * kind.em
                && (u.area.right - d.area.right).abs() < 3.0 * kind.em;
            let fresh = signs::dateline(&blank_free(&d.rows[0].text)).is_some() || signs::bullet(&d.rows[0].text);
            (same_column && !fresh && up != down).then_some((up, h, down))
        });
        let Some((up, h, down)) = found else { return };
        let mut head = blocks[h].rows.clone();
        for r in &mut head {
            r.subhead = true;
        }
        let tail = blocks[down].rows.clone();
        let target = &mut blocks[up];
        target.rows.extend(head);
        target.rows.extend(tail);
        target.find_core();
        let mut gone = [h, down];
        gone.sort_unstable();
        blocks.remove(gone[1]);
        blocks.remove(gone[0]);
    }
}

/// Runs that describe a picture: close to one and set unlike the body, or closed by a photographer's name.
fn find_captions(sheet: &Sheet, blocks: &mut [Block], kind: &Type) {
    for b in blocks.iter_mut() {
        if !matches!(b.kind, BlockKind::Run) || b.rows.len() > 8 {
            continue;
        }
        let unlike = if kind.exact {
            (b.em / kind.em - 1.0).abs() > 0.025 || b.font() != kind.font
        } else {
            b.em < kind.em * 0.93
        };
        let beside = sheet.pictures.iter().any(|p| {
            let below = b.area.top - p.bottom;
            let above = p.top - b.area.bottom;
            let close =
                (-0.5 * kind.em..1.6 * kind.em).contains(&below) || (-0.5 * kind.em..1.2 * kind.em).contains(&above);
            close && b.area.across(p) > 0.6 * b.area.width()
        });
        let text = b.text();
        if (beside && unlike && !signs::bullet(&text)) || signs::looks_like_caption(&text) {
            b.kind = BlockKind::Caption;
        }
    }
}

/// A short row right above or below a headline and centred on it, though hardly larger than the body, is a shoulder or
/// sub headline.
fn find_head_tails(blocks: &mut [Block], kind: &Type) {
    let heads: Vec<(Area, f32)> = blocks.iter().filter(|b| b.is_head()).map(|b| (b.area, b.em)).collect();
    for b in blocks.iter_mut() {
        if !matches!(b.kind, BlockKind::Run)
            || b.rows.len() > 2
            || b.em < kind.em * 0.98
            || signs::bullet(&b.rows[0].text)
        {
            continue;
        }
        let text = b.text();
        if text.contains(['。', '，']) || text.chars().count() > 40 || signs::dateline(&text).is_some() {
            continue;
        }
        let differs = b.em > kind.em * if kind.exact { 1.08 } else { 1.15 } || (kind.exact && b.font() != kind.font);
        let attached = heads.iter().any(|(h, em)| {
            let gap = (b.area.top - h.bottom).max(h.top - b.area.bottom);
            let centred = (b.area.center().0 - h.center().0).abs() < 1.2 * kind.em
                || (b.area.left - h.left).abs() < 0.6 * kind.em;
            gap > -0.4 * kind.em && gap < 1.1 * em && centred && *em > b.em * 1.15 && h.width() > 4.0 * kind.em
        });
        if differs && attached {
            b.kind = BlockKind::Head;
        }
    }
}

/// A person's name alone beside a headline is a byline: 沈墨 under the title of an essay.
fn find_bare_names(blocks: &mut [Block], kind: &Type) {
    let heads: Vec<Area> = blocks.iter().filter(|b| b.is_head()).map(|b| b.area).collect();
    for b in blocks.iter_mut() {
        if b.rows.len() != 1 || !matches!(b.kind, BlockKind::Run | BlockKind::Head) || b.em > kind.em * 1.5 {
            continue;
        }
        if !signs::is_person_name(&blank_free(&b.text())) {
            continue;
        }
        let near = heads.iter().any(|h| {
            *h != b.area
                && b.area.top - h.bottom > -0.3 * kind.em
                && b.area.top - h.bottom < 2.5 * kind.em
                && b.area.across(h) > -6.0 * kind.em
        });
        if near {
            b.kind = BlockKind::Byline;
        }
    }
}

/// Indents and slack of the rows against the column's edges.
fn measure(block: &mut Block) {
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
fn borrow_edges(blocks: &mut [Block], kind: &Type) {
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

/// Marks 小标题: short centred rows without a full stop, set in another face or between two paragraphs.
fn find_subheads(block: &mut Block, kind: &Type) {
    if !matches!(block.kind, BlockKind::Run) || block.rows.len() < 3 {
        return;
    }
    let mut fonts: Vec<u32> = block.rows.iter().map(|r| r.font).collect();
    fonts.sort_unstable();
    let main = fonts[fonts.len() / 2];
    for i in 0..block.rows.len() {
        let r = &block.rows[i];
        let text = blank_free(&r.text);
        let short = (2..=16).contains(&text.chars().count());
        let plain = !text.ends_with(['。', '，', '；', '：', '、', '！', '？', '”']) && !text.contains(['，', '。']);
        let centred = r.indent > 0.8 && r.slack > 0.8 && (r.indent - r.slack).abs() < 0.5 * (r.indent + r.slack) + 0.8;
        let face = (kind.exact && r.font != main) || r.bold != block.rows[(i + 1) % block.rows.len()].bold;
        let between = i > 0
            && signs::ends_sentence(&block.rows[i - 1].text)
            && i + 1 < block.rows.len()
            && block.rows[i + 1].indent > 0.9;
        let left_set = r.slack > 3.0 && face;
        if short && plain && ((centred && (face || between && r.indent > 2.4)) || (left_set && between)) {
            block.rows[i].subhead = true;
        }
    }
}
