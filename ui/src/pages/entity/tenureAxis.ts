// Posts on a time axis: where bars and ticks stand, and which rows belong together.
import { scaleLinear } from "d3-scale";
import { utcMonth, utcYear } from "d3-time";
import type { RoleEvidence } from "../../api/types/RoleEvidence";
import type { TenureView } from "../../api/types/TenureView";
import { edtfBounds } from "../../dates/edtf";

const DAY = 86_400_000;
/** Air at both ends, and the least span, so that a single day is no wall-to-wall bar. */
const LEAST = 120 * DAY;

export interface Axis {
  /** Share of the width, 0 to 1. */
  at(time: number): number;
  ticks: { at: number; label: string }[];
}

/** All that is said on one date. */
export interface Mark {
  evidence: RoleEvidence[];
  /** Share of the width of the middle of the days it may mean. */
  at: number;
}

/** Middle of the days a date may mean; `null` for none and for open intervals. */
export function middleOf(edtf: string | null): number | null {
  const bounds = edtf === null ? null : edtfBounds(edtf);
  if (bounds === null || !Number.isFinite(bounds[0]) || !Number.isFinite(bounds[1])) return null;
  return (bounds[0] + bounds[1] - DAY) / 2;
}

/** The axis over all dated evidence of all posts; `null` if nothing is dated. */
export function axisOf(tenures: readonly TenureView[], mostTicks: number): Axis | null {
  const times = tenures
    .flatMap((t) => t.evidence.map((e) => middleOf(e.date)))
    .filter((time) => time !== null);
  if (times.length === 0) return null;
  const low = Math.min(...times);
  const high = Math.max(...times);
  const air = Math.max((high - low) * 0.04, (LEAST - (high - low)) / 2, 10 * DAY);
  const scale = scaleLinear([low - air, high + air], [0, 1]);
  const domain = scale.domain().map((time) => new Date(time)) as [Date, Date];
  const years = utcYear.count(domain[0], domain[1]);
  const byYear = years > 1;
  const every = Math.max(1, Math.ceil((byYear ? years : utcMonth.count(domain[0], domain[1])) / mostTicks));
  const dates = (byYear ? utcYear.every(every) : utcMonth.every(every))?.range(domain[0], domain[1]) ?? [];
  return {
    at: scale,
    ticks: dates.map((date) => ({
      at: scale(date.getTime()),
      label: date.toISOString().slice(0, byYear ? 4 : 7),
    })),
  };
}

/** Ticks of one post, and the evidence that no tick can show because it has no date. */
export function marksOf(tenure: TenureView, axis: Axis): { dated: Mark[]; undated: RoleEvidence[] } {
  const dated: Mark[] = [];
  const undated: RoleEvidence[] = [];
  for (const evidence of tenure.evidence) {
    const time = middleOf(evidence.date);
    if (time === null) undated.push(evidence);
    else {
      const at = axis.at(time);
      const same = dated.find((mark) => mark.at === at);
      if (same) same.evidence.push(evidence);
      else dated.push({ evidence: [evidence], at });
    }
  }
  return { dated: dated.sort((a, b) => a.at - b.at), undated };
}

/** From the first to the last sentence that says the post is held; `null` where none does (原, 拟任). */
export function barOf(tenure: TenureView, axis: Axis): { from: number; to: number } | null {
  const first = middleOf(tenure.first);
  const last = middleOf(tenure.last);
  const from = first ?? last;
  const to = last ?? first;
  return from === null || to === null ? null : { from: axis.at(from), to: axis.at(to) };
}

/** Only an appointment or election begins a tenure, only a removal ends it; all else is first and last word of it. */
export function boundsOf(tenure: TenureView): { begun: boolean; ended: boolean } {
  const statuses = new Set(tenure.evidence.map((e) => e.status));
  return { begun: statuses.has("appointed") || statuses.has("elected"), ended: statuses.has("removed") };
}
