import { describe, expect, it } from "vitest";
import type { PageLine } from "../../api/types/PageLine";
import { LineMap } from "./lineMap";

const part = (page: number, page_id: number) => ({ page, page_id, box: null, blocks: [] });
// "甲乙丙丁\n戊己庚辛": two lines on page 11, then one on page 14; the line break stands in no piece.
const map = new LineMap({
  parts: [part(1, 11), part(4, 14)],
  pieces: [
    { start: 7, end: 9, part: 1, line: 3, line_start: 0 },
    { start: 0, end: 2, part: 0, line: 7, line_start: 2 },
    { start: 2, end: 4, part: 0, line: 8, line_start: 0 },
    { start: 5, end: 7, part: 0, line: 8, line_start: 2 },
  ],
});
const line = (n: number, text: string, more: Partial<PageLine> = {}): PageLine => ({
  line: n,
  text,
  recognised: null,
  checked: false,
  char_confidence: [],
  box: [0.1, 0.1 * n, 0.4, 0.05],
  direction: "horizontal",
  confidence: 1,
  order: n,
  article: 1,
  role: "body",
  ...more,
});

describe("line map", () => {
  it("finds the line of a character", () => {
    expect(map.lineOf(0)).toEqual({ page: 11, line: 7 });
    expect(map.lineOf(3)).toEqual({ page: 11, line: 8 });
    expect(map.lineOf(4)).toBeNull();
    expect(map.lineOf(8)).toEqual({ page: 14, line: 3 });
    expect(map.lineOf(9)).toBeNull();
  });
  it("names the page of what the repair put in, and of the end", () => {
    expect(map.pageOf(4)).toBe(11);
    expect(map.pageOf(7)).toBe(14);
    expect(map.pageOf(99)).toBe(14);
  });
  it("finds all stretches of a line", () => {
    expect(map.stretches({ page: 11, line: 8 })).toEqual([
      { start: 2, end: 4 },
      { start: 5, end: 7 },
    ]);
    expect(map.stretches({ page: 14, line: 8 })).toEqual([]);
  });
  it("reckons boxes within lines and across pages", () => {
    const lines: Record<number, PageLine[]> = {
      11: [line(7, "〇〇甲乙"), line(8, "丙丁戊己")],
      14: [line(3, "庚辛", { direction: "vertical" })],
    };
    const boxes = map.boxes(1, 8, (page) => lines[page]);
    expect(boxes.map((b) => b.page)).toEqual([11, 11, 11, 14]);
    expect(boxes[0]!.box[0]).toBeCloseTo(0.4);
    expect(boxes[0]!.box[2]).toBeCloseTo(0.1);
    expect(boxes[3]!.box[1]).toBeCloseTo(0.3);
    expect(boxes[3]!.box[3]).toBeCloseTo(0.025);
  });
  it("skips lines that have no box", () => {
    expect(map.boxes(0, 9, () => [line(7, "〇〇甲乙", { box: null })])).toEqual([]);
  });
});
