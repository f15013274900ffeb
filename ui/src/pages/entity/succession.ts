// 历任: who held a post, one after the other, with the gaps in which the paper says nothing.
import type { TenureView } from "../../api/types/TenureView";
import { edtfBounds } from "../../dates/edtf";

const DAY = 86_400_000;
/** Gaps of fewer days are no gaps: papers of the time came once a week. */
const LEAST = 31;

export interface Holder {
  person: number;
  name: string;
  first: string | null;
  last: string | null;
  /** Days as EDTF between the one before and this one in which nothing is said; `null` where there is none. */
  gap: { from: string; to: string } | null;
  /** In print while the one before still is. */
  overlaps: boolean;
}

export interface Office {
  organisation: string;
  post: string;
  holders: Holder[];
}

const iso = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Offices with their holders in order of time; those that two or more held come first. */
export function successions(tenures: readonly TenureView[]): Office[] {
  const offices = new Map<string, Office & { ends: number | null }>();
  const dated = [...tenures].sort((a, b) => (a.first ?? "9999").localeCompare(b.first ?? "9999"));
  for (const t of dated) {
    const key = `${t.organisation_name ?? ""}/${t.post}`;
    let office = offices.get(key);
    if (!office) {
      office = { organisation: t.organisation_name ?? "", post: t.post, holders: [], ends: null };
      offices.set(key, office);
    }
    const begins = t.first === null ? null : (edtfBounds(t.first)?.[0] ?? null);
    const ends = t.last === null ? null : (edtfBounds(t.last)?.[1] ?? null);
    const before = office.ends;
    const apart = begins !== null && before !== null && Number.isFinite(begins) ? (begins - before) / DAY : 0;
    office.holders.push({
      person: t.person,
      name: t.person_name,
      first: t.first,
      last: t.last,
      gap:
        apart > LEAST && before !== null && begins !== null
          ? { from: iso(before), to: iso(begins - DAY) }
          : null,
      overlaps: apart < 0,
    });
    if (ends !== null && Number.isFinite(ends)) office.ends = Math.max(before ?? ends, ends);
  }
  return [...offices.values()]
    .map(({ organisation, post, holders }) => ({ organisation, post, holders }))
    .sort((a, b) => b.holders.length - a.holders.length || a.post.localeCompare(b.post, "zh-Hans"));
}
