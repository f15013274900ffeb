//! Putting pages into issues: the issue found or made, the page written; what is held from elsewhere is asked about.

use std::collections::{BTreeMap, HashMap};

use baoku_archive::{NewIssue, NewPage, PageSource, queries};
use baoku_model::view::*;
use baoku_model::{
    ClueField, IssueId, JobItemId, Refusal, RefusalCode, SourceFileId, SourceKind, SourcePage, SupplierPage, TextLayer,
};

use super::board::{IssueRecord, WaitingPage};
use super::identity::PageIdentity;
use super::running::Running;
use super::supplied;
use crate::errors::refusal_of;

/// A page on its way into the archive.
pub struct Incoming<'a> {
    /// Index of its file on the board.
    pub file: usize,
    pub page: SourcePage,
    pub identity: PageIdentity,
    pub layer: Option<&'a TextLayer>,
    /// Why it could not be read.
    pub failure: Option<String>,
}

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    Written,
    Waiting,
}

/// Where each page number of an issue came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// A file that is not of this import.
    Elsewhere,
    /// This page of a file of this import.
    Page(JobItemId, u32),
}

/// Page numbers of the issues that this import touches.
#[derive(Default)]
pub struct Holdings {
    /// By index of the issue's record.
    pages: HashMap<usize, BTreeMap<u32, Holder>>,
}

