// An article or page taken out of the archive with its source line: as a picture, as a PDF, on paper.
import { tick } from "svelte";
import { call, printWindow, saveFile } from "../../../api";
import type { ArticleView } from "../../../api/types/ArticleView";
import type { PageView } from "../../../api/types/PageView";
import type { Rect } from "../../../api/types/Rect";
import { t } from "../../../i18n/index.svelte";
import { complain, say } from "../../../state/notices.svelte";
import { sourceLineStyle } from "../citationStyle.svelte";
import { headlineOf } from "../headline";
import type { Reading } from "../reading.svelte";
import { union } from "../regions";
import { pdfOf } from "./pdf";
import { pieceOf } from "./piece";
import { type Piece, onePicture, sheets } from "./sheet";

/** Widest piece in pixels: newsprint stays sharp at 200 dpi over the width of A4. */
const WIDEST = 2200;
const JPEG_QUALITY = 0.9;
/** Share of an article's box that another one may take before it counts as part of it: a box within a box. */
const WITHIN = 0.02;

export type ForPaper =
  { kind: "sheets"; urls: string[] } | { kind: "text"; article: ArticleView; source: string };

export class Cuttings {
  private readonly reading: Reading;

  /** What the print styles show. */
  paper = $state.raw<ForPaper | null>(null);
  /** A cutting is being made. */
  busy = $state(false);

  constructor(reading: Reading) {
    this.reading = reading;
  }

  /** Whether any of the article stands on a page image. */
  hasImage(article: ArticleView): boolean {
    return this.partsOf(article).length > 0;
  }

  savePicture(article: ArticleView): Promise<void> {
    return this.work(async () => {
      const picture = onePicture(await this.pieces(article), await this.source(article));
      await this.save(`${this.fileName(article)}.png`, await blobOf(picture, "image/png"));
    });
  }

  savePdf(article: ArticleView): Promise<void> {
    return this.work(async () => {
      const source = await this.source(article);
      const pages = await Promise.all(
        sheets(await this.pieces(article), source).map(async (sheet) => ({
          jpeg: new Uint8Array(await (await blobOf(sheet, "image/jpeg")).arrayBuffer()),
          width: sheet.width,
          height: sheet.height,
        })),
      );
      const pdf = pdfOf(pages, { title: headlineOf(article), source });
      await this.save(`${this.fileName(article)}.pdf`, new Blob([pdf], { type: "application/pdf" }));
    });
  }

  printCutting(article: ArticleView): Promise<void> {
    return this.work(async () =>
      this.printSheets(sheets(await this.pieces(article), await this.source(article))),
    );
  }

  printText(article: ArticleView): Promise<void> {
    return this.work(async () => {
      this.show({ kind: "text", article, source: await this.source(article) });
      await tick();
      await printWindow();
    });
  }

  /** The pages that are open, each on a sheet of its own; a page without an image prints the text of its article. */
  printPages(): Promise<void> {
    const { shown, article, view } = this.reading;
    const images = shown.filter((page) => page.has_image);
    if (images.length === 0) return article ? this.printText(article) : Promise.resolve();
    return this.work(async () => {
      const made = await Promise.all(
        images.map(async (page) => {
          const piece = { label: "", picture: await pieceOf(page, [0, 0, 1, 1], [], WIDEST) };
          const asked = { issue: view!.issue.id, page: page.number, style: sourceLineStyle() };
          return sheets([piece], (await call("page_citation", asked)).text);
        }),
      );
      await this.printSheets(made.flat());
    });
  }

  private async printSheets(made: readonly HTMLCanvasElement[]) {
    const urls = await Promise.all(
      made.map(async (sheet) => URL.createObjectURL(await blobOf(sheet, "image/jpeg"))),
    );
    this.show({ kind: "sheets", urls });
    await tick();
    // Paper shows nothing of a picture that is not decoded yet.
    await Promise.all(
      [...document.querySelectorAll<HTMLImageElement>(".print-room img")].map((i) => i.decode()),
    );
    await printWindow();
  }

  private show(paper: ForPaper) {
    if (this.paper?.kind === "sheets") this.paper.urls.forEach((url) => URL.revokeObjectURL(url));
    this.paper = paper;
  }

  private async work(make: () => Promise<void>) {
    if (this.busy) return;
    this.busy = true;
    try {
      await make();
    } catch (thrown) {
      complain(thrown);
    } finally {
      this.busy = false;
    }
  }

  private async save(name: string, file: Blob) {
    if (await saveFile(name, file)) say(t("cutting.saved", { name }));
  }

  private async source(article: ArticleView): Promise<string> {
    return (await call("citation", { article: article.id, style: sourceLineStyle() })).text;
  }

  private pieces(article: ArticleView): Promise<Piece[]> {
    const parts = this.partsOf(article);
    // One scale for all of them: the type of a narrow continuation is no larger than that of the opening.
    const share = Math.max(...parts.map((part) => part.box[2]));
    return Promise.all(
      parts.map(async ({ page, box }) => ({
        label: parts.length > 1 ? t("issue.pageLabel", { n: page.number }) : "",
        picture: await pieceOf(page, box, this.strangers(article, page, box), (WIDEST * box[2]) / share),
      })),
    );
  }

  /** Pages of the article with an image, each with the box around all of it there. */
  private partsOf(article: ArticleView): { page: PageView; box: Rect }[] {
    const boxes = new Map<PageView, Rect>();
    for (const part of article.parts) {
      const page = this.reading.pages.find((p) => p.id === part.page_id);
      if (!page?.has_image || !part.box) continue;
      const before = boxes.get(page);
      boxes.set(page, before ? union(before, part.box) : part.box);
    }
    return [...boxes].map(([page, box]) => ({ page, box }));
  }

  /** What other articles have within the box, unless it overlaps the article's own. */
  private strangers(article: ArticleView, page: PageView, box: Rect): Rect[] {
    const regions = this.reading.regionsOf(page);
    const own = regions.get(article.id) ?? [box];
    return [...regions].flatMap(([id, boxes]) =>
      id === article.id ? [] : boxes.filter((b) => own.every((o) => shared(b, o) < WITHIN)),
    );
  }

  private fileName(article: ArticleView): string {
    const { newspaper_title, date } = this.reading.view!.issue;
    const title = [...headlineOf(article)].slice(0, 30).join("");
    return [newspaper_title, date, title]
      .filter((part) => part)
      .join(" ")
      .replace(/[\\/:*?"<>|\p{Cc}]/gu, " ")
      .trim();
  }
}

/** Share of the smaller box that lies within the other. */
function shared(a: Rect, b: Rect): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(a[2] * a[3], b[2] * b[3]);
}

function blobOf(canvas: HTMLCanvasElement, type: "image/png" | "image/jpeg"): Promise<Blob> {
  return new Promise((made, failed) =>
    canvas.toBlob((blob) => (blob ? made(blob) : failed(new Error("no picture"))), type, JPEG_QUALITY),
  );
}
