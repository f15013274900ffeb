// Counts by month over the holdings, with the months that are not held in between.
import type { Bucket } from "../../api/types/Bucket";
import { edtfBounds } from "../../dates/edtf";
import { stretches } from "../../holdings/stretches";

/** `none`: no issue, and by the paper's usual interval none was due. */
export type Held = "held" | "not_recognised" | "not_held" | "none";

export interface PeriodRow {
  /** EDTF month or year. */
  date: string;
  articles: number;
  issues: number;
  held: Held;
}

const RANK: Record<Held, number> = { none: 0, not_held: 1, held: 2, not_recognised: 3 };

/** More months than this are shown by year. */
const MOST_MONTHS = 240;

/** One row a month from the first to the last bucket, or a year where the months would be too many to tell apart. */
export function periods(buckets: readonly Bucket[]): PeriodRow[] {
  const known = new Map(buckets.filter((b) => /^\d{4}-\d{2}$/.test(b.date)).map((b) => [b.date, b]));
  const dates = [...known.keys()].sort();
  const first = dates[0];
  const last = dates[dates.length - 1];
  if (first === undefined || last === undefined) return [];
  const rows: PeriodRow[] = [];
  const gaps = stretches([...known.values()].sort((a, b) => (a.date < b.date ? -1 : 1))).filter(
    (stretch) => stretch.mark === "not_held",
  );
  for (let month = first; month <= last; month = monthAfter(month)) {
    const begin = edtfBounds(month)?.[0] ?? 0;
    const due = gaps.some((gap) => begin >= gap.from && begin < gap.to);
    rows.push(row(month, known.get(month), due));
  }
  return rows.length <= MOST_MONTHS ? rows : byYear(rows);
}

function row(date: string, bucket: Bucket | undefined, due: boolean): PeriodRow {
  const issues = bucket?.issues ?? 0;
  const unread = (bucket?.unrecognised ?? 0) > 0;
  const held = issues === 0 ? (due ? "not_held" : "none") : unread ? "not_recognised" : "held";
  return { date, articles: bucket?.articles ?? 0, issues, held };
}

function byYear(months: readonly PeriodRow[]): PeriodRow[] {
  const years: PeriodRow[] = [];
  for (const month of months) {
    const date = month.date.slice(0, 4);
    let year = years[years.length - 1];
    if (year?.date !== date) {
      year = { date, articles: 0, issues: 0, held: "none" };
      years.push(year);
    }
    year.articles += month.articles;
    year.issues += month.issues;
    // A year is doubtful as soon as one of its months is; it is missing only if nothing of it is held.
    if (RANK[month.held] > RANK[year.held]) year.held = month.held;
  }
  return years;
}

function monthAfter(month: string): string {
  const year = Number(month.slice(0, 4));
  const next = Number(month.slice(5, 7)) + 1;
  const [y, m] = next > 12 ? [year + 1, 1] : [year, next];
  return `${String(y).padStart(4, "0")}-${String(m).padStart(2, "0")}`;
}

/** First and last civil day of a month or year. */
export function daysOf(period: string): { from: string; to: string } {
  if (period.length === 4) return { from: `${period}-01-01`, to: `${period}-12-31` };
  const last = new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)), 0)).getUTCDate();
  return { from: `${period}-01`, to: `${period}-${String(last).padStart(2, "0")}` };
}

/** Indices of the rows that begin a year worth a label, so that labels of `labelWidth` do not meet. */
export function yearLabels(rows: readonly PeriodRow[], rowWidth: number, labelWidth: number): number[] {
  const labels: number[] = [];
  let free = -Infinity;
  rows.forEach((r, i) => {
    if ((r.date.length === 4 || r.date.endsWith("-01") || i === 0) && i * rowWidth >= free) {
      labels.push(i);
      free = i * rowWidth + labelWidth;
    }
  });
  return labels;
}