impl Running<'_> {
    /// Places a page whose newspaper and date are settled. With `as_carrier`, a page that is held already gets this source as
    /// another carrier instead of a question.
    pub fn place(&mut self, mut incoming: Incoming<'_>, as_carrier: bool) -> Result<Placed, Refusal> {
        let (item, folder) = self.file_item(incoming.file);
        let record = self.record_for(&incoming.identity, &folder, item)?;
        if let Some(issues) = self.held.get(&incoming.page.index) {
            // Written before a restart.
            let issues = issues.clone();
            self.recall(record, &issues, &incoming, item);
            return Ok(Placed::Written);
        }
        let named = incoming.identity.page_number();
        // A double frame moves the numbers of the pages after it: what no page says goes on where the import is.
        let next = || if incoming.page.is_half() { self.holdings.after_those_placed(record) } else { 1 };
        let said = named.unwrap_or_else(next);
        let number = self.holdings.free_number(record, said, item, incoming.page.index);
        if number != said {
            let warning = format!(
                "Page {} of the file says it is page {said}, as another page of the file does; it is kept as page {number}.",
                incoming.page.index + 1,
            );
            self.job.edit_file(incoming.file, |view, _| view.warnings.push(warning));
            incoming.identity.page.value = Some(number.to_string());
        }
        if self.holdings.is_held_by_other(record, number, item, incoming.page.index) && !as_carrier {
            self.ask_carrier(record, &incoming, item)?;
            return Ok(Placed::Waiting);
        }
        if !self.dry_run() {
            self.write(record, number, &incoming)?;
        }
        let holder = Holder::Page(item, incoming.page.index);
        self.holdings.pages.entry(record).or_default().insert(number, holder);
        self.job.edit_issue(record, |issue| add(issue, item, &incoming.identity, number));
        Ok(Placed::Written)
    }

    /// Notes a page that was in the archive when the job went on.
    fn recall(&mut self, record: usize, issues: &[IssueId], incoming: &Incoming<'_>, item: JobItemId) {
        let identity = &incoming.identity;
        let held = self.holdings.number_of(record, item, incoming.page.index);
        let number = held.or(identity.page_number()).unwrap_or(1);
        self.job.edit_issue(record, |issue| {
            if issue.view.issue.is_none()
                && let [one] = issues
            {
                issue.view.issue = Some(*one);
                issue.notes.uncomposed = true;
            }
            add(issue, item, identity, number);
        });
        if self.job.with_board(|b| b.issues[record].notes.uncomposed) {
            self.touched(record);
        }
    }

    /// The record of the issue that the page belongs to; made when there is none.
    fn record_for(&mut self, identity: &PageIdentity, folder: &str, item: JobItemId) -> Result<usize, Refusal> {
        let found = self.job.with_board(|board| {
            board.issues.iter().position(|issue| {
                issue.view.question.is_none()
                    && issue.view.newspaper == identity.newspaper.value
                    && issue.view.date == identity.date.value
                    && agrees(issue.view.number.as_deref(), &identity.number)
                    && (identity.date.value.is_some() || is_same_undated(issue, identity, folder, item))
            })
        });
        let record = match found {
            Some(record) => record,
            None => {
                let mut record = IssueRecord::new(identity, folder, None);
                record.view.issue = self.find_issue(identity).map_err(|e| refusal_of(&e))?;
                self.job.add_issue(record).map_err(|e| refusal_of(&e))?
            }
        };
        if !self.holdings.pages.contains_key(&record) {
            let held = self.held_pages(record).map_err(|e| refusal_of(&e))?;
            self.holdings.pages.insert(record, held);
        }
        Ok(record)
    }

    /// The issue in the archive, if one of that newspaper and date is held.
    fn find_issue(&self, identity: &PageIdentity) -> baoku_archive::Result<Option<IssueId>> {
        let (Some(title), Some(date)) = (&identity.newspaper.value, identity.edtf()) else { return Ok(None) };
        self.shared().archive.read(|r| queries::find_issue(r, title, &date, IssueKind::Regular))
    }

    /// Page numbers of the issue that are in the archive, with the file of this import they came from.
    fn held_pages(&self, record: usize) -> baoku_archive::Result<BTreeMap<u32, Holder>> {
        let Some(id) = self.job.with_board(|b| b.issues[record].view.issue) else { return Ok(BTreeMap::new()) };
        let held = self.shared().archive.read(|r| queries::held_pages(r, id))?;
        Ok(held
            .iter()
            .filter(|page| page.state != PageState::Missing)
            .map(|page| {
                let ours = page.sources.iter().find_map(|(source, index)| Some((self.file_of(*source)?, *index)));
                (page.number, ours.map_or(Holder::Elsewhere, |(file, index)| Holder::Page(file, index)))
            })
            .collect())
    }

    fn file_of(&self, source: SourceFileId) -> Option<JobItemId> {
        self.job.with_board(|b| b.files.iter().find(|f| f.notes.source == Some(source)).map(|f| f.view.item))
    }

    fn write(&mut self, record: usize, number: u32, incoming: &Incoming<'_>) -> Result<(), Refusal> {
        let (source, kind) =
            self.job.with_board(|b| (b.files[incoming.file].notes.source, b.files[incoming.file].notes.kind));
        let (Some(source), Some(kind)) = (source, kind) else {
            return Err(Refusal::new(RefusalCode::WorkerFailed, "the original was not stored"));
        };
        let supplied = self.supplier_page(incoming, kind);
        let agent = supplied.as_ref().and_then(|page| page.agents.iter().find(|agent| !agent.name.is_empty()));
        let run = match agent {
            Some(agent) => self.job.runs.supplied(agent),
            None => self.job.runs.pages(kind),
        };
        let layer = supplied.as_ref().and_then(|page| self.with_articles(incoming, page));
        let run = run.map_err(|e| refusal_of(&e))?;
        let (known, home) = self.job.with_board(|b| (b.issues[record].view.issue, b.issues[record].view.home.clone()));
        let page = NewPage {
            issue: known.unwrap_or(IssueId(0)),
            number,
            name: incoming.identity.page_name.clone(),
            source: PageSource { file: source, page: incoming.page.clone() },
            layer: layer.as_ref().or(incoming.layer),
            failure: incoming.failure.clone(),
        };
        // An issue that was there may learn something new from the first page; one without a date would be made again.
        let first = known.is_none() || (incoming.identity.date.value.is_some() && !self.placed.contains(&record));
        if known.is_some() {
            // From here on a restart knows that the issue's articles are still to be written.
            self.job.edit_issue(record, |r| r.notes.uncomposed = true);
        }
        let archive = &self.shared().archive;
        let issue = if first {
            let issue = new_issue(&incoming.identity, home);
            archive.write_first_page(run, &issue, &page).map_err(|e| refusal_of(&e))?.0.id
        } else {
            archive.write_page(run, &page).map_err(|e| refusal_of(&e))?;
            page.issue
        };
        self.placed.insert(record);
        if page.layer.is_none() && page.failure.is_none() {
            self.shared().recognition.wake();
        }
        self.job.edit_issue(record, |r| {
            r.view.issue = Some(issue);
            r.notes.uncomposed = true;
        });
        self.touched(record);
        Ok(())
    }

    /// A supplier's page with all that its file says: the program that recognised it, and its blocks.
    fn supplier_page(&self, incoming: &Incoming<'_>, kind: SourceKind) -> Option<SupplierPage> {
        incoming.layer.filter(|_| kind.is_supplied())?;
        let sha256 = self.job.with_board(|b| b.files[incoming.file].notes.sha256.clone())?;
        let shared = self.shared();
        let path = shared.archive.originals().path(&sha256);
        shared.reader.supplier_page(&path, incoming.page.index, &baoku_worker::Cancel::new()).ok()
    }

    /// The page's text with the articles that its package makes of it; `None` where it makes none.
    fn with_articles(&self, incoming: &Incoming<'_>, page: &SupplierPage) -> Option<TextLayer> {
        let sha256 = self.job.with_board(|b| b.files[incoming.file].notes.sha256.clone())?;
        let parts = self.job.plan.as_ref()?.parts(&sha256, incoming.page.index);
        let supplied = supplied::told(parts, page);
        let layer = incoming.layer.filter(|_| !supplied.is_empty())?;
        Some(TextLayer { supplied, ..layer.clone() })
    }

    /// Puts the page with the others that the same issue holds from elsewhere.
    fn ask_carrier(&mut self, record: usize, incoming: &Incoming<'_>, item: JobItemId) -> Result<(), Refusal> {
        let (issue, folder) =
            self.job.with_board(|b| (b.issues[record].view.issue, b.issues[record].notes.folder.clone()));
        let question = match issue {
            Some(issue) => ImportQuestion::OtherCarrier { issue },
            // A rehearsal makes no issue that could be named; the page is in the drop twice.
            None => ImportQuestion::WhichIssue { newspaper_uncertain: false, date_uncertain: false },
        };
        let open = self.job.with_board(|b| {
            b.issues.iter().position(|i| {
                i.view.question.as_ref() == Some(&question)
                    && i.view.newspaper == incoming.identity.newspaper.value
                    && i.view.date == incoming.identity.date.value
            })
        });
        let asked = match open {
            Some(asked) => asked,
            None => {
                let mut asking = IssueRecord::new(&incoming.identity, &folder, Some(question));
                asking.view.issue = issue;
                self.job.add_issue(asking).map_err(|e| refusal_of(&e))?
            }
        };
        let page = WaitingPage { file: item, index: incoming.page.index, identity: incoming.identity.clone() };
        self.wait(asked, page);
        Ok(())
    }

    /// Adds a page to those that wait for an answer; kept with the others of its file by [`Self::keep_waiting`].
    pub fn wait(&mut self, record: usize, page: WaitingPage) {
        self.job.edit_issue(record, |issue| {
            add(issue, page.file, &page.identity, page.identity.page_number().unwrap_or(1));
        });
        self.waiting.push((record, page));
    }

    /// Keeps the pages of a file that wait. One by one, each would write all the others again.
    pub fn keep_waiting(&mut self) {
        let mut by_record: BTreeMap<usize, Vec<WaitingPage>> = BTreeMap::new();
        for (record, page) in std::mem::take(&mut self.waiting) {
            by_record.entry(record).or_default().push(page);
        }
        for (record, pages) in by_record {
            self.job.edit_issue(record, |issue| issue.notes.waiting.extend(pages));
        }
    }
}

