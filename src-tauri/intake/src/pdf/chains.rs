//! Glyphs become lines: first along the order in which they were drawn, then by joining pieces of one line that were
//! drawn apart.

use super::glyphs::{Glyph, Posture};

/// Which way a chain of glyphs runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// One glyph so far.
    Open,
    Rightwards,
    Leftwards,
    Downwards,
    Upwards,
}

/// Indices of the glyphs of one line, in writing order.
#[derive(Debug, Clone)]
pub struct Chain {
    pub glyphs: Vec<usize>,
    pub course: Course,
}

/// A gap (in em) that a line bridges without further evidence. Newspaper gutters are wider than an em.
const BRIDGED: f32 = 0.95;
/// The widest gap of a letter-spaced headline.
const SPACED: f32 = 3.2;
/// How far a glyph may reach back over the one before it.
const OVERLAP: f32 = -0.6;
/// Glyphs of one line share a baseline (or axis) within this many em.
const LEVEL: f32 = 0.3;
/// Lines set solid below each other are closer than this.
const BRIDGED_DOWN: f32 = 0.6;

pub fn chains(glyphs: &[Glyph]) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    let mut current: Option<Chain> = None;
    for index in 0..glyphs.len() {
        if let Some(chain) = current.as_mut() {
            if is_double(glyphs, chain, index) {
                continue;
            }
            if let Some(course) = step(glyphs, chain, index) {
                chain.course = course;
                chain.glyphs.push(index);
                continue;
            }
        }
        chains.extend(current.take());
        current = Some(Chain { glyphs: vec![index], course: opening(&glyphs[index]) });
    }
    chains.extend(current);
    join(glyphs, chains)
}

fn opening(glyph: &Glyph) -> Course {
    match glyph.posture {
        _ if glyph.vertical => Course::Downwards,
        Posture::Upright => Course::Open,
        Posture::UpsideDown => Course::Leftwards,
        Posture::Clockwise => Course::Downwards,
        Posture::Counter => Course::Upwards,
    }
}

/// The same character drawn again almost in place, to look bold.
fn is_double(glyphs: &[Glyph], chain: &Chain, index: usize) -> bool {
    let glyph = &glyphs[index];
    chain.glyphs.iter().rev().take(2).any(|&i| {
        let known = &glyphs[i];
        let near = 0.2 * glyph.em;
        known.ch == glyph.ch && (known.left - glyph.left).abs() < near && (known.top - glyph.top).abs() < near
    })
}

/// The course of the chain if the glyph at `index` continues it.
fn step(glyphs: &[Glyph], chain: &Chain, index: usize) -> Option<Course> {
    let (last, glyph) = (&glyphs[*chain.glyphs.last()?], &glyphs[index]);
    let same_kind = last.posture == glyph.posture
        && last.vertical == glyph.vertical
        && last.invisible == glyph.invisible
        && (0.8..1.25).contains(&(glyph.em / last.em));
    if !same_kind {
        return None;
    }
    let em = last.em.max(glyph.em);
    match chain.course {
        Course::Downwards => {
            (beneath(last, glyph, em)? < down_limit(glyphs, chain, index)).then_some(Course::Downwards)
        }
        Course::Upwards => (beneath(glyph, last, em)? < BRIDGED).then_some(Course::Upwards),
        Course::Rightwards => {
            (beside(last, glyph, em)? < right_limit(glyphs, chain, index)).then_some(Course::Rightwards)
        }
        Course::Leftwards => (beside(glyph, last, em)? < BRIDGED).then_some(Course::Leftwards),
        Course::Open => {
            if beside(last, glyph, em).is_some_and(|gap| gap < right_limit(glyphs, chain, index)) {
                Some(Course::Rightwards)
            } else if runs_down(glyphs, last, index, em) {
                Some(Course::Downwards)
            } else if runs_left(glyphs, last, index, em) {
                Some(Course::Leftwards)
            } else {
                None
            }
        }
    }
}

