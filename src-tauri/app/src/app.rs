//! The door for hosts: open an archive, call commands, listen, get page images.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use baoku_archive::{Archive, Clock, OpenMode};
use baoku_model::PageId;
use baoku_model::view::{AppError, ErrorCode, Event};
use baoku_worker::{Pool, WorkerLimits};
use serde_json::{Value, json};
use tokio::sync::broadcast;

use crate::commands::{Command, dispatch};
use crate::core::Core;
use crate::images::{Images, PageImage, PagePart};
use crate::uploads;

/// How to open an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// Go on with imports that were broken off. A host that ends again at once leaves that to another.
    pub resume: bool,
    /// Work off the queue of pages that wait for text recognition.
    pub recognise: bool,
    /// Keep the search index with the archive in the background. A host that asks once and goes does without.
    pub index: bool,
}

/// An open archive as a host sees it. Clones are handles of the same one.
#[derive(Clone)]
pub struct App {
    core: Arc<Core>,
    images: Arc<Images>,
}

impl App {
    /// Makes a new archive in `dir`, which must be absent or empty. `worker` is the program that decodes files when started as
    /// a worker, usually the host itself.
    pub fn create(dir: &Path, title: &str, clock: Arc<dyn Clock>, worker: PathBuf) -> Result<Self, AppError> {
        let archive = Archive::create(dir, title, Arc::clone(&clock)).map_err(|e| at_dir(e, dir))?;
        Ok(Self::assemble(archive, clock, worker))
    }

    /// Opens the archive in `dir`; for reading only where another process holds it (see `ArchiveStatus::read_only`).
    pub fn open(dir: &Path, clock: Arc<dyn Clock>, worker: PathBuf, opening: Opening) -> Result<Self, AppError> {
        let archive = Archive::open(dir, OpenMode::Write, Arc::clone(&clock)).map_err(|e| at_dir(e, dir))?;
        let read_only = archive.read_only().is_some();
        let app = Self::assemble(archive, clock, worker);
        if !read_only {
            app.core.imports.take_up(opening.resume)?;
            if opening.recognise {
                app.core.recognition.open()?;
            }
            uploads::sweep(&app.core)?;
        }
        if opening.index {
            app.core.searching.keep()?;
        }
        Ok(app)
    }

    fn assemble(archive: Archive, clock: Arc<dyn Clock>, worker: PathBuf) -> Self {
        let limits = WorkerLimits::default();
        // One more than there are reading processes: it hashes and stores while they read.
        let lanes = limits.readers + 1;
        // The pool draws page images in processes of their own: a viewer never waits behind an import.
        let pool = Pool::new(worker, limits);
        let images = Images::new(archive.clone(), pool.clone());
        Self { core: Arc::new(Core::new(archive, clock, pool, lanes)), images: Arc::new(images) }
    }

    /// Carries a command out by its name, off the caller's thread.
    ///
    /// # Errors
    /// `NotFound` for an unknown name, `InvalidArgument` for arguments that do not fit, and what the command itself says.
    pub async fn call(&self, name: &str, args: Value) -> Result<Value, AppError> {
        let command = parse(name, args)?;
        self.run(move |core| dispatch(core, command)).await
    }

    /// Runs work on the archive off the caller's thread.
    pub async fn run<T, F>(&self, work: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce(&Core) -> Result<T, AppError> + Send + 'static,
    {
        let core = Arc::clone(&self.core);
        let done = tokio::task::spawn_blocking(move || work(&core)).await;
        done.unwrap_or_else(|e| Err(AppError::new(ErrorCode::Internal, format!("The command failed: {e}"))))
    }

    /// Everything that happens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.core.events.subscribe()
    }

    /// Who works at this host from now on.
    pub fn set_operator(&self, name: &str) {
        self.core.sign_as(name);
    }

    /// A picture of a page. `known` is the tag of the one that the caller has.
    pub async fn page_image(&self, page: PageId, part: PagePart, known: Option<&str>) -> Result<PageImage, AppError> {
        let images = Arc::clone(&self.images);
        let known = known.map(str::to_owned);
        let done = tokio::task::spawn_blocking(move || images.get(page, part, known.as_deref())).await;
        done.unwrap_or_else(|e| Err(AppError::new(ErrorCode::Internal, format!("The page image failed: {e}"))))
    }

    /// A place in the archive's cache for a file that is about to be uploaded under this name; folders in the name are kept.
    pub fn stage_upload(&self, name: &str) -> Result<PathBuf, AppError> {
        uploads::place(&self.core.archive, name)
    }

    /// For tests: from now on originals of at most `bytes` more can be stored.
    #[cfg(feature = "faults")]
    pub fn leave_room_for_originals(&self, bytes: i64) {
        self.core.archive.leave_room_for_originals(bytes);
    }

    /// For tests: from now on the database can grow by at most this many pages of 4,096 bytes.
    #[cfg(feature = "faults")]
    pub fn leave_room_for_database(&self, pages: u32) -> Result<(), AppError> {
        Ok(self.core.archive.leave_room_for_database(pages)?)
    }

    /// Stops imports (they go on at the next opening), closes the archive and seals it.
    pub async fn close(self) -> Result<(), AppError> {
        self.run(|core| {
            core.imports.suspend();
            core.recognition.close();
            core.rereads.close();
            core.searching.close();
            Ok(core.archive.clone().close()?)
        })
        .await
    }
}

fn parse(name: &str, args: Value) -> Result<Command, AppError> {
    if !Command::NAMES.contains(&name) {
        return Err(AppError::new(ErrorCode::NotFound, format!("There is no command “{name}”.")).at(name));
    }
    let args = if args.is_null() { json!({}) } else { args };
    serde_json::from_value(json!({ "name": name, "args": args }))
        .map_err(|e| AppError::new(ErrorCode::InvalidArgument, e.to_string()).at(name))
}

fn at_dir(error: baoku_archive::ArchiveError, dir: &Path) -> AppError {
    AppError::from(error).at(dir.display().to_string())
}
