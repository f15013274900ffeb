// Made from the declaration in src-tauri/app/src/commands; do not edit. `cargo xtask bless` writes it anew.
import type { ArchiveStatus } from "./ArchiveStatus";
import type { ArticleId } from "./ArticleId";
import type { ArticleView } from "./ArticleView";
import type { AuthorityFormat } from "./AuthorityFormat";
import type { AuthorityImport } from "./AuthorityImport";
import type { CheckReport } from "./CheckReport";
import type { Chronicle } from "./Chronicle";
import type { ChronicleFormat } from "./ChronicleFormat";
import type { ChronicleRequest } from "./ChronicleRequest";
import type { CitationStyle } from "./CitationStyle";
import type { CitationView } from "./CitationView";
import type { Clock } from "./Clock";
import type { ClusterList } from "./ClusterList";
import type { ClusterReason } from "./ClusterReason";
import type { Destination } from "./Destination";
import type { EntityEdit } from "./EntityEdit";
import type { EntityFilter } from "./EntityFilter";
import type { EntityId } from "./EntityId";
import type { EntityKind } from "./EntityKind";
import type { EntityList } from "./EntityList";
import type { EntityRow } from "./EntityRow";
import type { EntityView } from "./EntityView";
import type { ImportAnswer } from "./ImportAnswer";
import type { ImportRequest } from "./ImportRequest";
import type { IssueFields } from "./IssueFields";
import type { IssueFilter } from "./IssueFilter";
import type { IssueFindings } from "./IssueFindings";
import type { IssueId } from "./IssueId";
import type { IssueRow } from "./IssueRow";
import type { IssueView } from "./IssueView";
import type { JobId } from "./JobId";
import type { JobView } from "./JobView";
import type { LayerId } from "./LayerId";
import type { LineChange } from "./LineChange";
import type { LineText } from "./LineText";
import type { MentionId } from "./MentionId";
import type { MentionPage } from "./MentionPage";
import type { MergePreview } from "./MergePreview";
import type { NewspaperFields } from "./NewspaperFields";
import type { NewspaperId } from "./NewspaperId";
import type { NewspaperRow } from "./NewspaperRow";
import type { OpLine } from "./OpLine";
import type { OpOutcome } from "./OpOutcome";
import type { OverlayRequest } from "./OverlayRequest";
import type { OverlayView } from "./OverlayView";
import type { PageId } from "./PageId";
import type { PageLines } from "./PageLines";
import type { Quotation } from "./Quotation";
import type { ReadingList } from "./ReadingList";
import type { RecognitionView } from "./RecognitionView";
import type { RehearsalEdit } from "./RehearsalEdit";
import type { RehearsalView } from "./RehearsalView";
import type { RereadRequest } from "./RereadRequest";
import type { RereadView } from "./RereadView";
import type { ReviewLine } from "./ReviewLine";
import type { ReviewQueue } from "./ReviewQueue";
import type { SavedSearch } from "./SavedSearch";
import type { SearchFacets } from "./SearchFacets";
import type { SearchIndex } from "./SearchIndex";
import type { SearchRequest } from "./SearchRequest";
import type { SearchResults } from "./SearchResults";
import type { StructureEdit } from "./StructureEdit";
import type { Suggestion } from "./Suggestion";
import type { TagRow } from "./TagRow";
import type { TimelineRequest } from "./TimelineRequest";
import type { TimelineView } from "./TimelineView";
import type { UnplacedList } from "./UnplacedList";
import type { Verdict } from "./Verdict";

