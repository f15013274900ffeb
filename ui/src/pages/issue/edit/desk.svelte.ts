// What is in hand while an issue is put right: which tab, which regions, whether a region is being drawn. The tab stands in the
// address; the rest is of the moment.
import { SvelteSet } from "svelte/reactivity";
import type { ArticleView } from "../../../api/types/ArticleView";
import type { BlockRole } from "../../../api/types/BlockRole";
import type { BlockView } from "../../../api/types/BlockView";
import type { RegionDestination } from "../../../api/types/RegionDestination";
import type { Rect } from "../../../api/types/Rect";
import type { StructureEdit } from "../../../api/types/StructureEdit";
import { act } from "../../../state/archive.svelte";
import { amend } from "../../../state/router.svelte";
import type { Reading } from "../reading.svelte";
import { contains } from "../regions";

export const TABS = ["structure", "text", "reread"] as const;
export type Tab = (typeof TABS)[number];

/** Roles a person gives, in the order of their keys (Alt+1 …). */
export const ROLES: readonly BlockRole[] = [
  "headline_shoulder",
  "headline_main",
  "headline_sub",
  "byline",
  "body",
  "subhead",
  "caption",
  "table",
  "jump",
];

/** A region on the open page: of an article, or of the page itself. */
export interface Region {
  id: number;
  role: BlockRole;
  box: Rect;
  article: ArticleView | null;
  /** Place in the article's order on this page, from 1; 0 for a region of the page itself. */
  order: number;
}

export class EditDesk {
  private readonly reading: Reading;
  private readonly query: () => Record<string, string>;
  readonly picked = new SvelteSet<number>();
  drawing = $state(false);
  drawRole = $state<BlockRole>("body");
  drawTo = $state<"article" | "new" | "page">("article");
  busy = $state(false);

  readonly tab: Tab | null = $derived.by(() => TABS.find((tab) => tab === this.query().edit) ?? null);
  readonly regions: readonly Region[] = $derived.by(() => this.regionsHere());

  constructor(reading: Reading, query: () => Record<string, string>) {
    this.reading = reading;
    this.query = query;
    $effect(() => {
      // Regions are new after every change: what is no more can't stay in hand.
      const there = new Set(this.allBlocks());
      for (const id of this.picked) if (!there.has(id)) this.picked.delete(id);
    });
    $effect(() => {
      if (this.tab !== "structure") this.drawing = false;
    });
  }

  open(tab: Tab | null) {
    amend({ edit: tab });
    if (tab === null) this.picked.clear();
  }

  pick(id: number, add: boolean) {
    if (!add) {
      const alone = this.picked.size === 1 && this.picked.has(id);
      this.picked.clear();
      if (alone) return;
    }
    if (this.picked.has(id)) this.picked.delete(id);
    else this.picked.add(id);
  }

  /** The smallest region under a point of the page. */
  regionAt(x: number, y: number): Region | null {
    let found: Region | null = null;
    for (const region of this.regions)
      if (contains(region.box, x, y) && (found === null || area(region.box) < area(found.box)))
        found = region;
    return found;
  }

  /** Regions in hand in the order of the article. */
  inHand(): number[] {
    return this.allBlocks().filter((id) => this.picked.has(id));
  }

  async change(edit: StructureEdit): Promise<boolean> {
    const issue = this.reading.view?.issue.id;
    if (issue === undefined || this.busy) return false;
    this.busy = true;
    const outcome = await act("edit_structure", { issue, edit });
    this.busy = false;
    return outcome !== null;
  }

  async draw(page: number, box: Rect) {
    const { article } = this.reading;
    const to: RegionDestination =
      this.drawTo === "page"
        ? { kind: "page" }
        : this.drawTo === "article" && article
          ? { kind: "article", id: article.id }
          : { kind: "new_article" };
    await this.change({ kind: "draw", page, area: box, role: this.drawRole, to });
    this.drawing = false;
  }

  private allBlocks(): number[] {
    const view = this.reading.view;
    if (!view) return [];
    const ofArticles = view.articles.flatMap((a) => blocksOf(a).map((b) => b.id));
    return [...ofArticles, ...view.pages.flatMap((p) => p.furniture.map((f) => f.id))];
  }

  private regionsHere(): Region[] {
    const { page } = this.reading;
    if (page === null || this.tab !== "structure") return [];
    const regions: Region[] = [];
    for (const article of this.reading.here) {
      let order = 0;
      for (const part of article.parts) {
        if (part.page_id !== page.id) continue;
        for (const block of part.blocks) {
          order += 1;
          if (block.box) regions.push({ id: block.id, role: block.role, box: block.box, article, order });
        }
      }
    }
    for (const f of page.furniture)
      if (f.box) regions.push({ id: f.id, role: "furniture", box: f.box, article: null, order: 0 });
    return regions;
  }
}

export function blocksOf(article: ArticleView): BlockView[] {
  return article.parts.flatMap((part) => part.blocks);
}

function area([, , w, h]: Rect): number {
  return w * h;
}