fn new_issue(identity: &PageIdentity, home: Option<Home>) -> NewIssue {
    let serial = |mark: &str| identity.serial_numbers.iter().find(|s| s.to_uppercase().contains(mark)).cloned();
    NewIssue {
        newspaper: identity.newspaper.value.clone(),
        home,
        cn: serial("CN"),
        issn: serial("ISSN"),
        permit: serial("准印证"),
        date: identity.edtf(),
        date_printed: identity.date_printed.clone(),
        number: identity.number.value.clone().filter(|_| identity.number.certain),
        number_of_year: None,
        kind: IssueKind::Regular,
        pages_announced: identity.pages_announced,
        // Which page it is says nothing of the issue.
        clues: identity
            .clues
            .iter()
            .filter(|c| !matches!(c.field, ClueField::Page | ClueField::PageName))
            .cloned()
            .collect(),
    }
}

impl Holdings {
    /// Two pages of one file never share a number.
    fn free_number(&self, record: usize, number: u32, file: JobItemId, index: u32) -> u32 {
        let taken = |n: u32| matches!(self.holder(record, n), Some(Holder::Page(f, i)) if f == file && i != index);
        (number..).find(|n| !taken(*n)).unwrap_or(number)
    }

    fn holder(&self, record: usize, number: u32) -> Option<Holder> {
        self.pages.get(&record)?.get(&number).copied()
    }

