//! The single changes.

use std::collections::BTreeMap;

use baoku_model::{Block, BlockRole, LineSpan, Rect, RivalAspect};

use super::compose::{self, rank};
use super::keep::cut;
use super::order::{inside, is_vertical, place};
use super::{BlockAt, Desk, Edit, EditError, Part, Piece, To, Work};
use crate::text::Source;

type Done = Result<(), EditError>;

pub(super) fn act(desk: &mut Desk<'_>, change: &Edit) -> Done {
    match change {
        Edit::SetRole(blocks, role) => set_role(desk, blocks, *role),
        Edit::Move(blocks, to) => move_blocks(desk, blocks, *to),
        Edit::Order(blocks) => order(desk, blocks),
        Edit::SplitBlock(block, line) => split_block(desk, *block, *line),
        Edit::MergeBlocks(blocks) => merge_blocks(desk, blocks),
        Edit::Draw(page, area, role, to) => draw(desk, *page, area, *role, *to),
        Edit::SplitArticle(block) => split_article(desk, *block),
        Edit::MergeArticles(articles) => merge_articles(desk, articles),
        Edit::MoveArticle(article, before) => move_article(desk, *article, *before),
        Edit::SetKind(article, kind) => {
            let work = desk.work(*article)?;
            work.before.kind = *kind;
            work.changed = true;
            Ok(())
        }
        Edit::JoinJump(from, to) => join_jump(desk, *from, *to),
        Edit::BreakJump(article, part) => break_jump(desk, *article, *part),
        Edit::DismissRival(article, rival) => {
            let work = desk.work(*article)?;
            if *rival >= work.before.rivals.len() {
                return Err(EditError::Gone);
            }
            work.before.rivals.remove(*rival);
            work.changed = true;
            Ok(())
        }
    }
}

