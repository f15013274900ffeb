//! Changes of the structure of an issue.

use std::collections::HashMap;

use baoku_archive::Act;
use baoku_layout::edit::{BlockAt, Edit, EditError, To, edit};
use baoku_model::view::{AppError, ErrorCode, OpOutcome, RegionDestination, StructureEdit};
use baoku_model::{ArticleId, BlockId, IssueId, PageId};

use super::Desk;
use crate::core::Core;

impl Core {
    /// Makes one change of an issue's structure.
    pub(crate) fn change_structure(&self, issue: IssueId, change: StructureEdit) -> Result<OpOutcome, AppError> {
        let desk = Desk::of(self, issue)?;
        let places = Places::of(&desk);
        let wanted = places.edit(&change)?;
        let edited = edit(&desk.structure(), &desk.layers, &wanted).map_err(refused)?;
        let rewrite = desk.rewrite(self, edited)?;
        self.act(Act::EditStructure { rewrite, edit: change })
    }
}

fn refused(error: EditError) -> AppError {
    match error {
        EditError::Gone => gone(),
        EditError::Refused(why) => AppError::new(ErrorCode::Refused, why),
    }
}

fn gone() -> AppError {
    AppError::new(ErrorCode::Conflict, "The issue was changed since it was shown.")
}

/// Where the regions and articles named by a person are.
struct Places {
    blocks: HashMap<BlockId, BlockAt>,
    articles: HashMap<ArticleId, usize>,
    pages: HashMap<PageId, u32>,
}

impl Places {
    fn of(desk: &Desk) -> Self {
        let mut blocks = HashMap::new();
        for (a, parts) in desk.held.blocks.iter().enumerate() {
            for (p, ids) in parts.iter().enumerate() {
                blocks.extend(ids.iter().enumerate().map(|(b, id)| (*id, BlockAt::Article(a, p, b))));
            }
        }
        for (number, of_page) in &desk.held.furniture {
            blocks.extend(of_page.iter().enumerate().map(|(b, (id, _))| (*id, BlockAt::Page(*number, b))));
        }
        let articles = desk.held.articles.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
        let pages = desk.held.layers.iter().map(|(number, page, _)| (*page, *number)).collect();
        Self { blocks, articles, pages }
    }

    fn block(&self, id: BlockId) -> Result<BlockAt, AppError> {
        self.blocks.get(&id).copied().ok_or_else(gone)
    }

    fn all(&self, ids: &[BlockId]) -> Result<Vec<BlockAt>, AppError> {
        ids.iter().map(|id| self.block(*id)).collect()
    }

    fn article(&self, id: ArticleId) -> Result<usize, AppError> {
        self.articles.get(&id).copied().ok_or_else(gone)
    }

    fn to(&self, to: RegionDestination) -> Result<To, AppError> {
        Ok(match to {
            RegionDestination::Article { id } => To::Article(self.article(id)?),
            RegionDestination::NewArticle => To::NewArticle,
            RegionDestination::Page => To::Page,
        })
    }

    fn edit(&self, change: &StructureEdit) -> Result<Edit, AppError> {
        use StructureEdit as S;
        Ok(match change {
            S::SetRole { blocks, role } => Edit::SetRole(self.all(blocks)?, *role),
            S::Move { blocks, to } => Edit::Move(self.all(blocks)?, self.to(*to)?),
            S::Order { blocks } => Edit::Order(self.all(blocks)?),
            S::SplitBlock { block, line } => Edit::SplitBlock(self.block(*block)?, *line),
            S::MergeBlocks { blocks } => Edit::MergeBlocks(self.all(blocks)?),
            S::Draw { page, area, role, to } => {
                let number = self.pages.get(page).copied().ok_or_else(|| {
                    AppError::new(ErrorCode::Refused, "The page has no text to draw a region around.")
                })?;
                Edit::Draw(number, *area, *role, self.to(*to)?)
            }
            S::SplitArticle { block } => Edit::SplitArticle(self.block(*block)?),
            S::MergeArticles { articles } => {
                Edit::MergeArticles(articles.iter().map(|id| self.article(*id)).collect::<Result<_, _>>()?)
            }
            S::MoveArticle { article, before } => {
                Edit::MoveArticle(self.article(*article)?, before.map(|id| self.article(id)).transpose()?)
            }
            S::SetKind { article, to } => Edit::SetKind(self.article(*article)?, *to),
            S::JoinJump { from, to } => Edit::JoinJump(self.article(*from)?, self.article(*to)?),
            S::BreakJump { article, part } => Edit::BreakJump(self.article(*article)?, *part as usize),
            S::DismissRival { article, rival } => Edit::DismissRival(self.article(*article)?, *rival as usize),
        })
    }
}
