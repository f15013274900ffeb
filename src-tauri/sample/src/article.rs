//! Setting one article: headline, byline and body in columns, boxes, pictures. All measures are points, from the item's own
//! top left corner.

use crate::{
    fonts::{Face, Fonts},
    lines::{Broken, break_paragraph, single},
    source::{Article, BylineAt, HeadAt, Kind, Paragraph},
};

/// Bylines and jump marks.
const SMALL: f32 = 9.5;
/// Space between columns.
pub const GUTTER: f32 = 16.0;
const PADDING: f32 = 9.0;
/// A text column may be spaced out by this much to fill its cell.
const STRETCH: f32 = 1.12;

/// What a block is; the names are those of the truth files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Column,
    HeadlineShoulder,
    HeadlineMain,
    HeadlineSub,
    Byline,
    Body,
    Subhead,
    Caption,
    Jump,
    Furniture,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::HeadlineShoulder => "headline_shoulder",
            Self::HeadlineMain => "headline_main",
            Self::HeadlineSub => "headline_sub",
            Self::Byline => "byline",
            Self::Body => "body",
            Self::Subhead => "subhead",
            Self::Caption => "caption",
            Self::Jump => "jump",
            Self::Furniture => "furniture",
        }
    }
}

/// One line where it stands: `x`, `y` is the top left of its em box (of the column, if vertical).
#[derive(Debug, Clone)]
pub struct SetLine {
    pub text: String,
    pub face: Face,
    pub size: f32,
    pub x: f32,
    pub y: f32,
    pub advances: Vec<f32>,
    pub vertical: bool,
}

impl SetLine {
    /// `[x, y, w, h]` of the em boxes.
    pub fn area(&self) -> [f32; 4] {
        let length = self.advances.iter().sum();
        if self.vertical { [self.x, self.y, self.size, length] } else { [self.x, self.y, length, self.size] }
    }

    fn at(broken: Broken, face: Face, size: f32, x: f32, y: f32) -> Self {
        Self { x: x + broken.indent, y, text: broken.text, advances: broken.advances, face, size, vertical: false }
    }
}

/// A block in one part of an article: a paragraph runs over columns, so its lines do.
#[derive(Debug, Clone)]
pub struct Block {
    pub role: Role,
    pub text: String,
    pub lines: Vec<SetLine>,
}

/// An item as set.
#[derive(Debug, Default)]
pub struct Item {
    pub article: String,
    pub continuation: bool,
    pub blocks: Vec<Block>,
    /// Frames, as `[x, y, w, h]`.
    pub frames: Vec<[f32; 4]>,
    pub pictures: Vec<[f32; 4]>,
    pub height: f32,
    /// Takes whatever height is left.
    pub grows: bool,
}

impl Item {
    /// Moves everything by `dx`, `dy`.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        for line in self.blocks.iter_mut().flat_map(|b| &mut b.lines) {
            line.x += dx;
            line.y += dy;
        }
        for area in self.frames.iter_mut().chain(&mut self.pictures) {
            area[0] += dx;
            area[1] += dy;
        }
    }
}

/// Where an item goes: its width in points, its text columns, and the page's body type.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub width: f32,
    pub columns: usize,
    pub body: Body,
}

/// Sets `a` into `cell`; with `height` it fills that much where it can.
pub fn set(fonts: &Fonts, a: &Article, continuation: bool, cell: Cell, height: Option<f32>) -> Item {
    let mut item = match a.kind {
        Kind::Photo => photo(fonts, a, cell.width, height),
        Kind::Ad => advertisement(fonts, a, cell.width, height),
        Kind::Article if a.vertical => vertical(a, cell.width, cell.body),
        _ => text(fonts, a, continuation, cell, height),
    };
    item.article = a.id.clone();
    item.continuation = continuation;
    item
}

fn centred(fonts: &Fonts, face: Face, size: f32, text: &str, width: f32, y: f32) -> SetLine {
    let x = (width - fonts.width(face, size, text)) / 2.0;
    SetLine::at(single(fonts, face, size, text), face, size, x, y)
}

/// The largest size up to `wish` at which every line fits `width`.
fn fitting(fonts: &Fonts, face: Face, wish: f32, text: &str, width: f32) -> f32 {
    let widest = text.lines().map(|l| fonts.width(face, wish, l)).fold(1.0, f32::max);
    if widest > width { wish * width / widest } else { wish }
}

