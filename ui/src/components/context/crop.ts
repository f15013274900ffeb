// The part of a page image around a printed line, put together from the tiles that are there anyway.
import type { Rect } from "../../api/types/Rect";

/** Side of a tile in pixels. */
const TILE = 512;

export interface Size {
  width: number;
  height: number;
}

export interface Crop {
  /** Width and height of the whole page at the scale of the crop, in CSS pixels. */
  page: Size;
  /** Place of the crop's top left corner on that page, in CSS pixels. */
  left: number;
  top: number;
  /** Tiles to draw, with their place and size on that page. */
  tiles: { x: number; y: number; left: number; top: number; size: number }[];
}

/**
 * `smallest` is the size of level 0, `level` the level to draw one pixel to one CSS pixel, `view` the room there is. The first box
 * stands in the middle; the crop never leaves the page.
 */
export function cropAround(boxes: readonly Rect[], smallest: Size, level: number, view: Size): Crop | null {
  const box = boxes[0];
  if (box === undefined) return null;
  const scale = 2 ** level;
  const page = { width: smallest.width * scale, height: smallest.height * scale };
  const middle = (at: number, size: number, room: number, whole: number) => {
    const start = size > room ? at - room * 0.04 : at + size / 2 - room / 2;
    return Math.max(0, Math.min(start, whole - room));
  };
  const left = middle(box[0] * page.width, box[2] * page.width, view.width, page.width);
  const top = middle(box[1] * page.height, box[3] * page.height, view.height, page.height);
  const tiles: Crop["tiles"] = [];
  for (let y = Math.floor(top / TILE); y * TILE < Math.min(page.height, top + view.height); y++) {
    for (let x = Math.floor(left / TILE); x * TILE < Math.min(page.width, left + view.width); x++) {
      tiles.push({ x, y, left: x * TILE - left, top: y * TILE - top, size: TILE });
    }
  }
  return { page, left, top, tiles };
}
