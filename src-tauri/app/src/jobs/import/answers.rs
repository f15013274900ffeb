//! Answers to an import's questions.

use baoku_model::view::*;
use baoku_model::{Edtf, JobItemId, RefusalCode};

use super::ImportJob;
use super::board::{IssueRecord, WaitingPage};
use super::identity::{Guess, PageIdentity, UNKNOWN};
use super::placing::Incoming;
use super::reading::Reading;
use super::running::Running;

impl ImportJob {
    /// Notes the answers; the job's thread carries them out.
    ///
    /// # Errors
    /// `NotFound` for an item that asks nothing, `InvalidArgument` for an answer that does not answer. Then none is taken.
    pub fn answer(&self, answers: Vec<ImportAnswer>) -> Result<(), AppError> {
        let answered = {
            let mut board = self.board();
            let mut taken = Vec::new();
            for answer in answers {
                let index = board
                    .issues
                    .iter()
                    .position(|i| i.view.item == answer.item && i.view.question.is_some())
                    .ok_or_else(|| {
                    AppError::new(ErrorCode::NotFound, format!("Item {} asks nothing.", answer.item))
                        .at(format!("import {}", self.id))
                })?;
                check(&board.issues[index], &answer)?;
                taken.push((index, answer));
            }
            let mut indexes = Vec::new();
            for (index, answer) in taken {
                let issue = &mut board.issues[index];
                issue.view.question = None;
                issue.notes.answer = Some(answer);
                indexes.push(index);
            }
            board.state = JobState::Running;
            indexes
        };
        for index in answered {
            self.edit_issue(index, |_| {});
        }
        self.tell();
        Ok(())
    }
}

fn check(issue: &IssueRecord, answer: &ImportAnswer) -> Result<(), AppError> {
    let refuse =
        |message: String| Err(AppError::new(ErrorCode::InvalidArgument, message).at(format!("item {}", answer.item)));
    if let Some(date) = answer.date.as_deref().filter(|d| !d.is_empty() && *d != UNKNOWN)
        && let Err(error) = date.parse::<Edtf>()
    {
        return refuse(error.to_string());
    }
    if answer.page == Some(0) {
        return refuse("Pages are numbered from 1.".to_owned());
    }
    match (&issue.view.question, answer.choice) {
        (_, ImportChoice::Skip) | (Some(ImportQuestion::OtherCarrier { .. }), ImportChoice::Carrier) => Ok(()),
        (Some(ImportQuestion::OtherCarrier { .. }), ImportChoice::Import) => {
            if answer.newspaper.is_none() && answer.date.is_none() && answer.page.is_none() {
                return refuse(
                    "This page of the issue is held already: take the file as another carrier, or give another newspaper, \
                     date or page."
                        .to_owned(),
                );
            }
            Ok(())
        }
        (Some(ImportQuestion::WhichIssue { .. }), ImportChoice::Import) => {
            let given = |answer: &Option<String>, guess: &Option<String>| {
                answer.as_deref().or(guess.as_deref()).is_some_and(|text| !text.trim().is_empty())
            };
            if !given(&answer.newspaper, &issue.view.newspaper) {
                return refuse("Which newspaper is it?".to_owned());
            }
            if !given(&answer.date, &issue.view.date) {
                return refuse("Which day is it of? `unknown` is an answer too.".to_owned());
            }
            Ok(())
        }
        (Some(ImportQuestion::WhichIssue { .. }), ImportChoice::Carrier) => {
            refuse("There is no issue yet that this could be another carrier of.".to_owned())
        }
        (None, _) => refuse("This item asks nothing.".to_owned()),
    }
}

