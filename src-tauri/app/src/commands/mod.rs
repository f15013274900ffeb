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
use baoku_model::{ArticleId, EntityId, EntityKind, IssueId, JobId, LayerId, MentionId, NewspaperId, PageId};

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
        /// Every place of a string in an issue, Traditional and variant forms taken as one.
        FindInIssue = find_in_issue(issue: IssueId, query: String) -> IssueFindings;
        /// A reference to an article, with a quotation from it where one is given.
        Citation = citation(article: ArticleId, style: CitationStyle, quote: Option<Quotation>) -> CitationView;
        /// A reference to a page as a whole.
        PageCitation = page_citation(issue: IssueId, page: u32, style: CitationStyle) -> CitationView;
        Timeline = timeline(request: TimelineRequest) -> TimelineView;
        /// What lies between two civil days (inclusive): issues published, events that happened.
        ReadingList = reading_list(
            clock: Clock, newspaper: Option<NewspaperId>, from: String, to: String, offset: u32, limit: u32,
        ) -> ReadingList;
        /// A search, an entry or a tag over the counts, by date of publication, with what is held as its denominator.
        Overlay = overlay(request: OverlayRequest) -> OverlayView;
        /// Readers' tags that are in use.
        Tags = tags() -> Vec<TagRow>;
        /// A draft of a chronicle from confirmed events, every line with its citation.
        Chronicle = chronicle(request: ChronicleRequest) -> Chronicle;
        /// The whole draft as text or Markdown; offset and limit are not looked at.
        ChronicleFile = chronicle_file(request: ChronicleRequest, format: ChronicleFormat) -> String;
        Entities = entities(filter: EntityFilter) -> EntityList;
        /// By exact name (any form) or id.
        FindEntity = find_entity(name: String) -> Vec<EntityRow>;
        Entity = entity(id: EntityId) -> EntityView;
        EntityMentions = entity_mentions(id: EntityId, offset: u32, limit: u32) -> MentionPage;
        /// Entries that fit what is being typed: characters, pinyin or its initials; 0 gives as many as there are, up to 20.
        Suggest = suggest(typed: String, kind: Option<EntityKind>, limit: u32) -> Vec<Suggestion>;
        /// Entries merged into another, by name or id.
        FindMerged = find_merged(name: String) -> Vec<EntityId>;
        /// What a merge would change.
        MergePreview = merge_preview(from: Vec<EntityId>, into: EntityId) -> MergePreview;
        /// Entries that may be the same, the most mentioned first; a limit of 0 means all.
        Clusters = clusters(
            kind: Option<EntityKind>, reason: Option<ClusterReason>, offset: u32, limit: u32,
        ) -> ClusterList;
        /// Mentions that name one of several entries of their name; a limit of 0 means all.
        Unplaced = unplaced(offset: u32, limit: u32) -> UnplacedList;
        /// The authority file as text; with `all`, entries that no person vouched for too.
        AuthorityFile = authority_file(format: AuthorityFormat, kind: Option<EntityKind>, all: bool) -> String;
        /// What importing an authority file would do.
        AuthorityRehearsal = authority_rehearsal(format: AuthorityFormat, text: String) -> AuthorityImport;
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
        /// Lines worth a look that nobody checked, the most worth first: of one issue, or of all.
        ReviewQueue = review_queue(issue: Option<IssueId>, offset: u32, limit: u32) -> ReviewQueue;
        /// Corrections of a line, the first one first.
        LineHistory = line_history(layer: LayerId, line: u32) -> Vec<LineChange>;
        /// Lines in which a text stands that may have been confused, the doubtful ones first.
        Confusions = confusions(form: String, issue: Option<IssueId>, limit: u32) -> Vec<ReviewLine>;
        /// What reading a page again would change; null if it is not read again.
        Reread = reread(page: PageId) -> Option<RereadView>;
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
        /// Regions, articles and jumps of an issue as a person sees them on the page.
        EditStructure = edit_structure(issue: IssueId, edit: StructureEdit) -> OpOutcome;
        /// Lines as a person reads them on the page; the same text as before says that a line was checked. `change`: before and
        /// after of one confusion put right in many places.
        CorrectLines = correct_lines(lines: Vec<LineText>, change: Option<(String, String)>) -> OpOutcome;
        /// Takes what was read again of a page; the articles named stay as they are.
        TakeReading = take_reading(page: PageId, keep: Vec<ArticleId>) -> OpOutcome;
        /// These places name, or do not name, what the machine says.
        DecideMentions = decide_mentions(ids: Vec<MentionId>, verdict: Verdict) -> OpOutcome;
        /// These places name another entry, or a new one: then theirs is split.
        MoveMentions = move_mentions(ids: Vec<MentionId>, to: Destination) -> OpOutcome;
        /// Whole entries: names indeed, or no names at all.
        DecideEntities = decide_entities(ids: Vec<EntityId>, verdict: Verdict) -> OpOutcome;
        /// A link that `unmerge_entity` takes back at any later time, with all that belonged to each.
        MergeEntities = merge_entities(from: Vec<EntityId>, into: EntityId) -> OpOutcome;
        UnmergeEntity = unmerge_entity(id: EntityId) -> OpOutcome;
        /// Each is not the same as any of the others, or that is taken back: never proposed again, never linked.
        TellApart = tell_apart(ids: Vec<EntityId>, apart: bool) -> OpOutcome;
        EditEntity = edit_entity(id: EntityId, edit: EntityEdit) -> OpOutcome;
        /// Takes over an authority file; known entries are told more, nothing is taken away.
        ImportAuthority = import_authority(format: AuthorityFormat, text: String) -> OpOutcome;
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
        /// Reads a page again; nothing changes until it is taken.
        RereadStart = reread_start(page: PageId, request: RereadRequest) -> RereadView;
        /// Stops reading a page again, or leaves what came of it.
        RereadDrop = reread_drop(page: PageId) -> bool;
        /// Counts a word by which a place was found and opened: lines with it are looked at sooner. False where nothing may be written.
        Searched = searched(form: String) -> bool;
        /// Halts the recogniser's queue or lets it go on; stays so over restarts.
        RecognitionPause = recognition_pause(paused: bool) -> RecognitionView;
        /// How many pages are recognised at a time.
        RecognitionThreads = recognition_threads(threads: u32) -> RecognitionView;
        /// Who reads from now on: Tesseract with these languages (in its own words, such as `jpn+eng`), or the usual engine.
        RecognitionEngine = recognition_engine(tesseract: bool, languages: String) -> RecognitionView;
        /// The pages of this issue go before all others.
        RecogniseFirst = recognise_first(issue: IssueId) -> RecognitionView;
        /// Pages whose recognition failed or was called off wait again: those of one issue, or all.
        RecognitionRetry = recognition_retry(issue: Option<IssueId>) -> RecognitionView;
        /// Calls recognition off for the pages of an issue, or for all that wait. They stay held as images.
        RecognitionCallOff = recognition_call_off(issue: Option<IssueId>) -> RecognitionView;
    }
}
