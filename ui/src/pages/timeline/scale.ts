// The mathematics of the time axis: spans, steps, ticks. Moments are milliseconds UTC at midnight; a span ends before `to`.
import { type CountableTimeInterval, utcDay, utcMonth, utcYear } from "d3-time";
import type { Step } from "../../api/types/Step";
import { edtfBounds, utc } from "../../dates/edtf";

export interface Span {
  from: number;
  to: number;
}

export const DAY = 86_400_000;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;
/** Nobody reads a newspaper by the hour: a day is as near as it gets. */
export const CLOSEST = DAY;

/** The levels from near to far: how long one is, and the pixels below which its bars are gathered into the next. */
const LEVELS: readonly { step: Step; length: number; pixels: number }[] = [
  { step: "day", length: DAY, pixels: 2.5 },
  { step: "week", length: 7 * DAY, pixels: 4 },
  { step: "month", length: MONTH, pixels: 5 },
  { step: "year", length: YEAR, pixels: 7 },
  { step: "decade", length: 10 * YEAR, pixels: 7 },
  { step: "century", length: 100 * YEAR, pixels: 0 },
];
export const STEPS: readonly Step[] = LEVELS.map(({ step }) => step);
/** A month this wide shows its front pages. */
const THUMB_MONTH_PIXELS = 72;

export function stepFor(span: Span, width: number): Step {
  const perMs = width / (span.to - span.from);
  return LEVELS.find(({ length, pixels }) => perMs * length >= pixels)?.step ?? "century";
}

/** The level that a person asked for, unless its bars would be too narrow: then the nearest one that fits. */
export function stepWithin(asked: Step | null, fitting: Step): Step {
  return asked !== null && STEPS.indexOf(asked) > STEPS.indexOf(fitting) ? asked : fitting;
}

/** Among days, a click on a week shows about so many of them. */
const FEWEST_DAYS = 14;

/**
 * The span to see after a click on the moment `at` while bars of `step` are shown: amid those spans at which the next nearer level
 * is counted by, with that moment kept in place.
 */
export function closer(span: Span, at: number, step: Step, width: number, limits: Span): Span {
  const index = STEPS.indexOf(step) - 1;
  const longest = (n: number) => {
    const level = LEVELS[n];
    return level ? (width / level.pixels) * level.length : FEWEST_DAYS * DAY;
  };
  if (index < 0) return span;
  const wanted = Math.sqrt(longest(index) * longest(index - 1));
  return zoomAt(span, at, Math.min(0.5, wanted / (span.to - span.from)), limits);
}

/** The civil day in which a moment lies: its midnight. */
export function dayOf(moment: number): number {
  return Math.floor(moment / DAY) * DAY;
}

export function showsThumbs(span: Span, width: number): boolean {
  return (pixelsPerDay(span, width) * MONTH) / DAY >= THUMB_MONTH_PIXELS;
}

function pixelsPerDay(span: Span, width: number): number {
  return (width * DAY) / (span.to - span.from);
}

/** What is seen at first: all dates with some air, and never less than a year. */
export function wholeOf(first: string, last: string): Span {
  const from = edtfBounds(first)?.[0] ?? 0;
  const to = edtfBounds(last)?.[1] ?? from + DAY;
  const air = Math.max((to - from) * 0.03, 10 * DAY, (YEAR - (to - from)) / 2);
  return { from: from - air, to: to + air };
}

/** The widest span to be seen: the centuries that all dates lie in. A small archive is seen within its time. */
export function limitsOf(first: string, last: string): Span {
  const whole = wholeOf(first, last);
  const century = (moment: number) => Math.floor(new Date(moment).getUTCFullYear() / 100) * 100;
  return { from: utc(century(whole.from), 0, 1), to: utc(century(whole.to) + 100, 0, 1) };
}

