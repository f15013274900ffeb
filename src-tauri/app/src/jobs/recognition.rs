//! The queue of pages that wait for text recognition, worked off in the background.
//!
//! Which pages wait is in the archive; this process only knows which ones it has in hand. A page is written when it is whole, so
//! closing, pausing or losing power costs the pages in hand and nothing else.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use baoku_archive::{Agent, Archive, Recognised, queries};
use baoku_model::view::*;
use baoku_model::{IssueId, JobId, PageId, Rect, Refusal, RefusalCode, RunId, TextLayer};
use baoku_worker::{Cancel, EngineChoice, Options, Pool};

use crate::events::Events;
use crate::reading;

const PAUSED: &str = "recognition_paused";
const THREADS: &str = "recognition_threads";
const TESSERACT: &str = "recognition_tesseract";
const LANGUAGES: &str = "recognition_languages";

/// A page whose recognition never came to an end this often is held as failed. It is read in a process of its own, so what ends the
/// program is most likely a person or the power, and the page's fault only in the end.
const MOST_ATTEMPTS: u32 = 10;

/// Several pages side by side use the cores better than several threads on one page.
const THREADS_A_PAGE: usize = 1;

/// Pages whose time the estimate is made from.
const PACE_OF: usize = 12;

pub struct Recognition {
    archive: Archive,
    reader: Pool,
    events: Arc<Events>,
    state: Mutex<State>,
    /// Told when a thread ends.
    idle: Condvar,
    /// One issue at a time is composed: two at once would write the articles of one issue twice.
    composing: Mutex<()>,
    runs: Mutex<HashMap<(String, Option<JobId>), RunId>>,
}

#[derive(Default)]
struct State {
    /// False until a host that stays says so; a terminal that only asks something recognises nothing.
    open: bool,
    paused: bool,
    threads: u32,
    /// Who reads, as far as a person has said.
    options: Options,
    /// Threads at work.
    working: u32,
    in_hand: BTreeMap<PageId, InHand>,
    done: u32,
    /// Why the queue halted by itself.
    trouble: Option<AppError>,
    /// Seconds of the last pages, oldest first.
    pace: VecDeque<f64>,
}

struct InHand {
    issue: IssueId,
    number: u32,
    since: Instant,
    /// 0 to 1.
    share: f32,
    cancel: Cancel,
}

impl Recognition {
    pub fn new(archive: Archive, reader: Pool, events: Arc<Events>) -> Self {
        // Who reads is asked also by a terminal that only wants to know.
        let setting = |key| archive.setting(key).ok().flatten().unwrap_or_default();
        let options = options(setting(TESSERACT) == "true", setting(LANGUAGES));
        Self {
            archive,
            reader,
            events,
            state: Mutex::new(State { options, ..State::default() }),
            idle: Condvar::new(),
            composing: Mutex::new(()),
            runs: Mutex::default(),
        }
    }

    /// Starts to work the queue off: what waits now and what comes later.
    pub fn open(self: &Arc<Self>) -> Result<(), AppError> {
        let setting = |key| self.archive.setting(key);
        let (paused, threads) = (setting(PAUSED)?, setting(THREADS)?);
        {
            let mut state = self.state();
            state.open = true;
            state.paused = paused.as_deref() == Some("true");
            state.threads = threads.and_then(|t| t.parse().ok()).unwrap_or_else(usual_threads).clamp(1, most_threads());
        }
        self.compose_what_is_left();
        self.wake();
        Ok(())
    }

    /// Starts threads for what waits, as many as are allowed.
    pub fn wake(self: &Arc<Self>) {
        if self.engine().is_none() {
            return self.tell();
        }
        // Pages in hand still wait as far as the archive knows.
        let waiting = self.waiting();
        let mut state = self.state();
        while state.open && !state.paused && state.working < waiting.min(state.threads) {
            let queue = Arc::clone(self);
            let name = format!("recognise-{}", state.working);
            if std::thread::Builder::new().name(name).spawn(move || queue.work()).is_err() {
                break;
            }
            state.working += 1;
        }
        drop(state);
        self.tell();
    }

