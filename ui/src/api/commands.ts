// The commands of the core as the frontend calls them: arguments and result of each.
import type { ArchiveStatus } from "./types/ArchiveStatus";
import type { ArticleView } from "./types/ArticleView";
import type { CheckReport } from "./types/CheckReport";
import type { Clock } from "./types/Clock";
import type { EntityFilter } from "./types/EntityFilter";
import type { EntityList } from "./types/EntityList";
import type { EntityRow } from "./types/EntityRow";
import type { EntityView } from "./types/EntityView";
import type { ImportAnswer } from "./types/ImportAnswer";
import type { ImportRequest } from "./types/ImportRequest";
import type { IssueFields } from "./types/IssueFields";
import type { IssueFilter } from "./types/IssueFilter";
import type { IssueRow } from "./types/IssueRow";
import type { IssueView } from "./types/IssueView";
import type { JobView } from "./types/JobView";
import type { MentionPage } from "./types/MentionPage";
import type { NewspaperFields } from "./types/NewspaperFields";
import type { NewspaperRow } from "./types/NewspaperRow";
import type { OpLine } from "./types/OpLine";
import type { OpOutcome } from "./types/OpOutcome";
import type { PageLines } from "./types/PageLines";
import type { ReadingList } from "./types/ReadingList";
import type { SearchRequest } from "./types/SearchRequest";
import type { SearchResults } from "./types/SearchResults";
import type { TimelineRequest } from "./types/TimelineRequest";
import type { TimelineView } from "./types/TimelineView";

type Nothing = Record<string, never>;

export interface Commands {
  archive_status: { args: Nothing; result: ArchiveStatus };
  newspapers: { args: Nothing; result: NewspaperRow[] };
  issues: { args: { filter: IssueFilter }; result: IssueRow[] };
  issue: { args: { id: number }; result: IssueView };
  article: { args: { id: number }; result: ArticleView };
  page_lines: { args: { page: number }; result: PageLines };
  timeline: { args: { request: TimelineRequest }; result: TimelineView };
  reading_list: {
    args: {
      clock: Clock;
      newspaper?: number | null;
      from: string;
      to: string;
      offset: number;
      limit: number;
    };
    result: ReadingList;
  };
  entities: { args: { filter: EntityFilter }; result: EntityList };
  find_entity: { args: { name: string }; result: EntityRow[] };
  entity: { args: { id: number }; result: EntityView };
  entity_mentions: { args: { id: number; offset: number; limit: number }; result: MentionPage };
  search: { args: { request: SearchRequest }; result: SearchResults };
  jobs: { args: Nothing; result: JobView[] };
  job: { args: { id: number }; result: JobView };
  history: { args: { offset: number; limit: number }; result: OpLine[] };
  ping: { args: { n: number }; result: number };
  set_operator: { args: { name: string }; result: ArchiveStatus };
  set_newspaper: { args: { id: number; fields: NewspaperFields }; result: OpOutcome };
  set_issue: { args: { id: number; fields: IssueFields }; result: OpOutcome };
  set_page: { args: { id: number; number?: number | null; name?: string | null }; result: OpOutcome };
  remove_import: { args: { job: number }; result: OpOutcome };
  undo: { args: Nothing; result: OpOutcome };
  redo: { args: Nothing; result: OpOutcome };
  check: { args: Nothing; result: CheckReport };
  import_start: { args: { request: ImportRequest }; result: number };
  import_answer: { args: { job: number; answers: ImportAnswer[] }; result: JobView };
  job_cancel: { args: { job: number }; result: JobView };
}

export type CommandName = keyof Commands;
export type Args<N extends CommandName> = Commands[N]["args"];
export type Result<N extends CommandName> = Commands[N]["result"];
