// Where the marks of dated events stand: each in the first lane that is free there.
import type { EventRow } from "../../api/types/EventRow";
import { edtfBounds } from "../../dates/edtf";

export interface EventMark {
  event: EventRow;
  lane: number;
  /** Pixels; `from` equals `to` for an event of one day. */
  from: number;
  to: number;
  /** True if the date names more than one day: drawn as a line from the first to the last. */
  uncertain: boolean;
}

/** Pixels between two marks of one lane. */
const APART = 9;

/** Marks of the events, as many as the lanes hold; the rest are counted by the chart and stand in the list. */
export function placeMarks(
  events: EventRow[],
  x: (moment: number) => number,
  width: number,
  lanes: number,
): EventMark[] {
  const free: number[] = Array.from({ length: lanes }, () => -Infinity);
  const dated = events
    .map((event) => ({ event, bounds: edtfBounds(event.date) }))
    .filter((e): e is { event: EventRow; bounds: [number, number] } => e.bounds !== null)
    .sort((a, b) => a.bounds[0] - b.bounds[0] || a.bounds[1] - b.bounds[1]);
  const marks: EventMark[] = [];
  for (const { event, bounds } of dated) {
    const uncertain = bounds[1] - bounds[0] > 86_400_000;
    const middle = (bounds[0] + bounds[1]) / 2;
    const from = Math.max(x(uncertain ? bounds[0] : middle), -20);
    const to = Math.min(x(uncertain ? bounds[1] : middle), width + 20);
    if (to < 0 || from > width) continue;
    const lane = free.findIndex((end) => end + APART <= from);
    if (lane < 0) continue;
    free[lane] = to;
    marks.push({ event, lane, from, to, uncertain });
  }
  return marks;
}
