import { describe, expect, it } from "vitest";
import { Offsets, sliceCharacters } from "./offsets";

describe("offsets", () => {
  it("agree while every character is one unit", () => {
    const offsets = new Offsets("徐汇报2022");
    expect(offsets.utf16(3)).toBe(3);
    expect(offsets.characters(3)).toBe(3);
    expect(offsets.utf16(99)).toBe(7);
  });

  it("step over characters of two units", () => {
    const text = "李𠮷和𡈽田";
    const offsets = new Offsets(text);
    expect([0, 1, 2, 3, 4, 5].map((c) => offsets.utf16(c))).toEqual([0, 1, 3, 4, 6, 7]);
    expect([0, 1, 3, 4, 6, 7].map((u) => offsets.characters(u))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(sliceCharacters(text, 1, 4)).toBe("𠮷和𡈽");
  });

  it("name the character a unit falls into", () => {
    expect(new Offsets("李𠮷").characters(2)).toBe(1);
  });

  it("hold for an empty text", () => {
    expect(new Offsets("").utf16(0)).toBe(0);
  });
});
