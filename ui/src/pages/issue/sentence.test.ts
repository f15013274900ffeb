import { describe, expect, it } from "vitest";
import type { ArticleView } from "../../api/types/ArticleView";
import { stretchOf } from "./sentence";

const article = {
  text: "𠮷甲乙。\n丙 丁戊，己庚。",
  entities: [{ id: 7, start: 1, end: 3 }],
} as unknown as ArticleView;

describe("stretch of an address", () => {
  it("takes offsets, then a mention, then a quotation", () => {
    expect(stretchOf(article, { start: "2", end: "4", mention: "7" })).toEqual({ start: 2, end: 4 });
    expect(stretchOf(article, { mention: "7", quote: "丙" })).toEqual({ start: 1, end: 3 });
    expect(stretchOf(article, { quote: "丙丁" })).toEqual({ start: 5, end: 8 });
  });
  it("finds a quotation across blanks and counts characters", () => {
    expect(stretchOf(article, { quote: "乙。丙" })).toEqual({ start: 2, end: 6 });
    expect(stretchOf(article, { quote: "𠮷甲" })).toEqual({ start: 0, end: 2 });
  });
  it("finds nothing where there is nothing", () => {
    for (const address of [{}, { quote: "辛" }, { quote: " " }, { mention: "8" }, { start: "4", end: "2" }])
      expect(stretchOf(article, address as Record<string, string>)).toBeNull();
  });
});