impl Running<'_> {
    /// Places or leaves out the pages whose questions have been answered.
    pub fn carry_out_answers(&mut self) {
        while let Some(record) = self.job.with_board(|b| b.issues.iter().position(|i| i.notes.answer.is_some())) {
            self.carry_out(record);
            if self.job.is_stopped() {
                return;
            }
        }
    }

    /// The answer stays noted until its last page is in, so that a restart carries it out in full.
    fn carry_out(&mut self, record: usize) {
        let issue = self.job.with_board(|b| b.issues[record].clone());
        let Some(answer) = issue.notes.answer else { return };
        if answer.choice == ImportChoice::Import {
            self.become_answered(record, &answer);
        }
        let mut files: Vec<JobItemId> = Vec::new();
        for (place, page) in (0..).zip(issue.notes.waiting) {
            if !files.contains(&page.file) {
                files.push(page.file);
            }
            if answer.choice != ImportChoice::Skip {
                self.bring_in_answered(page, &answer, place);
            }
            if self.job.is_stopped() {
                return;
            }
        }
        self.keep_waiting();
        self.job.edit_issue(record, |issue| {
            issue.notes.answer = None;
            issue.notes.waiting.clear();
            if answer.choice != ImportChoice::Import {
                // Its pages are with another record now, or nowhere.
                issue.view.files.clear();
            }
        });
        for file in files.into_iter().filter_map(|item| self.job.with_board(|b| b.file(item))) {
            self.job.settle_file(file);
        }
    }

    /// The record that asked becomes the one of the issue that the answer names.
    fn become_answered(&mut self, record: usize, answer: &ImportAnswer) {
        self.job.edit_issue(record, |issue| {
            let mut page = WaitingPage { file: JobItemId(0), index: 0, identity: PageIdentity::default() };
            page.identity.newspaper.value.clone_from(&issue.view.newspaper);
            page.identity.date.value.clone_from(&issue.view.date);
            page.identity.number.value.clone_from(&issue.view.number);
            page.identity.home.clone_from(&issue.view.home);
            apply(&mut page, answer, 0);
            issue.view.newspaper = page.identity.newspaper.value;
            issue.view.date = page.identity.date.value;
            issue.view.number = page.identity.number.value;
            issue.view.home = page.identity.home;
            issue.view.issue = None;
            issue.view.pages.clear();
            issue.view.files.clear();
        });
        self.holdings.forget(record);
    }

    fn bring_in_answered(&mut self, mut page: WaitingPage, answer: &ImportAnswer, place: u32) {
        let Some(file) = self.job.with_board(|b| b.file(page.file)) else { return };
        let source = self.job.with_board(|b| b.files[file].notes.pages.iter().find(|p| p.index == page.index).cloned());
        let Some(source) = source else { return };
        apply(&mut page, answer, place);
        let text = Reading::new(self.job).text(file, page.index);
        if self.job.is_stopped() {
            return;
        }
        let failure = text.as_ref().err().filter(|r| r.code != RefusalCode::NotRecognised).map(|r| r.detail.clone());
        let layer = text.ok();
        self.recall_held(file);
        let incoming = Incoming { file, page: source, identity: page.identity, layer: layer.as_ref(), failure };
        self.bring_in(incoming, answer.choice == ImportChoice::Carrier);
    }
}

/// What the answer says goes before every clue; what it leaves open is taken as proposed.
fn apply(page: &mut WaitingPage, answer: &ImportAnswer, place: u32) {
    let identity = &mut page.identity;
    let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    if let Some(title) = given(&answer.newspaper) {
        identity.newspaper = Guess::certain(title);
    }
    identity.newspaper.certain = true;
    match given(&answer.date).as_deref() {
        Some(UNKNOWN) => identity.date = Guess::unknown(),
        Some(date) => identity.date = Guess::certain(date),
        None => identity.date.certain = true,
    }
    if let Some(number) = given(&answer.number) {
        identity.number = Guess::certain(number);
    }
    if let Some(first) = answer.page {
        identity.page = Guess::certain((first + place).to_string());
    }
    if let Some(home) = &answer.home {
        identity.home = Some(home.clone());
    }
}
