// Where an article stands on a page: one rectangle a stretch of column, so that an article that runs around another one does
// not light up its neighbour.
import type { BlockRole } from "../../api/types/BlockRole";
import type { PageLine } from "../../api/types/PageLine";
import type { Rect } from "../../api/types/Rect";

/** Rectangles of each article's lines in page fractions. Lines join while they follow each other closely in one column. */
export function regionsByArticle(lines: readonly PageLine[]): Map<number, Rect[]> {
  const byArticle = new Map<number, PageLine[]>();
  for (const line of lines) {
    if (line.article === null || line.box === null) continue;
    const own = byArticle.get(line.article);
    if (own) own.push(line);
    else byArticle.set(line.article, [line]);
  }
  const regions = new Map<number, Rect[]>();
  for (const [article, own] of byArticle) {
    own.sort((a, b) => (a.order ?? a.line) - (b.order ?? b.line));
    regions.set(article, joinLines(own));
  }
  return regions;
}

function joinLines(lines: readonly PageLine[]): Rect[] {
  const joined: Rect[] = [];
  let last: { box: Rect; line: PageLine } | null = null;
  for (const line of lines) {
    if (line.box === null) continue;
    if (
      last &&
      sameSort(last.line.role, line.role) &&
      follows(last.box, line.box, line.direction === "vertical")
    ) {
      last = { box: union(last.box, line.box), line };
      joined[joined.length - 1] = last.box;
    } else {
      last = { box: line.box, line };
      joined.push(line.box);
    }
  }
  return joined;
}

/** A headline spans columns and must not be joined with the column below it. */
function sameSort(a: BlockRole | null, b: BlockRole | null): boolean {
  const sort = (role: BlockRole | null) => (role === "subhead" || role === "table" ? "body" : role);
  return sort(a) === sort(b);
}

/** Whether `next` goes on in the column (or, if vertical, in the tier) of `box`, less than two lines away. */
function follows(box: Rect, next: Rect, vertical: boolean): boolean {
  const along = (r: Rect) => (vertical ? { at: r[1], size: r[3] } : { at: r[0], size: r[2] });
  const across = (r: Rect) => (vertical ? { at: r[0], size: r[2] } : { at: r[1], size: r[3] });
  if (gap(along(box), along(next)) > -0.5 * Math.min(along(box).size, along(next).size)) return false;
  return gap(across(box), across(next)) < across(next).size * 1.6;
}

/** Distance between two stretches; negative by how far they overlap. */
function gap(a: { at: number; size: number }, b: { at: number; size: number }): number {
  return Math.max(a.at, b.at) - Math.min(a.at + a.size, b.at + b.size);
}

export function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a[0], b[0]);
  const y = Math.min(a[1], b[1]);
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y];
}

/** The smallest rectangle that holds all of `boxes`. */
export function around(boxes: readonly Rect[]): Rect | null {
  const [first, ...rest] = boxes;
  return first === undefined ? null : rest.reduce(union, first);
}

export function contains([bx, by, w, h]: Rect, x: number, y: number): boolean {
  return x >= bx && x <= bx + w && y >= by && y <= by + h;
}

/** The line under a point, the smallest where boxes overlap. */
export function lineAt(lines: readonly PageLine[], x: number, y: number): PageLine | null {
  let found: PageLine | null = null;
  let smallest = Infinity;
  for (const line of lines) {
    if (line.box === null || !contains(line.box, x, y)) continue;
    const area = line.box[2] * line.box[3];
    if (area < smallest) [found, smallest] = [line, area];
  }
  return found;
}
