//! Masthead, page header and editors' line: what belongs to the page.

use super::blocks::Type;
use super::plane::{Area, Sheet};
use crate::signs::{self, FurnitureSign};

/// Indices of the spans that are furniture.
pub(crate) fn furniture(sheet: &Sheet, kind: &Type) -> Vec<usize> {
    let Some(content) = Area::around(sheet.spans.iter().map(|s| s.area)) else { return Vec::new() };
    let signed: Vec<(usize, FurnitureSign)> =
        sheet.spans.iter().enumerate().filter_map(|(i, s)| signs::furniture(&s.text).map(|f| (i, f))).collect();
    let prose: Vec<bool> = sheet
        .spans
        .iter()
        .enumerate()
        .map(|(i, s)| is_prose(&s.text, signed.binary_search_by_key(&i, |(k, _)| *k).is_ok()))
        .collect();
    let mut taken = vec![false; sheet.spans.len()];
    // Editors' lines may stand anywhere at an edge; one long line of them is enough.
    for (i, sign) in &signed {
        let a = &sheet.spans[*i].area;
        let low = content.bottom - a.bottom < 0.06 * content.height();
        let high = a.top - content.top < 0.12 * content.height();
        if *sign == FurnitureSign::Editors && (low || high || sheet.spans[*i].em < 0.95 * kind.em) {
            taken[*i] = true;
        }
    }
    for edge in [Edge::Top, Edge::Bottom, Edge::Left, Edge::Right] {
        take_edge(sheet, kind, &content, &signed, &prose, edge, &mut taken);
    }
    (0..taken.len()).filter(|i| taken[*i]).collect()
}

#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Top,
    Bottom,
    Left,
    Right,
}

impl Edge {
    /// How far an area reaches into the page from this edge: its near and far side.
    fn depth(self, a: &Area, content: &Area) -> (f32, f32) {
        match self {
            Edge::Top => (a.top - content.top, a.bottom - content.top),
            Edge::Bottom => (content.bottom - a.bottom, content.bottom - a.top),
            Edge::Left => (a.left - content.left, a.right - content.left),
            Edge::Right => (content.right - a.right, content.right - a.left),
        }
    }

    fn extent(self, content: &Area) -> f32 {
        if matches!(self, Edge::Top | Edge::Bottom) { content.height() } else { content.width() }
    }
}

