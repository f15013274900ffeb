// From the characters of an article to the printed lines they stand on, and back.
import type { ArticleView } from "../../api/types/ArticleView";
import type { PageLine } from "../../api/types/PageLine";
import type { Rect } from "../../api/types/Rect";
import type { TextPiece } from "../../api/types/TextPiece";

export interface LineKey {
  page: number;
  line: number;
}

export interface PlacedBox {
  /** Id of the page. */
  page: number;
  box: Rect;
}

export class LineMap {
  private readonly pieces: readonly TextPiece[];
  private readonly pageOfPart: readonly number[];

  constructor(article: Pick<ArticleView, "pieces" | "parts">) {
    this.pieces = [...article.pieces].sort((a, b) => a.start - b.start);
    this.pageOfPart = article.parts.map((part) => part.page_id);
  }

  /** The line that holds the character at `offset`; `null` for what the repair put in. */
  lineOf(offset: number): LineKey | null {
    const piece = this.pieces[this.firstEndingAfter(offset)];
    return piece && piece.start <= offset ? this.key(piece) : null;
  }

  /** The page on which `offset` stands, or the next printed character after it. */
  pageOf(offset: number): number | null {
    const piece = this.pieces[this.firstEndingAfter(offset)] ?? this.pieces[this.pieces.length - 1];
    return piece ? (this.key(piece)?.page ?? null) : null;
  }

  /** Stretches of text that stand on a line, offsets in characters. */
  stretches({ page, line }: LineKey): { start: number; end: number }[] {
    return this.pieces
      .filter((piece) => piece.line === line && this.pageOfPart[piece.part] === page)
      .map(({ start, end }) => ({ start, end }));
  }

  /** Offsets at which a new line begins, to cut the text so that each line can be lit alone. */
  cuts(): number[] {
    return this.pieces.flatMap(({ start, end }) => [start, end]);
  }

  /**
   * Boxes of the characters `start..end`. Within a line the place is reckoned by counting characters, which is exact enough for
   * square Han type and for lighting up.
   */
  boxes(
    start: number,
    end: number,
    linesOfPage: (page: number) => readonly PageLine[] | undefined,
  ): PlacedBox[] {
    const boxes: PlacedBox[] = [];
    for (let i = this.firstEndingAfter(start); i < this.pieces.length; i++) {
      const piece = this.pieces[i]!;
      if (piece.start >= end) break;
      const key = this.key(piece);
      const line = key && linesOfPage(key.page)?.find((l) => l.line === key.line);
      if (!key || !line?.box) continue;
      const from = piece.line_start + Math.max(start, piece.start) - piece.start;
      const to = piece.line_start + Math.min(end, piece.end) - piece.start;
      boxes.push({ page: key.page, box: partOfLine(line, from, to) });
    }
    return boxes;
  }

  private key(piece: TextPiece): LineKey | null {
    const page = this.pageOfPart[piece.part];
    return page === undefined ? null : { page, line: piece.line };
  }

  private firstEndingAfter(offset: number): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pieces[middle]!.end <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function partOfLine(line: PageLine, from: number, to: number): Rect {
  const [x, y, w, h] = line.box!;
  // Latin letters and digits are about half as wide as a Han character.
  const widths = [...line.text].map((c) => (c.codePointAt(0)! < 0x2000 ? 0.5 : 1));
  const sum = (end: number) => widths.slice(0, end).reduce((a, b) => a + b, 0);
  const whole = sum(widths.length) || 1;
  const start = sum(from) / whole;
  const size = sum(to) / whole - start;
  switch (line.direction) {
    case "vertical":
      return [x, y + h * start, w, h * size];
    case "right_to_left":
      return [x + w * (1 - start - size), y, w * size, h];
    case "horizontal":
      return [x + w * start, y, w * size, h];
  }
}
