//! Long work.

use baoku_model::view::{
    AppError, ImportAnswer, ImportRequest, JobView, RecognitionView, RehearsalEdit, RehearsalView, RereadRequest,
    RereadView,
};
use baoku_model::{IssueId, JobId, PageId};

use super::Jobs;
use crate::core::Core;

/// A longer string is a sentence that was looked up, in characters.
const LONGEST_WORD: usize = 20;

impl Jobs for Core {
    fn import_start(&self, request: ImportRequest) -> Result<JobId, AppError> {
        self.imports.start(request, &self.operator())
    }

    fn import_answer(&self, job: JobId, answers: Vec<ImportAnswer>) -> Result<JobView, AppError> {
        self.imports.answer(job, answers)
    }

    fn rehearsal_edit(&self, job: JobId, edit: RehearsalEdit) -> Result<RehearsalView, AppError> {
        self.imports.edit_rehearsal(job, &edit)
    }

    fn rehearsal_import(&self, job: JobId, issues: Vec<String>) -> Result<JobId, AppError> {
        self.imports.carry_out(job, &issues, &self.operator())
    }

    fn job_cancel(&self, job: JobId) -> Result<JobView, AppError> {
        self.imports.cancel(job)
    }

    fn reread_start(&self, page: PageId, request: RereadRequest) -> Result<RereadView, AppError> {
        self.read_page_again(page, request)
    }

    fn reread_drop(&self, page: PageId) -> Result<bool, AppError> {
        self.drop_page_reading(page)
    }

    fn searched(&self, form: String) -> Result<bool, AppError> {
        let form = form.trim();
        if self.archive.read_only().is_some() || form.is_empty() || form.chars().count() > LONGEST_WORD {
            return Ok(false);
        }
        self.archive.note_searched(form)?;
        Ok(true)
    }

    fn recognition_pause(&self, paused: bool) -> Result<RecognitionView, AppError> {
        self.recognition.pause(paused)
    }

    fn recognition_threads(&self, threads: u32) -> Result<RecognitionView, AppError> {
        self.recognition.set_threads(threads)
    }

    fn recognition_engine(&self, tesseract: bool, languages: String) -> Result<RecognitionView, AppError> {
        self.recognition.set_engine(tesseract, &languages)
    }

    fn recognise_first(&self, issue: IssueId) -> Result<RecognitionView, AppError> {
        self.recognition.first(issue)
    }

    fn recognition_retry(&self, issue: Option<IssueId>) -> Result<RecognitionView, AppError> {
        self.recognition.retry(issue)
    }

    fn recognition_call_off(&self, issue: Option<IssueId>) -> Result<RecognitionView, AppError> {
        self.recognition.call_off(issue, &self.operator())
    }
}