impl Desk<'_> {
    fn work(&mut self, article: usize) -> Result<&mut Work, EditError> {
        self.works.get_mut(article).ok_or(EditError::Gone)
    }

    /// The part that holds a block; the block is known to be there.
    fn part(&mut self, article: usize, part: usize, block: usize) -> Result<&mut Part, EditError> {
        let part = self.work(article)?.parts.get_mut(part).ok_or(EditError::Gone)?;
        if block < part.pieces.len() { Ok(part) } else { Err(EditError::Gone) }
    }

    fn block(&self, at: BlockAt) -> Result<(u32, Block), EditError> {
        match at {
            BlockAt::Article(a, p, b) => {
                let part = self.works.get(a).and_then(|w| w.parts.get(p)).ok_or(EditError::Gone)?;
                Ok((part.page, part.pieces.get(b).ok_or(EditError::Gone)?.block.clone()))
            }
            BlockAt::Page(page, b) => {
                let block = self.furniture.get(&page).and_then(|blocks| blocks.get(b)).ok_or(EditError::Gone)?;
                Ok((page, block.clone()))
            }
        }
    }

    /// Takes blocks out, in the order named.
    fn take(&mut self, blocks: &[BlockAt]) -> Result<Vec<(u32, Block)>, EditError> {
        let taken = blocks.iter().map(|at| self.block(*at)).collect::<Result<Vec<_>, _>>()?;
        let mut last_first = blocks.to_vec();
        last_first.sort_unstable();
        last_first.dedup();
        for at in last_first.into_iter().rev() {
            match at {
                BlockAt::Article(a, p, b) => {
                    self.works[a].parts[p].pieces.remove(b);
                    self.works[a].changed = true;
                }
                BlockAt::Page(page, b) => {
                    self.furniture.entry(page).or_default().remove(b);
                    self.page_changed(page);
                }
            }
        }
        Ok(taken)
    }

    fn page_changed(&mut self, page: u32) {
        if !self.changed_pages.contains(&page) {
            self.changed_pages.push(page);
        }
    }

    fn give(&mut self, blocks: Vec<(u32, Block)>, to: To) -> Done {
        match to {
            To::Page => {
                for (page, block) in blocks {
                    let block = Block { role: BlockRole::Furniture, ..block };
                    self.furniture.entry(page).or_default().push(block);
                    self.page_changed(page);
                }
            }
            To::Article(article) => {
                let layers = self.layers;
                let work = self.work(article)?;
                work.changed = true;
                for (page, block) in blocks {
                    let vertical = layers.get(&page).is_some_and(is_vertical);
                    place(part_on(work, page), Piece { block: of_an_article(block), fresh: true }, vertical);
                }
            }
            To::NewArticle => {
                let mut parts: Vec<Part> = Vec::new();
                let first = blocks.first().map(|b| (b.0, b.1.bbox));
                for (page, block) in blocks {
                    let piece = Piece { block: of_an_article(block), fresh: true };
                    match parts.iter_mut().find(|p| p.page == page) {
                        Some(part) => part.pieces.push(piece),
                        None => parts.push(Part { page, draft: 0, join: 1.0, pieces: vec![piece] }),
                    }
                }
                let Some((page, bbox)) = first else { return Ok(()) };
                let at = self.place_of_new(page, bbox);
                self.works.insert(at, Work::new(parts));
            }
        }
        Ok(())
    }

    /// Before the first article of the page that begins below, or after the page's last.
    fn place_of_new(&self, page: u32, bbox: Option<Rect>) -> usize {
        let begins = |w: &Work| w.parts.iter().find(|p| !p.pieces.is_empty()).map(|p| p.page);
        let below = |w: &Work| {
            let theirs = w.parts.first().and_then(|p| Rect::around(p.pieces.iter().filter_map(|p| p.block.bbox)));
            begins(w) == Some(page) && matches!((bbox, theirs), (Some(a), Some(b)) if b.y > a.y && b.x + b.w > a.x)
        };
        let later = |w: &Work| begins(w).is_some_and(|p| p > page);
        self.works.iter().position(|w| below(w) || later(w)).unwrap_or(self.works.len())
    }

    /// Articles by the blocks named.
    fn owners(blocks: &[BlockAt]) -> Vec<usize> {
        let mut owners: Vec<usize> =
            blocks.iter().filter_map(|at| if let BlockAt::Article(a, ..) = at { Some(*a) } else { None }).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }
}

/// What stood on the page by itself becomes text where an article takes it.
fn of_an_article(block: Block) -> Block {
    let role = if block.role == BlockRole::Furniture { BlockRole::Body } else { block.role };
    Block { role, ..block }
}

fn part_on(work: &mut Work, page: u32) -> &mut Part {
    let at = match work.parts.iter().position(|p| p.page == page) {
        Some(at) => at,
        None => {
            work.parts.push(Part { page, draft: 0, join: 1.0, pieces: Vec::new() });
            work.parts.len() - 1
        }
    };
    &mut work.parts[at]
}

/// The doubt that a change of blocks of these roles settles.
fn settled(roles: impl Iterator<Item = BlockRole>) -> Vec<RivalAspect> {
    let mut aspects: Vec<RivalAspect> = roles
        .map(|role| match role {
            BlockRole::HeadlineShoulder | BlockRole::HeadlineMain | BlockRole::HeadlineSub => RivalAspect::Headline,
            BlockRole::Byline => RivalAspect::Byline,
            BlockRole::Jump => RivalAspect::Jump,
            _ => RivalAspect::Block,
        })
        .collect();
    aspects.dedup();
    aspects
}

fn set_role(desk: &mut Desk<'_>, blocks: &[BlockAt], role: BlockRole) -> Done {
    if role == BlockRole::Furniture {
        return move_blocks(desk, blocks, To::Page);
    }
    for at in blocks {
        let BlockAt::Article(a, p, b) = *at else {
            return Err(EditError::Refused("a region of the page itself must first be given to an article"));
        };
        let piece = &mut desk.part(a, p, b)?.pieces[b];
        piece.block.role = role;
        piece.fresh = true;
        desk.works[a].changed = true;
        desk.settle(a, &[RivalAspect::HeadlineRole]);
    }
    Ok(())
}

