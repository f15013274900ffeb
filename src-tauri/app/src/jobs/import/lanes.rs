//! Threads that look at files and read pages ahead of the one that writes.
//!
//! Results reach the writer in the order of the files and their pages, whichever lane finishes first, so that an import makes
//! the same archive however its threads are scheduled.

use std::collections::{HashMap, VecDeque};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex};
use std::thread::Scope;

/// Files whose look may lie ready before their turn comes.
const LOOK_AHEAD: usize = 8;

/// Results that may wait for the writer; a lane that is further ahead rests.
const BACKLOG: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Task {
    Look { file: usize },
    Read { file: usize, page: u32 },
}

/// The work of the lanes: `L` is what a look at a file gives, `P` what a page gives.
pub trait Work<L, P>: Sync {
    fn look(&self, file: usize) -> L;
    fn read(&self, file: usize, page: u32) -> P;
}

/// What the writer does with the results, in order.
pub trait Writer<L, P> {
    /// Says which pages of the file are to be read. `None` stops everything.
    fn looked(&mut self, file: usize, look: L) -> Option<Vec<u32>>;
    /// Takes a page in. False stops everything.
    fn page(&mut self, file: usize, page: u32, read: P) -> bool;
    /// All pages of the file have been taken in. False stops everything.
    fn file_done(&mut self, file: usize) -> bool;
}

enum Answer<L, P> {
    Look(usize, L),
    Read(usize, u32, P),
}

struct Queue {
    state: Mutex<State>,
    filled: Condvar,
}

#[derive(Default)]
struct State {
    tasks: VecDeque<Task>,
    closed: bool,
}

impl Queue {
    /// The next task; waits for one, `None` once the queue is closed.
    fn take(&self) -> Option<Task> {
        let mut state = self.state.lock().expect("no holder of this lock panics");
        loop {
            if state.closed {
                return None;
            }
            if let Some(task) = state.tasks.pop_front() {
                return Some(task);
            }
            state = self.filled.wait(state).expect("no holder of this lock panics");
        }
    }

    /// Pages go before looks at later files: what is begun is finished first.
    fn put(&self, task: Task) {
        let mut state = self.state.lock().expect("no holder of this lock panics");
        match task {
            Task::Look { .. } => state.tasks.push_back(task),
            Task::Read { .. } => {
                let at = state.tasks.iter().position(|t| matches!(t, Task::Look { .. })).unwrap_or(state.tasks.len());
                state.tasks.insert(at, task);
            }
        }
        self.filled.notify_one();
    }

    fn close(&self) {
        self.state.lock().expect("no holder of this lock panics").closed = true;
        self.filled.notify_all();
    }
}

/// Closes the queue when the writer ends, also by a panic: lanes that wait for tasks would hold the scope open for ever.
struct CloseAtEnd<'a>(&'a Queue);

impl Drop for CloseAtEnd<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A lane that panics takes its task with it: the others end too, so that the writer does not wait for an answer for ever.
struct CloseOnPanic<'a>(&'a Queue);

impl Drop for CloseOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.close();
        }
    }
}

/// Looks at `files` in order on `lanes` threads, reads the pages that the writer asks for, and hands everything to the writer
/// on the calling thread.
pub fn run<L: Send, P: Send>(files: &[usize], lanes: usize, work: &impl Work<L, P>, writer: &mut impl Writer<L, P>) {
    let queue = Queue { state: Mutex::default(), filled: Condvar::new() };
    std::thread::scope(|scope| {
        let answers = start(scope, lanes, &queue, work);
        let _close = CloseAtEnd(&queue);
        let mut results = Results { answers, looks: HashMap::new(), pages: HashMap::new() };
        let mut asked = 0;
        for (turn, &file) in files.iter().enumerate() {
            while asked < files.len() && asked < turn + LOOK_AHEAD {
                queue.put(Task::Look { file: files[asked] });
                asked += 1;
            }
            let Some(look) = results.look(file) else { return };
            let Some(pages) = writer.looked(file, look) else { return };
            for &page in &pages {
                queue.put(Task::Read { file, page });
            }
            for &page in &pages {
                let Some(read) = results.page(file, page) else { return };
                if !writer.page(file, page, read) {
                    return;
                }
            }
            if !writer.file_done(file) {
                return;
            }
        }
    });
}

fn start<'scope, L: Send + 'scope, P: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    lanes: usize,
    queue: &'scope Queue,
    work: &'scope impl Work<L, P>,
) -> Receiver<Answer<L, P>> {
    let (sender, receiver) = sync_channel(BACKLOG);
    for _ in 0..lanes.max(1) {
        let sender: SyncSender<Answer<L, P>> = sender.clone();
        scope.spawn(move || {
            let _close = CloseOnPanic(queue);
            while let Some(task) = queue.take() {
                let answer = match task {
                    Task::Look { file } => Answer::Look(file, work.look(file)),
                    Task::Read { file, page } => Answer::Read(file, page, work.read(file, page)),
                };
                // The writer has stopped.
                if sender.send(answer).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

/// Results that came before their turn.
struct Results<L, P> {
    answers: Receiver<Answer<L, P>>,
    looks: HashMap<usize, L>,
    pages: HashMap<(usize, u32), P>,
}

impl<L, P> Results<L, P> {
    fn look(&mut self, file: usize) -> Option<L> {
        loop {
            if let Some(look) = self.looks.remove(&file) {
                return Some(look);
            }
            self.receive()?;
        }
    }

    fn page(&mut self, file: usize, page: u32) -> Option<P> {
        loop {
            if let Some(read) = self.pages.remove(&(file, page)) {
                return Some(read);
            }
            self.receive()?;
        }
    }

    /// `None` if every lane has died.
    fn receive(&mut self) -> Option<()> {
        match self.answers.recv().ok()? {
            Answer::Look(file, look) => drop(self.looks.insert(file, look)),
            Answer::Read(file, page, read) => drop(self.pages.insert((file, page), read)),
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Numbers;

    impl Work<u32, u32> for Numbers {
        fn look(&self, file: usize) -> u32 {
            file as u32 % 4
        }
        fn read(&self, file: usize, page: u32) -> u32 {
            file as u32 * 100 + page
        }
    }

    #[derive(Default)]
    struct Order {
        seen: Vec<(usize, u32, u32)>,
        done: Vec<usize>,
        stop_after: Option<usize>,
    }

    impl Writer<u32, u32> for Order {
        fn looked(&mut self, _: usize, look: u32) -> Option<Vec<u32>> {
            Some((0..look).collect())
        }
        fn page(&mut self, file: usize, page: u32, read: u32) -> bool {
            self.seen.push((file, page, read));
            self.stop_after.is_none_or(|n| self.seen.len() < n)
        }
        fn file_done(&mut self, file: usize) -> bool {
            self.done.push(file);
            true
        }
    }

    #[test]
    fn results_come_in_order() {
        let files: Vec<usize> = (0..100).collect();
        let mut order = Order::default();
        run(&files, 3, &Numbers, &mut order);
        let expected: Vec<_> =
            files.iter().flat_map(|&f| (0..f as u32 % 4).map(move |p| (f, p, f as u32 * 100 + p))).collect();
        assert_eq!(order.seen, expected);
        assert_eq!(order.done, files);
    }

    #[test]
    fn the_writer_can_stop_everything() {
        let files: Vec<usize> = (0..1000).collect();
        let mut order = Order { stop_after: Some(7), ..Order::default() };
        run(&files, 3, &Numbers, &mut order);
        assert_eq!(order.seen.len(), 7);
    }
}
