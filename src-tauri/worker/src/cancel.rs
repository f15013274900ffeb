//! Stopping work that is under way.

use std::sync::{Arc, Mutex, PoisonError};

type Waker = Box<dyn FnOnce() + Send>;

/// Shared by who may stop some work and who does it; cancelling is for good.
#[derive(Clone, Default)]
pub struct Cancel(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    cancelled: bool,
    wakers: Vec<(u64, Waker)>,
    next: u64,
}

impl Cancel {
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops all work that was given this token; a running decode process is killed at once.
    pub fn cancel(&self) {
        let wakers = {
            let mut state = self.state();
            state.cancelled = true;
            std::mem::take(&mut state.wakers)
        };
        wakers.into_iter().for_each(|(_, wake)| wake());
    }

    pub fn is_cancelled(&self) -> bool {
        self.state().cancelled
    }

    /// Calls `wake` once on cancel (at once if that has happened), until the watch is dropped.
    pub(crate) fn watch(&self, wake: impl FnOnce() + Send + 'static) -> Watch<'_> {
        let mut state = self.state();
        let number = state.next;
        state.next += 1;
        if state.cancelled {
            drop(state);
            wake();
        } else {
            state.wakers.push((number, Box::new(wake)));
        }
        Watch { cancel: self, number }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) struct Watch<'c> {
    cancel: &'c Cancel,
    number: u64,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.cancel.state().wakers.retain(|(number, _)| *number != self.number);
    }
}