fn move_blocks(desk: &mut Desk<'_>, blocks: &[BlockAt], to: To) -> Done {
    if blocks.is_empty() {
        return Err(EditError::Refused("no region is chosen"));
    }
    if let To::Article(a) = to
        && a >= desk.works.len()
    {
        return Err(EditError::Gone);
    }
    let taken = desk.take(blocks)?;
    let aspects = settled(taken.iter().map(|(_, b)| b.role));
    for owner in Desk::owners(blocks) {
        desk.settle(owner, &aspects);
    }
    if let To::Article(a) = to {
        desk.settle(a, &aspects);
    }
    desk.give(taken, to)
}

fn order(desk: &mut Desk<'_>, blocks: &[BlockAt]) -> Done {
    let [article] = Desk::owners(blocks)[..] else {
        return Err(EditError::Refused("only regions of one article can be put in order"));
    };
    let mut by_part: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in blocks {
        let BlockAt::Article(a, p, b) = *at else { return Err(EditError::Gone) };
        desk.part(a, p, b)?;
        by_part.entry(p).or_default().push(b);
    }
    let work = desk.work(article)?;
    for (p, wanted) in by_part {
        let pieces = &mut work.parts[p].pieces;
        let mut slots = wanted.clone();
        slots.sort_unstable();
        slots.dedup();
        if slots.len() != wanted.len() {
            return Err(EditError::Refused("a region is named twice"));
        }
        let first = slots[0];
        let chosen: Vec<Piece> = wanted.iter().map(|b| pieces[*b].clone()).collect();
        for b in slots.into_iter().rev() {
            pieces.remove(b);
        }
        pieces.splice(first..first, chosen);
        // The order a person gives holds within headline, bylines and text.
        pieces.sort_by_key(|piece| rank(piece.block.role));
    }
    work.changed = true;
    Ok(())
}

fn split_block(desk: &mut Desk<'_>, at: BlockAt, line: u32) -> Done {
    let BlockAt::Article(a, p, b) = at else {
        return Err(EditError::Refused("a region of the page itself must first be given to an article"));
    };
    let layer = desk.layer(desk.block(at)?.0)?;
    let part = desk.part(a, p, b)?;
    let block = part.pieces[b].block.clone();
    let cut = block.lines.iter().position(|s| s.line == line).unwrap_or(0);
    if cut == 0 {
        return Err(EditError::Refused("the region can only be parted before one of its lines"));
    }
    let half = |lines: &[LineSpan]| Piece {
        block: Block { lines: lines.to_vec(), bbox: compose::bounds(layer, lines).or(block.bbox), ..block.clone() },
        fresh: true,
    };
    let halves = [half(&block.lines[..cut]), half(&block.lines[cut..])];
    part.pieces.splice(b..=b, halves);
    desk.works[a].changed = true;
    Ok(())
}

fn merge_blocks(desk: &mut Desk<'_>, blocks: &[BlockAt]) -> Done {
    let Some(BlockAt::Article(a, p, first)) = blocks.first().copied() else {
        return Err(EditError::Refused("choose two regions of an article or more"));
    };
    if blocks.len() < 2 {
        return Err(EditError::Refused("choose two regions of an article or more"));
    }
    let page = desk.block(blocks[0])?.0;
    let layer = desk.layer(page)?;
    let parts = blocks.iter().map(|at| desk.block(*at)).collect::<Result<Vec<_>, _>>()?;
    if parts.iter().any(|(other, _)| *other != page) {
        return Err(EditError::Refused("regions of two pages can't be one"));
    }
    let role = parts[0].1.role;
    let lines: Vec<LineSpan> = parts.into_iter().flat_map(|(_, b)| b.lines).collect();
    let text = String::new();
    let whole = Piece { block: Block { role, bbox: compose::bounds(layer, &lines), lines, text }, fresh: true };
    let before = blocks.iter().filter(|at| matches!(at, BlockAt::Article(x, y, b) if (*x, *y) == (a, p) && *b < first));
    let at = first - before.count();
    desk.take(blocks)?;
    let part = desk.work(a)?.parts.get_mut(p).ok_or(EditError::Gone)?;
    part.pieces.insert(at.min(part.pieces.len()), whole);
    desk.works[a].changed = true;
    Ok(())
}

