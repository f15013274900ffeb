// The holdings band: where there are issues, where their text waits, and where issues seem to be missing.
import type { Bucket } from "../api/types/Bucket";
import { edtfBounds } from "../dates/edtf";

export type Mark = "held" | "not_recognised" | "not_held";

export interface Stretch {
  mark: Mark;
  from: number;
  to: number;
}

/** A pause longer than this many usual intervals between issues is shown as a gap in the holdings. */
const GAP = 1.6;

/**
 * Stretches in order. Between two issues nothing is said as long as the pause is usual for the paper; a longer one is a gap
 * (the usual interval is the median of those near it, so that a weekly that became a daily is measured by its own time).
 * Before the first and after the last issue nothing is said.
 */
export function stretches(buckets: Bucket[]): Stretch[] {
  const held = buckets
    .filter((bucket) => bucket.issues > 0)
    .map((bucket) => ({ bucket, bounds: edtfBounds(bucket.date) }))
    .filter((b): b is { bucket: Bucket; bounds: [number, number] } => b.bounds !== null);
  const pauses = held.slice(1).map((b, i) => b.bounds[0] - (held[i]?.bounds[0] ?? 0));
  const found: Stretch[] = [];
  held.forEach(({ bucket, bounds }, i) => {
    if (i > 0) {
      const usual = median(pauses.slice(Math.max(0, i - 7), i + 6));
      const pause = pauses[i - 1] ?? 0;
      const before = held[i - 1]?.bounds[1] ?? bounds[0];
      if (pause > usual * GAP && bounds[0] > before)
        found.push({ mark: "not_held", from: before, to: bounds[0] });
    }
    found.push({
      mark: bucket.unrecognised > 0 ? "not_recognised" : "held",
      from: bounds[0],
      to: bounds[1],
    });
  });
  return joined(found);
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Infinity;
}

/** Neighbours of the same mark as one. */
function joined(all: Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const stretch of all) {
    const last = out.at(-1);
    if (last && last.mark === stretch.mark && last.to === stretch.from) last.to = stretch.to;
    else out.push({ ...stretch });
  }
  return out;
}