fn take_edge(
    sheet: &Sheet,
    kind: &Type,
    content: &Area,
    signed: &[(usize, FurnitureSign)],
    prose: &[bool],
    edge: Edge,
    taken: &mut [bool],
) {
    let extent = edge.extent(content);
    let reach = match edge {
        Edge::Top => 0.14,
        Edge::Bottom => 0.05,
        Edge::Left | Edge::Right => 0.2,
    };
    // At the sides only a masthead counts: its date or number runs along the edge.
    let side = matches!(edge, Edge::Left | Edge::Right);
    let mut anchors: Vec<usize> = signed
        .iter()
        .filter(|(i, sign)| {
            let a = &sheet.spans[*i].area;
            let near = edge.depth(a, content).0 < reach * extent;
            let long_way =
                if side { a.height() > 0.2 * content.height() && *sign == FurnitureSign::Date } else { true };
            // The date under a notice closes the notice.
            let signature = edge == Edge::Bottom && (*sign == FurnitureSign::Date || framed(sheet, a));
            near && long_way && !signature
        })
        .map(|(i, _)| *i)
        .collect();
    // A page number alone proves nothing among body text: it has to stand clear of all columns, or next to lines that
    // prove more.
    let is_strong = |i: &usize| signed.iter().any(|(k, s)| k == i && *s != FurnitureSign::Page);
    let proven = anchors
        .iter()
        .filter(|i| is_strong(i))
        .map(|i| edge.depth(&sheet.spans[*i].area, content).1 + 4.0 * sheet.spans[*i].em)
        .fold(0.0f32, f32::max);
    anchors.retain(|i| {
        let start = edge.depth(&sheet.spans[*i].area, content).0;
        is_strong(i) || start < proven || stands_clear(sheet, signed, *i, edge, content)
    });
    if anchors.is_empty() {
        return;
    }
    for i in &anchors {
        taken[*i] = true;
    }
    if edge == Edge::Bottom {
        return;
    }
    // The zone of the anchors, and of a rule that closes it off.
    let far = anchors.iter().map(|i| edge.depth(&sheet.spans[*i].area, content).1).fold(0.0f32, f32::max);
    let near = anchors.iter().map(|i| edge.depth(&sheet.spans[*i].area, content).0).fold(f32::MAX, f32::min);
    let ruled = closing_rule(sheet, prose, content, edge, near, reach * 1.4 * extent);
    let zone = ruled.unwrap_or(far);
    let in_zone = |i: usize| {
        let (start, end) = edge.depth(&sheet.spans[i].area, content);
        (start + end) / 2.0 < zone + 0.2 * sheet.spans[i].em
    };
    let plain = |i: usize| !prose[i] && sheet.spans[i].at.end - sheet.spans[i].at.start <= 16;
    let clean = (0..taken.len()).filter(|i| in_zone(*i)).all(|i| taken[i] || plain(i));
    if ruled.is_some() || clean {
        for (i, t) in taken.iter_mut().enumerate() {
            *t |= in_zone(i) && !prose[i];
        }
    }
    // The nameplate stands next to the date, the number or the publisher and may reach beyond them.
    let anchor_area = Area::around(anchors.iter().map(|i| sheet.spans[*i].area)).expect("there are anchors");
    let name = (0..taken.len())
        .filter(|i| {
            let s = &sheet.spans[*i];
            let beside = s.area.across(&anchor_area) > -1.2 * s.em && s.area.down(&anchor_area) > -1.2 * s.em;
            !prose[*i]
                && s.em > 2.4 * kind.em
                && s.text.chars().count() <= 8
                && beside
                && edge.depth(&s.area, content).0 < far
        })
        .max_by(|a, b| sheet.spans[*a].em.total_cmp(&sheet.spans[*b].em).then(b.cmp(a)));
    if let Some(i) = name {
        taken[i] = true;
    }
}

fn framed(sheet: &Sheet, a: &Area) -> bool {
    sheet.frames.iter().any(|f| f.holds(a.center()))
}

/// True if no long line stands between the edge and the span, and none beside it.
fn stands_clear(sheet: &Sheet, signed: &[(usize, FurnitureSign)], i: usize, edge: Edge, content: &Area) -> bool {
    let own = edge.depth(&sheet.spans[i].area, content);
    !sheet.spans.iter().enumerate().any(|(k, s)| {
        let d = edge.depth(&s.area, content);
        k != i
            && d.0 < own.1 - 0.001
            && s.at.end - s.at.start > 12
            && signed.binary_search_by_key(&k, |(n, _)| *n).is_err()
    })
}

/// Depth of the last rule along most of the edge that has no prose between itself and the edge.
fn closing_rule(sheet: &Sheet, prose: &[bool], content: &Area, edge: Edge, near: f32, limit: f32) -> Option<f32> {
    let (strokes, from, to) = match edge {
        Edge::Top | Edge::Bottom => (&sheet.level, content.left, content.right),
        Edge::Left | Edge::Right => (&sheet.upright, content.top, content.bottom),
    };
    let prose = sheet
        .spans
        .iter()
        .zip(prose)
        .filter(|(_, prose)| **prose)
        .map(|(s, _)| edge.depth(&s.area, content).0)
        .fold(f32::MAX, f32::min);
    strokes
        .iter()
        .filter(|s| s.b.min(to) - s.a.max(from) > 0.75 * (to - from))
        .map(|s| match edge {
            Edge::Top => s.at - content.top,
            Edge::Bottom => content.bottom - s.at,
            Edge::Left => s.at - content.left,
            Edge::Right => content.right - s.at,
        })
        .filter(|d| *d > near && *d < limit && *d < prose)
        .max_by(f32::total_cmp)
}

fn is_prose(text: &str, signed: bool) -> bool {
    (text.contains(['。', '，']) && !signed) || signs::byline(text).is_some() || signs::dateline(text).is_some()
}