/** Every command with its arguments, its result and its kind. */
export interface Commands {
  /** Title, counts, operator, what can be undone, what waits. */
  archive_status: { args: Record<string, never>; result: ArchiveStatus; kind: "query" };
  newspapers: { args: Record<string, never>; result: Array<NewspaperRow>; kind: "query" };
  /** Unidentified issues first, then by date. */
  issues: { args: { filter: IssueFilter }; result: Array<IssueRow>; kind: "query" };
  issue: { args: { id: IssueId }; result: IssueView; kind: "query" };
  article: { args: { id: ArticleId }; result: ArticleView; kind: "query" };
  /** All lines of a page with their boxes. */
  page_lines: { args: { page: PageId }; result: PageLines; kind: "query" };
  /** Every place of a string in an issue, Traditional and variant forms taken as one. */
  find_in_issue: { args: { issue: IssueId; query: string }; result: IssueFindings; kind: "query" };
  /** A reference to an article, with a quotation from it where one is given. */
  citation: { args: { article: ArticleId; style: CitationStyle; quote?: Quotation | null }; result: CitationView; kind: "query" };
  /** A reference to a page as a whole. */
  page_citation: { args: { issue: IssueId; page: number; style: CitationStyle }; result: CitationView; kind: "query" };
  timeline: { args: { request: TimelineRequest }; result: TimelineView; kind: "query" };
  /** What lies between two civil days (inclusive): issues published, events that happened. */
  reading_list: { args: { clock: Clock; newspaper?: NewspaperId | null; from: string; to: string; offset: number; limit: number }; result: ReadingList; kind: "query" };
  /** A search, an entry or a tag over the counts, by date of publication, with what is held as its denominator. */
  overlay: { args: { request: OverlayRequest }; result: OverlayView; kind: "query" };
  /** Readers' tags that are in use. */
  tags: { args: Record<string, never>; result: Array<TagRow>; kind: "query" };
  /** A draft of a chronicle from confirmed events, every line with its citation. */
  chronicle: { args: { request: ChronicleRequest }; result: Chronicle; kind: "query" };
  /** The whole draft as text or Markdown; offset and limit are not looked at. */
  chronicle_file: { args: { request: ChronicleRequest; format: ChronicleFormat }; result: string; kind: "query" };
  entities: { args: { filter: EntityFilter }; result: EntityList; kind: "query" };
  /** By exact name (any form) or id. */
  find_entity: { args: { name: string }; result: Array<EntityRow>; kind: "query" };
  entity: { args: { id: EntityId }; result: EntityView; kind: "query" };
  entity_mentions: { args: { id: EntityId; offset: number; limit: number }; result: MentionPage; kind: "query" };
  /** Entries that fit what is being typed: characters, pinyin or its initials; 0 gives as many as there are, up to 20. */
  suggest: { args: { typed: string; kind?: EntityKind | null; limit: number }; result: Array<Suggestion>; kind: "query" };
  /** Entries merged into another, by name or id. */
  find_merged: { args: { name: string }; result: Array<EntityId>; kind: "query" };
  /** What a merge would change. */
  merge_preview: { args: { from: Array<EntityId>; into: EntityId }; result: MergePreview; kind: "query" };
  /** Entries that may be the same, the most mentioned first; a limit of 0 means all. */
  clusters: { args: { kind?: EntityKind | null; reason?: ClusterReason | null; offset: number; limit: number }; result: ClusterList; kind: "query" };
  /** Mentions that name one of several entries of their name; a limit of 0 means all. */
  unplaced: { args: { offset: number; limit: number }; result: UnplacedList; kind: "query" };
  /** The authority file as text; with `all`, entries that no person vouched for too. */
  authority_file: { args: { format: AuthorityFormat; kind?: EntityKind | null; all: boolean }; result: string; kind: "query" };
  /** What importing an authority file would do. */
  authority_rehearsal: { args: { format: AuthorityFormat; text: string }; result: AuthorityImport; kind: "query" };
  /** A new search of the same asker calls off the one before. */
  search: { args: { request: SearchRequest }; result: SearchResults; kind: "query" };
  /** The result by newspaper, year, kind and the names in it. */
  search_facets: { args: { request: SearchRequest }; result: SearchFacets; kind: "query" };
  /** The whole result as CSV, one article a line, without a limit. */
  search_csv: { args: { request: SearchRequest }; result: string; kind: "query" };
  saved_searches: { args: Record<string, never>; result: Array<SavedSearch>; kind: "query" };
  /** How far the search index is; pushed as an event too. */
  search_index: { args: Record<string, never>; result: SearchIndex; kind: "query" };
  /** Newest first. */
  jobs: { args: Record<string, never>; result: Array<JobView>; kind: "query" };
  job: { args: { id: JobId }; result: JobView; kind: "query" };
  /** What a dry run found, as issues and pages; null while it is under way. */
  rehearsal: { args: { job: JobId }; result: RehearsalView | null; kind: "query" };
  /** Pages that wait for text recognition, and what is being done about them. */
  recognition: { args: Record<string, never>; result: RecognitionView; kind: "query" };
  /** Lines worth a look that nobody checked, the most worth first: of one issue, or of all. */
  review_queue: { args: { issue?: IssueId | null; offset: number; limit: number }; result: ReviewQueue; kind: "query" };
  /** Corrections of a line, the first one first. */
  line_history: { args: { layer: LayerId; line: number }; result: Array<LineChange>; kind: "query" };
  /** Lines in which a text stands that may have been confused, the doubtful ones first. */
  confusions: { args: { form: string; issue?: IssueId | null; limit: number }; result: Array<ReviewLine>; kind: "query" };
  /** What reading a page again would change; null if it is not read again. */
  reread: { args: { page: PageId }; result: RereadView | null; kind: "query" };
  /** Acts of people, newest first. */
  history: { args: { offset: number; limit: number }; result: Array<OpLine>; kind: "query" };
  /** Gives `n` back; measures whether the boundary is free. */
  ping: { args: { n: number }; result: number; kind: "query" };
  /** Who works at this window or terminal from now on. */
  set_operator: { args: { name: string }; result: ArchiveStatus; kind: "mutation" };
  /** Keeps a search under a name, in place of one of that name; an empty address takes it away. */
  save_search: { args: { search: SavedSearch }; result: Array<SavedSearch>; kind: "mutation" };
  set_newspaper: { args: { id: NewspaperId; fields: NewspaperFields }; result: OpOutcome; kind: "mutation" };
  /** A new date or newspaper resolves every date and deictic name of the issue anew, in the same act. */
  set_issue: { args: { id: IssueId; fields: IssueFields }; result: OpOutcome; kind: "mutation" };
  set_page: { args: { id: PageId; number?: number | null; name?: string | null }; result: OpOutcome; kind: "mutation" };
  /** Regions, articles and jumps of an issue as a person sees them on the page. */
  edit_structure: { args: { issue: IssueId; edit: StructureEdit }; result: OpOutcome; kind: "mutation" };
  /** Lines as a person reads them on the page; the same text as before says that a line was checked. `change`: before and after of one confusion put right in many places. */
  correct_lines: { args: { lines: Array<LineText>; change?: [string, string] | null }; result: OpOutcome; kind: "mutation" };
  /** Takes what was read again of a page; the articles named stay as they are. */
  take_reading: { args: { page: PageId; keep: Array<ArticleId> }; result: OpOutcome; kind: "mutation" };
  /** These places name, or do not name, what the machine says. */
  decide_mentions: { args: { ids: Array<MentionId>; verdict: Verdict }; result: OpOutcome; kind: "mutation" };
  /** These places name another entry, or a new one: then theirs is split. */
  move_mentions: { args: { ids: Array<MentionId>; to: Destination }; result: OpOutcome; kind: "mutation" };
  /** Whole entries: names indeed, or no names at all. */
  decide_entities: { args: { ids: Array<EntityId>; verdict: Verdict }; result: OpOutcome; kind: "mutation" };
  /** A link that `unmerge_entity` takes back at any later time, with all that belonged to each. */
  merge_entities: { args: { from: Array<EntityId>; into: EntityId }; result: OpOutcome; kind: "mutation" };
  unmerge_entity: { args: { id: EntityId }; result: OpOutcome; kind: "mutation" };
  /** Each is not the same as any of the others, or that is taken back: never proposed again, never linked. */
  tell_apart: { args: { ids: Array<EntityId>; apart: boolean }; result: OpOutcome; kind: "mutation" };
  edit_entity: { args: { id: EntityId; edit: EntityEdit }; result: OpOutcome; kind: "mutation" };
  /** Takes over an authority file; known entries are told more, nothing is taken away. */
  import_authority: { args: { format: AuthorityFormat; text: string }; result: OpOutcome; kind: "mutation" };
  /** Takes back everything an import brought. */
  remove_import: { args: { job: JobId }; result: OpOutcome; kind: "mutation" };
  undo: { args: Record<string, never>; result: OpOutcome; kind: "mutation" };
  redo: { args: Record<string, never>; result: OpOutcome; kind: "mutation" };
  /** Compares originals with their checksums and the archive with its rules. */
  check: { args: Record<string, never>; result: CheckReport; kind: "mutation" };
  import_start: { args: { request: ImportRequest }; result: JobId; kind: "job" };
  import_answer: { args: { job: JobId; answers: Array<ImportAnswer> }; result: JobView; kind: "job" };
  /** Changes a rehearsal and finds anew what does not add up. Nothing is written to the archive. */
  rehearsal_edit: { args: { job: JobId; edit: RehearsalEdit }; result: RehearsalView; kind: "job" };
  /** Imports the issues of a rehearsal with these keys, all if none is named, as it stands. */
  rehearsal_import: { args: { job: JobId; issues: Array<string> }; result: JobId; kind: "job" };
  /** Stops within a second; whole pages that are in stay in. */
  job_cancel: { args: { job: JobId }; result: JobView; kind: "job" };
  /** Reads a page again; nothing changes until it is taken. */
  reread_start: { args: { page: PageId; request: RereadRequest }; result: RereadView; kind: "job" };
  /** Stops reading a page again, or leaves what came of it. */
  reread_drop: { args: { page: PageId }; result: boolean; kind: "job" };
  /** Counts a word by which a place was found and opened: lines with it are looked at sooner. False where nothing may be written. */
  searched: { args: { form: string }; result: boolean; kind: "job" };
  /** Halts the recogniser's queue or lets it go on; stays so over restarts. */
  recognition_pause: { args: { paused: boolean }; result: RecognitionView; kind: "job" };
  /** How many pages are recognised at a time. */
  recognition_threads: { args: { threads: number }; result: RecognitionView; kind: "job" };
  /** Who reads from now on: Tesseract with these languages (in its own words, such as `jpn+eng`), or the usual engine. */
  recognition_engine: { args: { tesseract: boolean; languages: string }; result: RecognitionView; kind: "job" };
  /** The pages of this issue go before all others. */
  recognise_first: { args: { issue: IssueId }; result: RecognitionView; kind: "job" };
  /** Pages whose recognition failed or was called off wait again: those of one issue, or all. */
  recognition_retry: { args: { issue?: IssueId | null }; result: RecognitionView; kind: "job" };
  /** Calls recognition off for the pages of an issue, or for all that wait. They stay held as images. */
  recognition_call_off: { args: { issue?: IssueId | null }; result: RecognitionView; kind: "job" };
}

