//! Everything a host can ask for, declared once. The declaration below makes the [`Command`] enum, the traits that the core
//! must implement in full, the dispatch, and `ui/src/api/types/Commands.ts`.
//!
//! Four kinds of message cross the boundary and no others: a **query** reads, a **mutation** is one act of a person that can be
//! undone, a **job** is long work in the background, and an [`Event`](baoku_model::view::Event) tells what changed elsewhere.

#[macro_use]
mod declare;
mod jobs;
mod mutations;
mod queries;
mod typescript;

pub use declare::CommandKind;

pub use typescript::typescript;

use baoku_model::view::*;
use baoku_model::{ArticleId, EntityId, IssueId, JobId, NewspaperId, PageId};

commands! {
    /// Reads. They change nothing and may run at the same time as anything else.
    query trait Queries {
        /// Title, counts, operator, what can be undone, what waits.
        ArchiveStatus = archive_status() -> ArchiveStatus;
        Newspapers = newspapers() -> Vec<NewspaperRow>;
        /// Unidentified issues first, then by date.
        Issues = issues(filter: IssueFilter) -> Vec<IssueRow>;
        Issue = issue(id: IssueId) -> IssueView;
        Article = article(id: ArticleId) -> ArticleView;
        /// All lines of a page with their boxes.
        PageLines = page_lines(page: PageId) -> PageLines;
        Timeline = timeline(request: TimelineRequest) -> TimelineView;
        /// What lies between two civil days (inclusive): issues published, events that happened.
        ReadingList = reading_list(
            clock: Clock, newspaper: Option<NewspaperId>, from: String, to: String, offset: u32, limit: u32,
        ) -> ReadingList;
        Entities = entities(filter: EntityFilter) -> EntityList;
        /// By exact name (any form) or id.
        FindEntity = find_entity(name: String) -> Vec<EntityRow>;
        Entity = entity(id: EntityId) -> EntityView;
        EntityMentions = entity_mentions(id: EntityId, offset: u32, limit: u32) -> MentionPage;
        /// A new search of the same asker calls off the one before.
        Search = search(request: SearchRequest) -> SearchResults;
        /// The result by newspaper, year, kind and the names in it.
        SearchFacets = search_facets(request: SearchRequest) -> SearchFacets;
        /// The whole result as CSV, one article a line, without a limit.
        SearchCsv = search_csv(request: SearchRequest) -> String;
        SavedSearches = saved_searches() -> Vec<SavedSearch>;
        /// How far the search index is; pushed as an event too.
        SearchIndex = search_index() -> SearchIndex;
        /// Newest first.
        Jobs = jobs() -> Vec<JobView>;
        Job = job(id: JobId) -> JobView;
        /// What a dry run found, as issues and pages; null while it is under way.
        Rehearsal = rehearsal(job: JobId) -> Option<RehearsalView>;
        /// Pages that wait for text recognition, and what is being done about them.
        Recognition = recognition() -> RecognitionView;
        /// Acts of people, newest first.
        History = history(offset: u32, limit: u32) -> Vec<OpLine>;
        /// Gives `n` back; measures whether the boundary is free.
        Ping = ping(n: u32) -> u32;
    }

    /// Acts of a person: one transaction each, undoable, signed with the operator's name.
    mutation trait Mutations {
        /// Who works at this window or terminal from now on.
        SetOperator = set_operator(name: String) -> ArchiveStatus;
        /// Keeps a search under a name, in place of one of that name; an empty address takes it away.
        SaveSearch = save_search(search: SavedSearch) -> Vec<SavedSearch>;
        SetNewspaper = set_newspaper(id: NewspaperId, fields: NewspaperFields) -> OpOutcome;
        /// A new date or newspaper resolves every date and deictic name of the issue anew, in the same act.
        SetIssue = set_issue(id: IssueId, fields: IssueFields) -> OpOutcome;
        SetPage = set_page(id: PageId, number: Option<u32>, name: Option<String>) -> OpOutcome;
        /// Takes back everything an import brought.
        RemoveImport = remove_import(job: JobId) -> OpOutcome;
        Undo = undo() -> OpOutcome;
        Redo = redo() -> OpOutcome;
        /// Compares originals with their checksums and the archive with its rules.
        Check = check() -> CheckReport;
    }

    /// Long work in the background, with progress, questions and a way to stop it.
    job trait Jobs {
        ImportStart = import_start(request: ImportRequest) -> JobId;
        ImportAnswer = import_answer(job: JobId, answers: Vec<ImportAnswer>) -> JobView;
        /// Changes a rehearsal and finds anew what does not add up. Nothing is written to the archive.
        RehearsalEdit = rehearsal_edit(job: JobId, edit: RehearsalEdit) -> RehearsalView;
        /// Imports the issues of a rehearsal with these keys, all if none is named, as it stands.
        RehearsalImport = rehearsal_import(job: JobId, issues: Vec<String>) -> JobId;
        /// Stops within a second; whole pages that are in stay in.
        JobCancel = job_cancel(job: JobId) -> JobView;
        /// Halts the recogniser's queue or lets it go on; stays so over restarts.
        RecognitionPause = recognition_pause(paused: bool) -> RecognitionView;
        /// How many pages are recognised at a time.
        RecognitionThreads = recognition_threads(threads: u32) -> RecognitionView;
        /// The pages of this issue go before all others.
        RecogniseFirst = recognise_first(issue: IssueId) -> RecognitionView;
        /// Pages whose recognition failed or was called off wait again: those of one issue, or all.
        RecognitionRetry = recognition_retry(issue: Option<IssueId>) -> RecognitionView;
        /// Calls recognition off for the pages of an issue, or for all that wait. They stay held as images.
        RecognitionCallOff = recognition_call_off(issue: Option<IssueId>) -> RecognitionView;
    }
}
