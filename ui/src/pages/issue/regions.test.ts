import { expect, it } from "vitest";
import type { PageLine } from "../../api/types/PageLine";
import { around, lineAt, regionsByArticle } from "./regions";

function line(order: number, box: [number, number, number, number], more: Partial<PageLine> = {}): PageLine {
  return {
    recognised: null,
    checked: false,
    char_confidence: [],
    line: order,
    text: "",
    box,
    direction: "horizontal",
    confidence: 1,
    order,
    article: 1,
    role: "body",
    ...more,
  };
}

it("makes one rectangle a column and keeps the headline apart", () => {
  const regions = regionsByArticle([
    line(0, [0.1, 0.1, 0.6, 0.04], { role: "headline_main" }),
    line(1, [0.1, 0.15, 0.2, 0.01]),
    line(2, [0.1, 0.162, 0.2, 0.01]),
    line(3, [0.5, 0.15, 0.2, 0.01]),
    line(4, [0.5, 0.162, 0.1, 0.01]),
    line(5, [0.8, 0.5, 0.1, 0.01], { article: 2 }),
  ]).get(1);
  expect(regions).toHaveLength(3);
  expect(regions?.[1]?.[3]).toBeCloseTo(0.022);
  expect(around(regions ?? [])?.[2]).toBeCloseTo(0.6);
});

it("joins the columns of a vertical article from right to left", () => {
  const vertical = { direction: "vertical" } as const;
  const regions = regionsByArticle([
    line(0, [0.8, 0.1, 0.02, 0.3], vertical),
    line(1, [0.775, 0.1, 0.02, 0.3], vertical),
    line(2, [0.75, 0.1, 0.02, 0.1], vertical),
    line(3, [0.8, 0.45, 0.02, 0.3], vertical),
  ]).get(1);
  expect(regions).toHaveLength(2);
});

it("finds the smallest line under the pointer", () => {
  const lines = [line(0, [0, 0, 1, 1]), line(1, [0.4, 0.4, 0.2, 0.1])];
  expect(lineAt(lines, 0.5, 0.45)?.line).toBe(1);
  expect(lineAt(lines, 0.9, 0.9)?.line).toBe(0);
  expect(lineAt(lines, 1.5, 0.5)).toBeNull();
});
