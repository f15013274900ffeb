//! Import: dropped files become issues, pages, articles and names.
//!
//! A job is a [`Board`] of files and issues that one thread at a time works off. Reading runs ahead on lanes; everything is
//! written on the job's own thread, page by page, so that a kill at any moment leaves whole pages and a board that says where
//! to go on.

mod answers;
mod board;
mod collect;
mod composing;
mod folds;
mod frames;
mod identity;
mod lanes;
mod placing;
mod plan;
mod reading;
mod rehearsal;
mod running;
mod runs;
mod supplied;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use baoku_archive::ShownItem;
use baoku_intake::grouping::ProbedFile;
use baoku_model::view::*;
use baoku_model::{Edtf, JobId, JobItemId, RefusalCode};
use baoku_worker::Cancel;
use serde_json::Value;

pub use board::{Board, JobRequest, is_shown};
use board::{FileNotes, FileRecord, IssueRecord, WaitingPage};
use plan::Plan;
use running::Running;
use runs::Runs;

use super::Shared;

/// One import, at work or at rest.
pub struct ImportJob {
    pub id: JobId,
    shared: Arc<Shared>,
    runs: Runs,
    board: Mutex<Board>,
    cancel: Cancel,
    /// True while a thread works on it.
    working: Mutex<bool>,
    /// Told when the thread ends.
    idle: Condvar,
    /// True once the archive is being closed.
    suspended: AtomicBool,
    /// Ids of the items of a rehearsal, which is not kept.
    rehearsed: AtomicI64,
    /// What a rehearsal has found of each file so far, by its place on the board.
    probed: Mutex<BTreeMap<usize, ProbedFile>>,
    /// What it came to.
    rehearsal: Mutex<Option<RehearsalView>>,
    /// Articles that packages make of the text files looked at, by the file's place on the board.
    supplied: Mutex<BTreeMap<usize, Vec<PlannedPart>>>,
    /// What a rehearsal before this import came to.
    plan: Option<Plan>,
}

impl ImportJob {
    pub fn new(shared: Arc<Shared>, board: Board) -> Self {
        let kept = (!board.request.dry_run).then_some(board.id);
        let plan = board.request.plan.clone().map(Plan::new);
        Self {
            id: board.id,
            runs: Runs::new(shared.archive.clone(), kept),
            shared,
            board: Mutex::new(board),
            cancel: Cancel::new(),
            working: Mutex::new(false),
            idle: Condvar::new(),
            suspended: AtomicBool::new(false),
            rehearsed: AtomicI64::new(0),
            probed: Mutex::default(),
            rehearsal: Mutex::default(),
            supplied: Mutex::default(),
            plan,
        }
    }

    pub fn view(&self) -> JobView {
        self.with_board(Board::view)
    }

    pub fn request(&self) -> ImportRequest {
        self.with_board(|b| b.request.clone())
    }

    /// True once nothing will happen to it any more.
    pub fn is_over(&self) -> bool {
        self.with_board(|b| b.finished.is_some())
    }

    /// Starts a thread that works the board off, unless one is at it. `after` runs on it each time nothing is left to do, and
    /// belongs to the work: who waits for the thread waits for it too.
    pub fn wake(self: &Arc<Self>, after: impl Fn() + Send + 'static) -> Result<(), AppError> {
        let mut working = self.working();
        if *working {
            return Ok(());
        }
        let job = Arc::clone(self);
        std::thread::Builder::new()
            .name(format!("import-{}", self.id))
            .spawn(move || job.work(&after))
            .map_err(|e| AppError::new(ErrorCode::Internal, format!("No thread for the import: {e}")))?;
        *working = true;
        Ok(())
    }

