import { expect, test } from "vitest";
import { levelFor, pixelsOf } from "./pixels";

test("the largest level that is not too wide", () => {
  const p = { width: 4000, height: 6000, maxLevel: 4 };
  expect(levelFor(p, [0, 0, 0.5, 1], 2400)).toBe(4);
  expect(levelFor(p, [0, 0, 1, 1], 2400)).toBe(3);
  expect(levelFor(p, [0, 0, 1, 1], 10)).toBe(0);
});

test("a box stays within the page", () => {
  const size = { width: 1000, height: 2000 };
  expect(pixelsOf([0, 0, 1, 1], size)).toEqual({ left: 0, top: 0, width: 1000, height: 2000 });
  expect(pixelsOf([0.5, 0.5, 0.1, 0.1], size, 0.01)).toEqual({
    left: 490,
    top: 980,
    width: 120,
    height: 240,
  });
});
