// OpenSeadragon over our tile addresses. The viewer draws one page at a time; zoom and place stay when the page is turned.
import OpenSeadragon from "openseadragon";
import { tileUrl } from "../../api";
import type { PageView } from "../../api/types/PageView";
import type { Rect } from "../../api/types/Rect";
import { TILE, levelForWidth, pyramid, tilesOf } from "./tiles";

export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface PageImageEvents {
  /** Where the page stands in the element, in CSS pixels; called whenever it moves. */
  moved(frame: Frame): void;
  /** A click that was no drag, in fractions of the page. */
  clicked(x: number, y: number): void;
}

const WHEEL_ZOOM = 1.2;

/** What was seen of the page when the person paged on to another issue, to be seen of its page again. */
let carried: OpenSeadragon.Rect | null = null;

export class PageImage {
  private readonly viewer: OpenSeadragon.Viewer;
  private readonly still: boolean;
  private readonly events: PageImageEvents;
  private page: PageView | null = null;
  private everShown = false;

  constructor(element: HTMLElement, events: PageImageEvents) {
    this.events = events;
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.viewer = OpenSeadragon({
      element,
      // The page protocol is another origin to the window: textures of the GPU drawer would be refused.
      drawer: "canvas",
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
      if (!e.quick || this.page === null) return;
      const at = this.viewer.viewport.pointFromPixel(e.position, true);
      this.events.clicked(at.x, at.y / this.aspect());
    });
    for (const name of ["update-viewport", "resize", "open"] as const)
      this.viewer.addHandler(name, () => this.report());
  }

  /** Shows a page; zoom and place stay as they are unless nothing was shown before. */
  show(page: PageView) {
    if (this.page?.id === page.id) return;
    this.page = page;
    const { width, height, maxLevel } = pyramid(page.raster_width, page.raster_height);
    const replace = this.viewer.world.getItemCount() > 0;
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
      width: 1,
      ...(replace ? { index: 0, replace: true } : {}),
      success: () => {
        if (!this.everShown) {
          this.everShown = true;
          if (carried) this.viewer.viewport.fitBounds(carried, true);
          else this.viewer.viewport.goHome(true);
          carried = null;
        }
        this.report();
      },
    });
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
    this.viewer.viewport?.goHome(this.still);
  }

  fitWidth() {
    const { viewport } = this.viewer;
    if (!viewport) return;
    const top = viewport.getBounds(true).y;
    const container = viewport.getContainerSize();
    const height = container.y / container.x;
    const y = Math.min(Math.max(0, top), Math.max(0, this.aspect() - height));
    viewport.fitBounds(new OpenSeadragon.Rect(0, y, 1, height), this.still);
  }

  /** Moves by a share of what is seen. */
  panBy(dx: number, dy: number) {
    const { viewport } = this.viewer;
    if (!viewport) return;
    const seen = viewport.getBounds();
    viewport.panBy(new OpenSeadragon.Point(dx * seen.width, dy * seen.height), this.still);
    viewport.applyConstraints(this.still);
  }

  /** Brings a box into view without zooming, unless it is there already. */
  reveal([x, y, w, h]: Rect) {
    const { viewport } = this.viewer;
    if (!viewport || this.page === null) return;
    const aspect = this.aspect();
    const seen = viewport.getBounds();
    const box = { x, y: y * aspect, w, h: h * aspect };
    const inside = (at: number, size: number, from: number, room: number) =>
      size > room
        ? at < from + room * 0.6 && at + size > from + room * 0.4
        : at >= from && at + size <= from + room;
    if (inside(box.x, box.w, seen.x, seen.width) && inside(box.y, box.h, seen.y, seen.height)) return;
    viewport.panTo(new OpenSeadragon.Point(box.x + box.w / 2, box.y + box.h / 2), this.still);
    viewport.applyConstraints(this.still);
  }

  /** Comes close enough to read a box, for a sentence that was asked for. */
  closeUp([x, y, w, h]: Rect) {
    const { viewport } = this.viewer;
    if (!viewport || this.page === null) return;
    const aspect = this.aspect();
    const width = Math.min(1, Math.max(0.42, w * 1.6));
    const container = viewport.getContainerSize();
    const height = (width * container.y) / container.x;
    // Near an edge the page's edge is kept, so that no blank desk is shown instead of text.
    const keep = (middle: number, room: number, whole: number) =>
      room >= whole ? (whole - room) / 2 : Math.min(Math.max(0, middle - room / 2), whole - room);
    const left = keep(x + w / 2, width, 1);
    const top = keep((y + h / 2) * aspect, height, aspect);
    viewport.fitBounds(new OpenSeadragon.Rect(left, top, width, height), this.still);
    viewport.applyConstraints(this.still);
  }

  /** Has the next viewer begin where this one is. */
  carryPlace() {
    carried = this.viewer.viewport?.getBounds() ?? null;
  }

  destroy() {
    this.viewer.destroy();
  }

  private aspect(): number {
    return this.page === null ? 1 : this.page.raster_height / this.page.raster_width;
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
    if (!viewport || this.page === null) return;
    const start = viewport.pixelFromPoint(new OpenSeadragon.Point(0, 0), true);
    const end = viewport.pixelFromPoint(new OpenSeadragon.Point(1, this.aspect()), true);
    this.events.moved({ left: start.x, top: start.y, width: end.x - start.x, height: end.y - start.y });
  }
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
      new Image().src = url;
    }
  }
}
