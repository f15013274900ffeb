//! The queries, answered by the archive.

use baoku_archive::queries;
use baoku_model::view::*;
use baoku_model::{ArticleId, EntityId, IssueId, JobId, NewspaperId, PageId};

use super::Queries;
use crate::core::Core;

impl Queries for Core {
    fn archive_status(&self) -> Result<ArchiveStatus, AppError> {
        self.status()
    }

    fn newspapers(&self) -> Result<Vec<NewspaperRow>, AppError> {
        self.read(queries::newspapers)
    }

    fn issues(&self, filter: IssueFilter) -> Result<Vec<IssueRow>, AppError> {
        self.read(|r| queries::issues(r, &filter))
    }

    fn issue(&self, id: IssueId) -> Result<IssueView, AppError> {
        self.read(|r| queries::issue(r, id))
    }

    fn article(&self, id: ArticleId) -> Result<ArticleView, AppError> {
        self.read(|r| queries::article(r, id))
    }

    fn page_lines(&self, page: PageId) -> Result<PageLines, AppError> {
        self.read(|r| queries::page_lines(r, page))
    }

    fn timeline(&self, request: TimelineRequest) -> Result<TimelineView, AppError> {
        self.read(|r| queries::timeline(r, &request))
    }

    fn reading_list(
        &self,
        clock: Clock,
        newspaper: Option<NewspaperId>,
        from: String,
        to: String,
        offset: u32,
        limit: u32,
    ) -> Result<ReadingList, AppError> {
        self.read(|r| queries::reading_list(r, clock, newspaper, Some(&from), Some(&to), offset, limit))
    }

    fn entities(&self, filter: EntityFilter) -> Result<EntityList, AppError> {
        self.read(|r| queries::entities(r, &filter))
    }

    fn find_entity(&self, name: String) -> Result<Vec<EntityRow>, AppError> {
        self.read(|r| queries::find_entity(r, &name))
    }

    fn entity(&self, id: EntityId) -> Result<EntityView, AppError> {
        self.read(|r| queries::entity(r, id))
    }

    fn entity_mentions(&self, id: EntityId, offset: u32, limit: u32) -> Result<MentionPage, AppError> {
        self.read(|r| queries::entity_mentions(r, id, offset, limit))
    }

    fn search(&self, request: SearchRequest) -> Result<SearchResults, AppError> {
        self.searching.search(&request)
    }

    fn search_facets(&self, request: SearchRequest) -> Result<SearchFacets, AppError> {
        self.searching.facets(&request)
    }

    fn search_csv(&self, request: SearchRequest) -> Result<String, AppError> {
        self.searching.csv(&request)
    }

    fn saved_searches(&self) -> Result<Vec<SavedSearch>, AppError> {
        self.kept_searches()
    }

    fn search_index(&self) -> Result<SearchIndex, AppError> {
        Ok(self.searching.index())
    }

    fn jobs(&self) -> Result<Vec<JobView>, AppError> {
        self.imports.views()
    }

    fn job(&self, id: JobId) -> Result<JobView, AppError> {
        self.imports.view(id)
    }

    fn rehearsal(&self, job: JobId) -> Result<Option<RehearsalView>, AppError> {
        self.imports.rehearsal(job)
    }

    fn recognition(&self) -> Result<RecognitionView, AppError> {
        Ok(self.recognition.view())
    }

    fn history(&self, offset: u32, limit: u32) -> Result<Vec<OpLine>, AppError> {
        self.read(|r| queries::history(r, offset, limit))
    }

    fn ping(&self, n: u32) -> Result<u32, AppError> {
        Ok(n)
    }
}