/// Headline and byline above or below a body; gives the blocks and the height.
fn head(fonts: &Fonts, a: &Article, continuation: bool, width: f32) -> (Vec<Block>, f32) {
    let mut blocks = Vec::new();
    let mut y = 0.0;
    let mut add = |role, face, wish: f32, text: &str, after: f32| {
        let size = fitting(fonts, face, wish, text, width);
        let mut lines = Vec::new();
        for line in text.lines() {
            lines.push(centred(fonts, face, size, line, width, y));
            y += size * 1.22;
        }
        y += after - size * 0.22;
        blocks.push(Block { role, text: text.replace('\n', ""), lines });
    };
    if continuation {
        add(Role::HeadlineMain, Face::HeiBold, 16.0, a.jump_head.as_deref().unwrap_or_default(), 5.0);
        add(Role::Jump, Face::Hei, SMALL, "（上接第1版）", 9.0);
        return (blocks, y);
    }
    if let Some(text) = &a.column {
        add(Role::Column, Face::HeiBold, 11.0, text, 8.0);
    }
    if let (Some(text), BylineAt::Top) = (&a.byline, a.byline_at) {
        add(Role::Byline, Face::Hei, SMALL, text, 7.0);
    }
    if let Some(text) = &a.shoulder {
        add(Role::HeadlineShoulder, Face::SongBold, (a.size * 0.55).max(11.5), text, a.size * 0.24);
    }
    if let Some(text) = &a.main {
        let face = if matches!(a.kind, Kind::Notice) { Face::SongBold } else { Face::HeiBold };
        add(Role::HeadlineMain, face, a.size, text, a.size * 0.3);
    }
    if let Some(text) = &a.sub {
        add(Role::HeadlineSub, Face::Song, (a.size * 0.52).max(12.0), text, a.size * 0.25);
    }
    if let (Some(text), BylineAt::Head) = (&a.byline, a.byline_at) {
        add(Role::Byline, Face::Hei, SMALL, text, 9.0);
    }
    if y > 0.0 {
        y += 3.0;
    }
    (blocks, y)
}

/// Size of the body and distance of its lines, in points.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    pub size: f32,
    pub pitch: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Align {
    Justified,
    Centred,
    Right,
}

/// A line of the body before it has a place.
struct Row {
    block: usize,
    line: Broken,
    face: Face,
    size: f32,
    align: Align,
}

fn rows(fonts: &Fonts, paragraphs: &[Paragraph], measure: f32, kind: Kind, body: Body) -> (Vec<Block>, Vec<Row>) {
    let mut blocks = Vec::new();
    let mut rows = Vec::new();
    for p in paragraphs {
        // The signature and the date that close a notice.
        let signature = kind == Kind::Notice && !p.text.ends_with('。');
        let (role, face, size, align) = match (p.subhead, signature) {
            (true, _) => (Role::Subhead, Face::HeiBold, body.size * 1.15, Align::Centred),
            (false, true) => (Role::Body, Face::Song, body.size, Align::Right),
            (false, false) => (Role::Body, Face::Song, body.size, Align::Justified),
        };
        let flush = align != Align::Justified || p.continued || (kind == Kind::Brief && p.text.starts_with('□'));
        let indent = if flush { 0.0 } else { 2.0 * body.size };
        let lines = break_paragraph(&p.text, measure, indent, size, |c| fonts.advance(face, size, c));
        let block = blocks.len();
        rows.extend(lines.into_iter().map(|line| Row { block, line, face, size, align }));
        blocks.push(Block { role, text: p.text.clone(), lines: Vec::new() });
    }
    (blocks, rows)
}

/// Columns that begin at different heights, because a headline covers some of them.
struct Columns {
    tops: Vec<f32>,
    measure: f32,
}

impl Columns {
    /// A place for each row, if they fit in `depth`. A subhead never closes a column.
    fn places(&self, subheads: &[bool], depth: f32, pitch: f32) -> Option<Vec<(f32, f32)>> {
        let mut out = Vec::with_capacity(subheads.len());
        let mut next = subheads.iter();
        let mut row = next.next();
        for (i, top) in self.tops.iter().enumerate() {
            let fit = (((depth - top) / pitch) + 0.01).max(0.0) as usize;
            let x = i as f32 * (self.measure + GUTTER);
            for k in 0..fit {
                let Some(subhead) = row else { return Some(out) };
                if *subhead && k + 1 == fit {
                    break;
                }
                out.push((x, top + k as f32 * pitch));
                row = next.next();
            }
        }
        row.is_none().then_some(out)
    }

