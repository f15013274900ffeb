// Keyword in context: one line a hit, hits under each other.

export interface Context {
  before: string;
  hit: string;
  after: string;
}

/** Context on one line: line breaks become a blank, and no more than `room` characters stand on each side of the hit. */
export function oneLine({ before, hit, after }: Context, room: number): Context {
  const clean = (s: string) => s.replace(/\s*[\n\r]+\s*/g, "　");
  const left = [...clean(before)];
  const right = [...clean(after)];
  return {
    before: (left.length > room ? "…" : "") + left.slice(Math.max(0, left.length - room)).join(""),
    hit: clean(hit),
    after: right.slice(0, room).join("") + (right.length > room ? "…" : ""),
  };
}

export type ContextSort = "date" | "before" | "after";

const collator = new Intl.Collator("zh-Hans-u-co-pinyin");

/** Orders hits by what stands next to them: after the hit forwards, before it backwards, as a concordance does. */
export function sortByContext<T>(
  rows: readonly T[],
  by: ContextSort,
  of: (row: T) => Context & { date: string | null },
): T[] {
  const keyed = rows.map((row) => {
    const { before, after, date } = of(row);
    const key = by === "after" ? after : by === "before" ? [...before].reverse().join("") : (date ?? "");
    return { row, key };
  });
  // Undated rows come last whatever the order.
  if (by === "date")
    keyed.sort((a, b) => (a.key === "" ? 1 : b.key === "" ? -1 : a.key < b.key ? 1 : a.key > b.key ? -1 : 0));
  else keyed.sort((a, b) => collator.compare(a.key, b.key));
  return keyed.map(({ row }) => row);
}
