// Dates of the archive are EDTF text (levels 0 and 1). The core guards what is written; here they are read for charts and words.

/** One end of an expression, as its parts. */
export interface EdtfPoint {
  /** As written, perhaps with unspecified digits: `193X`. */
  year: string;
  month: number | null;
  day: number | null;
  /** `HH:MM`, where an hour is given. */
  time: string | null;
  approximate: boolean;
  uncertain: boolean;
}

export type EdtfParsed =
  | { kind: "point"; point: EdtfPoint }
  /** `null` is an open end. */
  | { kind: "interval"; from: EdtfPoint | null; to: EdtfPoint | null };

const POINT = /^(\d{1,4}X{0,3})(?:-(\d{2}|XX))?(?:-(\d{2}|XX))?(?:T(\d{2}:\d{2})(?::\d{2})?)?([~?%])?$/;

function parsePoint(text: string): EdtfPoint | null {
  const match = POINT.exec(text);
  const year = match?.[1];
  if (!match || year?.length !== 4) return null;
  const month = number(match[2]);
  const day = number(match[3]);
  if (month !== null && (month < 1 || month > 12)) return null;
  if (day !== null && (month === null || year.includes("X") || day < 1 || day > daysIn(Number(year), month)))
    return null;
  const mark = match[5];
  return {
    year,
    month,
    day,
    time: match[4] ?? null,
    approximate: mark === "~" || mark === "%",
    uncertain: mark === "?" || mark === "%",
  };
}

function number(digits: string | undefined): number | null {
  return digits === undefined || digits === "XX" ? null : Number(digits);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The expression in its parts, or `null` if it is none. */
export function parseEdtf(text: string): EdtfParsed | null {
  const slash = text.indexOf("/");
  if (slash < 0) {
    const point = parsePoint(text);
    return point && { kind: "point", point };
  }
  const end = (part: string): EdtfPoint | null | undefined =>
    part === "" || part === ".." ? null : (parsePoint(part) ?? undefined);
  const from = end(text.slice(0, slash));
  const to = end(text.slice(slash + 1));
  if (from === undefined || to === undefined || (from === null && to === null)) return null;
  return { kind: "interval", from, to };
}

/** Midnight (UTC) of the first day the expression may mean, and midnight after the last; open ends are infinite. */
export function edtfBounds(text: string): [number, number] | null {
  const parsed = parseEdtf(text);
  if (parsed === null) return null;
  if (parsed.kind === "point") return [firstDay(parsed.point), afterLastDay(parsed.point)];
  return [parsed.from ? firstDay(parsed.from) : -Infinity, parsed.to ? afterLastDay(parsed.to) : Infinity];
}

/** True if the expression names one single day. */
export function isExactDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text);
}

function firstDay(point: EdtfPoint): number {
  return utc(Number(point.year.replaceAll("X", "0")), (point.month ?? 1) - 1, point.day ?? 1);
}

function afterLastDay(point: EdtfPoint): number {
  const year = Number(point.year.replaceAll("X", "9"));
  if (point.month === null) return utc(year + 1, 0, 1);
  if (point.day === null) return utc(year, point.month, 1);
  return utc(year, point.month - 1, point.day + 1);
}

/** Midnight UTC; unlike Date.UTC it takes years below 100 at their word. `month` counts from 0 and may run over. */
export function utc(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}

/** `YYYY-MM-DD` of a moment, in UTC. */
export function civilDay(time: number): string {
  const date = new Date(time);
  const year = Math.min(9999, Math.max(1, date.getUTCFullYear()));
  return `${String(year).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
