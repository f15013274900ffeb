//! Long work.

use baoku_model::JobId;
use baoku_model::view::{AppError, ImportAnswer, ImportRequest, JobView};

use super::Jobs;
use crate::core::Core;

impl Jobs for Core {
    fn import_start(&self, request: ImportRequest) -> Result<JobId, AppError> {
        self.imports.start(request, &self.operator())
    }

    fn import_answer(&self, job: JobId, answers: Vec<ImportAnswer>) -> Result<JobView, AppError> {
        self.imports.answer(job, answers)
    }

    fn job_cancel(&self, job: JobId) -> Result<JobView, AppError> {
        self.imports.cancel(job)
    }
}
