// Buckets with the moments at which they begin and end, read once when they come: while the axis moves only figures are drawn.
import { edtfBounds } from "../../dates/edtf";

export interface Placed<B> {
  bucket: B;
  from: number;
  /** Midnight after the last day. */
  to: number;
}

export function placed<B extends { date: string }>(buckets: readonly B[]): Placed<B>[] {
  return buckets.flatMap((bucket) => {
    const bounds = edtfBounds(bucket.date);
    return bounds === null ? [] : [{ bucket, from: bounds[0], to: bounds[1] }];
  });
}

/** Those that may be seen between two moments; they come in order. */
export function between<B>(all: readonly Placed<B>[], from: number, to: number): Placed<B>[] {
  return all.slice(
    lowest(all, (bar) => bar.to > from),
    lowest(all, (bar) => bar.from >= to),
  );
}

/** Index of the first for which `reached` holds, by halving. */
function lowest<B>(all: readonly Placed<B>[], reached: (bar: Placed<B>) => boolean): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const bar = all[middle];
    if (bar && reached(bar)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The bar at a moment: the one it lies in, else the nearest within `reach` milliseconds. */
export function barAt<B>(all: readonly Placed<B>[], moment: number, reach: number): Placed<B> | null {
  const near = between(all, moment - reach, moment + reach + 1);
  const distance = (bar: Placed<B>) => Math.max(bar.from - moment, moment - bar.to + 1, 0);
  return near.reduce<Placed<B> | null>(
    (best, bar) => (best === null || distance(bar) < distance(best) ? bar : best),
    null,
  );
}
