// Where the reader is in an issue: page, article, sentence. The address says it; this turns it into what is shown.
import { SvelteMap } from "svelte/reactivity";
import { call } from "../../api";
import type { ArticleView } from "../../api/types/ArticleView";
import type { IssueView } from "../../api/types/IssueView";
import type { PageLine } from "../../api/types/PageLine";
import type { PageView } from "../../api/types/PageView";
import type { Rect } from "../../api/types/Rect";
import { complain } from "../../state/notices.svelte";
import { query } from "../../state/query.svelte";
import { remember, remembered } from "../../state/remembered";
import { type Route, type Target, amend, go } from "../../state/router.svelte";
import { Finding } from "./finding.svelte";
import { type Turn, turnOf, turned } from "./frame";
import { type LineKey, LineMap } from "./lineMap";
import type { PageImage } from "./pageImage";
import { withPlaceholders } from "./placeholders";
import { regionsByArticle } from "./regions";
import { type Stretch, stretchOf } from "./sentence";
import { facing, stepped } from "./spread";
import { type Tone, toneOf, toneText } from "./tone";

const EMPTY: readonly PageLine[] = [];

/** Image and text side by side, or one of them alone. */
export type Layout = "both" | "image" | "text";

export class Reading {
  private readonly route: () => Route;
  private readonly id = $derived.by(() => this.route().id);
  private readonly asked = query(
    "issue",
    () => (this.id === null ? null : { id: this.id }),
    (change) => change.kind === "everything" || (change.kind === "issue" && change.id === this.id),
  );
  private readonly address: Record<string, string> = $derived.by(() => this.route().query);
  private readonly lines = new SvelteMap<number, readonly PageLine[]>();
  /** Pages whose lines have been asked for since the issue was last read. */
  private readonly asking = new Set<number>();

  /** The viewer of the page image, while there is one. */
  image = $state.raw<PageImage | null>(null);
  /** The line under the pointer, on either side. */
  hover = $state.raw<LineKey | null>(null);
  /** A line that was clicked on one side and is to be shown on the other. */
  wanted = $state.raw<{ line: LineKey; on: "text" | "image" } | null>(null);

  /** Words marked in the article's text, in characters. */
  selection = $state.raw<Stretch | null>(null);

  boxes = $state(remembered("issue.boxes") === "on");
  dim = $state(remembered("issue.dim") === "on");
  names = $state(remembered("issue.names") !== "off");

  readonly view: IssueView | undefined = $derived(this.asked.data);
  readonly pages: readonly PageView[] = $derived(this.view ? withPlaceholders(this.view) : []);
  readonly articles: readonly ArticleView[] = $derived(this.view?.articles ?? []);
  /** The article the address names. */
  readonly askedFor: ArticleView | null = $derived.by(() => {
    const wanted = Number(this.address.article);
    return this.articles.find((a) => a.id === wanted) ?? null;
  });
  /** The sentence the address asks for. */
  readonly highlight: Stretch | null = $derived(this.askedFor && stretchOf(this.askedFor, this.address));
  /** The address may ask for headline or byline instead. */
  readonly highlightRole: "headline" | "byline" | null = $derived.by(() => {
    const { field } = this.address;
    return this.askedFor && (field === "headline" || field === "byline") ? field : null;
  });
  readonly page: PageView | null = $derived.by(() => {
    const number = Number(this.address.page);
    const asked = this.pages.find((p) => p.number === number);
    if (asked) return asked;
    const ofText = this.askedFor && this.highlight && new LineMap(this.askedFor).pageOf(this.highlight.start);
    const first = this.askedFor?.parts[0]?.page_id;
    return this.pages.find((p) => p.id === (ofText ?? first)) ?? this.pages[0] ?? null;
  });
  readonly here: readonly ArticleView[] = $derived(this.page === null ? [] : this.on(this.page));
  /** The article that was chosen; until one is, the first of the page. */
  readonly article: ArticleView | null = $derived(this.askedFor ?? this.here[0] ?? null);
  readonly lineMap: LineMap | null = $derived(this.article && new LineMap(this.article));
  readonly layout: Layout = $derived.by(() => {
    const { view } = this.address;
    return view === "image" || view === "text" ? view : "both";
  });
  readonly turn: Turn = $derived.by(() => turnOf(this.address.turn));
  readonly tone: Tone = $derived.by(() => toneOf(this.address.tone));
  readonly spread: boolean = $derived.by(() => this.address.spread === "true");
  /** The pages whose images are shown, from left to right. */
  readonly shown: readonly PageView[] = $derived.by(() => {
    if (this.page === null) return [];
    return this.spread ? facing(this.pages, this.page, this.rightToLeft) : [this.page];
  });
  readonly finding: Finding;