/// Gap in em from `a` to `b` on its right, if both are on one level.
fn beside(a: &Glyph, b: &Glyph, em: f32) -> Option<f32> {
    let mut gap = (b.left - a.right) / em;
    // An opening mark at the start of a line may be hung half an em to the left, into the gutter.
    if gap > 0.45 && is_opening_mark(b.ch) {
        gap += 0.5;
    }
    // Glyphs of differing sizes share the foot of their cells (to 0.12 em), not the head.
    let level = (a.bottom - b.bottom).abs() < LEVEL * em;
    (level && gap > OVERLAP && b.left > a.left).then_some(gap)
}

/// Gap in em from `a` to `b` below it, if both are on one axis.
fn beneath(a: &Glyph, b: &Glyph, em: f32) -> Option<f32> {
    let gap = (b.top - a.bottom) / em;
    // Makers without vertical forms shift a comma into the upper right corner of its cell.
    let shifted = is_corner_mark(a.ch) || is_corner_mark(b.ch);
    let (sideways, overlap) = if shifted { (0.85, -0.95) } else { (0.35, OVERLAP) };
    let axis = ((a.left + a.right) - (b.left + b.right)).abs() / 2.0 < sideways * em;
    (axis && gap > overlap && b.top > a.top).then_some(gap)
}

fn is_opening_mark(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '《' | '〈' | '【' | '〔' | '「' | '『')
}

fn is_corner_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '．' | ',' | '.')
}

/// The widest gap the chain may bridge to its right: more for letter-spaced lines.
fn right_limit(glyphs: &[Glyph], chain: &Chain, index: usize) -> f32 {
    let glyph = &glyphs[index];
    let last = &glyphs[chain.glyphs[chain.glyphs.len() - 1]];
    if glyph.spaced && glyph.run == last.run {
        return f32::MAX;
    }
    if chain.glyphs.len() >= 3 {
        // What the line did so far it may go on doing.
        let gaps = chain.glyphs.windows(2).map(|p| beside(&glyphs[p[0]], &glyphs[p[1]], last.em).unwrap_or(0.0));
        let widest = gaps.clone().fold(0.0, f32::max);
        let narrowest = gaps.fold(f32::MAX, f32::min);
        return if narrowest > 0.4 { (widest + 0.3).max(BRIDGED) } else { BRIDGED };
    }
    // At its start, ask the glyphs to come whether they keep the same distance.
    let ahead: Vec<&Glyph> = std::iter::once(last).chain(&glyphs[index..glyphs.len().min(index + 2)]).collect();
    if ahead.len() == 3 && ahead.iter().all(|g| is_full_width(g.ch) && (g.em - last.em).abs() < 0.1 * last.em) {
        let gap = |a: &Glyph, b: &Glyph| beside(a, b, last.em);
        if let (Some(first), Some(second)) = (gap(ahead[0], ahead[1]), gap(ahead[1], ahead[2]))
            && (first - second).abs() < 0.2
        {
            return SPACED;
        }
    }
    BRIDGED
}

/// The widest gap the chain may bridge downwards.
fn down_limit(glyphs: &[Glyph], chain: &Chain, index: usize) -> f32 {
    let glyph = &glyphs[index];
    let settled = chain.glyphs.len() >= 2 || glyph.vertical || glyph.posture == Posture::Clockwise;
    if settled { BRIDGED.max(widest_step_down(glyphs, chain) + 0.3) } else { BRIDGED_DOWN }
}

fn widest_step_down(glyphs: &[Glyph], chain: &Chain) -> f32 {
    let steps = chain.glyphs.windows(2).filter_map(|p| beneath(&glyphs[p[0]], &glyphs[p[1]], glyphs[p[0]].em));
    let (narrowest, widest) = steps.fold((f32::MAX, 0.0f32), |(low, high), gap| (low.min(gap), high.max(gap)));
    if narrowest > 0.4 && narrowest < f32::MAX { widest } else { 0.0 }
}