    fn work(&self, after: &dyn Fn()) {
        loop {
            let pass = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| Running::new(self).run()));
            if pass.is_err() {
                self.finish(JobState::Failed);
            }
            // Also when the archive is about to be closed: closing waits for this thread.
            after();
            let mut working = self.working();
            // An answer or a stop may have come after the pass looked for one.
            let open = self.with_board(|b| b.finished.is_none() && b.state != JobState::Asking);
            if pass.is_err() || !open || self.is_suspended() {
                *working = false;
                self.idle.notify_all();
                return;
            }
        }
    }

    /// Stops the job at once. What waits is left out; whole pages that are in stay in.
    pub fn stop(&self) {
        self.cancel.cancel();
        let at_work = self.working();
        let open = {
            let mut board = self.board();
            let open = board.finished.is_none();
            if open {
                board.state = JobState::Cancelled;
            }
            open
        };
        if open && !*at_work {
            self.leave_out_the_rest();
            self.finish(JobState::Cancelled);
        } else {
            self.tell();
        }
    }

    /// Ends the work without ending the job: it goes on after the next start.
    pub fn suspend(&self) {
        // One that a person has stopped comes to its end first; that takes less than a second.
        if !self.is_stopped() {
            self.suspended.store(true, Ordering::Relaxed);
            self.cancel.cancel();
        }
    }

    /// Waits for the thread to end.
    pub fn wait_until_idle(&self) {
        let mut working = self.working();
        while *working {
            working = self.idle.wait(working).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn is_stopped(&self) -> bool {
        self.cancel.is_cancelled()
    }

    fn is_suspended(&self) -> bool {
        self.suspended.load(Ordering::Relaxed)
    }

    fn working(&self) -> MutexGuard<'_, bool> {
        self.working.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn probes(&self) -> MutexGuard<'_, BTreeMap<usize, ProbedFile>> {
        self.probed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn supplied(&self) -> MutexGuard<'_, BTreeMap<usize, Vec<PlannedPart>>> {
        self.supplied.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rehearsal_slot(&self) -> MutexGuard<'_, Option<RehearsalView>> {
        self.rehearsal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        // A panic while the board was held leaves it whole: every edit is a few assignments.
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_board<T>(&self, look: impl FnOnce(&Board) -> T) -> T {
        look(&self.board())
    }

    /// Lists the files of the drop, once. False if the list could not be kept: the job has failed then.
    fn list_files(&self) -> bool {
        if self.with_board(|b| !b.files.is_empty()) {
            return true;
        }
        let paths: Vec<PathBuf> = self.with_board(|b| b.request.paths.iter().map(PathBuf::from).collect());
        let mut files: Vec<FileRecord> = collect::collect(&paths, &crate::uploads::folder(&self.shared.archive))
            .into_iter()
            .map(FileRecord::new)
            .collect();
        if let Err(error) = self.keep_files(&mut files) {
            for file in &mut files {
                file.refuse(crate::errors::refusal_of(&error));
            }
            self.board().files = files;
            self.finish(JobState::Failed);
            return false;
        }
        self.board().files = files;
        self.tell();
        true
    }

    /// In one transaction: a list broken off would look whole after a restart.
    fn keep_files(&self, files: &mut [FileRecord]) -> baoku_archive::Result<()> {
        if self.with_board(|b| b.request.dry_run) {
            for file in files {
                file.view.item = self.next_rehearsed();
            }
            return Ok(());
        }
        let mut items: Vec<(ShownItem, Value)> =
            files.iter().map(|f| (ShownItem::File(f.view.clone()), json(&f.notes))).collect();
        self.shared.archive.add_items(self.id, &mut items)?;
        for (file, (shown, _)) in files.iter_mut().zip(items) {
            if let ShownItem::File(shown) = shown {
                file.view = shown;
            }
        }
        Ok(())
    }

    fn next_rehearsed(&self) -> JobItemId {
        JobItemId(self.rehearsed.fetch_add(1, Ordering::Relaxed) + 1)
    }

    fn start_pace(&self) {
        self.board().start_pace();
    }

    /// Changes a file and keeps the change. A failure to keep it costs only that a restart does the work again.
    fn edit_file(&self, index: usize, edit: impl FnOnce(&mut ImportFile, &mut FileNotes)) {
        let (shown, notes) = {
            let mut board = self.board();
            let file = &mut board.files[index];
            let before = file.notes.clone();
            edit(&mut file.view, &mut file.notes);
            let notes = (before != file.notes).then(|| json(&file.notes));
            (ShownItem::File(file.view.clone()), notes)
        };
        self.keep(&shown, notes.as_ref());
        self.step();
    }

    /// One more page of the file has been read: shown, and not worth keeping.
    fn page_read(&self, index: usize) {
        self.board().files[index].view.pages_done += 1;
        self.step();
    }

    fn edit_issue(&self, index: usize, edit: impl FnOnce(&mut IssueRecord)) {
        let (shown, notes) = {
            let mut board = self.board();
            let issue = &mut board.issues[index];
            edit(issue);
            (ShownItem::Issue(issue.view.clone()), json(&issue.notes))
        };
        self.keep(&shown, Some(&notes));
        self.step();
    }

    fn add_issue(&self, mut record: IssueRecord) -> baoku_archive::Result<usize> {
        if self.with_board(|b| b.request.dry_run) {
            record.view.item = self.next_rehearsed();
        } else {
            let mut shown = ShownItem::Issue(record.view.clone());
            record.view.item = self.shared.archive.add_item(self.id, &mut shown, &json(&record.notes))?;
        }
        let mut board = self.board();
        board.issues.push(record);
        Ok(board.issues.len() - 1)
    }

    fn keep(&self, shown: &ShownItem, notes: Option<&Value>) {
        if !self.with_board(|b| b.request.dry_run) {
            let _ = self.shared.archive.update_item(shown, notes);
        }
    }

    /// Questions about pages that another import brought in meanwhile are settled.
    pub fn settle_what_is_held(&self) {
        if *self.working() || self.is_over() {
            return;
        }
        let originals = self.shared.archive.originals();
        for index in 0..self.with_board(|b| b.files.len()) {
            let (item, sha256) = self.with_board(|b| (b.files[index].view.item, b.files[index].notes.sha256.clone()));
            let held =
                sha256.and_then(|sha| originals.find(&sha).ok().flatten()).map(|h| h.held_pages).unwrap_or_default();
            let is_settled = |w: &WaitingPage| w.file == item && held.contains(&w.index);
            let mut settled = false;
            for record in 0..self.with_board(|b| b.issues.len()) {
                if !self.with_board(|b| b.issues[record].notes.waiting.iter().any(is_settled)) {
                    continue;
                }
                settled = true;
                self.edit_issue(record, |issue| {
                    issue.notes.waiting.retain(|w| !is_settled(w));
                    if !issue.notes.waiting.iter().any(|w| w.file == item) {
                        issue.view.files.retain(|f| *f != item);
                    }
                    if issue.notes.waiting.is_empty() {
                        issue.view.question = None;
                    }
                });
            }
            let waits = self.with_board(|b| b.issues.iter().any(|i| i.notes.waiting.iter().any(|w| w.file == item)));
            if settled && !waits {
                self.edit_file(index, |view, _| view.state = FileState::Duplicate);
            }
        }
        if self.with_board(|b| b.state == JobState::Asking) && !self.with_board(Board::is_asking) {
            self.finish(JobState::Done);
        }
    }

    /// What a file came to, once all its pages have been taken in.
    fn settle_file(&self, index: usize) {
        let (item, pages, refusals) = self.with_board(|b| {
            let view = &b.files[index].view;
            (view.item, view.pages as usize, view.page_refusals.clone())
        });
        let waiting = self.with_board(|b| {
            b.issues.iter().any(|i| {
                (i.view.question.is_some() || i.notes.answer.is_some())
                    && i.notes.waiting.iter().any(|w| w.file == item)
            })
        });
        let is_in = self.with_board(|b| {
            b.issues
                .iter()
                .any(|i| i.view.question.is_none() && i.notes.waiting.is_empty() && i.view.files.contains(&item))
        });
        // Pages that could not be read are held as failed, pictures wait for an engine: only what could not be written is out.
        let lost = refusals.iter().find(|(_, r)| r.code == RefusalCode::DiskFull).or(refusals.first());
        self.edit_file(index, |view, _| {
            view.state = match (waiting, is_in) {
                (true, _) => FileState::Asking,
                (false, true) => FileState::Imported,
                (false, false) => match lost {
                    Some((_, refusal)) if refusals.len() >= pages => {
                        view.refusal = Some(refusal.clone());
                        FileState::Refused
                    }
                    _ => FileState::Cancelled,
                },
            };
        });
    }

    /// Nothing is left to do without an answer.
    fn rest(&self) {
        let asking = self.with_board(Board::is_asking);
        let answered = self.with_board(|b| b.issues.iter().any(|i| i.notes.answer.is_some()));
        let dry_run = self.with_board(|b| b.request.dry_run);
        if answered {
            // Came during the last step; the thread makes another pass.
            return;
        }
        if asking && !dry_run {
            {
                let mut board = self.board();
                if self.is_stopped() {
                    return;
                }
                board.state = JobState::Asking;
            }
            self.keep_head(JobState::Asking);
            self.tell();
        } else {
            self.finish(JobState::Done);
        }
    }

    fn finish(&self, state: JobState) {
        let finished = self.shared.timestamp();
        {
            let mut board = self.board();
            board.state = state;
            board.finished = Some(finished);
        }
        self.keep_head(state);
        self.tell();
        self.shared.events.changed(vec![Change::Jobs]);
    }

    fn keep_head(&self, state: JobState) {
        let view = self.view();
        if !view.dry_run {
            let _ = self.shared.archive.update_job(self.id, state, view.pages_done, view.pages_total);
        }
    }

    fn leave_out_the_rest(&self) {
        for index in 0..self.with_board(|b| b.files.len()) {
            let open =
                self.with_board(|b| !b.files[index].is_settled() || b.files[index].view.state == FileState::Asking);
            if open {
                self.edit_file(index, |view, _| view.state = FileState::Cancelled);
            }
        }
        for index in 0..self.with_board(|b| b.issues.len()) {
            let open = self
                .with_board(|b| b.issues[index].view.question.is_some() || !b.issues[index].notes.waiting.is_empty());
            if open {
                self.edit_issue(index, |issue| {
                    issue.view.question = None;
                    issue.notes.waiting.clear();
                    issue.notes.answer = None;
                });
            }
        }
    }

    fn tell(&self) {
        self.shared.events.state(self.view());
    }

    fn step(&self) {
        let files = self.with_board(|b| b.files.len());
        self.shared.events.step(self.id, files, || self.view());
    }
}

fn json(notes: &impl serde::Serialize) -> Value {
    serde_json::to_value(notes).unwrap_or_default()
}

/// What can be told from the request alone.
///
/// # Errors
/// `InvalidArgument` for no paths, a date that is none, a page 0.
pub fn check_request(request: &ImportRequest) -> Result<(), AppError> {
    let refuse = |message: String| Err(AppError::new(ErrorCode::InvalidArgument, message));
    if request.paths.is_empty() {
        return refuse("No files are given.".to_owned());
    }
    if request.page == Some(0) {
        return refuse("Pages are numbered from 1.".to_owned());
    }
    match request.date.as_deref().map(str::trim).filter(|d| !d.is_empty() && *d != identity::UNKNOWN) {
        Some(date) => date.parse::<Edtf>().map_or_else(|e| refuse(e.to_string()), |_| Ok(())),
        None => Ok(()),
    }
}
