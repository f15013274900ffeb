//! Writing the articles of the issues that got pages.

use baoku_archive::queries;
use baoku_model::IssueId;
use baoku_model::view::Change;

use super::board::IssueRecord;
use super::identity::PageIdentity;
use super::running::Running;
use crate::errors::refusal_of;
use crate::reading::write_issue;

impl Running<'_> {
    /// Writes the articles of an issue anew from all its pages; pages that came before are read together with the new ones.
    pub fn compose(&mut self, record: usize) {
        self.composed(record);
        let Some(issue) = self.job.with_board(|b| b.issues[record].view.issue) else { return };
        let written = self.job.runs.reading().and_then(|run| write_issue(&self.shared().archive, run, issue));
        match written {
            Ok(outcome) => {
                self.job.edit_issue(record, |r| {
                    r.notes.uncomposed = false;
                    r.view.articles = u32::try_from(outcome.articles.len()).unwrap_or(u32::MAX);
                    r.view.entities = outcome.entities;
                });
                self.shared().events.changed(vec![Change::Issue { id: issue }, Change::Everything]);
            }
            // Its pages are in, and the next import that meets them tries again.
            Err(error) => {
                let refusal = refusal_of(&error);
                let items = self.job.with_board(|b| b.issues[record].view.files.clone());
                for file in items.into_iter().filter_map(|item| self.job.with_board(|b| b.file(item))) {
                    self.job.edit_file(file, |view, _| {
                        view.warnings.push("The articles of the issue could not be written.".to_owned());
                        view.page_refusals.push((1, refusal.clone()));
                    });
                }
            }
        }
    }

    /// A file that is in already may belong to an issue whose articles never came to be written: they are written now.
    pub fn complete(&mut self, file: usize, issues: &[IssueId]) -> baoku_archive::Result<()> {
        for issue in issues {
            let row = self.shared().archive.read(|r| queries::issue_row(r, *issue))?;
            let layers = self.shared().archive.read(|r| queries::page_layers(r, *issue))?;
            let Some(row) = row.filter(|row| row.articles == 0 && !layers.is_empty()) else { continue };
            let mut record = IssueRecord::new(&PageIdentity::default(), "", None);
            record.view.issue = Some(*issue);
            record.view.newspaper = Some(row.newspaper_title).filter(|title| !title.is_empty());
            record.view.date = row.date;
            record.view.pages = layers.into_iter().map(|(number, ..)| number).collect();
            record.view.files = vec![self.file_item(file).0];
            record.notes.uncomposed = true;
            let record = self.job.add_issue(record)?;
            self.touched(record);
        }
        Ok(())
    }
}
