// Find in this issue: the places the core found, and which of them the reader is at. What is looked for and where stands in the
// address, so that back, forward and a copied address come to the same place.
import { tick } from "svelte";
import type { FoundPlace } from "../../api/types/FoundPlace";
import type { Rect } from "../../api/types/Rect";
import { query } from "../../state/query.svelte";
import { amend } from "../../state/router.svelte";
import type { Stretch } from "./sentence";

export class Finding {
  private readonly address: () => Record<string, string>;
  private readonly asked;

  /** The field is open, with or without words in it. */
  open = $state(false);

  /** What is looked for; empty if nothing is. */
  readonly words: string = $derived.by(() => this.address().find ?? "");
  readonly places: readonly FoundPlace[] = $derived.by(() =>
    this.words === "" ? [] : (this.asked.data?.places ?? []),
  );
  /** Page numbers that could not be looked into. */
  readonly unsearched: readonly number[] = $derived.by(() =>
    this.words === "" ? [] : (this.asked.data?.unsearched ?? []),
  );
  /** From 0; -1 before the first step. */
  readonly at: number = $derived.by(() => {
    const at = Number(this.address().hit ?? 0) - 1;
    return at < this.places.length ? at : -1;
  });
  readonly place: FoundPlace | null = $derived(this.places[this.at] ?? null);
  readonly answered: boolean = $derived.by(() => this.words !== "" && this.asked.data !== undefined);

  constructor(address: () => Record<string, string>, issue: () => number | null) {
    this.address = address;
    this.asked = query("find_in_issue", () => {
      const id = issue();
      return id === null || this.words === "" ? null : { issue: id, query: this.words };
    });
    this.open = this.words !== "";
  }

  look(words: string) {
    amend({ find: words, hit: null });
  }

  close() {
    this.open = false;
    amend({ find: null, hit: null });
  }

  /** To the next or previous place, round the end; the first step goes to the first place on or after the page that is open. */
  async step(by: 1 | -1, page: number) {
    await tick();
    const count = this.places.length;
    if (count === 0) return;
    const from = this.places.findIndex((place) => place.page >= page);
    const first = by > 0 ? (from < 0 ? 0 : from) : ((from < 0 ? count : from) - 1 + count) % count;
    this.goTo(this.at < 0 ? first : (this.at + by + count) % count);
  }

  goTo(at: number) {
    const place = this.places[at];
    if (!place) return;
    const text = place.field === "text";
    amend({
      hit: at + 1,
      page: place.page,
      ...(place.article === null ? {} : { article: place.article }),
      start: text ? place.start : null,
      end: text ? place.end : null,
      field: place.field === "headline" || place.field === "byline" ? place.field : null,
      mention: null,
      quote: null,
    });
  }

  /** Boxes on a page, those of the place the reader is at apart. */
  on(page: number): { box: Rect; here: boolean }[] {
    return this.places.flatMap((place, i) =>
      place.boxes.flatMap((b) => (b.page_id === page ? [{ box: b.box, here: i === this.at }] : [])),
    );
  }

  /** Stretches of an article's text. */
  inText(article: number): Stretch[] {
    return this.places.flatMap((p) =>
      p.article === article && p.field === "text" ? [{ start: p.start, end: p.end }] : [],
    );
  }
}