    /// The least depth at which the rows fit.
    fn depth(&self, subheads: &[bool], pitch: f32) -> f32 {
        let mut depth = self.tops.iter().copied().fold(f32::MAX, f32::min);
        while self.places(subheads, depth, pitch).is_none() {
            depth += pitch / 4.0;
        }
        depth
    }

    /// The widest spacing, up to [`STRETCH`], at which the rows fit in `room`.
    fn spaced(&self, subheads: &[bool], pitch: f32, room: f32) -> f32 {
        let steps = (1..=12).rev().map(|i| pitch * (1.0 + (STRETCH - 1.0) * i as f32 / 12.0));
        steps.into_iter().find(|p| self.places(subheads, room, *p).is_some()).unwrap_or(pitch)
    }
}

fn text(fonts: &Fonts, a: &Article, continuation: bool, cell: Cell, height: Option<f32>) -> Item {
    let Cell { width, columns, body } = cell;
    let pad = if a.boxed { PADDING } else { 0.0 };
    let inner = width - 2.0 * pad;
    let measure = (inner - GUTTER * (columns - 1) as f32) / columns as f32;
    let covered = a.head_columns.unwrap_or(columns).min(columns);
    let head_width = measure * covered as f32 + GUTTER * (covered - 1) as f32;
    let (mut blocks, head_height) = head(fonts, a, continuation, head_width);
    let below = a.head_at == HeadAt::Below;
    let foot = if below { head_height + 8.0 } else { 0.0 };

    let (mut paragraphs, rows) = rows(fonts, &a.paragraphs(continuation), measure, a.kind, body);
    let jump = a.jump_to.filter(|_| !continuation).map(|page| (Role::Jump, format!("（下转第{page}版）")));
    let closing = a.byline.clone().filter(|_| a.byline_at == BylineAt::End && !continuation);
    let tail = jump.or(closing.map(|text| (Role::Byline, text)));
    // What closes an article shares its last line where there is room, else it takes a line of its own.
    let last: f32 = rows.last().map_or(0.0, |r| r.line.indent + r.line.advances.iter().sum::<f32>());
    let needed = tail.as_ref().map_or(0.0, |(_, text)| fonts.width(Face::Hei, SMALL, text) + body.size);
    let own_line = tail.as_ref().is_some_and(|(role, _)| *role == Role::Jump || last + needed > measure);

    let mut subheads: Vec<bool> = rows.iter().map(|r| r.align == Align::Centred).collect();
    subheads.extend(own_line.then_some(false));
    let top = |i: usize| if below || i >= covered { 0.0 } else { head_height };
    let grid = Columns { tops: (0..columns).map(top).collect(), measure };
    let room = height.map(|h| h - 2.0 * pad - foot);
    let pitch = room.map_or(body.pitch, |room| grid.spaced(&subheads, body.pitch, room));
    let depth = grid.depth(&subheads, pitch);
    let places = grid.places(&subheads, depth, pitch).unwrap_or_default();

    let lead = (pitch - body.size) / 2.0;
    for (row, (x, y)) in rows.into_iter().zip(&places) {
        let free = measure - row.line.advances.iter().sum::<f32>();
        let x = match row.align {
            Align::Justified => *x,
            Align::Centred => x + free / 2.0,
            Align::Right => x + free,
        };
        paragraphs[row.block].lines.push(SetLine::at(row.line, row.face, row.size, x, y + lead));
    }
    if let (Some((role, text)), Some((x, y))) = (tail, places.last()) {
        let x = x + measure - fonts.width(Face::Hei, SMALL, &text);
        let line = SetLine::at(single(fonts, Face::Hei, SMALL, &text), Face::Hei, SMALL, x, y + lead + 0.6);
        paragraphs.push(Block { role, text, lines: vec![line] });
    }
    if below {
        blocks.iter_mut().flat_map(|b| &mut b.lines).for_each(|l| l.y += depth + 8.0);
    }
    blocks.extend(paragraphs);
    let mut item = Item { blocks, height: depth + foot + 2.0 * pad, ..Item::default() };
    item.shift(pad, pad);
    if a.boxed {
        item.height = height.unwrap_or(item.height).max(item.height);
        item.frames.push([0.0, 0.0, width, item.height]);
    }
    item
}

