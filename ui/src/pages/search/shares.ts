// Two searches over time, as shares of what was printed: a month with few issues held must not look like a month of silence.
import type { Bucket } from "../../api/types/Bucket";

export interface Share {
  /** EDTF month or year. */
  date: string;
  /** Articles found, of `articles` in the issues held. */
  found: number;
  articles: number;
  /** `null` where nothing is held: the line breaks there. */
  share: number | null;
}

/** More months than this are put together by year. */
const MOST_MONTHS = 120;

/** One row a month (or year) of the holdings, with the hits of one search in it. */
export function sharesOf(found: readonly Bucket[], printed: readonly Bucket[]): Share[] {
  const width = printed.length > MOST_MONTHS ? 4 : 7;
  const rows = new Map<string, Share>();
  const row = (date: string) => {
    const key = date.slice(0, width);
    const held = rows.get(key) ?? { date: key, found: 0, articles: 0, share: null };
    rows.set(key, held);
    return held;
  };
  for (const bucket of printed) row(bucket.date).articles += bucket.articles;
  for (const bucket of found) row(bucket.date).found += bucket.articles;
  for (const held of rows.values()) held.share = held.articles > 0 ? held.found / held.articles : null;
  return [...rows.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** A line through the shares, broken where nothing is held; a share that stands alone is a short dash. */
export function lineOf(shares: readonly Share[], most: number, width: number, height: number): string {
  const step = shares.length > 1 ? width / (shares.length - 1) : 0;
  let path = "";
  let down = false;
  shares.forEach(({ share }, i) => {
    if (share === null) {
      down = false;
      return;
    }
    const y = height - (most > 0 ? share / most : 0) * height;
    path += `${down ? "L" : "M"}${(i * step).toFixed(1)} ${y.toFixed(1)}`;
    if (!down && (shares[i + 1]?.share ?? null) === null) path += "h2";
    down = true;
  });
  return path;
}