/// True if the glyph at `index` begins to run downwards from `last`, rather than being the start of the next line.
fn runs_down(glyphs: &[Glyph], last: &Glyph, index: usize, em: f32) -> bool {
    let glyph = &glyphs[index];
    let Some(gap) = beneath(last, glyph, em) else { return false };
    // Latin letters and digits are stacked only when they follow each other without a gap.
    let limit = if is_full_width(last.ch) && is_full_width(glyph.ch) { BRIDGED } else { 0.3 };
    if gap >= limit {
        return false;
    }
    match glyphs.get(index + 1) {
        Some(next) if beneath(glyph, next, em).is_some_and(|g| (g - gap).abs() < 0.5) => true,
        Some(next) if is_corner_mark(glyph.ch) && beneath(glyph, next, em).is_some_and(|g| g < BRIDGED) => true,
        Some(next) if beside(glyph, next, em).is_some_and(|g| g < BRIDGED) => false,
        _ => gap < BRIDGED_DOWN,
    }
}

/// True for the start of a headline that runs from right to left, as before the 1950s.
fn runs_left(glyphs: &[Glyph], last: &Glyph, index: usize, em: f32) -> bool {
    let glyph = &glyphs[index];
    let step = |a: &Glyph, b: &Glyph| beside(b, a, em).filter(|gap| *gap < SPACED && is_full_width(b.ch));
    match (step(last, glyph), glyphs.get(index + 1).and_then(|next| step(glyph, next))) {
        (Some(first), Some(second)) => (first - second).abs() < 0.2,
        _ => false,
    }
}

/// Characters that fill an em: ideographs, kana, full-width forms and Chinese punctuation.
pub fn is_full_width(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '\u{2460}'..='\u{24ff}' | '\u{25a0}'..='\u{25ff}' | '\u{e000}'..='\u{f8ff}')
}

/// Joins chains that are pieces of one line: a change of font within it, or a maker that draws line parts apart.
fn join(glyphs: &[Glyph], chains: Vec<Chain>) -> Vec<Chain> {
    let chains = join_along(glyphs, chains, false);
    part_columns(glyphs, join_along(glyphs, chains, true))
}

/// Parts two columns that touch because a line runs over its measure into the gutter. A place where lines begin and
/// which no other line crosses is the start of a column.
fn part_columns(glyphs: &[Glyph], chains: Vec<Chain>) -> Vec<Chain> {
    struct Span {
        size: i32,
        left: f32,
        right: f32,
        foot: f32,
    }
    // Only lines of the same size speak of the same columns.
    let size = |glyph: &Glyph| (glyph.em * 4.0).round() as i32;
    let rightwards = |chain: &Chain| matches!(chain.course, Course::Open | Course::Rightwards);
    let span = |chain: &Chain| {
        let (first, last) = (&glyphs[chain.glyphs[0]], &glyphs[chain.glyphs[chain.glyphs.len() - 1]]);
        Span { size: size(first), left: first.left, right: last.right, foot: first.bottom }
    };
    let mut spans: Vec<Span> = chains.iter().filter(|c| rightwards(c)).map(span).collect();
    spans.sort_by(|a, b| a.size.cmp(&b.size).then(a.left.total_cmp(&b.left)));
    let begins_column = |glyph: &Glyph| {
        let (size, at, em) = (size(glyph), glyph.left, glyph.em);
        let before = |limit: f32| spans.partition_point(|s| s.size < size || (s.size == size && s.left < limit));
        let close = |s: &&Span| (s.foot - glyph.bottom).abs() < 12.0 * em;
        let starting = &spans[before(at - 0.1 * em)..before(at + 0.1 * em)];
        if starting.len() < 4 || starting.iter().filter(close).count() < 3 {
            return false;
        }
        let left_of_it = &spans[spans.partition_point(|s| s.size < size)..before(at - 2.0 * em)];
        left_of_it.iter().filter(close).filter(|s| s.right > at + 2.0 * em).count() <= 1
    };
    let parting = |chain: &Chain| {
        (3..chain.glyphs.len().saturating_sub(3)).find(|&i| {
            let [before, glyph] = [i - 1, i].map(|i| &glyphs[chain.glyphs[i]]);
            before.run != glyph.run && begins_column(glyph)
        })
    };
    let mut parted = Vec::with_capacity(chains.len());
    for mut chain in chains {
        let at = if rightwards(&chain) { parting(&chain) } else { None };
        let rest = at.map(|at| Chain { glyphs: chain.glyphs.split_off(at), course: chain.course });
        parted.push(chain);
        parted.extend(rest);
    }
    parted
}

