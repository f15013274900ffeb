// Boxes of a page in the pixels of one of its levels.
import type { Rect } from "../../../api/types/Rect";
import { type Pyramid, levelSize } from "../tiles";

/** Paper around an article, in fractions of the page. */
const MARGIN = 0.006;

export interface PixelBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The largest level at which `box` is at most `widest` pixels wide; the smallest level if none is. */
export function levelFor(p: Pyramid, box: Rect, widest: number): number {
  for (let level = p.maxLevel; level > 0; level--)
    if (levelSize(p, level).width * box[2] <= widest) return level;
  return 0;
}

/** A box with a little paper around it, in pixels of a level, within the page. */
export function pixelsOf(
  [x, y, w, h]: Rect,
  size: { width: number; height: number },
  margin = MARGIN,
): PixelBox {
  const left = Math.max(0, Math.floor((x - margin) * size.width));
  const top = Math.max(0, Math.floor((y - margin) * size.height));
  const right = Math.min(size.width, Math.ceil((x + w + margin) * size.width));
  const bottom = Math.min(size.height, Math.ceil((y + h + margin) * size.height));
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}
