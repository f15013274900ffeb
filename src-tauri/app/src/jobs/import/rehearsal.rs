//! The rehearsal (预检) of an import: what a dry run found, put into issues and pages, changed by a person, and made into a plan.

use std::collections::BTreeMap;

use baoku_archive::queries;
use baoku_intake::grouping::{Expected, HeldIssue, ProbedFile, ProbedPage, group, natural_key, review};
use baoku_model::view::*;
use baoku_model::{Clue, ClueField, ClueSource};

use super::frames::Frame;
use super::identity::UNKNOWN;
use super::reading::{FoundFile, Read};
use super::supplied;
use super::{ImportJob, folds, frames};

impl ImportJob {
    /// Notes what a look at a file found.
    pub fn probe_file(&self, file: usize, found: &FoundFile, held: bool) {
        let pages = found.inspection.pages.iter().map(|p| ProbedPage {
            label: p.label.clone(),
            cut: p.cut,
            wide: p.is_wide(),
            ..ProbedPage::default()
        });
        let probe = ProbedFile {
            name: self.with_board(|b| b.files[file].view.name.clone()),
            sha256: Some(found.sha256.clone()),
            kind: Some(found.inspection.kind),
            held,
            clues: found.clues.clone(),
            package: found.package.as_deref().cloned(),
            pages: pages.collect(),
            refusal: None,
        };
        self.probes().insert(file, probe);
    }

    /// Notes what a page of a file that was looked at says.
    pub fn probe_page(&self, file: usize, index: u32, read: &Read) {
        let place = self.with_board(|b| b.files[file].notes.pages.iter().position(|p| p.index == index));
        let mut probes = self.probes();
        if let Some(page) = place.and_then(|place| probes.get_mut(&file)?.pages.get_mut(place)) {
            page.clues.clone_from(&read.printed);
            page.is_target = read.is_target;
            page.refusal =
                read.text.as_ref().err().filter(|r| r.code != baoku_model::RefusalCode::NotRecognised).cloned();
        }
    }

    /// Puts what was found into issues and pages.
    pub fn group_probes(&self) {
        let mut probes = std::mem::take(&mut *self.probes());
        let files: Vec<ProbedFile> = self.with_board(|b| {
            b.files
                .iter()
                .enumerate()
                .map(|(i, f)| {
                    let mut probe = probes.remove(&i).unwrap_or_default();
                    probe.name.clone_from(&f.view.name);
                    if probe.pages.is_empty() {
                        probe.refusal.clone_from(&f.view.refusal);
                    }
                    probe
                })
                .collect()
        });
        *self.supplied() = supplied::parts(&files);
        let expected = self.expected();
        let mut view = group(&files, &expected);
        let request = self.request();
        if request.newspaper.is_some() || request.date.is_some() {
            let issues = view.issues.iter().map(|i| i.key.clone()).collect();
            let given =
                RehearsalEdit::SetIssues { issues, newspaper: request.newspaper, date: request.date, number: None };
            // The request was checked when it came.
            if self.apply(&mut view, &given).is_ok() {
                review(&mut view, &expected);
            }
        }
        *self.rehearsal_slot() = Some(view);
    }

    fn expected(&self) -> Expected {
        let rows = self.shared.archive.read(|r| queries::issues(r, &IssueFilter::default())).unwrap_or_default();
        let held = rows
            .into_iter()
            .filter_map(|row| Some(HeldIssue { newspaper: row.newspaper_title, date: row.date?, number: row.number }));
        Expected { newspaper: self.with_board(|b| b.request.newspaper.clone()), held: held.collect() }
    }

    /// The rehearsal as it stands; `None` while files are still being looked at, and for a real import.
    pub fn rehearsal(&self) -> Option<RehearsalView> {
        self.rehearsal_slot().clone()
    }

    /// Carries out a person's change, and finds anew what does not add up.
    ///
    /// # Errors
    /// `NotFound` without a finished rehearsal or for a key it does not have, `InvalidArgument` for a date that is none. Then
    /// nothing is changed.
    pub fn edit_rehearsal(&self, edit: &RehearsalEdit) -> Result<RehearsalView, AppError> {
        let expected = self.expected();
        let mut slot = self.rehearsal_slot();
        let view = slot.as_mut().ok_or_else(|| missing("rehearsal", &self.id.to_string()))?;
        let mut edited = view.clone();
        self.apply(&mut edited, edit)?;
        review(&mut edited, &expected);
        view.clone_from(&edited);
        Ok(edited)
    }

    /// The plan of the issues with these keys, or of all.
    pub fn plan_of(&self, issues: &[String]) -> Result<ImportPlan, AppError> {
        let slot = self.rehearsal_slot();
        let view = slot.as_ref().ok_or_else(|| missing("rehearsal", &self.id.to_string()))?;
        let chosen = view.issues.iter().filter(|i| issues.is_empty() || issues.contains(&i.key));
        let board = self.board();
        let sha256_of = |file: u32| board.files.get(file as usize)?.notes.sha256.clone();
        let supplied = self.supplied();
        Ok(ImportPlan { issues: chosen.map(|issue| planned(issue, &sha256_of, &supplied)).collect() })
    }

    fn apply(&self, view: &mut RehearsalView, edit: &RehearsalEdit) -> Result<(), AppError> {
        apply(view, edit, &|file, frame| {
            let board = self.board();
            let pages = &board.files.get(file as usize)?.notes.pages;
            let shown = || pages.iter().filter(|page| page.frame() == frame);
            Some(Frame {
                whole: folds::whole(shown())?,
                numbers: shown().map(|page| page.index).collect(),
                beyond: pages.iter().map(|page| page.index + 1).max()?,
            })
        })
    }
}

