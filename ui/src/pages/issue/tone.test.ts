import { expect, test } from "vitest";
import { PLAIN, toneFilter, toneOf, toneText } from "./tone";

test("a tone goes into the address and back", () => {
  const tone = { brightness: 120, contrast: 150, inverted: true };
  expect(toneText(tone)).toBe("120,150,1");
  expect(toneOf("120,150,1")).toEqual(tone);
  expect(toneOf("120,150")).toEqual({ ...tone, inverted: false });
  expect(toneText(PLAIN)).toBeNull();
});

test("what is no tone is the plain one", () => {
  for (const text of [undefined, "", "x,y", "5,100", "100,9000"]) expect(toneOf(text)).toEqual(PLAIN);
});

test("the plain tone filters nothing", () => {
  expect(toneFilter(PLAIN)).toBe("");
  expect(toneFilter({ brightness: 90, contrast: 130, inverted: true })).toBe(
    "brightness(90%) contrast(130%) invert(1)",
  );
});
