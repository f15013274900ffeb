// What was confused with what, told from one correction.

/** The stretch that was replaced, if it is short and both sides are there: `["己", "已"]`. Offsets are in characters. */
export function confusedIn(before: string, after: string): [string, string] | null {
  const [old, next] = [[...before], [...after]];
  let start = 0;
  while (start < old.length && start < next.length && old[start] === next[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < next.length - start &&
    old[old.length - 1 - end] === next[next.length - 1 - end]
  )
    end += 1;
  const from = old.slice(start, old.length - end).join("");
  const to = next.slice(start, next.length - end).join("");
  const short = (text: string) => text.length > 0 && [...text].length <= 3;
  return short(from) && short(to) ? [from, to] : null;
}
