// A list that comes in parts: the first with its page, the rest as the person scrolls to it.
import { complain } from "../../state/notices.svelte";

export interface Part<T> {
  total: number;
  rows: T[];
}

export class Rows<T> {
  private readonly first: () => Part<T> | undefined;
  private readonly fetch: (offset: number) => Promise<T[]>;
  private rest = $state.raw<T[]>([]);
  private of: Part<T> | undefined;
  private waiting = false;

  readonly total: number = $derived.by(() => this.first()?.total ?? 0);
  readonly all: T[] = $derived.by(() => [...(this.first()?.rows ?? []), ...this.rest]);

  /** `fetch` gives the rows from an offset on, some at a time. Call it while a component is set up. */
  constructor(first: () => Part<T> | undefined, fetch: (offset: number) => Promise<T[]>) {
    this.first = first;
    this.fetch = fetch;
    $effect.pre(() => {
      this.of = first();
      this.rest = [];
    });
  }

  /** Fetches the next part, unless it is on its way or there is none. */
  async more() {
    if (this.waiting || this.all.length >= this.total) return;
    const asked = this.of;
    this.waiting = true;
    try {
      const rows = await this.fetch(this.all.length);
      // The list may have become another one meanwhile.
      if (asked === this.of) this.rest = [...this.rest, ...rows];
    } catch (thrown) {
      complain(thrown);
    } finally {
      this.waiting = false;
    }
  }
}

/** Attached to what stands after a list: calls `more` whenever it comes near the view. */
export function atEnd(more: () => Promise<void>) {
  return (element: HTMLElement) => {
    const root = element.closest("main, [data-scroller]");
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void more();
      },
      { root, rootMargin: "800px" },
    );
    watcher.observe(element);
    return () => watcher.disconnect();
  };
}
