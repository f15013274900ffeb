import { expect, it } from "vitest";
import type { TogetherRow } from "../../api/types/TogetherRow";
import { layout } from "./graph";

const rows: TogetherRow[] = Array.from({ length: 16 }, (_, i) => ({
  entity: i + 1,
  kind: "person",
  name: "甲乙丙",
  articles: 16 - i,
  confirmed: 0,
  weight: 16 - i,
}));

it("gives the same picture for the same rows, within its frame", () => {
  const nodes = layout(rows, 420, 360);
  expect(layout(rows, 420, 360)).toEqual(nodes);
  for (const { x, y } of nodes) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThanOrEqual(420);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThanOrEqual(360);
  }
});

it("puts the strongest nearer than the weakest", () => {
  const nodes = layout(rows, 900, 900);
  const far = (n: (typeof nodes)[number]) => Math.hypot(n.x - 450, n.y - 450);
  expect(far(nodes[0]!)).toBeLessThan(far(nodes[15]!));
});

it("has nothing to lay out without rows", () => {
  expect(layout([], 100, 100)).toEqual([]);
});
