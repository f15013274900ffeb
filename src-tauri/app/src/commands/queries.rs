//! The queries, answered by the archive.

use baoku_archive::queries;
use baoku_model::view::*;
use baoku_model::{ArticleId, EntityId, EntityKind, IssueId, JobId, LayerId, NewspaperId, PageId};

use super::Queries;
use crate::core::Core;
use crate::{authority, chronicling, citing, overlaying};

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

    fn find_in_issue(&self, issue: IssueId, query: String) -> Result<IssueFindings, AppError> {
        self.read(|r| queries::find_in_issue(r, issue, &query))
    }

    fn citation(
        &self,
        article: ArticleId,
        style: CitationStyle,
        quote: Option<Quotation>,
    ) -> Result<CitationView, AppError> {
        citing::article(self, article, style, quote)
    }

    fn page_citation(&self, issue: IssueId, page: u32, style: CitationStyle) -> Result<CitationView, AppError> {
        citing::page(self, issue, page, style)
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

    fn overlay(&self, request: OverlayRequest) -> Result<OverlayView, AppError> {
        overlaying::overlay(self, &request)
    }

    fn tags(&self) -> Result<Vec<TagRow>, AppError> {
        self.read(queries::tags)
    }

    fn chronicle(&self, request: ChronicleRequest) -> Result<Chronicle, AppError> {
        chronicling::draft(self, &request)
    }

    fn chronicle_file(&self, request: ChronicleRequest, format: ChronicleFormat) -> Result<String, AppError> {
        chronicling::file(self, request, format)
    }

    fn entities(&self, filter: EntityFilter) -> Result<EntityList, AppError> {
        self.read(|r| queries::entities(r, &filter))
    }

    fn find_entity(&self, name: String) -> Result<Vec<EntityRow>, AppError> {
        self.read(|r| queries::find_entity(r, &name))
    }

    fn entity(&self, id: EntityId) -> Result<EntityView, AppError> {
        Ok(self.archive.entity(id)?)
    }

    fn entity_mentions(&self, id: EntityId, offset: u32, limit: u32) -> Result<MentionPage, AppError> {
        self.read(|r| queries::entity_mentions(r, id, offset, limit))
    }

    fn suggest(&self, typed: String, kind: Option<EntityKind>, limit: u32) -> Result<Vec<Suggestion>, AppError> {
        Ok(self.archive.suggest(&typed, kind, limit as usize)?)
    }

    fn find_merged(&self, name: String) -> Result<Vec<EntityId>, AppError> {
        self.read(|r| queries::find_merged(r, &name))
    }

    fn merge_preview(&self, from: Vec<EntityId>, into: EntityId) -> Result<MergePreview, AppError> {
        self.read(|r| queries::merge_preview(r, &from, into))
    }

    fn clusters(
        &self,
        kind: Option<EntityKind>,
        reason: Option<ClusterReason>,
        offset: u32,
        limit: u32,
    ) -> Result<ClusterList, AppError> {
        self.read(|r| queries::clusters(r, kind, reason, offset, limit))
    }

    fn unplaced(&self, offset: u32, limit: u32) -> Result<UnplacedList, AppError> {
        self.read(|r| queries::unplaced(r, offset, limit))
    }

    fn authority_file(&self, format: AuthorityFormat, kind: Option<EntityKind>, all: bool) -> Result<String, AppError> {
        authority::write(format, &self.read(|r| queries::authority_entries(r, kind, all))?)
    }

    fn authority_rehearsal(&self, format: AuthorityFormat, text: String) -> Result<AuthorityImport, AppError> {
        let entries = authority::read(format, &text)?;
        self.read(|r| queries::authority_rehearsal(r, &entries))
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

    fn review_queue(&self, issue: Option<IssueId>, offset: u32, limit: u32) -> Result<ReviewQueue, AppError> {
        self.read(|r| queries::review_queue(r, issue, offset, limit))
    }

    fn line_history(&self, layer: LayerId, line: u32) -> Result<Vec<LineChange>, AppError> {
        self.read(|r| queries::line_history(r, layer, line))
    }

    fn confusions(&self, form: String, issue: Option<IssueId>, limit: u32) -> Result<Vec<ReviewLine>, AppError> {
        self.read(|r| queries::confusions(r, &form, issue, limit))
    }

    fn reread(&self, page: PageId) -> Result<Option<RereadView>, AppError> {
        self.reread_of(page)
    }

    fn history(&self, offset: u32, limit: u32) -> Result<Vec<OpLine>, AppError> {
        self.read(|r| queries::history(r, offset, limit))
    }

    fn ping(&self, n: u32) -> Result<u32, AppError> {
        Ok(n)
    }
}
