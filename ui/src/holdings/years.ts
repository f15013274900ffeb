// The holdings calendar: a row for each year, a cell for each day, and one row for a run of years without any issue.
import type { Bucket } from "../api/types/Bucket";
import type { IssueRow } from "../api/types/IssueRow";
import { edtfBounds, utc } from "../dates/edtf";
import { type Mark, stretches } from "./stretches";

const DAY = 86_400_000;
/** Cells of a row: every year has room for 29 February, so that months stand under one another. */
export const CELLS = 366;

export interface Cell {
  mark: Mark;
  /** First cell and number of cells. */
  start: number;
  cells: number;
}

export interface YearRow {
  kind: "year";
  year: number;
  issues: IssueRow[];
  cells: Cell[];
}

export interface EmptyYears {
  kind: "empty";
  from: number;
  to: number;
}

/** Rows from the first year with an issue to the last. Undated issues have no place in it. */
export function calendar(issues: IssueRow[]): (YearRow | EmptyYears)[] {
  const dated = issues
    .filter((issue) => issue.date !== null && edtfBounds(issue.date) !== null)
    .sort((a, b) => start(a) - start(b));
  const first = dated[0];
  const last = dated.at(-1);
  if (!first || !last) return [];
  const marks = stretches(dated.map(bucketOf));
  const rows: (YearRow | EmptyYears)[] = [];
  for (let year = yearOf(start(first)); year <= yearOf(start(last)); year++) {
    const issuesOfYear = dated.filter((issue) => yearOf(start(issue)) === year);
    if (issuesOfYear.length === 0) {
      const before = rows.at(-1);
      if (before?.kind === "empty") before.to = year;
      else rows.push({ kind: "empty", from: year, to: year });
      continue;
    }
    const [opens, closes] = [utc(year, 0, 1), utc(year + 1, 0, 1)];
    const cells = marks
      .filter((mark) => mark.from < closes && mark.to > opens)
      .map(({ mark, from, to }) => {
        const at = cellOf(Math.max(from, opens));
        return { mark, start: at, cells: cellOf(Math.min(to, closes) - DAY) + 1 - at };
      });
    rows.push({ kind: "year", year, issues: issuesOfYear, cells });
  }
  return rows;
}

function bucketOf(issue: IssueRow): Bucket {
  return {
    date: issue.date ?? "",
    issues: 1,
    unrecognised: issue.unrecognised > 0 ? 1 : 0,
    articles: 0,
    events: 0,
  };
}

function start(issue: IssueRow): number {
  return edtfBounds(issue.date ?? "")?.[0] ?? 0;
}

function yearOf(moment: number): number {
  return new Date(moment).getUTCFullYear();
}

/** Position in the row of a leap year. */
export function cellOf(moment: number): number {
  const day = new Date(moment);
  return Math.round((utc(2000, day.getUTCMonth(), day.getUTCDate()) - utc(2000, 0, 1)) / DAY);
}
