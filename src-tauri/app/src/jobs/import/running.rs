//! One pass over the board: list, read, place, answer, compose.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use baoku_model::view::*;
use baoku_model::{IssueId, JobItemId, Refusal, RefusalCode, SourcePage};

use super::ImportJob;
use super::board::{IssueRecord, WaitingPage};
use super::identity::{Guess, Neighbours, PageIdentity};
use super::lanes::{self, Writer};
use super::placing::{Holdings, Incoming, Placed};
use super::reading::{Look, Read, Reading};
use crate::errors::refusal_of;
use crate::jobs::Shared;

/// Issues whose articles may wait to be written while pages come in: pages of several issues may come mixed.
const OPEN_ISSUES: usize = 4;

pub struct Running<'a> {
    pub job: &'a ImportJob,
    pub holdings: Holdings,
    /// Records whose issue was found or made in this pass.
    pub placed: HashSet<usize>,
    /// Records with new pages, the one touched last at the end.
    open: Vec<usize>,
    /// Checksums of the files of this drop that are taken in, with the first file that has it.
    seen: HashMap<String, usize>,
    /// What the pages of the file at hand say of each other.
    neighbours: Neighbours,
    /// Pages of the file at hand whose issue is not settled.
    deferred: Vec<(SourcePage, PageIdentity)>,
    /// Pages of the file at hand that could not be read.
    failed: Vec<(SourcePage, PageIdentity, Refusal)>,
    /// True once a page of the file at hand could be read.
    any_good: bool,
    /// Newspaper and date that a page of the file at hand is certain of.
    first_certain: Option<PageIdentity>,
    /// Pages of the file at hand that wait for an answer, with the record that asks.
    pub waiting: Vec<(usize, WaitingPage)>,
    /// Pages of the file at hand that were written before, with the issues that the file is in.
    pub held: HashMap<u32, Vec<IssueId>>,
}

impl<'a> Running<'a> {
    pub fn new(job: &'a ImportJob) -> Self {
        Self {
            job,
            holdings: Holdings::default(),
            placed: HashSet::new(),
            open: Vec::new(),
            seen: HashMap::new(),
            neighbours: Neighbours::default(),
            deferred: Vec::new(),
            failed: Vec::new(),
            any_good: false,
            first_certain: None,
            waiting: Vec::new(),
            held: HashMap::new(),
        }
    }

