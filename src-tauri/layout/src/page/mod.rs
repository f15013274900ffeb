//! Reading a page whose lines have boxes: rows, blocks, cuts, articles.

mod blocks;
mod captions;
mod cuts;
mod draft;
mod edges;
mod frames;
mod furniture;
mod gather;
mod headline;
mod noise;
mod orphans;
mod paragraphs;
mod plane;
mod rows;
mod special;
mod table;

use baoku_model::{Block as PageBlock, BlockRole, LineSpan, PageReading, Rect, TextLayer};

use crate::text::{Source, display};
use blocks::{Block, BlockKind, Type};
use frames::Grid;
use gather::{Gathering, Unit};
use plane::{Area, Sheet};

/// Reads a page from its boxes.
pub(crate) fn read(layer: &TextLayer) -> PageReading {
    let source = Source::new(&layer.lines);
    let mut sheet = Sheet::of(layer, &source);
    if sheet.is_vertical() {
        sheet = sheet.turned();
    }
    let kind = Type::of(&sheet);
    let noise = noise::noise(&sheet, &kind);
    let mut aside = furniture::furniture(&sheet, &kind);
    aside.extend(noise.iter().filter(|i| !aside.contains(i)).copied().collect::<Vec<_>>());
    aside.sort_unstable();
    let mut reading = PageReading::default();
    for &i in &aside {
        reading.furniture.push(furniture_block(layer, &source, sheet.spans[i].at));
    }
    for &i in &noise {
        reading.warnings.push(format!("line {} looks like a picture read as text", sheet.spans[i].at.line));
    }
    // Lines without a sound box cannot be placed; they stay visible with the page.
    for (i, chars) in source.lines.iter().enumerate() {
        let placed = sheet.spans.iter().any(|s| s.at.line == i as u32);
        if !placed && chars.iter().any(|c| !c.is_whitespace()) {
            reading.furniture.push(furniture_block(
                layer,
                &source,
                LineSpan { line: i as u32, start: 0, end: chars.len() as u32 },
            ));
            reading.warnings.push(format!("line {i} has no usable box and was not placed in an article"));
        }
    }
    let ids: Vec<usize> = (0..sheet.spans.len()).filter(|i| !aside.contains(i)).collect();
    let mut arena: Vec<Block> = Vec::new();
    let grids = frames::grids(&sheet, kind.em);
    let frames = frames::frames(&sheet, &grids);
    frames::tidy(&mut sheet, &grids);
    let region = Region { frames: &frames, grids: &grids, kind };
    let units = read_region(&sheet, &ids, &region, &mut arena);
    let units = orphans::adopt(units, &Gathering { blocks: &arena, em: kind.em, exact: kind.exact });
    let units = captions::settle(units, &arena);
    for unit in &units {
        reading.articles.push(draft::draft(layer, &source, &arena, unit, kind.em));
    }
    reading
}

/// What surrounds a region.
struct Region<'a> {
    /// Frames that may lie in it, the largest first.
    frames: &'a [Area],
    grids: &'a [Grid],
    kind: Type,
}