/** The span nearest to the wanted one that lies within the limits. */
export function clamp(span: Span, limits: Span): Span {
  const length = Math.min(Math.max(span.to - span.from, CLOSEST), limits.to - limits.from);
  const middle = (span.from + span.to) / 2;
  const from = Math.min(Math.max(middle - length / 2, limits.from), limits.to - length);
  return { from, to: from + length };
}

/** Narrower (`factor` < 1) or wider, with the moment `at` kept where it is. */
export function zoomAt(span: Span, at: number, factor: number, limits: Span): Span {
  const wanted = (span.to - span.from) * factor;
  const length = Math.min(Math.max(wanted, CLOSEST), limits.to - limits.from);
  const share = (at - span.from) / (span.to - span.from);
  const from = at - share * length;
  return clamp({ from, to: from + length }, limits);
}

export function pan(span: Span, by: number, limits: Span): Span {
  return clamp({ from: span.from + by, to: span.to + by }, limits);
}

/** What a typed date shows: a day amid two weeks on either side, anything longer from its first day to its last. */
export function spanOfDate(edtf: string, limits: Span): Span | null {
  const bounds = edtfBounds(edtf);
  if (bounds === null) return null;
  const from = Number.isFinite(bounds[0]) ? bounds[0] : limits.from;
  const to = Number.isFinite(bounds[1]) ? bounds[1] : limits.to;
  const air = to - from <= DAY ? 14 * DAY : 0;
  return clamp({ from: from - air, to: to + air }, limits);
}

/** d3-zoom's transform that shows `span`, on a base scale of `limits` over `width` pixels. */
export function transformOf(span: Span, limits: Span, width: number): { k: number; x: number } {
  const whole = limits.to - limits.from;
  const k = whole / (span.to - span.from);
  return { k, x: (-k * width * (span.from - limits.from)) / whole };
}

/** Inverse of {@link transformOf}. */
export function spanOf(transform: { k: number; x: number }, limits: Span, width: number): Span {
  const whole = limits.to - limits.from;
  const from = limits.from + ((-transform.x / transform.k) * whole) / width;
  return { from, to: from + whole / transform.k };
}

export interface Tick {
  at: number;
  unit: "year" | "month" | "day";
  /** Opens a larger unit and is written in full: the first month of a year, the first day of a month. */
  major: boolean;
}

const YEAR_STEPS = [1, 2, 5, 10, 20, 50, 100];
const LABEL_PIXELS = 66;

/** Ticks at least a label apart, at round dates. */
export function ticks(span: Span, width: number): Tick[] {
  const between = (interval: CountableTimeInterval, unit: Tick["unit"], major: (at: Date) => boolean) =>
    interval
      .range(new Date(span.from), new Date(span.to))
      .map((at) => ({ at: at.getTime(), unit, major: major(at) }));
  const perDay = pixelsPerDay(span, width);
  if (perDay >= LABEL_PIXELS * 0.5) return between(utcDay, "day", (at) => at.getUTCDate() === 1);
  if (perDay * 7 >= LABEL_PIXELS)
    return between(
      utcDay.filter((at) => [1, 8, 15, 22].includes(at.getUTCDate())) as CountableTimeInterval,
      "day",
      (at) => at.getUTCDate() === 1,
    );
  for (const months of [1, 3, 6])
    if ((perDay * months * MONTH) / DAY >= LABEL_PIXELS)
      return between(
        utcMonth.filter((at) => at.getUTCMonth() % months === 0) as CountableTimeInterval,
        "month",
        (at) => at.getUTCMonth() === 0,
      );
  const years = YEAR_STEPS.find((n) => (perDay * n * YEAR) / DAY >= LABEL_PIXELS) ?? 100;
  const round = years >= 10 ? 100 : 10;
  return between(
    utcYear.filter((at) => at.getUTCFullYear() % years === 0) as CountableTimeInterval,
    "year",
    (at) => at.getUTCFullYear() % round === 0,
  );
}
