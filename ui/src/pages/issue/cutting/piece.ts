// Part of a page as a canvas, put together from its tiles.
import { tileUrl } from "../../../api";
import type { PageView } from "../../../api/types/PageView";
import type { Rect } from "../../../api/types/Rect";
import { TILE, levelSize, pyramid } from "../tiles";
import { levelFor, pixelsOf } from "./pixels";

/** `box` of the page; what stands in `hidden` is left blank: articles that the box takes in though they are none of it. */
export async function pieceOf(
  page: PageView,
  box: Rect,
  hidden: readonly Rect[],
  widest: number,
): Promise<HTMLCanvasElement> {
  const p = pyramid(page.raster_width, page.raster_height);
  const level = levelFor(p, box, widest);
  const size = levelSize(p, level);
  const cut = pixelsOf(box, size);
  const canvas = document.createElement("canvas");
  canvas.width = cut.width;
  canvas.height = cut.height;
  const pen = penOf(canvas);
  const loading: Promise<void>[] = [];
  for (let y = Math.floor(cut.top / TILE); y * TILE < cut.top + cut.height; y++) {
    for (let x = Math.floor(cut.left / TILE); x * TILE < cut.left + cut.width; x++) {
      loading.push(
        picture(tileUrl(page.id, level, x, y)).then((tile) =>
          pen.drawImage(tile, x * TILE - cut.left, y * TILE - cut.top),
        ),
      );
    }
  }
  await Promise.all(loading);
  pen.fillStyle = "#fff";
  for (const other of hidden) {
    const { left, top, width, height } = pixelsOf(other, size, 0);
    pen.fillRect(left - cut.left, top - cut.top, width, height);
  }
  return canvas;
}

export function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  return pen;
}

async function picture(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  // The page protocol is another origin to the window; without this the canvas could not be read.
  image.crossOrigin = "anonymous";
  image.src = url;
  await image.decode();
  return image;
}