/// Reads the spans `ids` of `sheet` as one region.
fn read_region(sheet: &Sheet, ids: &[usize], region: &Region<'_>, arena: &mut Vec<Block>) -> Vec<Unit> {
    if ids.is_empty() {
        return Vec::new();
    }
    let kind = &region.kind;
    let mut left: Vec<usize> = ids.to_vec();
    let mut parts: Vec<usize> = Vec::new();
    let mut inner_areas: Vec<Area> = Vec::new();
    // Tables first: their cells are not columns.
    for grid in region.grids {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            left.iter().partition(|i| grid.area.holds(sheet.spans[**i].area.center()));
        if let Some(block) = table::table(sheet, &inside, grid) {
            left = outside;
            parts.push(push(arena, block));
        }
    }
    for (taken, block) in table::unruled(sheet, &left, kind.em) {
        left.retain(|i| !taken.contains(i));
        parts.push(push(arena, block));
    }
    // A frame closes off what stands in it.
    for (k, frame) in region.frames.iter().enumerate() {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            left.iter().partition(|i| frame.holds(sheet.spans[**i].area.center()));
        let all = inside.len() == left.len();
        if inside.is_empty() || (all && parts.is_empty()) {
            continue;
        }
        left = outside;
        inner_areas.push(*frame);
        let inner = Region { frames: &region.frames[k + 1..], grids: &[], kind: *kind };
        let inner_sheet = Sheet {
            pictures: sheet.pictures.iter().copied().filter(|p| frame.holds(p.center())).collect(),
            ..sheet.clone()
        };
        let mut units = read_part(&inner_sheet, &inside, &inner, arena);
        for u in &mut units {
            u.framed = true;
        }
        let area = Area::around(units.iter().map(|u| u.area)).unwrap_or(*frame).union(frame);
        parts.push(push(arena, Block::solid(BlockKind::Group(units), area, kind.em)));
    }
    // Parts set in the other direction are read on a turned sheet.
    let (along, across): (Vec<usize>, Vec<usize>) = left.iter().partition(|i| sheet.spans[**i].along);
    for cluster in clusters(sheet, &across) {
        let area = Area::around(cluster.iter().map(|i| sheet.spans[*i].area)).expect("clusters are not empty");
        let units = read_turned(sheet, &cluster, kind, arena);
        parts.push(push(arena, Block::solid(BlockKind::Group(units), area, kind.em)));
    }
    for block in blocks::blocks(sheet, &along, kind) {
        parts.push(push(arena, block));
    }
    for picture in &sheet.pictures {
        let in_frame = inner_areas.iter().any(|f| f.holds(picture.center()));
        let behind_text = parts.iter().filter(|i| picture.holds(arena[**i].area.center())).count() > 0;
        if !in_frame && !behind_text {
            parts.push(push(arena, Block::solid(BlockKind::Picture, *picture, kind.em)));
        }
    }
    if parts.is_empty() {
        return Vec::new();
    }
    let tree = cuts::cut(sheet, arena, &parts, kind.em);
    Gathering { blocks: arena, em: kind.em, exact: kind.exact }.units(&tree)
}

/// Reads a frame's inside, turned if its text runs the other way.
fn read_part(sheet: &Sheet, ids: &[usize], region: &Region<'_>, arena: &mut Vec<Block>) -> Vec<Unit> {
    let weight = |along: bool| {
        ids.iter()
            .filter(|i| sheet.spans[**i].along == along)
            .map(|i| sheet.spans[*i].text.chars().count())
            .sum::<usize>()
    };
    if weight(false) > weight(true) {
        read_turned(sheet, ids, &region.kind, arena)
    } else {
        read_region(sheet, ids, region, arena)
    }
}

fn read_turned(sheet: &Sheet, ids: &[usize], kind: &Type, arena: &mut Vec<Block>) -> Vec<Unit> {
    let turned = sheet.turned();
    let own = Sheet { spans: ids.iter().map(|i| turned.spans[*i].clone()).collect(), ..Sheet::default() };
    let own_kind = if own.spans.iter().map(|s| s.text.chars().count()).sum::<usize>() > 30 {
        Type { exact: kind.exact, ..Type::of(&own) }
    } else {
        *kind
    };
    let region = Region { frames: &[], grids: &[], kind: own_kind };
    let mut units = read_region(&turned, ids, &region, arena);
    for u in &mut units {
        u.area = sheet.straight_of(&u.area);
    }
    units
}

fn push(arena: &mut Vec<Block>, block: Block) -> usize {
    arena.push(block);
    arena.len() - 1
}

/// Groups spans that stand close together.
fn clusters(sheet: &Sheet, ids: &[usize]) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = ids.to_vec();
    let mut out = Vec::new();
    while let Some(first) = left.first().copied() {
        left.remove(0);
        let mut cluster = vec![first];
        let mut at = 0;
        while at < cluster.len() {
            let a = &sheet.spans[cluster[at]];
            let reach = 1.6 * a.em;
            let (near, far): (Vec<usize>, Vec<usize>) = left.iter().partition(|i| {
                let b = &sheet.spans[**i];
                a.area.across(&b.area) > -reach.max(1.6 * b.em) && a.area.down(&b.area) > -reach.max(1.6 * b.em)
            });
            cluster.extend(near);
            left = far;
            at += 1;
        }
        cluster.sort_unstable();
        out.push(cluster);
    }
    out
}

fn furniture_block(layer: &TextLayer, source: &Source, at: LineSpan) -> PageBlock {
    PageBlock {
        role: BlockRole::Furniture,
        text: display(&source.text(at)),
        bbox: span_box(layer, at),
        lines: vec![at],
    }
}

/// The box of a span on the page, in page fractions.
fn span_box(layer: &TextLayer, at: LineSpan) -> Option<Rect> {
    layer.lines[at.line as usize].span_box(at.start as usize, at.end as usize)
}
