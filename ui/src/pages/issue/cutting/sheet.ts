// How a cutting is laid out: pieces below one another with their page numbers and the source line, as one picture, or on sheets of
// paper.
import { PAPER, broken } from "./paper";
import { penOf } from "./piece";

export interface Piece {
  /** 第1版; empty where there is but one piece. */
  label: string;
  picture: HTMLCanvasElement;
}

const PER_MM = 200 / 25.4;

const SERIF = '"Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", SimSun, serif';
const INK = "#1e1c19";
const SOFT = "#5b564d";
/** Heights in ems of the source line's type. */
const LEADING = 1.5;
const PADDING = 1.6;
/** Most that a piece is enlarged on paper. */
const LARGEST = 1.5;

/** All pieces in one picture, with the source below. */
export function onePicture(pieces: readonly Piece[], source: string): HTMLCanvasElement {
  const inner = Math.max(...pieces.map((piece) => piece.picture.width), 600);
  const type = Math.max(18, Math.round(inner / 48));
  const pad = Math.round(type * PADDING);
  const canvas = document.createElement("canvas");
  canvas.width = inner + 2 * pad;
  const lines = broken(source, inner, measuring(canvas, type));
  const heads = pieces.map((piece) => (piece.label === "" ? 0 : Math.round(type * LEADING)));
  const pictures = pieces.reduce((sum, piece, i) => sum + piece.picture.height + heads[i]! + pad, 0);
  canvas.height = Math.ceil(pad + pictures + lines.length * type * LEADING + pad);
  const pen = blank(canvas);
  let top = pad;
  pieces.forEach((piece, i) => {
    if (heads[i]! > 0) {
      write(pen, piece.label, pad, top, type, SOFT);
      top += heads[i]!;
    }
    pen.drawImage(piece.picture, pad, top);
    top += piece.picture.height + pad;
  });
  rule(pen, pad, top - pad / 2, inner);
  lines.forEach((line, i) => write(pen, line, pad, top + i * type * LEADING, type, INK));
  return canvas;
}

/** One sheet for each piece, as large as the paper allows; the source stands at the foot of every sheet. */
export function sheets(pieces: readonly Piece[], source: string): HTMLCanvasElement[] {
  const width = Math.round(PAPER.width * PER_MM);
  const height = Math.round(PAPER.height * PER_MM);
  const type = Math.round(3.4 * PER_MM);
  const lines = broken(source, width, measuring(document.createElement("canvas"), type));
  const foot = Math.ceil(lines.length * type * LEADING + type);
  const head = pieces.some((piece) => piece.label !== "") ? Math.round(type * LEADING) : 0;
  // One scale for all; a small cutting is not blown up beyond what its pixels carry.
  const fits = pieces.map(({ picture }) =>
    Math.min(width / picture.width, (height - head - foot) / picture.height),
  );
  const scale = Math.min(...fits, LARGEST);
  return pieces.map((piece) => {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const pen = blank(canvas);
    if (piece.label !== "") write(pen, piece.label, 0, 0, type, SOFT);
    pen.drawImage(piece.picture, 0, head, piece.picture.width * scale, piece.picture.height * scale);
    rule(pen, 0, height - foot + type / 3, width);
    lines.forEach((line, i) =>
      write(pen, line, 0, height - foot + type * 0.8 + i * type * LEADING, type, INK),
    );
    return canvas;
  });
}

function blank(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const pen = penOf(canvas);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  return pen;
}

function measuring(canvas: HTMLCanvasElement, type: number): (text: string) => number {
  const pen = penOf(canvas);
  pen.font = `${type}px ${SERIF}`;
  return (text) => pen.measureText(text).width;
}

function write(
  pen: CanvasRenderingContext2D,
  text: string,
  left: number,
  top: number,
  type: number,
  colour: string,
) {
  pen.font = `${type}px ${SERIF}`;
  pen.textBaseline = "top";
  pen.fillStyle = colour;
  pen.fillText(text, left, top);
}

function rule(pen: CanvasRenderingContext2D, left: number, top: number, width: number) {
  pen.fillStyle = "#b8b0a2";
  pen.fillRect(left, Math.round(top), width, Math.max(1, Math.round(width / 1200)));
}
