// The search that an address stands for.
import type { SearchRequest } from "../../api/types/SearchRequest";
import type { SearchSort } from "../../api/types/SearchSort";
import { daysOf } from "../../components/context/months";

/** `null` while nothing is asked. `limit` is how many hits come at a time. */
export function requestOf(address: Record<string, string>, limit: number): SearchRequest | null {
  const query = address.q ?? "";
  if (query === "") return null;
  const sort: SearchSort = address.sort === "oldest" || address.sort === "best" ? address.sort : "newest";
  return {
    query,
    strict: address.strict === "true",
    lookalikes: address.lookalikes === "true",
    variants: address.variants === "true",
    from: address.from ?? null,
    to: address.to ?? null,
    sort,
    offset: 0,
    limit,
    asker: null,
  };
}

/** A query narrowed by a further condition. */
export function narrowed(query: string, by: string): string {
  const joined = /(^|\s)(OR|\||\|\||或|或者)(\s|$)/.test(query);
  return `${joined ? `(${query})` : query} ${by}`;
}

/** Position and proposal of a query that was not understood, as the core puts them into the place of the error. */
export function faultOf(place: string | null): { at: number; code: string; proposal: string } | null {
  const parts = /^query:(\d+):([a-z_]+):([^]*)$/.exec(place ?? "");
  return parts && { at: Number(parts[1]), code: parts[2] ?? "", proposal: parts[3] ?? "" };
}

/** The word that is being typed at the end of a query. */
export function lastWord(query: string): string {
  return /[^\s"“”()（）:：]*$/.exec(query)?.[0] ?? "";
}

/** The span of the address as one EDTF expression: a month or year where it is one, else an interval. */
export function periodOf(address: Record<string, string>): string | null {
  const { from, to } = address;
  if (from === undefined && to === undefined) return null;
  for (const period of [from?.slice(0, 7), from?.slice(0, 4)]) {
    if (period === undefined) continue;
    const days = daysOf(period);
    if (days.from === from && days.to === to) return period;
  }
  return `${from ?? ".."}/${to ?? ".."}`;
}
