//! A new reading beside articles that a person gave their shape: these stand as they are, and the new ones give up what belongs
//! to them.

use std::collections::{BTreeMap, HashMap};

use baoku_model::{Block, IssueArticle, LineSpan, TextLayer};

use super::{Piece, Work, compose};

/// The articles of an issue: shaped ones and new ones, in reading order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kept {
    pub articles: Vec<IssueArticle>,
    /// For each article the index of the shaped one that it is.
    pub shaped: Vec<Option<usize>>,
    /// Blocks of pages without the characters that shaped articles hold.
    pub furniture: BTreeMap<u32, Vec<Block>>,
}

/// Characters that are spoken for: by page and line, from, to, and by which article.
type Held = HashMap<(u32, u32), Vec<(u32, u32, usize)>>;

/// Stands for the page in place of an article's index.
const ASIDE: usize = usize::MAX;

/// Puts `shaped` articles among `fresh` ones. Each stands where the fresh article stood that it takes most from, or by its page.
///
/// `aside`: blocks that a person gave to the page itself; they stay there.
pub fn keep(
    shaped: &[IssueArticle],
    aside: &BTreeMap<u32, Vec<Block>>,
    fresh: Vec<IssueArticle>,
    furniture: BTreeMap<u32, Vec<Block>>,
    layers: &BTreeMap<u32, TextLayer>,
) -> Kept {
    let mut held = Held::new();
    for (i, article) in shaped.iter().enumerate() {
        for part in &article.parts {
            for span in part.blocks.iter().flat_map(|b| &b.lines) {
                held.entry((part.page, span.line)).or_default().push((span.start, span.end, i));
            }
        }
    }
    for (page, block) in aside.iter().flat_map(|(page, blocks)| blocks.iter().map(move |b| (page, b))) {
        for span in &block.lines {
            held.entry((*page, span.line)).or_default().push((span.start, span.end, ASIDE));
        }
    }
    let mut places: Vec<(usize, u32)> = vec![(usize::MAX, 0); shaped.len()];
    let mut works: Vec<Option<Work>> = Vec::with_capacity(fresh.len());
    for (n, article) in fresh.iter().enumerate() {
        let mut work = Work::of(n, article);
        let mut taken: HashMap<usize, u32> = HashMap::new();
        for part in &mut work.parts {
            let page = part.page;
            for piece in &mut part.pieces {
                let left = without(&piece.block.lines, page, &held, &mut taken);
                if left != piece.block.lines {
                    work.changed = true;
                    *piece = Piece { block: Block { lines: left, ..piece.block.clone() }, fresh: true };
                }
            }
            part.pieces.retain(|p| !p.block.lines.is_empty());
        }
        for (i, characters) in taken.into_iter().filter(|(i, _)| *i != ASIDE) {
            if characters > places[i].1 {
                places[i] = (n, characters);
            }
        }
        work.parts.retain(|p| !p.pieces.is_empty());
        works.push((!work.parts.is_empty()).then_some(work));
    }
    for (i, place) in places.iter_mut().enumerate().filter(|(_, p)| p.1 == 0) {
        let page = shaped[i].parts.first().map_or(0, |p| p.page);
        let later = |a: &IssueArticle| a.parts.first().is_some_and(|p| p.page > page);
        place.0 = fresh.iter().position(later).unwrap_or(fresh.len());
    }
    let mut out = Kept::default();
    for n in 0..=fresh.len() {
        for i in (0..shaped.len()).filter(|i| places[*i].0 == n) {
            // A person settled what was doubtful.
            out.articles.push(IssueArticle { rivals: Vec::new(), ..shaped[i].clone() });
            out.shaped.push(Some(i));
        }
        if let Some(work) = works.get(n).and_then(Option::as_ref) {
            let article = if work.changed { compose::article(work, layers) } else { work.before.clone() };
            out.articles.push(IssueArticle { rivals: Vec::new(), ..article });
            out.shaped.push(None);
        }
    }
    rivals(&mut out, &fresh, &works);
    for (page, blocks) in furniture {
        let mut taken = HashMap::new();
        let left = blocks.into_iter().filter_map(|b| {
            let lines = without(&b.lines, page, &held, &mut taken);
            (!lines.is_empty()).then_some(Block { lines, ..b })
        });
        out.furniture.insert(page, left.chain(aside.get(&page).cloned().unwrap_or_default()).collect());
    }
    out
}

/// Rivals of fresh articles name fresh articles, which may stand elsewhere now.
fn rivals(out: &mut Kept, fresh: &[IssueArticle], works: &[Option<Work>]) {
    let mut new_places = Vec::new();
    let mut free = out.shaped.iter().enumerate().filter(|(_, s)| s.is_none()).map(|(i, _)| i as u32);
    for work in works {
        new_places.push(if work.is_some() { free.next() } else { None });
    }
    for (n, article) in fresh.iter().enumerate() {
        let Some(place) = new_places[n] else { continue };
        out.articles[place as usize].rivals = article
            .rivals
            .iter()
            .map(|r| baoku_model::Rival {
                article: r.article.and_then(|a| new_places.get(a as usize).copied().flatten()),
                ..r.clone()
            })
            .collect();
    }
}

/// The spans without what is held; `taken` counts the characters lost to each holder.
fn without(spans: &[LineSpan], page: u32, held: &Held, taken: &mut HashMap<usize, u32>) -> Vec<LineSpan> {
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        let mut left = vec![*span];
        for &(start, end, holder) in held.get(&(page, span.line)).into_iter().flatten() {
            let common = span.end.min(end).saturating_sub(span.start.max(start));
            if common > 0 {
                *taken.entry(holder).or_default() += common;
            }
            left = left.into_iter().flat_map(|s| cut(s, start, end)).collect();
        }
        out.extend(left);
    }
    out
}

/// What of a span lies outside `start..end`.
pub(super) fn cut(span: LineSpan, start: u32, end: u32) -> Vec<LineSpan> {
    if end <= span.start || span.end <= start {
        return vec![span];
    }
    let before = LineSpan { end: start.max(span.start), ..span };
    let after = LineSpan { start: end.min(span.end), ..span };
    [before, after].into_iter().filter(|s| s.start < s.end).collect()
}
