//! What a person changes in the structure of an issue: regions drawn, moved, split and joined, articles parted and put in order.
//! Every change is made on the list of regions; text, headline and bylines are then composed anew from the regions, by the same
//! rules as when the page was read.

mod acts;
mod compose;
mod keep;
mod order;

use std::collections::BTreeMap;

use baoku_model::{ArticleKind, Block, BlockRole, IssueArticle, Rect, RivalAspect, TextLayer};

pub use compose::{recompose, refit};
pub use keep::{Kept, keep};

/// A region of an issue by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockAt {
    /// Index of the article, of its part, and of the block within the part.
    Article(usize, usize, usize),
    /// Page number, and index among the blocks that belong to the page.
    Page(u32, usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Index of the article.
    Article(usize),
    NewArticle,
    Page,
}

/// One change; articles by their index. See [`baoku_model::view::StructureEdit`] for what each means.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    SetRole(Vec<BlockAt>, BlockRole),
    Move(Vec<BlockAt>, To),
    Order(Vec<BlockAt>),
    SplitBlock(BlockAt, u32),
    MergeBlocks(Vec<BlockAt>),
    /// Page number, area in fractions of the page.
    Draw(u32, Rect, BlockRole, To),
    SplitArticle(BlockAt),
    MergeArticles(Vec<usize>),
    MoveArticle(usize, Option<usize>),
    SetKind(usize, ArticleKind),
    JoinJump(usize, usize),
    BreakJump(usize, usize),
    DismissRival(usize, usize),
}

/// Why a change can't be made; for a person to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    #[error("the region is not there any more")]
    Gone,
    #[error("{0}")]
    Refused(&'static str),
}

/// An issue as it is edited.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Structure {
    /// In reading order.
    pub articles: Vec<IssueArticle>,
    /// What belongs to a page and to no article, by page number.
    pub furniture: BTreeMap<u32, Vec<Block>>,
}

/// The issue after a change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Edited {
    /// In reading order. Rivals name articles of this list.
    pub articles: Vec<EditedArticle>,
    /// Pages whose own blocks changed.
    pub furniture: BTreeMap<u32, Vec<Block>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EditedArticle {
    /// Index before the change; `None` for a new one.
    pub origin: Option<usize>,
    pub article: IssueArticle,
    pub changed: bool,
}

/// Makes one change. `layers`: the text of each page by number, as it reads now.
///
/// # Errors
/// A region that is not there, or a change that makes no sense where it is asked for.
pub fn edit(structure: &Structure, layers: &BTreeMap<u32, TextLayer>, change: &Edit) -> Result<Edited, EditError> {
    let mut desk = Desk::new(structure, layers);
    acts::act(&mut desk, change)?;
    Ok(desk.finish())
}

/// A block on the desk: composed anew if it is fresh, else it keeps its printed form.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    block: Block,
    fresh: bool,
}

#[derive(Debug, Clone, PartialEq)]
struct Part {
    page: u32,
    draft: u32,
    /// How sure the seam before it is.
    join: f32,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
struct Work {
    origin: Option<usize>,
    /// As it was: kind, column and confidence stay.
    before: IssueArticle,
    parts: Vec<Part>,
    changed: bool,
}

struct Desk<'a> {
    layers: &'a BTreeMap<u32, TextLayer>,
    works: Vec<Work>,
    furniture: BTreeMap<u32, Vec<Block>>,
    changed_pages: Vec<u32>,
}

impl<'a> Desk<'a> {
    fn new(structure: &Structure, layers: &'a BTreeMap<u32, TextLayer>) -> Self {
        let works = structure.articles.iter().enumerate().map(|(i, article)| Work::of(i, article)).collect();
        Self { layers, works, furniture: structure.furniture.clone(), changed_pages: Vec::new() }
    }

    fn layer(&self, page: u32) -> Result<&'a TextLayer, EditError> {
        self.layers.get(&page).ok_or(EditError::Refused("the page has no text"))
    }

    fn finish(mut self) -> Edited {
        self.works.retain(|w| w.parts.iter().any(|p| !p.pieces.is_empty()));
        let place = |old: u32| self.works.iter().position(|w| w.origin == Some(old as usize)).map(|i| i as u32);
        let mut articles = Vec::with_capacity(self.works.len());
        for work in &self.works {
            let mut article = if work.changed { compose::article(work, self.layers) } else { work.before.clone() };
            article.rivals = work
                .before
                .rivals
                .iter()
                .map(|r| baoku_model::Rival { article: r.article.and_then(place), ..r.clone() })
                .collect();
            articles.push(EditedArticle { origin: work.origin, article, changed: work.changed });
        }
        let furniture =
            self.changed_pages.iter().map(|p| (*p, self.furniture.get(p).cloned().unwrap_or_default())).collect();
        Edited { articles, furniture }
    }

    /// A doubt that a person has settled is no rival any more.
    fn settle(&mut self, article: usize, aspects: &[RivalAspect]) {
        self.works[article].before.rivals.retain(|r| !aspects.contains(&r.aspect));
    }
}

impl Work {
    fn of(index: usize, article: &IssueArticle) -> Self {
        let join = |k: usize| k.checked_sub(1).and_then(|s| article.seams.get(s)).map_or(1.0, |s| s.confidence);
        let part = |(k, part): (usize, &baoku_model::ArticlePart)| Part {
            page: part.page,
            draft: part.draft,
            join: join(k),
            pieces: part.blocks.iter().map(|b| Piece { block: b.clone(), fresh: false }).collect(),
        };
        Self {
            origin: Some(index),
            before: article.clone(),
            parts: article.parts.iter().enumerate().map(part).collect(),
            changed: false,
        }
    }

    /// A new article of what a person chose.
    fn new(parts: Vec<Part>) -> Self {
        let before = IssueArticle { confidence: 1.0, ..IssueArticle::default() };
        Self { origin: None, before, parts, changed: true }
    }
}
