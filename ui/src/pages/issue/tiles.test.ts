import { describe, expect, it } from "vitest";
import { levelForWidth, levelSize, pyramid, tilesOf } from "./tiles";

describe("tile pyramid", () => {
  it("ends where the page fits one tile", () => {
    const p = pyramid(3189, 4607);
    expect(p.maxLevel).toBe(4);
    expect(levelSize(p, 4)).toEqual({ width: 3189, height: 4607 });
    expect(levelSize(p, 0)).toEqual({ width: 200, height: 288 });
    expect(tilesOf(p, 0)).toEqual([{ level: 0, x: 0, y: 0 }]);
    expect(tilesOf(p, 1)).toHaveLength(2);
  });
  it("has one level for a page smaller than a tile", () => {
    const p = pyramid(300, 512);
    expect(p.maxLevel).toBe(0);
    expect(tilesOf(p, 0)).toHaveLength(1);
  });
  it("steps up as soon as a side is one pixel too long", () => {
    expect(pyramid(513, 10).maxLevel).toBe(1);
    expect(levelSize(pyramid(513, 10), 0)).toEqual({ width: 257, height: 5 });
    expect(pyramid(1024, 1024).maxLevel).toBe(1);
    expect(pyramid(1025, 1).maxLevel).toBe(2);
  });
  it("finds the level for a width on the screen", () => {
    const p = pyramid(3189, 4607);
    expect(levelForWidth(p, 200)).toBe(0);
    expect(levelForWidth(p, 201)).toBe(1);
    expect(levelForWidth(p, 99_999)).toBe(4);
  });
});
