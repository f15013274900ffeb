// What is drawn over the counts, as it stands in the address: a search, entries, tags.
import type { OverlaySubject } from "../../api/types/OverlaySubject";
import type { OverlayView } from "../../api/types/OverlayView";
import type { Span } from "./scale";
import { between, placed } from "./bars";

/** More lines than these cannot be told apart. */
export const MOST_OVERLAYS = 4;

/** An overlay that is there, and which of the lines it has. */
export interface Drawn {
  key: string;
  line: number;
  view: OverlayView;
}

const BETWEEN_TAGS = "|";

/** The overlays of an address, in the order in which they stand there. */
export function subjectsOf(address: Record<string, string>): OverlaySubject[] {
  const all: OverlaySubject[] = [];
  if (address.q) all.push({ kind: "search", query: address.q });
  for (const id of (address.who ?? "").split(","))
    if (/^[1-9]\d*$/.test(id)) all.push({ kind: "entity", id: Number(id) });
  for (const label of (address.tag ?? "").split(BETWEEN_TAGS))
    if (label !== "") all.push({ kind: "tag", label });
  return all.slice(0, MOST_OVERLAYS);
}

/** The same as parts of an address. */
export function addressOfSubjects(
  all: readonly OverlaySubject[],
): Record<"q" | "who" | "tag", string | null> {
  const none = (text: string) => (text === "" ? null : text);
  return {
    q: all.find((s) => s.kind === "search")?.query ?? null,
    who: none(all.flatMap((s) => (s.kind === "entity" ? [s.id] : [])).join(",")),
    tag: none(all.flatMap((s) => (s.kind === "tag" ? [s.label] : [])).join(BETWEEN_TAGS)),
  };
}

export function keyOf(subject: OverlaySubject): string {
  return JSON.stringify(subject);
}

/** Another overlay beside those that are there; a new search takes the place of the one before. */
export function withSubject(all: readonly OverlaySubject[], next: OverlaySubject): OverlaySubject[] {
  const kept = all.filter(
    (s) => keyOf(s) !== keyOf(next) && !(next.kind === "search" && s.kind === "search"),
  );
  return [...kept.slice(0, MOST_OVERLAYS - 1), next];
}

/** Articles found and printed in the buckets that the span touches, and the greatest share of one of them. */
export function sharesWithin(
  view: OverlayView,
  span: Span,
): { found: number; articles: number; most: number } {
  const sum = { found: 0, articles: 0, most: 0 };
  for (const { bucket } of between(placed(view.buckets), span.from, span.to)) {
    sum.found += bucket.found;
    sum.articles += bucket.articles;
    if (bucket.articles > 0) sum.most = Math.max(sum.most, bucket.found / bucket.articles);
  }
  return sum;
}