fn join_along(glyphs: &[Glyph], mut chains: Vec<Chain>, down: bool) -> Vec<Chain> {
    let fits =
        |course: Course| course == Course::Open || course == if down { Course::Downwards } else { Course::Rightwards };
    // Sorted by level, so that a piece only looks among its neighbours.
    let level = |glyph: &Glyph| if down { (glyph.left + glyph.right) / 2.0 } else { glyph.bottom };
    let start = |chain: &Chain| &glyphs[chain.glyphs[0]];
    let end = |chain: &Chain| &glyphs[chain.glyphs[chain.glyphs.len() - 1]];
    let mut order: Vec<usize> = (0..chains.len()).filter(|&i| fits(chains[i].course)).collect();
    order.sort_by(|&a, &b| level(start(&chains[a])).total_cmp(&level(start(&chains[b]))));
    let mut next: Vec<Option<(usize, f32)>> = vec![None; chains.len()];
    let mut previous: Vec<Option<(usize, f32)>> = vec![None; chains.len()];
    for (place, &a) in order.iter().enumerate() {
        let tail = end(&chains[a]);
        let reach = LEVEL * tail.em * 1.25;
        let near = |&&b: &&usize| (level(start(&chains[b])) - level(tail)).abs() <= reach;
        let before = order[..place].iter().rev().take_while(near);
        let after = order[place + 1..].iter().take_while(near);
        for &b in before.chain(after) {
            let head = start(&chains[b]);
            let em = tail.em.max(head.em);
            let same_kind = tail.invisible == head.invisible && (0.7..1.43).contains(&(head.em / tail.em));
            let upright = head.posture == Posture::Upright && tail.posture == Posture::Upright;
            let gap = if down { beneath(tail, head, em) } else { beside(tail, head, em).filter(|_| upright) };
            let Some(gap) = gap.filter(|g| same_kind && *g > -0.3) else { continue };
            let pieces = chains[a].glyphs.len() + chains[b].glyphs.len();
            let limit = if down && pieces == 2 { 0.25 } else { 0.5 };
            let closer = |known: &Option<(usize, f32)>| known.is_none_or(|(_, best)| gap < best);
            if gap < limit && closer(&next[a]) && closer(&previous[b]) {
                next[a] = Some((b, gap));
                previous[b] = Some((a, gap));
            }
        }
    }
    // A link holds where both sides chose each other.
    let linked = |a: usize| next[a].map(|(b, _)| b).filter(|&b| previous[b].is_some_and(|(back, _)| back == a));
    let is_start = |b: usize| previous[b].is_none_or(|(a, _)| linked(a) != Some(b));
    let mut joined = Vec::with_capacity(chains.len());
    for first in 0..chains.len() {
        if !is_start(first) {
            continue;
        }
        let mut whole = std::mem::replace(&mut chains[first], Chain { glyphs: Vec::new(), course: Course::Open });
        let mut at = first;
        while let Some(b) = linked(at) {
            whole.glyphs.append(&mut chains[b].glyphs);
            whole.course = if down { Course::Downwards } else { Course::Rightwards };
            at = b;
        }
        joined.push(whole);
    }
    joined
}
