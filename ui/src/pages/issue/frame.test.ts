import { expect, test } from "vitest";
import { type Turn, frameOf, onScreen, turnOf, turned } from "./frame";

test("a point turns about the page's own corner", () => {
  const at = (turn: Turn) => onScreen(frameOf(100, 50, 200, 400, turn), 0.5, 0.25);
  expect(at(0)).toEqual({ left: 200, top: 150 });
  expect(at(90)).toEqual({ left: 0, top: 150 });
  expect(at(180)).toEqual({ left: 0, top: -50 });
  expect(at(270)).toEqual({ left: 200, top: -50 });
});

test("right angles only", () => {
  expect(turned(0, -90)).toBe(270);
  expect(turned(270, 90)).toBe(0);
  expect([turnOf("90"), turnOf("45"), turnOf(undefined)]).toEqual([90, 0, 0]);
});