    pub fn shared(&self) -> &'a Arc<Shared> {
        &self.job.shared
    }

    pub fn dry_run(&self) -> bool {
        self.job.with_board(|b| b.request.dry_run)
    }

    pub fn request(&self) -> ImportRequest {
        self.job.with_board(|b| b.request.clone())
    }

    pub fn file_item(&self, file: usize) -> (JobItemId, String) {
        self.job.with_board(|b| (b.files[file].view.item, b.files[file].folder().to_owned()))
    }

    /// Works until nothing is left to do without an answer.
    pub fn run(mut self) {
        if !self.job.list_files() {
            return;
        }
        self.job.start_pace();
        self.reopen_what_was_broken_off();
        let files =
            self.job.with_board(|b| (0..b.files.len()).filter(|&f| !b.files[f].is_settled()).collect::<Vec<_>>());
        let reading = Reading::new(self.job);
        lanes::run(&files, self.shared().lanes, &reading, &mut self);
        self.carry_out_answers();
        if self.job.is_suspended() {
            return;
        }
        // Also after a stop: pages that are in get their articles.
        while let Some(record) = self.open.first().copied() {
            self.compose(record);
        }
        if self.dry_run() && !self.job.is_stopped() {
            self.job.group_probes();
        }
        if self.job.is_stopped() {
            self.job.leave_out_the_rest();
            self.job.finish(JobState::Cancelled);
        } else {
            self.job.rest();
        }
    }

    fn reopen_what_was_broken_off(&mut self) {
        self.open = self.job.with_board(|b| (0..b.issues.len()).filter(|&i| b.issues[i].notes.uncomposed).collect());
        self.seen = self.job.with_board(|b| {
            (0..b.files.len())
                .filter(|&f| matches!(b.files[f].view.state, FileState::Imported | FileState::Asking))
                .filter_map(|f| Some((b.files[f].notes.sha256.clone()?, f)))
                .collect()
        });
    }

    /// The issue has a page more; the one that has waited longest is composed when too many are open.
    pub fn touched(&mut self, record: usize) {
        self.open.retain(|open| *open != record);
        self.open.push(record);
        if self.open.len() > OPEN_ISSUES {
            self.compose(self.open[0]);
        }
    }

    pub fn composed(&mut self, record: usize) {
        self.open.retain(|open| *open != record);
    }

    /// Takes in one page of the file at hand, or puts it aside until more is known.
    fn take(&mut self, file: usize, page: SourcePage, read: Read) {
        let Read { mut identity, text, .. } = read;
        if self.job.plan.is_none() {
            let says_none = identity.page.value.is_none();
            self.neighbours.pass_on(&mut identity);
            if says_none && page.is_half() && self.shows_one_frame(file) {
                // Not the first page of the file, but the next one of the issue.
                identity.page = Guess::default();
            }
        }
        let layer = match text {
            Ok(layer) => Some(layer),
            // Kept, and waits for an engine.
            Err(refusal) if refusal.code == RefusalCode::NotRecognised => {
                self.job.edit_file(file, |view, _| view.page_refusals.push((page.index + 1, refusal)));
                None
            }
            Err(refusal) => return self.failed.push((page, identity, refusal)),
        };
        self.any_good = true;
        if identity.is_certain() {
            self.first_certain.get_or_insert_with(|| identity.clone());
            // A planned page that is held already was seen to be so by a person.
            let as_carrier = self.job.plan.is_some();
            self.bring_in(Incoming { file, page, identity, layer: layer.as_ref(), failure: None }, as_carrier);
        } else {
            self.deferred.push((page, identity));
        }
    }

    fn shows_one_frame(&self, file: usize) -> bool {
        self.job.with_board(|b| {
            let pages = &b.files[file].notes.pages;
            pages.iter().all(|page| page.frame() == pages[0].frame())
        })
    }

    /// Looks up which pages of a file are in the archive.
    pub fn recall_held(&mut self, file: usize) {
        let sha256 = self.job.with_board(|b| b.files[file].notes.sha256.clone()).unwrap_or_default();
        let held = self.shared().archive.originals().find(&sha256).ok().flatten();
        self.held =
            held.map(|h| h.held_pages.iter().map(|page| (*page, h.issues.clone())).collect()).unwrap_or_default();
    }

    /// Places a page; a failure is the page's own.
    pub fn bring_in(&mut self, incoming: Incoming<'_>, as_carrier: bool) -> Option<Placed> {
        let (file, index) = (incoming.file, incoming.page.index);
        match self.place(incoming, as_carrier) {
            Ok(placed) => Some(placed),
            Err(refusal) => {
                self.job.edit_file(file, |view, _| view.page_refusals.push((index + 1, refusal)));
                None
            }
        }
    }

    /// Pages put aside take the issue that another page of the file is certain of; the others wait for an answer.
    fn settle_deferred(&mut self, file: usize) {
        for (page, mut identity) in std::mem::take(&mut self.deferred) {
            self.adopt(&mut identity);
            if identity.is_certain() {
                let layer = Reading::new(self.job).text(file, page.index).ok();
                if self.job.is_stopped() {
                    return;
                }
                self.bring_in(Incoming { file, page, identity, layer: layer.as_ref(), failure: None }, false);
            } else {
                self.ask_which_issue(file, &page, identity);
            }
        }
    }

    /// What a page is not certain of it takes from a page of its file that is; a plan has said of each page what it is.
    fn adopt(&self, identity: &mut PageIdentity) {
        if let Some(certain) = self.first_certain.as_ref().filter(|_| self.job.plan.is_none()) {
            identity.adopt(certain);
        }
    }

    /// A page that cannot be read is held as failed beside the others of its file; a file without any good page is refused.
    fn settle_failed(&mut self, file: usize) {
        let failed = std::mem::take(&mut self.failed);
        if !self.any_good {
            if let Some((.., refusal)) = failed.into_iter().next() {
                self.job.edit_file(file, |view, _| {
                    view.state = FileState::Refused;
                    view.refusal = Some(refusal);
                });
            }
            return;
        }
        for (page, mut identity, refusal) in failed {
            self.job.edit_file(file, |view, _| view.page_refusals.push((page.index + 1, refusal.clone())));
            self.adopt(&mut identity);
            if identity.is_certain() {
                let failure = Some(refusal.detail);
                self.bring_in(Incoming { file, page, identity, layer: None, failure }, false);
            } else {
                self.ask_which_issue(file, &page, identity);
            }
        }
    }

    fn ask_which_issue(&mut self, file: usize, page: &SourcePage, mut identity: PageIdentity) {
        let (item, folder) = self.file_item(file);
        if identity.newspaper.value.is_none() {
            identity.newspaper.value = self.only_newspaper();
        }
        let question = ImportQuestion::WhichIssue {
            newspaper_uncertain: !identity.newspaper.certain,
            date_uncertain: !identity.date.certain,
        };
        let number = identity.page_number();
        let open = self.job.with_board(|b| {
            b.issues.iter().position(|issue| {
                issue.view.question.as_ref() == Some(&question)
                    && issue.view.newspaper == identity.newspaper.value
                    && issue.view.date == identity.date.value
                    && issue.notes.folder == folder
                    && issue.notes.planned == identity.planned
                    && (identity.planned.is_some()
                        || issue.view.files.contains(&item)
                        || number.is_some_and(|n| identity.page.certain && !issue.view.pages.contains(&n)))
            })
        });
        let record = match open {
            Some(record) => record,
            None => match self.job.add_issue(IssueRecord::new(&identity, &folder, Some(question))) {
                Ok(record) => record,
                Err(error) => {
                    let refusal = refusal_of(&error);
                    return self.job.edit_file(file, |view, _| view.page_refusals.push((page.index + 1, refusal)));
                }
            },
        };
        self.wait(record, WaitingPage { file: item, index: page.index, identity });
    }

    /// The newspaper to propose where nothing names one: the only one there is.
    fn only_newspaper(&self) -> Option<String> {
        let titles = self.shared().archive.read(baoku_archive::queries::newspapers).unwrap_or_default();
        match titles.as_slice() {
            [one] => Some(one.title.clone()),
            _ => None,
        }
    }
}

