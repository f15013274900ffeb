//! From the cut region to articles: which body goes with which headline.

use super::blocks::{Block, BlockKind};
use super::cuts::{Node, Part};
use super::plane::Area;
use crate::signs;
use crate::text::blank_free;

/// An article in the making. Numbers are indices of blocks.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub heads: Vec<usize>,
    pub items: Vec<Item>,
    pub area: Area,
    pub framed: bool,
    /// Belief in how it was put together, 0 to 1.
    pub confidence: f32,
    /// Another unit of the page it may belong to, with the share of belief in that.
    pub rival: Option<(usize, f32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    Run(usize),
    Caption(usize),
    Table(usize),
    Byline(usize),
    Jump(usize),
}

impl Item {
    pub fn block(self) -> usize {
        match self {
            Item::Run(i) | Item::Caption(i) | Item::Table(i) | Item::Byline(i) | Item::Jump(i) => i,
        }
    }

    fn is_text(self) -> bool {
        matches!(self, Item::Run(_) | Item::Table(_) | Item::Caption(_))
    }
}

/// Whether one run goes on in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// In mid-sentence, or in mid-paragraph.
    Continues,
    /// A new paragraph or text.
    Fresh,
    Unknown,
}

/// Reads the articles of a cut region in reading order.
pub(crate) struct Gathering<'a> {
    pub blocks: &'a [Block],
    /// Em of the body.
    pub em: f32,
    /// Born digital: no bullet was lost on the way.
    pub exact: bool,
}

