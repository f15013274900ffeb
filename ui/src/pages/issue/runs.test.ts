import { describe, expect, it } from "vitest";
import { paragraphs } from "./runs";

const show = (text: string, marks: { start: number; end: number; id: string }[], cuts: number[] = []) =>
  paragraphs(text, marks, cuts).map((p) =>
    p.runs.map((r) => `${r.text}:${r.mark?.id ?? "-"}${r.outer.map((o) => `<${o.id}`).join("")}`),
  );

describe("runs", () => {
  it("cuts paragraphs at line breaks and leaves out empty ones", () => {
    expect(show("甲乙\n\n丙", [])).toEqual([["甲乙:-"], ["丙:-"]]);
  });
  it("gives a click to the shorter of two nested mentions", () => {
    expect(
      show("云泽区开工仪式上", [
        { start: 0, end: 7, id: "event" },
        { start: 0, end: 3, id: "place" },
      ]),
    ).toEqual([["云泽区:place<event", "开工仪式:event", "上:-"]]);
  });
  it("copes with mentions that cross", () => {
    expect(
      show("甲乙丙丁", [
        { start: 0, end: 3, id: "a" },
        { start: 1, end: 4, id: "b" },
      ]),
    ).toEqual([["甲:a", "乙丙:a<b", "丁:b"]]);
  });
  it("carries a mention across a printed line and knows where it begins and ends", () => {
    const [p] = paragraphs("甲乙丙丁", [{ start: 1, end: 4 }], [2]);
    expect(p!.runs.map((r) => [r.text, r.first, r.last])).toEqual([
      ["甲", false, false],
      ["乙", true, false],
      ["丙丁", false, true],
    ]);
  });
  it("ignores marks beyond the text", () => {
    expect(
      show("甲", [
        { start: 0, end: 5, id: "x" },
        { start: 1, end: 1, id: "y" },
      ]),
    ).toEqual([["甲:-"]]);
  });
  it("keeps every character once", () => {
    const text = "甲乙丙\n丁戊己\n庚";
    const marks = [
      { start: 0, end: 6 },
      { start: 2, end: 5 },
      { start: 4, end: 8 },
    ];
    const joined = paragraphs(text, marks, [1, 3, 5])
      .map((p) => p.runs.map((r) => r.text).join(""))
      .join("\n");
    expect(joined).toBe(text);
  });
});
