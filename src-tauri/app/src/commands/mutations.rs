//! The acts of a person. Each is one transaction in the archive, signed with the operator's name.

use baoku_archive::{Act, Remaining, queries};
use baoku_model::view::*;
use baoku_model::{ArticleId, EntityId, IssueId, JobId, LayerId, MentionId, NewspaperId, PageId};

use super::Mutations;
use crate::authority;
use crate::core::Core;
use crate::reading::{self, Setting};

impl Mutations for Core {
    fn set_operator(&self, name: String) -> Result<ArchiveStatus, AppError> {
        self.sign_as(&name);
        self.status()
    }

    fn save_search(&self, search: SavedSearch) -> Result<Vec<SavedSearch>, AppError> {
        self.keep_search(search)
    }

    fn set_newspaper(&self, id: NewspaperId, fields: NewspaperFields) -> Result<OpOutcome, AppError> {
        let newspapers = self.read(queries::newspapers)?;
        let now = newspapers.into_iter().find(|n| n.id == id);
        // 区委 means another body under another home: every issue of the newspaper is read again in the same act.
        let new_home = fields.home.clone().filter(|home| now.as_ref().is_some_and(|n| n.home != *home));
        let mut issues = Vec::new();
        if let Some(home) = new_home {
            let filter = IssueFilter { newspaper: Some(id), ..IssueFilter::default() };
            for row in self.read(|r| queries::issues(r, &filter))? {
                let setting = Setting { home: home.clone(), ..Setting::of(&self.archive, row.id)? };
                issues.push((row.id, setting));
            }
        }
        let rereadings = reading::read_again(&self.archive, &issues)?;
        self.act(Act::SetNewspaper { id, fields, rereadings })
    }

    fn set_issue(&self, id: IssueId, fields: IssueFields) -> Result<OpOutcome, AppError> {
        let before = Setting::of(&self.archive, id)?;
        let after = before.clone().with(&self.archive, &fields)?;
        let mut issues = Vec::new();
        if after != before {
            issues.push((id, after));
        }
        let rereadings = reading::read_again(&self.archive, &issues)?;
        self.act(Act::SetIssue { id, fields, rereadings })
    }

    fn set_page(&self, id: PageId, number: Option<u32>, name: Option<String>) -> Result<OpOutcome, AppError> {
        self.act(Act::SetPage { id, number, name })
    }

    fn decide_mentions(&self, ids: Vec<MentionId>, verdict: Verdict) -> Result<OpOutcome, AppError> {
        self.act(Act::DecideMentions { ids, verdict })
    }

    fn move_mentions(&self, ids: Vec<MentionId>, to: Destination) -> Result<OpOutcome, AppError> {
        self.act(Act::MoveMentions { ids, to })
    }

    fn decide_entities(&self, ids: Vec<EntityId>, verdict: Verdict) -> Result<OpOutcome, AppError> {
        self.act(Act::DecideEntities { ids, verdict })
    }

    fn merge_entities(&self, from: Vec<EntityId>, into: EntityId) -> Result<OpOutcome, AppError> {
        self.act(Act::Merge { from, into })
    }

    fn unmerge_entity(&self, id: EntityId) -> Result<OpOutcome, AppError> {
        self.act(Act::Unmerge { id })
    }

    fn tell_apart(&self, ids: Vec<EntityId>, apart: bool) -> Result<OpOutcome, AppError> {
        self.act(Act::TellApart { ids, apart })
    }

    fn edit_entity(&self, id: EntityId, edit: EntityEdit) -> Result<OpOutcome, AppError> {
        self.act(Act::EditEntity { id, edit })
    }

    fn import_authority(&self, format: AuthorityFormat, text: String) -> Result<OpOutcome, AppError> {
        self.act(Act::ImportAuthority { entries: authority::read(format, &text)? })
    }

    fn remove_import(&self, job: JobId) -> Result<OpOutcome, AppError> {
        let mut remaining = Vec::new();
        for staying in self.read(|r| queries::issues_in_part(r, job))? {
            remaining.push(self.remaining(staying.issue, &staying.pages)?);
        }
        self.act(Act::RemoveImport { job, remaining })
    }

    fn edit_structure(&self, issue: IssueId, edit: StructureEdit) -> Result<OpOutcome, AppError> {
        self.change_structure(issue, edit)
    }

    fn correct_lines(&self, lines: Vec<LineText>, change: Option<(String, String)>) -> Result<OpOutcome, AppError> {
        self.correct(lines, change)
    }

    fn take_reading(&self, page: PageId, keep: Vec<ArticleId>) -> Result<OpOutcome, AppError> {
        self.take_page_reading(page, &keep)
    }

    fn undo(&self) -> Result<OpOutcome, AppError> {
        self.done(self.archive.undo(&self.operator())?)
    }

    fn redo(&self) -> Result<OpOutcome, AppError> {
        self.done(self.archive.redo(&self.operator())?)
    }

    fn check(&self) -> Result<CheckReport, AppError> {
        Ok(self.archive.check()?)
    }
}

impl Core {
    pub(crate) fn act(&self, act: Act) -> Result<OpOutcome, AppError> {
        self.done(self.archive.act(&self.operator(), &act)?)
    }

    /// Tells the other windows what an act changed.
    fn done(&self, outcome: OpOutcome) -> Result<OpOutcome, AppError> {
        self.events.changed(outcome.changes.clone());
        Ok(outcome)
    }

    /// What an issue says once some of its pages are gone.
    fn remaining(&self, issue: IssueId, layers: &[(u32, LayerId)]) -> Result<Remaining, AppError> {
        let read = reading::read_issue(&self.archive, issue, layers, &Setting::of(&self.archive, issue)?)?;
        let run = self.archive.begin_run(&reading::agent(), None)?;
        Ok(Remaining { issue, run, articles: read.articles, extractions: read.extractions })
    }
}
