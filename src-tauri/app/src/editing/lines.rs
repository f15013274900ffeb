//! Lines read on the page by a person.

use std::collections::{BTreeMap, BTreeSet};

use baoku_archive::{Act, queries};
use baoku_layout::edit::{recompose, refit};
use baoku_model::view::{AppError, ErrorCode, LineText, OpOutcome};
use baoku_model::{Block, IssueArticle, IssueId, TextLayer};

use super::Desk;
use crate::core::Core;

impl Core {
    /// Sets how lines read; the articles that hold them are composed anew. `change`: what was confused with what, where one
    /// confusion is put right in many places.
    pub(crate) fn correct(
        &self,
        lines: Vec<LineText>,
        change: Option<(String, String)>,
    ) -> Result<OpOutcome, AppError> {
        let mut seen = BTreeSet::new();
        if let Some(twice) = lines.iter().find(|l| !seen.insert((l.layer, l.line))) {
            let place = format!("line {}", twice.line);
            return Err(AppError::new(ErrorCode::InvalidArgument, "A line is named twice.").at(place));
        }
        let mut by_issue: BTreeMap<IssueId, Vec<&LineText>> = BTreeMap::new();
        for line in &lines {
            let issue = self.read(|r| queries::layer_issue(r, line.layer))?;
            by_issue.entry(issue).or_default().push(line);
        }
        let mut rewrites = Vec::new();
        for (issue, lines) in by_issue {
            let mut desk = Desk::of(self, issue)?;
            let (articles, furniture) = desk.with_lines(&lines);
            if articles.iter().any(|(_, _, changed)| *changed) || !furniture.is_empty() {
                rewrites.push(desk.rewritten(self, articles, furniture)?);
            }
        }
        self.act(Act::CorrectLines { lines, rewrites, change })
    }
}

type Articles = Vec<(Option<baoku_model::ArticleId>, IssueArticle, bool)>;

impl Desk {
    /// Articles and blocks of pages once these lines read as given.
    fn with_lines(&mut self, lines: &[&LineText]) -> (Articles, BTreeMap<u32, Vec<Block>>) {
        let mut articles: Articles = self.held.articles.iter().map(|(id, a)| (Some(*id), a.clone(), false)).collect();
        let mut furniture: BTreeMap<u32, Vec<Block>> = BTreeMap::new();
        for line in lines {
            // A layer that no article is made from changes nothing but itself.
            let Some((page, ..)) = self.held.layers.iter().find(|(_, _, layer)| *layer == line.layer) else { continue };
            let page = *page;
            let Some(layer) = self.layers.get_mut(&page) else { continue };
            let Some(held) = layer.lines.get_mut(line.line as usize) else { continue };
            let before = held.text.clone();
            *held = held.corrected(&line.text);
            if before == line.text {
                continue;
            }
            let on_it = |b: &Block| b.lines.iter().any(|s| s.line == line.line);
            for (_, article, changed) in &mut articles {
                for part in article.parts.iter_mut().filter(|p| p.page == page) {
                    if part.blocks.iter().any(on_it) {
                        refit(&mut part.blocks, line.line, &before, &line.text);
                        *changed = true;
                    }
                }
            }
            let of_page = furniture.remove(&page).or_else(|| {
                let held = self.held.furniture.get(&page)?;
                Some(held.iter().map(|(_, b)| b.clone()).collect::<Vec<_>>())
            });
            let Some(mut of_page) = of_page else { continue };
            let touched = of_page.iter().any(on_it);
            refit(&mut of_page, line.line, &before, &line.text);
            for block in of_page.iter_mut().filter(|b| on_it(b)) {
                block.text = words(layer, block);
            }
            if touched {
                furniture.insert(page, of_page);
            }
        }
        for (_, article, _) in articles.iter_mut().filter(|(_, _, changed)| *changed) {
            *article = recompose(article, &self.layers);
        }
        (articles, furniture)
    }
}

/// The block's words as its lines have them.
fn words(layer: &TextLayer, block: &Block) -> String {
    let of = |s: &baoku_model::LineSpan| -> String {
        let line = layer.lines.get(s.line as usize).map(|l| l.text.as_str()).unwrap_or_default();
        line.chars().skip(s.start as usize).take((s.end.saturating_sub(s.start)) as usize).collect()
    };
    block.lines.iter().map(of).collect::<Vec<_>>().concat().trim().to_owned()
}