fn draw(desk: &mut Desk<'_>, page: u32, area: &Rect, role: BlockRole, to: To) -> Done {
    let layer = desk.layer(page)?;
    let drawn = inside(layer, area);
    if drawn.is_empty() {
        return Err(EditError::Refused("no text lies within"));
    }
    if let To::Article(a) = to
        && a >= desk.works.len()
    {
        return Err(EditError::Gone);
    }
    release(desk, page, &drawn)?;
    let source = Source::new(&layer.lines);
    let text = |lines: &[LineSpan]| lines.iter().map(|s| source.text(*s)).collect::<String>();
    // Within what was drawn the order and the paragraphs are read as on any page.
    let mut part = layer.clone();
    for (n, line) in part.lines.iter_mut().enumerate() {
        if !drawn.iter().any(|s| s.line == n as u32) {
            line.text.clear();
            line.bbox = None;
            line.edges.clear();
        }
    }
    let reading = crate::read_page(&part);
    let mut blocks: Vec<Vec<LineSpan>> = Vec::new();
    let found = reading.articles.into_iter().flat_map(|a| a.blocks).chain(reading.furniture);
    for block in found {
        let lines: Vec<LineSpan> = block.lines.iter().filter_map(|s| within(*s, &drawn)).collect();
        if !lines.is_empty() {
            blocks.push(lines);
        }
    }
    let seen = |s: &LineSpan| blocks.iter().flatten().any(|b| b.line == s.line);
    let missed: Vec<LineSpan> = drawn.iter().filter(|s| !seen(s)).copied().collect();
    if !missed.is_empty() {
        blocks.push(missed);
    }
    if !matches!(role, BlockRole::Body) {
        blocks = vec![blocks.concat()];
    }
    let blocks = blocks
        .into_iter()
        .map(|lines| {
            let block = Block { role, bbox: compose::bounds(layer, &lines), text: text(&lines), lines };
            (page, block)
        })
        .collect();
    desk.give(blocks, to)
}

fn within(span: LineSpan, drawn: &[LineSpan]) -> Option<LineSpan> {
    let held = drawn.iter().find(|s| s.line == span.line)?;
    let (start, end) = (span.start.max(held.start), span.end.min(held.end));
    (start < end).then_some(LineSpan { line: span.line, start, end })
}

/// Takes the characters of `spans` out of all blocks of the page.
fn release(desk: &mut Desk<'_>, page: u32, spans: &[LineSpan]) -> Done {
    let layer = desk.layer(page)?;
    let without = |lines: &[LineSpan]| -> Vec<LineSpan> {
        spans.iter().fold(lines.to_vec(), |left, s| {
            left.into_iter().flat_map(|l| if l.line == s.line { cut(l, s.start, s.end) } else { vec![l] }).collect()
        })
    };
    for work in &mut desk.works {
        for part in work.parts.iter_mut().filter(|p| p.page == page) {
            for piece in &mut part.pieces {
                let left = without(&piece.block.lines);
                if left != piece.block.lines {
                    work.changed = true;
                    let bbox = compose::bounds(layer, &left).or(piece.block.bbox);
                    *piece = Piece { block: Block { lines: left, bbox, ..piece.block.clone() }, fresh: true };
                }
            }
            part.pieces.retain(|p| !p.block.lines.is_empty());
        }
    }
    let blocks = desk.furniture.entry(page).or_default();
    let before = blocks.clone();
    for block in blocks.iter_mut() {
        block.lines = without(&block.lines);
    }
    blocks.retain(|b| !b.lines.is_empty());
    if *blocks != before {
        desk.page_changed(page);
    }
    Ok(())
}

