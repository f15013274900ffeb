//! What a person puts right: the structure of an issue, the text of its lines, pages read again. Articles are composed here, by
//! the rules of `layout`; the archive writes them as one act.

mod doubts;
mod lines;
mod reread;
mod structure;

use std::collections::BTreeMap;

use baoku_archive::queries::IssueStructure;
use baoku_archive::{IssueRewrite, Rewritten, queries};
use baoku_layout::edit::{Edited, Structure};
use baoku_model::view::AppError;
use baoku_model::{ArticleId, Block, IssueArticle, IssueId, TextLayer};

use crate::core::Core;
use crate::reading::{self, Setting};

pub use doubts::doubts;
pub use reread::Rereads;

/// An issue on the desk: what it says and the text of its pages as they read now.
struct Desk {
    issue: IssueId,
    held: IssueStructure,
    layers: BTreeMap<u32, TextLayer>,
}

impl Desk {
    fn of(core: &Core, issue: IssueId) -> Result<Self, AppError> {
        let held = core.read(|r| queries::issue_structure(r, issue))?;
        let mut layers = BTreeMap::new();
        for (number, _, layer) in &held.layers {
            layers.insert(*number, core.archive.corrected_layer(*layer)?);
        }
        Ok(Self { issue, held, layers })
    }

    fn structure(&self) -> Structure {
        let of_page = |blocks: &Vec<(_, Block)>| blocks.iter().map(|(_, b)| b.clone()).collect();
        Structure {
            articles: self.held.articles.iter().map(|(_, a)| a.clone()).collect(),
            furniture: self.held.furniture.iter().map(|(n, blocks)| (*n, of_page(blocks))).collect(),
        }
    }

    /// The issue after a change, with the names found in what changed.
    fn rewrite(&self, core: &Core, edited: Edited) -> Result<IssueRewrite, AppError> {
        let id = |origin: usize| self.held.articles[origin].0;
        let articles = edited.articles.into_iter().map(|a| (a.origin.map(id), a.article, a.changed)).collect();
        self.rewritten(core, articles, edited.furniture)
    }

    fn rewritten(
        &self,
        core: &Core,
        articles: Vec<(Option<ArticleId>, IssueArticle, bool)>,
        furniture: BTreeMap<u32, Vec<Block>>,
    ) -> Result<IssueRewrite, AppError> {
        let gone = self.held.articles.iter().map(|(id, _)| *id);
        let gone = gone.filter(|id| !articles.iter().any(|(held, ..)| *held == Some(*id))).collect();
        let run = core.archive.begin_run(&reading::agent(), None)?;
        let setting = Setting::of(&core.archive, self.issue)?;
        let texts: Vec<IssueArticle> = articles.iter().map(|(_, a, _)| a.clone()).collect();
        let extractions = reading::extract(&core.archive, &texts, &setting)?;
        let heard = extractions.clone();
        let articles = articles
            .into_iter()
            .zip(extractions)
            .map(|((id, article, changed), extraction)| Rewritten {
                id,
                content: (changed || id.is_none()).then_some((article, extraction)),
            })
            .collect();
        Ok(IssueRewrite { issue: self.issue, run, heard, articles, gone, furniture: furniture.into_iter().collect() })
    }
}