    /// Ends the work; it goes on at the next start. Waits for the threads.
    pub fn close(&self) {
        let mut state = self.state();
        state.open = false;
        state.in_hand.values().for_each(|page| page.cancel.cancel());
        while state.working > 0 {
            state = self.idle.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub fn view(&self) -> RecognitionView {
        let (waiting, failed) = self.archive.read(queries::recognition_counts).unwrap_or_default();
        let engine = self.engine();
        let (mut view, in_hand) = {
            let state = self.state();
            let view = RecognitionView {
                state: match () {
                    () if !state.open => QueueState::Closed,
                    () if waiting == 0 => QueueState::Idle,
                    () if engine.is_none() => QueueState::NoEngine,
                    () if state.paused => QueueState::Paused,
                    () => QueueState::Running,
                },
                engine: engine.map(|e| format!("{} {}", e.name, e.version)),
                tesseract: state.options.engine == EngineChoice::Tesseract,
                languages: state.options.languages.clone(),
                languages_installed: self.reader.languages(),
                threads: state.threads,
                most_threads: most_threads(),
                waiting,
                failed,
                done: state.done,
                current: Vec::new(),
                seconds_left: seconds_left(&state, waiting),
                trouble: state.trouble.clone(),
            };
            let hand = state.in_hand.iter().map(|(id, p)| (*id, p.issue, p.number, p.share));
            (view, hand.collect::<Vec<_>>())
        };
        for (page, issue, number, share) in in_hand {
            let row = self.archive.read(|r| queries::issue_row(r, issue)).ok().flatten();
            let (newspaper, date) = row.map(|row| (row.newspaper_title, row.date)).unwrap_or_default();
            view.current.push(PageInHand { page, issue, newspaper, date, number, share });
        }
        view
    }

    /// Halts the queue, or lets it go on. Pages in hand are broken off and wait again.
    pub fn pause(self: &Arc<Self>, paused: bool) -> Result<RecognitionView, AppError> {
        self.archive.set_setting(PAUSED, if paused { "true" } else { "false" })?;
        {
            let mut state = self.state();
            state.paused = paused;
            state.trouble = None;
            if paused {
                state.in_hand.values().for_each(|page| page.cancel.cancel());
            }
        }
        self.wake();
        Ok(self.view())
    }

    /// Sets how many pages are recognised at a time.
    pub fn set_threads(self: &Arc<Self>, threads: u32) -> Result<RecognitionView, AppError> {
        let threads = threads.clamp(1, most_threads());
        self.archive.set_setting(THREADS, &threads.to_string())?;
        self.state().threads = threads;
        self.wake();
        Ok(self.view())
    }

    /// Says who reads from now on: Tesseract with `languages` (such as `jpn+eng`; empty for Chinese and English), or the usual
    /// engine. What is read already stays as it is.
    ///
    /// # Errors
    /// `InvalidArgument` where Tesseract or one of the languages is not installed; then nothing changes.
    pub fn set_engine(self: &Arc<Self>, tesseract: bool, languages: &str) -> Result<RecognitionView, AppError> {
        let wanted = options(tesseract, languages.trim().to_owned());
        if tesseract && self.reader.recogniser(&wanted).is_none() {
            let installed = self.reader.languages().join(", ");
            let there = if installed.is_empty() { "Tesseract is not installed".to_owned() } else { installed };
            let message = format!("No Tesseract reads “{}” on this machine: {there}.", wanted.languages);
            return Err(AppError::new(ErrorCode::InvalidArgument, message).at(wanted.languages));
        }
        self.archive.set_setting(TESSERACT, if tesseract { "true" } else { "false" })?;
        self.archive.set_setting(LANGUAGES, &wanted.languages)?;
        self.state().options = wanted;
        self.wake();
        Ok(self.view())
    }

    /// The pages of this issue go before all others.
    pub fn first(self: &Arc<Self>, issue: IssueId) -> Result<RecognitionView, AppError> {
        self.archive.recognise_first(issue)?;
        self.wake();
        Ok(self.view())
    }

    /// What failed or was called off waits again.
    pub fn retry(self: &Arc<Self>, issue: Option<IssueId>) -> Result<RecognitionView, AppError> {
        if self.archive.retry_recognition(issue)? > 0 {
            self.events.changed(changes(issue));
        }
        self.wake();
        Ok(self.view())
    }

    /// Calls off the recognition of an issue's pages, or of all that wait. They stay held, with who called it off.
    pub fn call_off(self: &Arc<Self>, issue: Option<IssueId>, operator: &str) -> Result<RecognitionView, AppError> {
        self.archive.call_off_recognition(issue, &format!("called off by {operator}"))?;
        for page in self.state().in_hand.values().filter(|p| issue.is_none_or(|i| i == p.issue)) {
            page.cancel.cancel();
        }
        self.events.changed(changes(issue));
        self.tell();
        Ok(self.view())
    }

    /// One thread: page after page until nothing waits.
    fn work(self: &Arc<Self>) {
        while let Some(page) = self.take() {
            let id = page.page;
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.recognise(&page)));
            if done.is_err() {
                let _ = self.archive.recognition_failed(id, "The recogniser came to a state it does not know.");
            }
            let mut state = self.state();
            if let Some(hand) = state.in_hand.remove(&id)
                && matches!(done, Ok(true))
            {
                state.done += 1;
                state.pace.push_back(hand.since.elapsed().as_secs_f64());
                if state.pace.len() > PACE_OF {
                    state.pace.pop_front();
                }
            }
            drop(state);
            self.idle.notify_all();
            self.tell();
        }
        self.tell();
    }

