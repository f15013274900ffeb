// Cuts an article's text into paragraphs and runs, so that overlapping mentions, printed lines and a highlight can each be shown
// without nesting one link in another. All offsets here are UTF-16.

export interface Mark {
  start: number;
  end: number;
}

export interface Run<M extends Mark> {
  start: number;
  end: number;
  text: string;
  /** The shortest mark over this run: the one a click means. */
  mark: M | null;
  /** Longer marks that hold it, shortest first. */
  outer: M[];
  /** True where `mark` begins or ends with this run. */
  first: boolean;
  last: boolean;
}

export interface Paragraph<M extends Mark> {
  start: number;
  end: number;
  runs: Run<M>[];
}

/** `cuts` are further offsets at which runs end: line breaks, edges of a highlight. */
export function paragraphs<M extends Mark>(
  text: string,
  marks: readonly M[],
  cuts: readonly number[] = [],
): Paragraph<M>[] {
  const sound = marks
    .filter((m) => m.start < m.end && m.end <= text.length)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const edges = [...new Set([...cuts, ...sound.flatMap((m) => [m.start, m.end])])].sort((a, b) => a - b);
  const found: Paragraph<M>[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (end > start) found.push({ start, end, runs: runsBetween(text, start, end, sound, edges) });
    start = end + 1;
  }
  return found;
}

function runsBetween<M extends Mark>(
  text: string,
  start: number,
  end: number,
  marks: readonly M[],
  edges: readonly number[],
): Run<M>[] {
  const here = marks.filter((m) => m.start < end && m.end > start);
  const stops = [start, ...edges.filter((e) => e > start && e < end), end];
  const runs: Run<M>[] = [];
  for (let i = 0; i + 1 < stops.length; i++) {
    const from = stops[i]!;
    const to = stops[i + 1]!;
    const over = here
      .filter((m) => m.start <= from && m.end >= to)
      .sort((a, b) => a.end - a.start - (b.end - b.start));
    const mark = over[0] ?? null;
    runs.push({
      start: from,
      end: to,
      text: text.slice(from, to),
      mark,
      outer: over.slice(1),
      first: mark?.start === from,
      last: mark?.end === to,
    });
  }
  return runs;
}
