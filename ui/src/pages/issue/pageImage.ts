// OpenSeadragon over our tile addresses. It draws one page, or two that face each other side by side; zoom and place stay when the
// page is turned.
import OpenSeadragon from "openseadragon";
import { tileUrl } from "../../api";
import type { PageView } from "../../api/types/PageView";
import type { Rect } from "../../api/types/Rect";
import { type Frame, type Turn, frameOf } from "./frame";
import { TILE, levelForWidth, pyramid, tilesOf } from "./tiles";

export interface PageImageEvents {
  /** Where the pages stand in the element; called whenever they move. */
  moved(frames: Frame[]): void;
  /** A click that was no drag, in fractions of the page. */
  clicked(spot: Spot): void;
}

/** A place on one of the pages shown. */
export interface Spot {
  /** Which of them, from the left. */
  at: number;
  /** Fractions of the page. */
  x: number;
  y: number;
}

const WHEEL_ZOOM = 1.2;
/** Room between two pages, in widths of a page. */
const GUTTER = 0.012;

/** What was seen of the page when the person paged on to another issue, to be seen of its page again. */
let carried: OpenSeadragon.Rect | null = null;

export class PageImage {
  private readonly viewer: OpenSeadragon.Viewer;
  private readonly still: boolean;
  private readonly events: PageImageEvents;
  private pages: readonly PageView[] = [];
  private turned: Turn = 0;
  private everShown = false;