    /// The record stands for another issue from now on.
    pub fn forget(&mut self, record: usize) {
        self.pages.remove(&record);
    }

    /// The number after the highest that a page of this import has.
    fn after_those_placed(&self, record: usize) -> u32 {
        let pages = self.pages.get(&record).into_iter().flatten();
        pages.filter(|(_, holder)| matches!(holder, Holder::Page(..))).map(|(number, _)| number + 1).max().unwrap_or(1)
    }

    /// The number that a page of this import has in the archive.
    fn number_of(&self, record: usize, file: JobItemId, index: u32) -> Option<u32> {
        let mut pages = self.pages.get(&record)?.iter();
        pages.find(|(_, holder)| **holder == Holder::Page(file, index)).map(|(number, _)| *number)
    }

    fn is_held_by_other(&self, record: usize, number: u32, file: JobItemId, index: u32) -> bool {
        self.holder(record, number).is_some_and(|holder| holder != Holder::Page(file, index))
    }
}

/// Adds a page to what the record shows. Clues that say the same are listed once; an issue of many pages has many.
fn add(issue: &mut IssueRecord, file: JobItemId, identity: &PageIdentity, page: u32) {
    if let Err(place) = issue.view.pages.binary_search(&page) {
        issue.view.pages.insert(place, page);
    }
    if !issue.view.files.contains(&file) {
        issue.view.files.push(file);
    }
    for clue in &identity.clues {
        let known = issue.view.clues.iter().any(|c| {
            c.field == clue.field
                && c.value == clue.value
                && std::mem::discriminant(&c.source) == std::mem::discriminant(&clue.source)
        });
        if !known {
            issue.view.clues.push(clue.clone());
        }
    }
    for conflict in &identity.conflicts {
        if !issue.view.conflicts.contains(conflict) {
            issue.view.conflicts.push(conflict.clone());
        }
    }
    if issue.view.number.is_none() {
        issue.view.number.clone_from(&identity.number.value);
    }
}

/// Without a date the pages that a plan puts together are one issue, or else those of one file, or numbered pages of one folder.
fn is_same_undated(issue: &IssueRecord, identity: &PageIdentity, folder: &str, item: JobItemId) -> bool {
    if identity.planned.is_some() {
        return issue.notes.planned == identity.planned;
    }
    issue.view.files.contains(&item)
        || issue.notes.waiting.iter().any(|page| page.file == item)
        || (issue.notes.folder == folder && identity.page.certain && is_free(issue, identity))
}

/// Running numbers part issues only where both are printed.
fn agrees(number: Option<&str>, guess: &super::identity::Guess) -> bool {
    match (number, guess.value.as_deref()) {
        (Some(a), Some(b)) => a == b || !guess.certain,
        _ => true,
    }
}

fn is_free(issue: &IssueRecord, identity: &PageIdentity) -> bool {
    identity.page_number().is_some_and(|n| !issue.view.pages.contains(&n))
}