impl Gathering<'_> {
    pub fn units(&self, node: &Node) -> Vec<Unit> {
        match node {
            Node::Leaf(i) => self.leaf(*i),
            Node::Rows(parts) => self.rows(parts),
            Node::Columns(parts) => self.columns(parts),
        }
    }

    fn leaf(&self, i: usize) -> Vec<Unit> {
        let block = &self.blocks[i];
        let unit = |heads: Vec<usize>, items: Vec<Item>| {
            vec![Unit { heads, items, area: block.area, framed: false, confidence: 0.95, rival: None }]
        };
        match &block.kind {
            BlockKind::Head => unit(vec![i], Vec::new()),
            BlockKind::Run => unit(Vec::new(), vec![Item::Run(i)]),
            BlockKind::Byline => unit(Vec::new(), vec![Item::Byline(i)]),
            BlockKind::Jump => unit(Vec::new(), vec![Item::Jump(i)]),
            BlockKind::Caption => unit(Vec::new(), vec![Item::Caption(i)]),
            BlockKind::Table(_) => unit(Vec::new(), vec![Item::Table(i)]),
            BlockKind::Picture => Vec::new(),
            BlockKind::Group(units) => units.clone(),
        }
    }

    /// Parts under each other.
    fn rows(&self, parts: &[Part]) -> Vec<Unit> {
        let children: Vec<Vec<Unit>> = parts.iter().map(|p| self.units(&p.node)).collect();
        let mut done: Vec<Unit> = Vec::new();
        let mut ruled = false;
        for (k, part) in parts.iter().enumerate() {
            ruled |= part.ruled && !done.is_empty();
            if children[k].is_empty() {
                continue;
            }
            let mut after = parts.iter().zip(&children).skip(k + 1).filter(|(_, c)| !c.is_empty());
            let following = after.next().map(|(p, c)| (&c[0], p.ruled));
            let alone = children[k].iter().filter(|u| !self.is_photo(u)).count() == 1;
            let mut opening = true;
            for unit in children[k].clone() {
                if opening {
                    // Photographs on top of a part do not part what stands above them from what stands below.
                    opening = self.is_photo(&unit);
                    let left_over = self.join_below(&mut done, unit, ruled, alone, following);
                    done.extend(left_over);
                    continue;
                }
                match done.last_mut() {
                    // The rest of a part that was headed by one title: further bullets of one list.
                    Some(p) if self.is_list(p) && self.is_brief(&unit) && !unit.framed => absorb(p, unit),
                    _ => done.push(unit),
                }
            }
            ruled = false;
        }
        done
    }

    /// Joins `unit` to what stands above it, or gives it back.
    fn join_below(
        &self,
        done: &mut [Unit],
        mut unit: Unit,
        ruled: bool,
        alone: bool,
        following: Option<(&Unit, bool)>,
    ) -> Option<Unit> {
        // A picture with its caption may stand between a headline and its body, or within the body.
        let place = done.iter().rposition(|u| !self.is_photo(u)).unwrap_or(done.len().saturating_sub(1));
        let Some(above) = done.get_mut(place) else { return Some(unit) };
        if above.framed != unit.framed && (above.framed || unit.framed) {
            // A frame closes an article off, but a headline may stand right on top of its frame.
            return Some(unit);
        }
        let gap = unit.area.top - above.area.bottom;
        if is_only(&unit, |i| matches!(i, Item::Byline(_))) {
            if has_text(above) {
                let next_is_headed = following.is_some_and(|(n, r)| !n.heads.is_empty() && !r);
                let next_gap = following.map_or(f32::MAX, |(n, _)| n.area.top - unit.area.bottom);
                let nearer = next_is_headed && next_gap < gap + 0.2 * self.em && !self.bracketed(&unit);
                if ruled || nearer {
                    return Some(unit);
                }
            }
            absorb(above, unit);
            return None;
        }
        if is_only(&unit, |i| matches!(i, Item::Jump(_))) {
            absorb(above, unit);
            return None;
        }
        let pending = !has_text(above);
        let head_below = unit.items.iter().all(|i| !i.is_text()) && !unit.heads.is_empty();
        if pending && !self.is_photo(&unit) {
            // Title matter above: a headline, a byline, a jump marker.
            if !unit.heads.is_empty()
                && !above.heads.is_empty()
                && (ruled || gap > 1.3 * self.head_em(above).max(self.head_em(&unit)))
                && !head_below
            {
                return Some(unit);
            }
            if above.heads.is_empty() && !unit.heads.is_empty() && ruled {
                return Some(unit);
            }
            prepend(&mut unit, above);
            *above = unit;
            return None;
        }
        if head_below {
            // A headline below its body closes the region, or a rule parts it from what follows.
            let next_gap = following.map_or(f32::MAX, |(n, _)| n.area.top - unit.area.bottom);
            let much_nearer = gap < 2.0 * self.em && next_gap > 4.0 * self.em && next_gap > 3.0 * gap;
            let closes = much_nearer || following.is_none_or(|(_, r)| r);
            if closes && above.heads.is_empty() && !ruled && !self.is_photo(above) && !self.is_brief(above) {
                absorb(above, unit);
                above.confidence = above.confidence.min(0.9);
                return None;
            }
            return Some(unit);
        }
        if !unit.heads.is_empty() || self.is_photo(&unit) || self.is_photo(above) {
            return Some(unit);
        }
        let flow = self.flow(above, &unit);
        let list = self.is_list(above);
        if self.lost_its_bullet(above) && self.lost_its_bullet(&unit) {
            return Some(unit);
        }
        if self.is_brief(&unit) {
            if list && !ruled {
                absorb(above, unit);
                return None;
            }
            return Some(unit);
        }
        let fresh = self.opens_with_dateline(&unit) && gap > 0.9 * self.em;
        let joins = match flow {
            Flow::Continues => !fresh,
            _ => !ruled && !fresh && (list || !self.is_brief(above)) && alone_or_under(above, &unit, alone),
        };
        if joins {
            if ruled {
                unit.confidence = 0.7;
            }
            absorb(above, unit);
            return None;
        }
        Some(unit)
    }

    /// Parts beside each other.
    fn columns(&self, parts: &[Part]) -> Vec<Unit> {
        let children: Vec<Vec<Unit>> = parts.iter().map(|p| self.units(&p.node)).collect();
        let mut done: Vec<Unit> = Vec::new();
        let mut ruled = false;
        for (k, part) in parts.iter().enumerate() {
            ruled |= part.ruled && !done.is_empty();
            if children[k].is_empty() {
                continue;
            }
            let mut after = parts.iter().zip(&children).skip(k + 1).filter(|(_, c)| !c.is_empty());
            let following = after.next().map(|(p, c)| (&c[0], p.ruled));
            // Photographs on top of a column do not part what stands below them from the columns to the left.
            let photos = children[k].iter().take_while(|u| self.is_photo(u)).count();
            let mut units = children[k].clone().into_iter();
            done.extend(units.by_ref().take(photos));
            if let Some(first) = units.next() {
                let continues = |d: &Unit| !self.is_photo(d) && self.flow(d, &first) == Flow::Continues;
                let left_over = if photos == 0 || done.iter().any(continues) {
                    self.join_beside(&mut done, first, ruled, following)
                } else {
                    Some(first)
                };
                done.extend(left_over);
            }
            done.extend(units);
            ruled = false;
        }
        done
    }

    /// Joins `unit` to an article on its left, or gives it back.
    fn join_beside(
        &self,
        done: &mut [Unit],
        mut unit: Unit,
        ruled: bool,
        following: Option<(&Unit, bool)>,
    ) -> Option<Unit> {
        if done.is_empty() || unit.framed {
            return Some(unit);
        }
        let last = done.len() - 1;
        if !unit.heads.is_empty() && !has_text(&unit) {
            // A headline to the right of its body, unless there is a body without one to its right.
            let right_waits = following.is_some_and(|(n, r)| n.heads.is_empty() && has_text(n) && !r && !n.framed);
            let left = &mut done[last];
            if left.heads.is_empty() && has_text(left) && !ruled && !left.framed && !self.is_photo(left) && !right_waits
            {
                absorb(left, unit);
                left.confidence = left.confidence.min(0.9);
                return None;
            }
            return Some(unit);
        }
        if !has_text(&unit) {
            // A byline or jump marker in a column of its own.
            if !ruled {
                absorb(&mut done[last], unit);
                return None;
            }
            return Some(unit);
        }
        if !has_text(&done[last]) && !done[last].framed && unit.heads.is_empty() && !self.is_photo(&unit) && !ruled {
            // A headline to the left of its body.
            let mut left = done[last].clone();
            prepend(&mut unit, &mut left);
            unit.confidence = unit.confidence.min(0.93);
            done[last] = unit;
            return None;
        }
        if self.is_photo(&unit) {
            return Some(unit);
        }
        if !unit.heads.is_empty() {
            // Columns to the left of a headline that spans only the later columns of its article.
            let left = &mut done[last];
            let flow = self.flow(left, &unit);
            // Level at the top with the headline and at the bottom with the text, it is a column of the same article.
            let flush = (left.area.top - unit.area.top).abs() < self.em
                && (left.area.bottom - unit.area.bottom).abs() < 1.8 * self.em;
            if left.heads.is_empty()
                && !ruled
                && !left.framed
                && !self.is_photo(left)
                && !self.is_brief(left)
                && (flow == Flow::Continues || (flush && has_text(left)))
            {
                let mut body = left.items.clone();
                body.append(&mut unit.items);
                unit.items = body;
                unit.area = unit.area.union(&left.area);
                unit.confidence = if flow == Flow::Continues { 0.8 } else { 0.7 };
                done[last] = unit;
                return None;
            }
            return Some(unit);
        }
        if self.is_brief(&unit) {
            if self.is_list(&done[last]) && !ruled {
                absorb(&mut done[last], unit);
                return None;
            }
            return Some(unit);
        }
        // A report that opens at a column's top is another article, unless the columns to the left start level with it.
        let level = self.level(&done[last], &unit);
        if self.opens_with_dateline(&unit) && done.iter().any(has_text) && (ruled || !level) {
            return Some(unit);
        }
        // Which article of the left goes on here? One that breaks off, and stands next to the column's top.
        let top = unit.area.top;
        let mut best: Option<(usize, i32)> = None;
        for (i, d) in done.iter().enumerate() {
            if d.framed || self.is_photo(d) || !has_text(d) {
                continue;
            }
            let flow = self.flow(d, &unit);
            let beside = d.area.top - 2.0 * self.em <= top && d.area.bottom > top;
            let mut score = match flow {
                Flow::Continues => 6,
                Flow::Unknown => 2,
                Flow::Fresh => 1,
            };
            score += if beside { 3 } else { 0 };
            score += if i == last { 1 } else { 0 };
            score -= if self.is_brief(d) && flow != Flow::Continues { 6 } else { 0 };
            // A rule between columns that start level is a column rule; one that parts articles reaches up to their headlines.
            let allowed = flow == Flow::Continues || (!ruled && (beside || i == last)) || (level && i == last);
            if allowed && score > 0 && best.is_none_or(|(_, s)| score >= s) {
                best = Some((i, score));
            }
        }
        match best {
            Some((i, score)) => {
                if score < 6 {
                    unit.confidence = unit.confidence.min(0.85);
                }
                absorb(&mut done[i], unit);
                None
            }
            None => Some(unit),
        }
    }

    /// True if a run of `left` starts on the same height as `unit`.
    fn level(&self, left: &Unit, unit: &Unit) -> bool {
        left.items.iter().any(|i| {
            let block = &self.blocks[i.block()];
            matches!(i, Item::Run(_)) && (block.area.top - unit.area.top).abs() < 0.8 * self.em
        })
    }

    fn head_em(&self, unit: &Unit) -> f32 {
        unit.heads.iter().map(|h| self.blocks[*h].em).fold(self.em, f32::max)
    }

    fn bracketed(&self, unit: &Unit) -> bool {
        unit.items.iter().any(|i| self.blocks[i.block()].text().starts_with(['（', '(']))
    }

    /// A picture's caption and nothing else.
    pub fn is_photo(&self, unit: &Unit) -> bool {
        unit.heads.is_empty() && is_only(unit, |i| matches!(i, Item::Caption(_)))
    }

    /// Opens with a bullet and has no headline.
    fn is_brief(&self, unit: &Unit) -> bool {
        unit.heads.is_empty() && self.first_row(unit).is_some_and(|t| signs::bullet(&t))
    }

    /// A few rows without indent or headline that open with a day: a recogniser drops the squares before briefs.
    fn lost_its_bullet(&self, unit: &Unit) -> bool {
        let [Item::Run(b)] = unit.items[..] else { return false };
        let rows = &self.blocks[b].rows;
        !self.exact
            && unit.heads.is_empty()
            && rows.len() <= 5
            && rows.first().is_some_and(|r| r.indent < 0.6 && signs::opens_with_day(&r.text))
    }

    /// A headline over bulleted items.
    fn is_list(&self, unit: &Unit) -> bool {
        !unit.heads.is_empty() && self.first_row(unit).is_some_and(|t| signs::bullet(&t))
    }

    fn opens_with_dateline(&self, unit: &Unit) -> bool {
        self.first_row(unit).is_some_and(|t| signs::dateline(&blank_free(&t)).is_some())
    }

    fn first_row(&self, unit: &Unit) -> Option<String> {
        unit.items.iter().find_map(|i| match i {
            Item::Run(b) | Item::Caption(b) => self.blocks[*b].rows.first().map(|r| r.text.clone()),
            _ => None,
        })
    }

    fn flow(&self, from: &Unit, to: &Unit) -> Flow {
        let closed =
            from.items.iter().any(|i| matches!(i, Item::Byline(b) if self.blocks[*b].text().starts_with(['（', '('])));
        let last = from.items.iter().rev().find(|i| matches!(i, Item::Run(_) | Item::Jump(_)));
        let (Some(Item::Run(a)), Some(Item::Run(b))) = (last, to.items.iter().find(|i| matches!(i, Item::Run(_))))
        else {
            return Flow::Unknown;
        };
        let (a, b) = (&self.blocks[*a], &self.blocks[*b]);
        let (Some(end), Some(start)) = (a.rows.last(), b.rows.first()) else { return Flow::Unknown };
        if closed {
            return Flow::Fresh;
        }
        if (a.em / b.em - 1.0).abs() > 0.12 {
            return Flow::Unknown;
        }
        let ended = signs::ends_sentence(&end.text);
        let indented = b.rows.len() > 1 && start.indent > 0.9;
        let flush = b.rows.len() > 1 && start.indent < 0.6;
        match (ended, indented, flush) {
            (false, false, _) => Flow::Continues,
            (true, _, true) if end.slack < 1.2 => Flow::Continues,
            (true, true, _) => Flow::Fresh,
            _ => Flow::Unknown,
        }
    }
}

