//! The queue of pages that wait for text recognition.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::AppError;
use crate::{IssueId, PageId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum QueueState {
    /// Nothing waits.
    Idle,
    Running,
    /// A person halted it; stays so over restarts.
    Paused,
    /// No recogniser is there: pages wait, and every search says so.
    NoEngine,
    /// This program does not work on the queue: it only asks, or the archive is open here for reading only.
    Closed,
}

/// What the window shows of the queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RecognitionView {
    pub state: QueueState,
    /// Name and version of the engine that would read the next page.
    pub engine: Option<String>,
    /// True if a person wants pages read by Tesseract, for languages that the usual engine does not know.
    pub tesseract: bool,
    /// Its languages in its own words, such as `jpn+eng`; empty for Chinese and English as far as they are installed.
    pub languages: String,
    /// Languages of the installed Tesseract; empty where there is none.
    pub languages_installed: Vec<String>,
    /// Pages recognised at a time, and how many this machine could.
    pub threads: u32,
    pub most_threads: u32,
    pub waiting: u32,
    /// Pages held as images whose recognition failed or was called off.
    pub failed: u32,
    /// Recognised since the program was started.
    pub done: u32,
    pub current: Vec<PageInHand>,
    /// By the pace of the last pages; `None` while nothing is known of it.
    pub seconds_left: Option<u32>,
    /// Why the queue halted by itself, such as a full disk.
    pub trouble: Option<AppError>,
}

/// A page that is being recognised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageInHand {
    pub page: PageId,
    pub issue: IssueId,
    pub newspaper: String,
    /// EDTF.
    pub date: Option<String>,
    /// 版次.
    pub number: u32,
    /// Share of the work that is done, 0 to 1.
    pub share: f32,
}