fn split_article(desk: &mut Desk<'_>, at: BlockAt) -> Done {
    let BlockAt::Article(a, p, b) = at else { return Err(EditError::Refused("the region belongs to no article")) };
    desk.part(a, p, b)?;
    let work = &mut desk.works[a];
    let mut later: Vec<Part> = work.parts.drain(p + 1..).collect();
    let rest = work.parts[p].pieces.split_off(b);
    if work.parts.iter().all(|p| p.pieces.is_empty()) {
        return Err(EditError::Refused("the article begins with this region"));
    }
    work.changed = true;
    let here = &work.parts[p];
    later.insert(0, Part { page: here.page, draft: here.draft, join: 1.0, pieces: rest });
    desk.settle(a, &[RivalAspect::Block]);
    desk.works.insert(a + 1, Work::new(later));
    Ok(())
}

fn merge_articles(desk: &mut Desk<'_>, articles: &[usize]) -> Done {
    let mut others: Vec<usize> = articles.to_vec();
    others.dedup();
    let Some((&into, others)) = others.split_first().filter(|(_, rest)| !rest.is_empty()) else {
        return Err(EditError::Refused("choose two articles or more"));
    };
    if articles.iter().any(|a| *a >= desk.works.len()) {
        return Err(EditError::Gone);
    }
    for &other in others.iter().filter(|o| **o != into) {
        let parts = std::mem::take(&mut desk.works[other].parts);
        desk.works[other].changed = true;
        let work = &mut desk.works[into];
        for (n, mut part) in parts.into_iter().enumerate() {
            for piece in &mut part.pieces {
                // Its headline heads a section now; above a continuation the article's own is merely repeated.
                if n == 0 && rank(piece.block.role) < 3 {
                    piece.block.role = BlockRole::Subhead;
                    piece.fresh = true;
                }
            }
            match work.parts.iter_mut().find(|p| p.page == part.page) {
                Some(held) => held.pieces.extend(part.pieces),
                None => work.parts.push(Part { join: 1.0, ..part }),
            }
        }
        work.changed = true;
    }
    desk.settle(into, &[RivalAspect::Block, RivalAspect::Jump]);
    Ok(())
}

fn move_article(desk: &mut Desk<'_>, article: usize, before: Option<usize>) -> Done {
    if article >= desk.works.len() || before.is_some_and(|b| b >= desk.works.len()) {
        return Err(EditError::Gone);
    }
    let mut work = desk.works.remove(article);
    work.changed = true;
    let at = before.map_or(desk.works.len(), |b| if b > article { b - 1 } else { b });
    desk.works.insert(at, work);
    Ok(())
}

fn join_jump(desk: &mut Desk<'_>, from: usize, to: usize) -> Done {
    if from == to {
        return Err(EditError::Refused("an article can't go on itself"));
    }
    if from >= desk.works.len() || to >= desk.works.len() {
        return Err(EditError::Gone);
    }
    let parts = std::mem::take(&mut desk.works[to].parts);
    desk.works[to].changed = true;
    // The headline above a continuation repeats the article's; the first part's is kept.
    let parts = parts.into_iter().map(|part| Part { join: 1.0, ..part });
    desk.works[from].parts.extend(parts);
    desk.works[from].changed = true;
    desk.settle(from, &[RivalAspect::Jump]);
    Ok(())
}

fn break_jump(desk: &mut Desk<'_>, article: usize, part: usize) -> Done {
    let work = desk.work(article)?;
    if part == 0 || part >= work.parts.len() {
        return Err(EditError::Gone);
    }
    let later = work.parts.split_off(part);
    work.changed = true;
    desk.settle(article, &[RivalAspect::Jump]);
    let page = later[0].page;
    let bbox = Rect::around(later[0].pieces.iter().filter_map(|p| p.block.bbox));
    let at = desk.place_of_new(page, bbox).max(article + 1);
    desk.works.insert(at, Work::new(later));
    Ok(())
}
