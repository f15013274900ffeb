//! What is pushed to the hosts, and how often.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use baoku_model::JobId;
use baoku_model::view::{Change, Event, JobView, RecognitionView};
use tokio::sync::broadcast;

/// A slow listener misses the oldest events; every job event holds the whole state, so it loses steps and no facts.
const BACKLOG: usize = 256;

/// Least time between two steps of progress of one job.
const STEP: Duration = Duration::from_millis(100);

/// A view of many files is long to copy and to draw: the step grows with the number of files, up to the longest.
const STEP_PER_FILE: Duration = Duration::from_millis(2);
const LONGEST_STEP: Duration = Duration::from_secs(2);

/// Least time between two steps of progress within the pages that are being recognised.
const QUEUE_STEP: Duration = Duration::from_millis(400);

/// The one channel from the core to its hosts.
pub struct Events {
    sender: broadcast::Sender<Event>,
    /// When a step of each job was pushed last.
    last_step: Mutex<HashMap<JobId, Instant>>,
    /// When the recogniser's queue was pushed last.
    last_queue: Mutex<Option<Instant>>,
}

impl Events {
    pub fn new() -> Self {
        Self { sender: broadcast::channel(BACKLOG).0, last_step: Mutex::default(), last_queue: Mutex::default() }
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }

    /// Tells whoever listens.
    pub fn send(&self, event: Event) {
        // No listener is no error.
        let _ = self.sender.send(event);
    }

    pub fn changed(&self, changes: Vec<Change>) {
        if !changes.is_empty() {
            // No listener is no error.
            let _ = self.sender.send(Event::Changed { changes });
        }
    }

    /// A step of progress; left out if the last one of this job was pushed a moment ago.
    pub fn step(&self, job: JobId, files: usize, view: impl FnOnce() -> JobView) {
        let step = (STEP + STEP_PER_FILE * u32::try_from(files).unwrap_or(u32::MAX)).min(LONGEST_STEP);
        {
            let mut last = self.last_step.lock().expect("no holder of this lock panics");
            let now = Instant::now();
            if last.get(&job).is_some_and(|at| now.duration_since(*at) < step) {
                return;
            }
            last.insert(job, now);
        }
        let _ = self.sender.send(Event::Job { job: view() });
    }

    /// The state of the recogniser's queue. Progress within pages is left out if something was pushed a moment ago.
    pub fn queue(&self, only_progress: bool, view: impl FnOnce() -> RecognitionView) {
        {
            let mut last = self.last_queue.lock().expect("no holder of this lock panics");
            let now = Instant::now();
            if only_progress && last.is_some_and(|at| now.duration_since(at) < QUEUE_STEP) {
                return;
            }
            *last = Some(now);
        }
        if self.sender.receiver_count() > 0 {
            let _ = self.sender.send(Event::Recognition { queue: view() });
        }
    }

    /// A state that must reach the listeners: a question, an outcome.
    pub fn state(&self, view: JobView) {
        self.last_step.lock().expect("no holder of this lock panics").insert(view.id, Instant::now());
        let _ = self.sender.send(Event::Job { job: view });
    }
}