    /// The next page; `None` if this thread has nothing to do any more. It counts as ended from then on: a page that comes later
    /// finds its place free.
    fn take(&self) -> Option<queries::Waiting> {
        let engine = self.engine();
        let mut state = self.state();
        let works = engine.is_some() && state.open && !state.paused && state.working <= state.threads;
        let ahead = state.in_hand.len() as u32 + 1;
        let waiting = if works { self.archive.read(|r| queries::waiting(r, ahead)).ok() } else { None };
        let page = waiting.into_iter().flatten().find(|w| !state.in_hand.contains_key(&w.page));
        match &page {
            Some(page) => {
                let hand = InHand {
                    issue: page.issue,
                    number: page.number,
                    since: Instant::now(),
                    share: 0.0,
                    cancel: Cancel::new(),
                };
                state.in_hand.insert(page.page, hand);
            }
            None => {
                state.working -= 1;
                self.idle.notify_all();
            }
        }
        page
    }

    /// Recognises one page and writes it. True if it was written.
    fn recognise(&self, page: &queries::Waiting) -> bool {
        let archive = &self.archive;
        let Some(cancel) = self.state().in_hand.get(&page.page).map(|p| p.cancel.clone()) else { return false };
        self.tell();
        if page.attempts >= MOST_ATTEMPTS {
            let reason = format!("Recognising this page ended the program {MOST_ATTEMPTS} times.");
            let _ = archive.recognition_failed(page.page, &reason);
            self.events.changed(changes(Some(page.issue)));
            return false;
        }
        if let Err(error) = archive.begin_recognition(page.page) {
            return self.halt(error.into());
        }
        let path = archive.originals().path(&page.sha256);
        let options = self.state().options.clone();
        let Some(engine) = self.reader.recogniser(&options) else {
            let _ = archive.recognition_broken_off(page.page);
            return false;
        };
        let written = match self.read(page, &path, &options, &cancel) {
            Ok(layer) => {
                let agent = Agent { name: engine.name, version: engine.version, params_hash: String::new() };
                self.run(&agent, page.job).and_then(|run| archive.write_recognised(run, page.page, &layer))
            }
            Err(refusal) if refusal.code == RefusalCode::Cancelled => {
                let _ = archive.recognition_broken_off(page.page);
                return false;
            }
            // The engine is there and cannot read at all: the next page would fare no better.
            Err(refusal) if refusal.code == RefusalCode::NotRecognised => {
                let _ = archive.recognition_broken_off(page.page);
                return self.halt(AppError::new(ErrorCode::Refused, refusal.detail));
            }
            Err(refusal) => {
                let _ = archive.recognition_failed(page.page, &refusal.detail);
                self.events.changed(changes(Some(page.issue)));
                return false;
            }
        };
        match written {
            Ok(Recognised::Written(_)) => {
                self.compose(page.issue, &[page.page]);
                true
            }
            Ok(Recognised::NotWanted) => false,
            // A full disk is not the page's fault: it waits, and the queue halts until a person has made room.
            Err(error) => {
                let _ = archive.recognition_broken_off(page.page);
                self.halt(error.into())
            }
        }
    }

    /// Stops the queue by itself, with the reason, until a person lets it go on. False, as of a page that was not written.
    fn halt(&self, trouble: AppError) -> bool {
        let mut state = self.state();
        state.paused = true;
        state.trouble = Some(trouble);
        false
    }

