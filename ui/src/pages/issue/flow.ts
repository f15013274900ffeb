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
  | { kind: "run"; key: string; run: Run<MentionMark> }
  /** From here the text stands on `page`. */
  | { kind: "seam"; key: string; page: number }
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
  page: number;
}

export function flow(
  article: ArticleView,
  map: LineMap,
  names: boolean,
  highlight: Stretch | null,
): FlowParagraph[] {
  const offsets = new Offsets(article.text);
  const marks = names
    ? article.entities
        .filter((m) => m.status !== "rejected")
        .map((mention) => ({ start: offsets.utf16(mention.start), end: offsets.utf16(mention.end), mention }))
    : [];
  const seams = seamsOf(article).map(({ offset, page }) => ({ offset: offsets.utf16(offset), page }));
  const cuts = [
    ...map.cuts(),
    ...(highlight ? [highlight.start, highlight.end] : []),
    [...(article.dateline ?? "")].length,
  ].map((c) => offsets.utf16(c));
  const seamAt = new Map(seams.map((s) => [s.offset, s.page]));
  return paragraphs(article.text, marks, [...cuts, ...seamAt.keys()]).map((paragraph) => ({
    key: paragraph.start,
    role: roleOf(article, map, offsets.characters(paragraph.start)),
    items: paragraph.runs.flatMap((run): Item[] => {
      const seam = seamAt.get(run.start);
      const mention = run.mark?.mention;
      return [
        ...(seam === undefined ? [] : [{ kind: "seam", key: `s${run.start}`, page: seam } as const]),
        { kind: "run", key: `r${run.start}`, run },
        ...(run.last && mention?.runner_up ? [{ kind: "or", key: `o${run.start}`, mention } as const] : []),
      ];
    }),
  }));
}

/** Where the text goes over to another page: the first character of each later part. */
export function seamsOf(article: Pick<ArticleView, "parts" | "pieces">): Seam[] {
  return article.parts.flatMap((part, i) => {
    if (i === 0) return [];
    const starts = article.pieces.filter((piece) => piece.part === i).map((piece) => piece.start);
    return starts.length === 0 ? [] : [{ offset: Math.min(...starts), page: part.page }];
  });
}

function roleOf(article: ArticleView, map: LineMap, offset: number): BlockRole {
  const key = map.lineOf(offset);
  if (key === null) return "body";
  const part = article.parts.find((p) => p.page_id === key.page);
  return part?.blocks.find((b) => b.lines.includes(key.line))?.role ?? "body";
}