export type CommandName = keyof Commands;

/** Kind of each command at run time. */
export const commandKinds: { readonly [Name in CommandName]: Commands[Name]["kind"] } = {
  archive_status: "query",
  newspapers: "query",
  issues: "query",
  issue: "query",
  article: "query",
  page_lines: "query",
  find_in_issue: "query",
  citation: "query",
  page_citation: "query",
  timeline: "query",
  reading_list: "query",
  overlay: "query",
  tags: "query",
  chronicle: "query",
  chronicle_file: "query",
  entities: "query",
  find_entity: "query",
  entity: "query",
  entity_mentions: "query",
  suggest: "query",
  find_merged: "query",
  merge_preview: "query",
  clusters: "query",
  unplaced: "query",
  authority_file: "query",
  authority_rehearsal: "query",
  search: "query",
  search_facets: "query",
  search_csv: "query",
  saved_searches: "query",
  search_index: "query",
  jobs: "query",
  job: "query",
  rehearsal: "query",
  recognition: "query",
  review_queue: "query",
  line_history: "query",
  confusions: "query",
  reread: "query",
  history: "query",
  ping: "query",
  set_operator: "mutation",
  save_search: "mutation",
  set_newspaper: "mutation",
  set_issue: "mutation",
  set_page: "mutation",
  edit_structure: "mutation",
  correct_lines: "mutation",
  take_reading: "mutation",
  decide_mentions: "mutation",
  move_mentions: "mutation",
  decide_entities: "mutation",
  merge_entities: "mutation",
  unmerge_entity: "mutation",
  tell_apart: "mutation",
  edit_entity: "mutation",
  import_authority: "mutation",
  remove_import: "mutation",
  undo: "mutation",
  redo: "mutation",
  check: "mutation",
  import_start: "job",
  import_answer: "job",
  rehearsal_edit: "job",
  rehearsal_import: "job",
  job_cancel: "job",
  reread_start: "job",
  reread_drop: "job",
  searched: "job",
  recognition_pause: "job",
  recognition_threads: "job",
  recognition_engine: "job",
  recognise_first: "job",
  recognition_retry: "job",
  recognition_call_off: "job",
};