fn photo(fonts: &Fonts, a: &Article, width: f32, height: Option<f32>) -> Item {
    let caption = a.caption.as_deref().unwrap_or_default();
    let (size, pitch) = (9.0, 13.5);
    let broken = break_paragraph(caption, width, 0.0, size, |c| fonts.advance(Face::Hei, size, c));
    let below = broken.len() as f32 * pitch + 6.0;
    let depth = height.unwrap_or(0.0).max(a.height + below) - below;
    let place = |(i, line)| SetLine::at(line, Face::Hei, size, 0.0, depth + 6.0 + i as f32 * pitch);
    let lines = broken.into_iter().enumerate().map(place).collect();
    Item {
        blocks: vec![Block { role: Role::Caption, text: caption.to_owned(), lines }],
        pictures: vec![[0.0, 0.0, width, depth]],
        height: depth + below,
        grows: true,
        ..Item::default()
    }
}

fn advertisement(fonts: &Fonts, a: &Article, width: f32, height: Option<f32>) -> Item {
    let inner = width - 4.0 * PADDING;
    let mut blocks = Vec::new();
    let main = a.main.as_deref().unwrap_or_default();
    let size = fitting(fonts, Face::HeiBold, a.size, main, inner);
    let lines = a.paragraphs(false);
    let natural = size + 14.0 + lines.len() as f32 * 19.0;
    let depth = height.unwrap_or(0.0).max(a.height.max(natural + 4.0 * PADDING));
    let mut y = (depth - natural) / 2.0;
    blocks.push(Block {
        role: Role::HeadlineMain,
        text: main.to_owned(),
        lines: vec![centred(fonts, Face::HeiBold, size, main, width, y)],
    });
    y += size + 14.0;
    for p in lines {
        let size = fitting(fonts, Face::Song, 12.0, &p.text, inner);
        let line = centred(fonts, Face::Song, size, &p.text, width, y);
        blocks.push(Block { role: Role::Body, text: p.text, lines: vec![line] });
        y += 19.0;
    }
    let frames = vec![[0.0, 0.0, width, depth], [3.0, 3.0, width - 6.0, depth - 6.0]];
    Item { blocks, frames, height: depth, grows: true, ..Item::default() }
}

/// A framed article in vertical columns, read from right to left, with its headline at the right.
fn vertical(a: &Article, width: f32, body: Body) -> Item {
    let Body { size: em, pitch } = body;
    let pad = PADDING + 3.0;
    let mut right = width - pad;
    let column = |text: &str, face, size: f32, right: f32, top: f32| SetLine {
        text: text.to_owned(),
        face,
        size,
        x: right - size,
        y: top,
        advances: vec![size; text.chars().count()],
        vertical: true,
    };
    let mut blocks = Vec::new();
    if let Some(text) = &a.main {
        let line = column(text, Face::SongBold, a.size, right, pad);
        blocks.push(Block { role: Role::HeadlineMain, text: text.clone(), lines: vec![line] });
        right -= a.size + 8.0;
    }
    if let Some(text) = &a.byline {
        let line = column(text, Face::Hei, SMALL, right, pad + a.size);
        blocks.push(Block { role: Role::Byline, text: text.clone(), lines: vec![line] });
        right -= SMALL + 14.0;
    }
    let columns = ((right - pad + pitch - em) / pitch) as usize;
    let paragraphs = a.paragraphs(false);
    let set = |chars: usize| -> Vec<Vec<Broken>> {
        let measure = chars as f32 * em;
        paragraphs.iter().map(|p| break_paragraph(&p.text, measure, 2.0 * em, em, |_| em)).collect()
    };
    let mut chars = 6;
    while set(chars).iter().map(Vec::len).sum::<usize>() > columns {
        chars += 1;
    }
    let mut at = 0;
    for (p, lines) in paragraphs.iter().zip(set(chars)) {
        let mut block = Block { role: Role::Body, text: p.text.clone(), lines: Vec::new() };
        for line in lines {
            let x = right - em - at as f32 * pitch;
            block.lines.push(SetLine {
                text: line.text,
                face: Face::Song,
                size: em,
                x,
                y: pad + line.indent,
                advances: line.advances,
                vertical: true,
            });
            at += 1;
        }
        blocks.push(block);
    }
    let height = chars as f32 * em + 2.0 * pad;
    Item { blocks, frames: vec![[0.0, 0.0, width, height]], height, ..Item::default() }
}
