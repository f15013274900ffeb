import { expect, it } from "vitest";
import { curveOf } from "./amountCurve";

it("orders figures in time and marks those that differ", () => {
  const points = curveOf([
    { value: 350, published: "2022-06-01" },
    { value: 300, published: "2021-01-01" },
    { value: 420, published: "2022-06-20" },
    { value: 1, published: null },
  ]);
  expect(points.map((p) => [p.figure.value, p.conflict])).toEqual([
    [300, false],
    [350, true],
    [420, true],
  ]);
  expect(points[0]?.x).toBe(0);
  expect(points[2]).toMatchObject({ x: 1, y: 1 });
});

it("takes the same sum rounded for the same", () => {
  const points = curveOf([
    { value: 3.5e8, published: "2022-06-01" },
    { value: 3.52e8, published: "2022-06-02" },
  ]);
  expect(points.every((p) => !p.conflict)).toBe(true);
});