impl Writer<Look, Read> for Running<'_> {
    fn looked(&mut self, file: usize, look: Look) -> Option<Vec<u32>> {
        if self.job.is_stopped() {
            return None;
        }
        self.neighbours = Neighbours::starting_at(self.request().page);
        self.deferred.clear();
        self.failed.clear();
        self.any_good = false;
        self.first_certain = None;
        self.held.clear();
        let mut found = match look {
            Look::Stopped => return None,
            Look::Refused { sha256, refusal } => {
                self.job.edit_file(file, |view, notes| {
                    notes.sha256 = sha256;
                    view.state = FileState::Refused;
                    view.refusal = Some(refusal);
                });
                return Some(Vec::new());
            }
            Look::Found(found) => *found,
        };
        if found.inspection.pages.is_empty() {
            if self.dry_run() {
                // What it names is placed as it says.
                self.job.probe_file(file, &found, false);
            }
            self.job.edit_file(file, |view, notes| {
                notes.sha256 = Some(found.sha256);
                view.state = FileState::Cancelled;
                view.warnings.push("The file names others and has no pages of its own.".to_owned());
            });
            return Some(Vec::new());
        }
        let resumed = self.job.with_board(|b| b.files[file].view.state == FileState::Reading);
        let twice = *self.seen.entry(found.sha256.clone()).or_insert(file) != file;
        let held = found.held.as_ref().map(|h| h.held_pages.clone()).unwrap_or_default();
        let all_held = found.inspection.pages.iter().all(|p| held.contains(&p.index));
        if self.dry_run() {
            self.job.probe_file(file, &found, all_held);
        }
        if twice || (all_held && !resumed) {
            self.job.edit_file(file, |view, notes| {
                notes.sha256 = Some(found.sha256);
                view.state = FileState::Duplicate;
            });
            let issues = found.held.map(|h| h.issues).unwrap_or_default();
            if !self.dry_run()
                && let Err(error) = self.complete(file, &issues)
            {
                self.job.edit_file(file, |view, _| view.warnings.push(error.to_string()));
            }
            return Some(Vec::new());
        }
        let issues = found.held.map(|h| h.issues).unwrap_or_default();
        self.held = held.into_iter().map(|page| (page, issues.clone())).collect();
        let mut pages: Vec<u32> = found.inspection.pages.iter().map(|p| p.index).collect();
        if let Some(plan) = &self.job.plan {
            pages.retain(|page| plan.wants(&found.sha256, *page));
            found.inspection.pages.retain(|page| pages.contains(&page.index));
        }
        self.job.edit_file(file, |view, notes| {
            notes.sha256 = Some(found.sha256);
            notes.source = found.source;
            notes.kind = Some(found.inspection.kind);
            notes.pages = found.inspection.pages;
            notes.clues = found.clues;
            view.pages = u32::try_from(notes.pages.len()).unwrap_or(u32::MAX);
            view.pages_done = 0;
            view.page_refusals.clear();
            view.warnings = found.inspection.warnings;
            view.state = FileState::Reading;
        });
        Some(pages)
    }

    fn page(&mut self, file: usize, page: u32, read: Read) -> bool {
        if self.job.is_stopped() {
            return false;
        }
        let source = self.job.with_board(|b| b.files[file].notes.pages.iter().find(|p| p.index == page).cloned());
        if self.dry_run() {
            self.job.probe_page(file, page, &read);
        }
        if let Some(source) = source {
            self.take(file, source, read);
        }
        self.job.page_read(file);
        true
    }

    fn file_done(&mut self, file: usize) -> bool {
        if self.job.with_board(|b| b.files[file].is_settled()) {
            return true;
        }
        self.settle_deferred(file);
        self.settle_failed(file);
        self.keep_waiting();
        if self.job.is_stopped() {
            return false;
        }
        if !self.job.with_board(|b| b.files[file].is_settled()) {
            self.job.settle_file(file);
        }
        true
    }
}