pub(super) fn has_text(unit: &Unit) -> bool {
    unit.items.iter().any(|i| i.is_text())
}

fn is_only(unit: &Unit, kind: impl Fn(&Item) -> bool) -> bool {
    unit.heads.is_empty() && !unit.items.is_empty() && unit.items.iter().all(kind)
}

/// Body below a region of several columns goes on there only if it stands under the article it would continue.
fn alone_or_under(above: &Unit, unit: &Unit, alone: bool) -> bool {
    alone || above.area.across(&unit.area) > 0.3 * unit.area.width()
}

/// Puts `unit` behind what `into` has.
pub(super) fn absorb(into: &mut Unit, unit: Unit) {
    into.area = into.area.union(&unit.area);
    into.heads.extend(unit.heads);
    into.items.extend(unit.items);
    into.confidence = into.confidence.min(unit.confidence);
}

/// Puts title matter in front of `unit`.
pub(super) fn prepend(unit: &mut Unit, above: &mut Unit) {
    unit.area = unit.area.union(&above.area);
    let mut heads = std::mem::take(&mut above.heads);
    heads.append(&mut unit.heads);
    unit.heads = heads;
    let mut items = std::mem::take(&mut above.items);
    items.append(&mut unit.items);
    unit.items = items;
    unit.confidence = unit.confidence.min(above.confidence);
}