  /** The question behind all this, for what waits on it. */
  get query() {
    return this.asked;
  }

  /** `route` is the page's own address; it changes while the page stays. */
  constructor(route: () => Route) {
    this.route = route;
    this.finding = new Finding(
      () => this.address,
      () => this.id,
    );
    $effect(() => {
      // An issue read anew may have other lines; those known stay until they are there, so that nothing jumps and no field loses
      // the focus.
      void this.view;
      this.asking.clear();
    });
    $effect(() => {
      const at = this.page === null ? -1 : this.pages.indexOf(this.page);
      const near = [
        this.page?.id,
        this.pages[at - 1]?.id,
        this.pages[at + 1]?.id,
        ...this.shown.map((p) => p.id),
      ];
      const ofArticle = this.article?.parts.map((part) => part.page_id) ?? [];
      for (const page of this.pages)
        if (page.layer !== null && (near.includes(page.id) || ofArticle.includes(page.id)))
          void this.load(page.id);
    });
  }

  linesOf = (page: number): readonly PageLine[] => this.lines.get(page) ?? EMPTY;

  pageNumber(id: number): number | null {
    return this.pages.find((p) => p.id === id)?.number ?? null;
  }

  turnTo(number: number) {
    amend({ page: number });
  }

  turnBy(step: number) {
    const next = stepped(this.pages, this.shown, step);
    if (next) this.turnTo(next.number);
  }

  /** The articles that stand on a page, wholly or in part. */
  on(page: PageView): readonly ArticleView[] {
    return this.articles.filter((article) => article.pages.includes(page.number));
  }

  setLayout(layout: Layout) {
    amend({ view: layout === "both" ? null : layout });
  }

  toggleSpread() {
    amend({ spread: !this.spread });
  }

  rotate(by: 90 | -90) {
    amend({ turn: turned(this.turn, by) || null });
  }

  setTone(tone: Tone) {
    amend({ tone: toneText(tone) });
  }

  /** Address of another issue, to be read in the same manner. */
  issueTarget(id: number): Target {
    const { view, spread, tone } = this.address;
    return { page: "issue", id, query: { view, spread, tone } };
  }

  choose(article: ArticleView | null, page?: number) {
    const stays = article && this.page && article.pages.includes(this.page.number);
    amend({
      article: article?.id ?? null,
      page: page ?? (stays || article === null ? this.page?.number : article.pages[0]),
      start: null,
      end: null,
      mention: null,
      quote: null,
      field: null,
    });
  }

  chooseBy(step: number) {
    const from = this.article ? this.articles.indexOf(this.article) : -1;
    const next = this.articles[from + step];
    if (next) this.choose(next, next.pages[0]);
  }

  /** Pages on to a neighbouring issue, with zoom and place kept. */
  openIssue(id: number | null | undefined) {
    if (id == null) return;
    this.image?.carryPlace();
    go(this.issueTarget(id));
  }

  toggle(what: "boxes" | "dim" | "names") {
    this[what] = !this[what];
    remember(`issue.${what}`, this[what] ? "on" : "off");
  }

  /** Whether the open page is set in columns, or in lines from right to left. */
  private get rightToLeft(): boolean {
    const lines = this.page === null ? EMPTY : this.linesOf(this.page.id);
    return lines.filter((line) => line.direction !== "horizontal").length * 2 > lines.length;
  }

  /** Where each article stands on a page. */
  regionsOf(page: PageView): ReadonlyMap<number, Rect[]> {
    const lines = this.lines.get(page.id);
    if (lines?.some((line) => line.box !== null)) return regionsByArticle(lines);
    // Until the lines are there, or where none has a box: the parts' own boxes.
    const whole = new Map<number, Rect[]>();
    for (const article of this.on(page)) {
      const boxes = article.parts.flatMap((p) => (p.page_id === page.id && p.box ? [p.box] : []));
      if (boxes.length > 0) whole.set(article.id, boxes);
    }
    return whole;
  }

  private async load(page: number) {
    if (this.asking.has(page)) return;
    this.asking.add(page);
    try {
      this.lines.set(page, (await call("page_lines", { page })).lines);
    } catch (thrown) {
      complain(thrown);
    }
  }
}