    /// The text of the page. Where a scan shows two pages side by side, each is read by itself: no line runs over the fold.
    fn read(
        &self,
        page: &queries::Waiting,
        path: &Path,
        options: &Options,
        cancel: &Cancel,
    ) -> Result<TextLayer, Refusal> {
        let frames = match page.wide {
            true => Some(self.reader.page_shape(path, page.place, cancel)?),
            false => None,
        };
        let frames = frames.filter(|shape| shape.fold.is_some()).map(|shape| shape.frames());
        let parts: Vec<Option<Rect>> = frames.map_or(vec![None], |frames| frames.into_iter().map(Some).collect());
        let mut whole: Option<TextLayer> = None;
        for (done, part) in parts.iter().enumerate() {
            let progress = |share: f32| {
                if let Some(hand) = self.state().in_hand.get_mut(&page.page) {
                    hand.share = (done as f32 + share) / parts.len() as f32;
                }
                self.events.queue(true, || self.view());
            };
            let options = Options { part: *part, ..options.clone() };
            let read = self.reader.recognise(path, page.place, &options, THREADS_A_PAGE, Some(&progress), cancel)?;
            match &mut whole {
                None => whole = Some(read),
                Some(whole) => {
                    whole.lines.extend(read.lines);
                    whole.rules.extend(read.rules);
                    whole.pictures.extend(read.pictures);
                    whole.warnings.extend(read.warnings);
                }
            }
        }
        Ok(whole.unwrap_or_default())
    }

    /// Writes the articles of an issue from what is recognised of it by now.
    fn compose(&self, issue: IssueId, pages: &[PageId]) {
        let _one = self.composing.lock().unwrap_or_else(PoisonError::into_inner);
        let archive = &self.archive;
        let written = self.learn(issue, pages).and_then(|()| {
            let run = self.run(&reading::agent(), None)?;
            reading::write_issue(archive, run, issue)
        });
        // Otherwise the note that they are to be written stays, and the next start tries again.
        if let Ok(outcome) = written {
            let articles = u32::try_from(outcome.articles.len()).unwrap_or(u32::MAX);
            let _ = archive.recognition_composed(issue, pages, articles, outcome.entities);
        }
        self.events.changed(changes(Some(issue)).into_iter().chain([Change::Jobs]).collect());
    }

    /// What the recognised pages say about which issue they are of: evidence, and what was not known before.
    fn learn(&self, issue: IssueId, pages: &[PageId]) -> baoku_archive::Result<()> {
        let archive = &self.archive;
        let layers = archive.read(|r| queries::page_layers(r, issue))?;
        let mut clues = Vec::new();
        for (_, _, layer) in layers.iter().filter(|(_, page, _)| pages.contains(page)) {
            clues.extend(baoku_intake::identity::from_page(&archive.layer(*layer)?));
        }
        archive.add_clues(issue, &clues)
    }

    fn compose_what_is_left(&self) {
        for (issue, pages) in self.archive.read(queries::uncomposed).unwrap_or_default() {
            self.compose(issue, &pages);
        }
    }

    /// Part of the import that brought the page: taking that back takes what was recognised too.
    fn run(&self, agent: &Agent, job: Option<JobId>) -> baoku_archive::Result<RunId> {
        let mut runs = self.runs.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (format!("{} {} {}", agent.name, agent.version, agent.params_hash), job);
        if let Some(run) = runs.get(&key) {
            return Ok(*run);
        }
        let run = self.archive.begin_run(agent, job)?;
        runs.insert(key, run);
        Ok(run)
    }

    fn engine(&self) -> Option<baoku_worker::Agent> {
        let options = self.state().options.clone();
        self.reader.recogniser(&options)
    }

    fn waiting(&self) -> u32 {
        self.archive.read(queries::recognition_counts).map_or(0, |(waiting, _)| waiting)
    }

    fn tell(&self) {
        self.events.queue(false, || self.view());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn changes(issue: Option<IssueId>) -> Vec<Change> {
    issue.map(|id| Change::Issue { id }).into_iter().chain([Change::Everything]).collect()
}

fn seconds_left(state: &State, waiting: u32) -> Option<u32> {
    if state.pace.is_empty() || state.paused || waiting == 0 {
        return None;
    }
    let mean = state.pace.iter().sum::<f64>() / state.pace.len() as f64;
    let under_way: f64 = state.in_hand.values().map(|p| p.since.elapsed().as_secs_f64().min(mean)).sum();
    Some(((f64::from(waiting) * mean - under_way).max(0.0) / f64::from(state.threads.max(1))).ceil() as u32)
}

fn options(tesseract: bool, languages: String) -> Options {
    let engine = if tesseract { EngineChoice::Tesseract } else { EngineChoice::Auto };
    Options { engine, languages, ..Options::default() }
}

fn most_threads() -> u32 {
    std::thread::available_parallelism().map_or(2, |n| n.get() as u32)
}

/// One core stays free for the person at the screen.
fn usual_threads() -> u32 {
    (most_threads() - 1).max(1)
}