  constructor(element: HTMLElement, events: PageImageEvents) {
    this.events = events;
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.viewer = OpenSeadragon({
      element,
      // The page protocol is another origin to the window: textures of the GPU drawer would be refused.
      drawer: "canvas",
      // And without this the canvas could not be read.
      crossOriginPolicy: "Anonymous",
      showNavigationControl: false,
      // Keys are the reader's own: OpenSeadragon would take bare letters.
      keyboardNavEnabled: false,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true, scrollToZoom: true },
      minScrollDeltaTime: 0,
      zoomPerScroll: WHEEL_ZOOM,
      animationTime: this.still ? 0 : 0.25,
      springStiffness: 10,
      visibilityRatio: 0.3,
      minZoomImageRatio: 0.6,
      maxZoomPixelRatio: 2.5,
      immediateRender: true,
      // Turning the page keeps zoom and place.
      preserveViewport: true,
      imageLoaderLimit: 6,
      maxImageCacheCount: 400,
      tabIndex: 0,
    });
    this.viewer.addHandler("canvas-scroll", (e) => this.scroll(e));
    this.viewer.addHandler("canvas-click", (e) => {
      const spot = e.quick ? this.spotAt(e.position.x, e.position.y) : null;
      if (spot) this.events.clicked(spot);
    });
    for (const name of ["update-viewport", "resize", "open", "rotate"] as const)
      this.viewer.addHandler(name, () => this.report());
  }

  /** Shows pages from left to right; zoom and place stay as they are unless nothing, or another number of pages, was shown before. */
  show(pages: readonly PageView[]) {
    const same =
      pages.length === this.pages.length && pages.every((page, i) => page.id === this.pages[i]?.id);
    if (same || pages.length === 0) return;
    const others = pages.length !== this.pages.length;
    this.pages = pages;
    const { world } = this.viewer;
    while (world.getItemCount() > pages.length) world.removeItem(world.getItemAt(world.getItemCount() - 1));
    const before = world.getItemCount();
    let waiting = pages.length;
    pages.forEach((page, i) => {
      const { width, height, maxLevel } = pyramid(page.raster_width, page.raster_height);
      this.viewer.addTiledImage({
        tileSource: {
          width,
          height,
          tileSize: TILE,
          tileOverlap: 0,
          minLevel: 0,
          maxLevel,
          getTileUrl: (level: number, x: number, y: number) => tileUrl(page.id, level, x, y),
        } as unknown as OpenSeadragon.TileSourceOptions,
        x: this.left(i),
        y: 0,
        width: 1,
        ...(i < before ? { index: i, replace: true } : {}),
        success: () => {
          waiting -= 1;
          if (waiting > 0 || this.pages !== pages) return;
          // Pages asked for before the first were there have come as well.
          while (world.getItemCount() > pages.length) world.removeItem(world.getItemAt(0));
          if (!this.everShown) {
            this.everShown = true;
            if (carried) this.viewer.viewport.fitBounds(carried, true);
            else this.whole(true);
            carried = null;
          } else if (others) {
            this.whole(true);
          }
          this.report();
        },
      });
    });
  }

  /** Turns the pages by right angles, clockwise; only what is seen, never the image. */
  turn(degrees: Turn) {
    if (degrees === this.turned) return;
    this.turned = degrees;
    this.viewer.viewport?.setRotation(degrees, true);
    if (this.everShown) this.whole(true);
  }

  /** What a screen reader calls the picture. */
  name(text: string) {
    this.viewer.canvas.setAttribute("role", "group");
    this.viewer.canvas.setAttribute("aria-label", text);
  }

  zoomBy(factor: number) {
    this.viewer.viewport?.zoomBy(factor, undefined, this.still);
    this.viewer.viewport?.applyConstraints(this.still);
  }

  wholePage() {
    this.whole(this.still);
  }

  fitWidth() {
    const { viewport } = this.viewer;
    if (!viewport) return;
    const { width, height } = this.size();
    if (this.turned % 180 !== 0) {
      viewport.panTo(new OpenSeadragon.Point(width / 2, height / 2), this.still);
      viewport.zoomTo(1 / height, undefined, this.still);
      return;
    }
    const top = viewport.getBounds(true).y;
    const container = viewport.getContainerSize();
    const room = (width * container.y) / container.x;
    const y = Math.min(Math.max(0, top), Math.max(0, height - room));
    viewport.fitBounds(new OpenSeadragon.Rect(0, y, width, room), this.still);
  }

  /** Moves by a share of what is seen. */
  panBy(dx: number, dy: number) {
    const { viewport } = this.viewer;
    if (!viewport) return;
    const seen = viewport.getContainerSize();
    const by = new OpenSeadragon.Point(dx * seen.x, dy * seen.y);
    viewport.panBy(viewport.deltaPointsFromPixels(by, true), this.still);
    viewport.applyConstraints(this.still);
  }

  /** Brings a box on the page with this id into view without zooming, unless it is there already. */
  reveal(page: number, [x, y, w, h]: Rect) {
    const { viewport } = this.viewer;
    const at = this.pages.findIndex((shown) => shown.id === page);
    if (!viewport || at < 0) return;
    const aspect = aspectOf(this.pages[at]!);
    const seen = viewport.getBounds();
    const box = { x: this.left(at) + x, y: y * aspect, w, h: h * aspect };
    const inside = (at: number, size: number, from: number, room: number) =>
      size > room
        ? at < from + room * 0.6 && at + size > from + room * 0.4
        : at >= from && at + size <= from + room;
    if (inside(box.x, box.w, seen.x, seen.width) && inside(box.y, box.h, seen.y, seen.height)) return;
    viewport.panTo(new OpenSeadragon.Point(box.x + box.w / 2, box.y + box.h / 2), this.still);
    viewport.applyConstraints(this.still);
  }

  /** Comes close enough to read a box on the page with this id, for a sentence that was asked for. */
  closeUp(page: number, [x, y, w, h]: Rect) {
    const { viewport } = this.viewer;
    const at = this.pages.findIndex((shown) => shown.id === page);
    if (!viewport || at < 0) return;
    const aspect = aspectOf(this.pages[at]!);
    const width = Math.min(1, Math.max(0.42, w * 1.6));
    const container = viewport.getContainerSize();
    const height = (width * container.y) / container.x;
    // Near an edge the page's edge is kept, so that no blank desk is shown instead of text.
    const keep = (middle: number, room: number, whole: number) =>
      room >= whole ? (whole - room) / 2 : Math.min(Math.max(0, middle - room / 2), whole - room);
    const left = keep(x + w / 2, width, 1);
    const top = keep((y + h / 2) * aspect, height, aspect);
    viewport.fitBounds(new OpenSeadragon.Rect(this.left(at) + left, top, width, height), this.still);
    viewport.applyConstraints(this.still);
  }

  /** Has the next viewer begin where this one is. */
  carryPlace() {
    carried = this.viewer.viewport?.getBounds() ?? null;
  }

  destroy() {
    this.viewer.destroy();
  }

  /** Which page lies under a place in the element (CSS pixels), and where on it; `null` beside the pages. */
  spotAt(left: number, top: number): Spot | null {
    const { viewport } = this.viewer;
    if (!viewport || this.pages.length === 0) return null;
    const point = viewport.pointFromPixel(new OpenSeadragon.Point(left, top), true);
    const at = this.pages.findIndex((_, i) => point.x >= this.left(i) && point.x <= this.left(i) + 1);
    if (at < 0) return null;
    return { at, x: point.x - this.left(at), y: point.y / aspectOf(this.pages[at]!) };
  }

  /** Left edge of a page in the world, where every page is one wide. */
  private left(at: number): number {
    return at * (1 + GUTTER);
  }

  private size(): { width: number; height: number } {
    return {
      width: this.left(this.pages.length - 1) + 1,
      height: Math.max(...this.pages.map(aspectOf)),
    };
  }

  /** All that is shown, turned or not, within the element. */
  private whole(still: boolean) {
    const { width, height } = this.size();
    const [w, h] = this.turned % 180 === 0 ? [width, height] : [height, width];
    const bounds = new OpenSeadragon.Rect((width - w) / 2, (height - h) / 2, w, h);
    this.viewer.viewport?.fitBounds(bounds, still);
  }

  private scroll(e: OpenSeadragon.ViewerEventMap["canvas-scroll"]) {
    const wheel = e.originalEvent as WheelEvent;
    if (wheel.ctrlKey || wheel.metaKey) return;
    e.preventDefaultAction = true;
    const { viewport } = this.viewer;
    if (!viewport) return;
    const unit = wheel.deltaMode === WheelEvent.DOM_DELTA_LINE ? 32 : 1;
    // A wheel without a second axis moves sideways with Shift, as everywhere.
    const [dx, dy] = wheel.shiftKey && wheel.deltaX === 0 ? [wheel.deltaY, 0] : [wheel.deltaX, wheel.deltaY];
    viewport.panBy(viewport.deltaPointsFromPixels(new OpenSeadragon.Point(dx * unit, dy * unit)), this.still);
    viewport.applyConstraints(this.still);
  }

  private report() {
    const { viewport } = this.viewer;
    if (!viewport) return;
    this.events.moved(
      this.pages.map((page, at) => {
        const corner = viewport.pixelFromPoint(new OpenSeadragon.Point(this.left(at), 0), true);
        const size = viewport.deltaPixelsFromPointsNoRotate(new OpenSeadragon.Point(1, aspectOf(page)), true);
        return frameOf(corner.x, corner.y, size.x, size.y, this.turned);
      }),
    );
  }
}

function aspectOf(page: PageView): number {
  return page.raster_height / page.raster_width;
}

const fetched = new Set<string>();

/** Has the browser fetch what a page shows first at the given width, so that turning to it is instant. */
export function prefetch(page: PageView, cssWidth: number) {
  if (!page.has_image) return;
  const p = pyramid(page.raster_width, page.raster_height);
  const level = Math.min(levelForWidth(p, cssWidth * window.devicePixelRatio), 2);
  for (let l = 0; l <= level; l++) {
    for (const { x, y } of tilesOf(p, l)) {
      const url = tileUrl(page.id, l, x, y);
      if (fetched.has(url)) continue;
      fetched.add(url);
      const image = new Image();
      // As the viewer asks for it, or the browser would fetch it once more.
      image.crossOrigin = "anonymous";
      image.src = url;
    }
  }
}
