//! Long work in the background: persisted, resumed after a restart, stopped within a second.

mod import;
mod recognition;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use baoku_archive::{Archive, Clock, NewJob, queries};
use baoku_model::JobId;
use baoku_model::view::{
    AppError, ErrorCode, ImportAnswer, ImportRequest, JobState, JobView, RehearsalEdit, RehearsalView,
};
use baoku_worker::Pool;
use chrono::SecondsFormat;

use crate::events::Events;
use import::{Board, ImportJob, JobRequest, is_shown};
pub use recognition::Recognition;

/// Ids of rehearsals, which are not kept, start here: above every row id and below 2^53.
const REHEARSALS: i64 = 1 << 52;

/// What work in the background needs.
pub struct Shared {
    pub archive: Archive,
    /// Reads dropped files in processes of their own.
    pub reader: Pool,
    pub events: Arc<Events>,
    /// Told of pages that are held without text.
    pub recognition: Arc<Recognition>,
    /// Pages read at a time.
    pub lanes: usize,
    pub clock: Arc<dyn Clock>,
}

impl Shared {
    /// UTC, RFC 3339, to the second.
    fn timestamp(&self) -> String {
        self.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// All imports of this process.
pub struct Imports {
    shared: Arc<Shared>,
    jobs: Mutex<BTreeMap<JobId, Arc<ImportJob>>>,
    rehearsals: AtomicI64,
}

impl Imports {
    pub fn new(shared: Shared) -> Self {
        Self { shared: Arc::new(shared), jobs: Mutex::default(), rehearsals: AtomicI64::new(REHEARSALS) }
    }

    fn jobs(&self) -> MutexGuard<'_, BTreeMap<JobId, Arc<ImportJob>>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes up what was running or asking when the program ended; `resume` starts what was running.
    pub fn take_up(self: &Arc<Self>, resume: bool) -> Result<(), AppError> {
        for id in self.shared.archive.unfinished_jobs()? {
            let board = Board::load(self.shared.archive.load_job(id)?).map_err(|e| {
                AppError::new(ErrorCode::ArchiveDamaged, format!("The notes of import {id} cannot be read: {e}"))
            })?;
            let was_running = board.state == JobState::Running;
            let job = Arc::new(ImportJob::new(Arc::clone(&self.shared), board));
            self.jobs().insert(id, Arc::clone(&job));
            if resume && was_running {
                self.wake(&job)?;
            }
        }
        Ok(())
    }

    pub fn start(self: &Arc<Self>, request: ImportRequest, operator: &str) -> Result<JobId, AppError> {
        import::check_request(&request)?;
        let id = if request.dry_run {
            JobId(self.rehearsals.fetch_add(1, Ordering::Relaxed))
        } else {
            let kept = serde_json::to_value(JobRequest { request: request.clone() })
                .map_err(|e| AppError::new(ErrorCode::Internal, e.to_string()))?;
            self.shared.archive.create_job(&NewJob { operator, dry_run: false, request: &kept })?
        };
        let started = self.shared.timestamp();
        let board = Board::new(id, request, operator.to_owned(), started);
        let job = Arc::new(ImportJob::new(Arc::clone(&self.shared), board));
        self.jobs().insert(id, Arc::clone(&job));
        self.wake(&job)?;
        Ok(id)
    }

    fn wake(self: &Arc<Self>, job: &Arc<ImportJob>) -> Result<(), AppError> {
        let imports = Arc::clone(self);
        let id = job.id;
        job.wake(move || imports.at_rest(id))
    }

    /// A file that another import asked about may be in by now: its question is settled.
    fn at_rest(&self, id: JobId) {
        let others: Vec<_> = self.jobs().values().filter(|job| job.id != id).cloned().collect();
        for job in others {
            job.settle_what_is_held();
        }
    }

    pub fn answer(self: &Arc<Self>, id: JobId, answers: Vec<ImportAnswer>) -> Result<JobView, AppError> {
        let job = self.active(id)?;
        job.answer(answers)?;
        self.wake(&job)?;
        Ok(job.view())
    }

    /// What a dry run came to; `None` while it is under way.
    pub fn rehearsal(&self, id: JobId) -> Result<Option<RehearsalView>, AppError> {
        Ok(self.active(id)?.rehearsal())
    }

    pub fn edit_rehearsal(&self, id: JobId, edit: &RehearsalEdit) -> Result<RehearsalView, AppError> {
        self.active(id)?.edit_rehearsal(edit)
    }

    /// Imports the issues with these keys (all, if none is named) as the rehearsal stands.
    pub fn carry_out(self: &Arc<Self>, id: JobId, issues: &[String], operator: &str) -> Result<JobId, AppError> {
        let rehearsal = self.active(id)?;
        let plan = rehearsal.plan_of(issues)?;
        let request = ImportRequest { dry_run: false, plan: Some(plan), ..rehearsal.request() };
        self.start(request, operator)
    }

    pub fn cancel(&self, id: JobId) -> Result<JobView, AppError> {
        match self.active(id) {
            Ok(job) => {
                job.stop();
                Ok(job.view())
            }
            // One that is over stays as it is.
            Err(_) => self.view(id),
        }
    }

    fn active(&self, id: JobId) -> Result<Arc<ImportJob>, AppError> {
        self.jobs().get(&id).cloned().ok_or_else(|| {
            AppError::new(ErrorCode::NotFound, format!("Import {id} is not running.")).at(format!("import {id}"))
        })
    }

    pub fn view(&self, id: JobId) -> Result<JobView, AppError> {
        let job = self.jobs().get(&id).cloned();
        match job {
            Some(job) if id.0 >= REHEARSALS => Ok(job.view()),
            job => Ok(shown(self.shared.archive.read(|r| queries::job(r, id))?, job.as_deref())),
        }
    }

    /// All imports, newest first.
    pub fn views(&self) -> Result<Vec<JobView>, AppError> {
        let jobs: BTreeMap<JobId, Arc<ImportJob>> = self.jobs().clone();
        let kept = self.shared.archive.read(queries::jobs)?;
        let rehearsals = jobs.range(JobId(REHEARSALS)..).rev().map(|(_, job)| job.view());
        let kept = kept.into_iter().map(|view| {
            let job = jobs.get(&view.id).map(Arc::as_ref);
            shown(view, job)
        });
        Ok(rehearsals.chain(kept).collect())
    }

    /// Stops everything, for closing the archive. What was running goes on at the next start.
    pub fn suspend(&self) {
        let jobs: Vec<_> = self.jobs().values().cloned().collect();
        for job in &jobs {
            job.suspend();
        }
        for job in &jobs {
            job.wait_until_idle();
        }
    }
}

/// An import as it is this moment, where this process works on it, else as it was kept: what is recognised later is noted there.
fn shown(kept: JobView, job: Option<&ImportJob>) -> JobView {
    let removed = kept.removed;
    let mut view = job.filter(|job| !job.is_over()).map_or(kept, ImportJob::view);
    view.removed = removed;
    view.issues.retain(is_shown);
    view
}
