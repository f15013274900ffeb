//! The host's side of one decode process.

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use baoku_model::{Refusal, RefusalCode};

use crate::cancel::Cancel;
use crate::message::{Outcome, Request, Said, Start};
use crate::{child, frame};

/// A running decode process. Dropping it kills it.
pub struct Process {
    child: Child,
    requests: ChildStdin,
    events: Receiver<Event>,
    /// For cancels, which arrive on the same channel as replies.
    notify: Sender<Event>,
    /// The file it has open.
    pub last_path: Option<PathBuf>,
}

enum Event {
    Reply(Vec<u8>),
    Closed,
    Cancelled,
}

/// What came of a request, and whether the process can be asked again.
pub enum Answer {
    Done(Outcome),
    Lost(Refusal),
}

impl Process {
    pub fn start(exe: &Path, start: &Start) -> Result<Self, Refusal> {
        let failed = |error: &dyn std::fmt::Display| {
            Refusal::new(RefusalCode::WorkerFailed, format!("the decode process can't be started: {error}"))
        };
        let mut command = Command::new(exe);
        command.arg(child::ARGUMENT).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        without_console(&mut command);
        let mut child = command.spawn().map_err(|e| failed(&e))?;
        let (Some(mut requests), Some(replies)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(&"no pipes"));
        };
        let (notify, events) = channel();
        let sender = notify.clone();
        std::thread::spawn(move || {
            let mut replies = BufReader::new(replies);
            while let Ok(Some(reply)) = frame::read(&mut replies) {
                if sender.send(Event::Reply(reply)).is_err() {
                    return;
                }
            }
            // Nobody listens any more if the process was dropped.
            let _ = sender.send(Event::Closed);
        });
        let bytes = postcard::to_stdvec(start).map_err(|e| failed(&e))?;
        frame::write(&mut requests, &bytes).map_err(|e| failed(&e))?;
        Ok(Self { child, requests, events, notify, last_path: None })
    }

    /// Asks and waits for the answer, for at most `time` since the process was last heard. `progress` hears the share of the
    /// work that is done. After [`Answer::Lost`] the process is gone.
    pub fn ask(&mut self, request: &Request, time: Duration, progress: &dyn Fn(f32), cancel: &Cancel) -> Answer {
        let written = postcard::to_stdvec(request).map_err(std::io::Error::other);
        if written.and_then(|bytes| frame::write(&mut self.requests, &bytes)).is_err() {
            return Answer::Lost(self.post_mortem());
        }
        let notify = self.notify.clone();
        let watch = cancel.watch(move || {
            // The process may be gone already; then there is nothing to stop.
            let _ = notify.send(Event::Cancelled);
        });
        let event = loop {
            match self.events.recv_timeout(time) {
                Ok(Event::Reply(bytes)) => match postcard::from_bytes(&bytes) {
                    Ok(Said::Progress(share)) => progress(share),
                    Ok(Said::Answer(outcome)) => return Answer::Done(outcome),
                    Err(_) => return Answer::Lost(lost("it gave an answer that can't be understood")),
                },
                other => break other,
            }
        };
        drop(watch);
        match event {
            Ok(Event::Cancelled) => {
                self.kill();
                Answer::Lost(Refusal::new(RefusalCode::Cancelled, "stopped"))
            }
            Ok(Event::Reply(_) | Event::Closed) | Err(RecvTimeoutError::Disconnected) => {
                Answer::Lost(self.post_mortem())
            }
            Err(RecvTimeoutError::Timeout) => {
                self.kill();
                Answer::Lost(lost(&format!("it took longer than {} seconds", time.as_secs_f32())))
            }
        }
    }

    /// True if nothing is left over from an earlier request, such as a cancel that came with the reply.
    pub fn is_clean(&self) -> bool {
        self.events.try_recv().is_err()
    }

    fn kill(&mut self) {
        // It may have ended by itself; either way it is reaped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn post_mortem(&mut self) -> Refusal {
        let status = self.child.wait().ok();
        lost(&status.map_or_else(|| "it ended".to_owned(), |status| describe(&status)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A window program on Windows would flash a console for every process it starts.
#[cfg(windows)]
fn without_console(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_console(_command: &mut Command) {}

fn lost(why: &str) -> Refusal {
    Refusal::new(RefusalCode::WorkerFailed, format!("the decode process failed on the file: {why}"))
}

#[cfg(unix)]
fn describe(status: &ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(6) => "it ran out of memory or gave up (signal 6)".to_owned(),
        Some(9) => "it was killed (signal 9)".to_owned(),
        Some(signal) => format!("it crashed (signal {signal})"),
        None => format!("it ended ({status})"),
    }
}

#[cfg(not(unix))]
fn describe(status: &ExitStatus) -> String {
    format!("it ended ({status})")
}
