//! A lane: some decode processes that take turns on requests of one sort.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use baoku_model::{Refusal, RefusalCode};

use crate::cancel::Cancel;
use crate::message::{Outcome, Request, Start};
use crate::process::{Answer, Process};

/// How often a request that waits for its turn looks whether it is still wanted.
const GLANCE: Duration = Duration::from_millis(100);

pub struct Lane {
    exe: PathBuf,
    start: Start,
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    idle: Vec<Process>,
    /// Processes that may still be started or taken.
    free: usize,
}

impl Lane {
    pub fn new(exe: PathBuf, start: Start, processes: usize) -> Self {
        let state = State { idle: Vec::new(), free: processes.max(1) };
        Self { exe, start, state: Mutex::new(state), freed: Condvar::new() }
    }

    /// Starts a process ahead of the first request.
    pub fn warm(&self) -> Result<(), Refusal> {
        let process = Process::start(&self.exe, &self.start)?;
        self.state().idle.push(process);
        Ok(())
    }

    /// Asks the process that has `path` open, or any other.
    ///
    /// # Errors
    /// What the reader of the file says, `WorkerFailed` if the process crashed, was killed or took longer than `time`,
    /// `Cancelled` if `cancel` came first. The next request gets a fresh process.
    pub fn ask(
        &self,
        path: &Path,
        request: &Request,
        time: Duration,
        progress: &dyn Fn(f32),
        cancel: &Cancel,
    ) -> Outcome {
        let idle = self.take_turn(path, cancel)?;
        let turn = Turn { lane: self };
        let mut process = match idle {
            Some(process) => process,
            None => Process::start(&self.exe, &self.start)?,
        };
        process.last_path = Some(path.to_owned());
        match process.ask(request, time, progress, cancel) {
            Answer::Done(outcome) => {
                if process.is_clean() {
                    self.state().idle.push(process);
                }
                drop(turn);
                outcome
            }
            Answer::Lost(refusal) => Err(refusal),
        }
    }

    fn take_turn(&self, path: &Path, cancel: &Cancel) -> Result<Option<Process>, Refusal> {
        let mut state = self.state();
        loop {
            if cancel.is_cancelled() {
                return Err(Refusal::new(RefusalCode::Cancelled, "stopped"));
            }
            if state.free > 0 {
                state.free -= 1;
                let open = state.idle.iter().position(|p| p.last_path.as_deref() == Some(path));
                let chosen = open.or_else(|| state.idle.len().checked_sub(1));
                return Ok(chosen.map(|i| state.idle.swap_remove(i)));
            }
            state = self.freed.wait_timeout(state, GLANCE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the turn back however the request ends.
struct Turn<'l> {
    lane: &'l Lane,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.lane.state().free += 1;
        self.lane.freed.notify_one();
    }
}