pub(super) fn missing(what: &str, key: &str) -> AppError {
    AppError::new(ErrorCode::NotFound, format!("There is no {what} “{key}” in this rehearsal.")).at(key.to_owned())
}

/// `frame` gives a frame of a file, by their places in the list and in the file.
fn apply(
    view: &mut RehearsalView,
    edit: &RehearsalEdit,
    frame: &dyn Fn(u32, u32) -> Option<Frame>,
) -> Result<(), AppError> {
    match edit {
        RehearsalEdit::SetIssues { issues, newspaper, date, number } => {
            if let Some(date) = date.as_deref().filter(|d| *d != UNKNOWN)
                && let Err(error) = date.parse::<baoku_model::Edtf>()
            {
                return Err(AppError::new(ErrorCode::InvalidArgument, error.to_string()).at(date));
            }
            for key in issues {
                let issue = issue_mut(view, key)?;
                for (mine, field, value) in [
                    (&mut issue.newspaper, ClueField::Newspaper, newspaper),
                    (&mut issue.date, ClueField::Date, date),
                    (&mut issue.number, ClueField::IssueNumber, number),
                ] {
                    if let Some(value) = value.as_deref().map(str::trim).filter(|v| !v.is_empty()) {
                        *mine = by_person(field, value);
                    }
                }
            }
        }
        RehearsalEdit::SetPage { page, number } => {
            let found = view.issues.iter_mut().flat_map(|i| &mut i.pages).find(|p| p.key == *page);
            found.ok_or_else(|| missing("page", page))?.number = by_person(ClueField::Page, number.trim());
        }
        RehearsalEdit::MovePages { pages, to } => {
            if let Some(to) = to {
                issue_mut(view, to)?;
            }
            let mut moved = Vec::new();
            for key in pages {
                let place = view
                    .issues
                    .iter()
                    .enumerate()
                    .find_map(|(i, issue)| issue.pages.iter().position(|p| p.key == *key).map(|p| (i, p)));
                let (issue, page) = place.ok_or_else(|| missing("page", key))?;
                moved.push(view.issues[issue].pages.remove(page));
            }
            match to {
                Some(to) => issue_mut(view, to)?.pages.extend(moved),
                None => view.issues.push(RehearsalIssue {
                    key: pages.first().cloned().unwrap_or_default(),
                    newspaper: RehearsalField::default(),
                    date: RehearsalField::default(),
                    number: RehearsalField::default(),
                    pages_announced: None,
                    pages: moved,
                    exceptions: Vec::new(),
                    attention: Attention::None,
                    package: None,
                }),
            }
        }
        RehearsalEdit::JoinIssues { issues } => {
            let Some((first, others)) = issues.split_first() else { return Ok(()) };
            let mut moved = Vec::new();
            for key in others {
                moved.append(&mut issue_mut(view, key)?.pages);
            }
            issue_mut(view, first)?.pages.extend(moved);
        }
        RehearsalEdit::PartFrames { pages } => frames::part(view, pages, frame)?,
        RehearsalEdit::JoinHalves { pages } => frames::join(view, pages)?,
        RehearsalEdit::TurnHalves { issues } => frames::turn(view, issues)?,
    }
    Ok(())
}

pub(super) fn issue_mut<'v>(view: &'v mut RehearsalView, key: &str) -> Result<&'v mut RehearsalIssue, AppError> {
    view.issues.iter_mut().find(|i| i.key == key).ok_or_else(|| missing("issue", key))
}

fn by_person(field: ClueField, value: &str) -> RehearsalField {
    let clue =
        Clue { field, value: value.to_owned(), printed: value.to_owned(), source: ClueSource::Person, confidence: 1.0 };
    RehearsalField { value: Some(value.to_owned()).filter(|v| v != UNKNOWN), certain: true, clue: Some(clue) }
}

/// The plan of one issue. `sha256_of` gives the checksum of a file by its place in the list of the rehearsal.
fn planned(
    issue: &RehearsalIssue,
    sha256_of: &dyn Fn(u32) -> Option<String>,
    supplied: &BTreeMap<usize, Vec<PlannedPart>>,
) -> PlannedIssue {
    let field = |f: &RehearsalField| PlannedField { value: f.value.clone(), certain: f.certain };
    let plain =
        |page: &RehearsalPage| page.number.value.as_deref().and_then(|n| n.parse::<u32>().ok()).filter(|n| *n > 0);
    // Sections go on where the plain numbers end: the archive counts the pages of an issue through.
    let mut last = issue.pages.iter().filter_map(plain).max().unwrap_or(0);
    let mut pages = Vec::new();
    let mut ordered: Vec<&RehearsalPage> = issue.pages.iter().collect();
    ordered.sort_by_cached_key(|page| (plain(page).unwrap_or(u32::MAX), natural_key(&page.key)));
    for page in ordered {
        let number = plain(page).unwrap_or_else(|| {
            last += 1;
            last
        });
        let own = std::iter::once((page.file, page.index, page.cut));
        let files = own.chain(page.companions.iter().map(|c| (c.file, c.index, None)));
        // Every file of an issue was hashed when it was looked at.
        pages.extend(files.filter_map(|(file, index, cut)| {
            let parts = supplied.get(&(file as usize)).cloned().unwrap_or_default();
            Some(PlannedPage { sha256: sha256_of(file)?, index, cut, number, name: page.page_name.clone(), parts })
        }));
    }
    PlannedIssue { newspaper: field(&issue.newspaper), date: field(&issue.date), number: field(&issue.number), pages }
}
