// An article's text as the pane sets it: paragraphs of runs, with seams where it goes on on another page and with places where a
// second reading opens. Offsets are UTF-16.
import { Offsets } from "../../api/offsets";
import type { ArticleView } from "../../api/types/ArticleView";
import type { BlockRole } from "../../api/types/BlockRole";
import type { MentionView } from "../../api/types/MentionView";
import type { LineMap } from "./lineMap";
import { type Mark, type Run, paragraphs } from "./runs";
import type { Stretch } from "./sentence";

export interface MentionMark extends Mark {
  mention: MentionView;
}

export type Item =
  | { kind: "plain"; key: string; runs: Run<MentionMark>[] }
  /** A name, date or amount: one link, however many printed lines it stands on. */
  | { kind: "name"; key: string; mention: MentionView; runs: Run<MentionMark>[] }
  /** Up to here the text stands on page `from`, after it on page `to`. */
  | { kind: "seam"; key: string; from: number; to: number }
  /** After a name that has another reading. */
  | { kind: "or"; key: string; mention: MentionView };

export interface FlowParagraph {
  key: number;
  /** Subheads, captions and tables are set in their own way. */
  role: BlockRole;
  items: Item[];
}

interface Seam {
  offset: number;
  from: number;
  to: number;
}

export function flow(
  article: ArticleView,
  map: LineMap,
  names: boolean,
  lit: readonly Stretch[],
): FlowParagraph[] {
  const offsets = new Offsets(article.text);
  const marks = names
    ? article.entities
        .filter((m) => m.status !== "rejected")
        .map((mention) => ({ start: offsets.utf16(mention.start), end: offsets.utf16(mention.end), mention }))
    : [];
  const seamAt = new Map(seamsOf(article).map((seam) => [offsets.utf16(seam.offset), seam]));
  const cuts = [
    ...map.cuts(),
    ...lit.flatMap(({ start, end }) => [start, end]),
    [...(article.dateline ?? "")].length,
  ].map((c) => offsets.utf16(c));
  return paragraphs(article.text, marks, [...cuts, ...seamAt.keys()]).map((paragraph) => ({
    key: paragraph.start,
    role: roleOf(article, map, offsets.characters(paragraph.start)),
    items: itemsOf(paragraph.runs, seamAt),
  }));
}

function itemsOf(runs: readonly Run<MentionMark>[], seamAt: ReadonlyMap<number, Seam>): Item[] {
  const items: Item[] = [];
  for (const run of runs) {
    const seam = seamAt.get(run.start);
    if (seam) items.push({ kind: "seam", key: `seam ${run.start}`, from: seam.from, to: seam.to });
    const last = items[items.length - 1];
    const mention = run.mark?.mention;
    if (mention === undefined) {
      if (last?.kind === "plain") last.runs.push(run);
      else items.push({ kind: "plain", key: `plain ${run.start}`, runs: [run] });
      continue;
    }
    if (last?.kind === "name" && last.mention === mention) last.runs.push(run);
    else items.push({ kind: "name", key: `name ${run.start}`, mention, runs: [run] });
    if (run.last && mention.runner_up) items.push({ kind: "or", key: `or ${run.start}`, mention });
  }
  return items;
}

/** Where the text goes over to another page: the first character of each later part. */
export function seamsOf(article: Pick<ArticleView, "parts" | "pieces">): Seam[] {
  return article.parts.flatMap((part, i) => {
    const before = article.parts[i - 1];
    if (before === undefined) return [];
    const starts = article.pieces.filter((piece) => piece.part === i).map((piece) => piece.start);
    return starts.length === 0 ? [] : [{ offset: Math.min(...starts), from: before.page, to: part.page }];
  });
}

function roleOf(article: ArticleView, map: LineMap, offset: number): BlockRole {
  const key = map.lineOf(offset);
  if (key === null) return "body";
  const part = article.parts.find((p) => p.page_id === key.page);
  return part?.blocks.find((b) => b.lines.includes(key.line))?.role ?? "body";
}
