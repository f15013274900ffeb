import { describe, expect, it } from "vitest";
import { cropAround } from "./crop";

const smallest = { width: 354, height: 512 };

describe("crop", () => {
  it("puts the box in the middle", () => {
    const crop = cropAround([[0.5, 0.5, 0.1, 0.01]], smallest, 2, { width: 300, height: 60 })!;
    expect(crop.page.width).toBe(1416);
    expect(crop.left + 150).toBeCloseTo(1416 * 0.55);
    expect(crop.top + 30).toBeCloseTo(2048 * 0.505);
    expect(crop.tiles.map((t) => [t.x, t.y])).toEqual(
      [
        [1, 1],
        [1, 2],
      ].filter(([, y]) => (y! + 1) * 512 > crop.top && y! * 512 < crop.top + 60),
    );
  });
  it("stays on the page", () => {
    const crop = cropAround([[0, 0, 0.05, 0.01]], smallest, 2, { width: 300, height: 60 })!;
    expect([crop.left, crop.top]).toEqual([0, 0]);
    const end = cropAround([[0.95, 0.99, 0.05, 0.01]], smallest, 2, { width: 300, height: 60 })!;
    expect(end.left).toBe(1416 - 300);
    expect(end.top).toBe(2048 - 60);
  });
  it("shows the start of a line that is longer than the room", () => {
    const crop = cropAround([[0.2, 0.3, 0.7, 0.02]], smallest, 2, { width: 300, height: 60 })!;
    expect(crop.left).toBeCloseTo(1416 * 0.2 - 12);
  });
  it("has nothing to show without a box", () => {
    expect(cropAround([], smallest, 2, { width: 1, height: 1 })).toBeNull();
  });
});
