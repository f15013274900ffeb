import { expect, it } from "vitest";
import type { TogetherRow } from "../../api/types/TogetherRow";
import { byDistrict, districtOf } from "./districts";

it("reads the district from a place's name", () => {
  expect(districtOf("上海市徐汇区漕河泾街道")).toBe("徐汇区");
  expect(districtOf("徐汇区")).toBe("徐汇区");
  expect(districtOf("临溪县东风公社")).toBe("临溪县");
  for (const none of ["东湖公园", "院区工地", "漕河泾开发区", "康健小区"]) expect(districtOf(none)).toBe("");
});

it("puts places under their districts, the most named first", () => {
  const row = (name: string, articles: number) => ({ kind: "place", name, articles }) as TogetherRow;
  const found = byDistrict([
    row("东湖公园", 9),
    row("徐汇区田林", 2),
    row("闵行区莘庄", 3),
    row("徐汇区龙华", 2),
  ]);
  expect(found.map((d) => [d.name, d.articles])).toEqual([
    ["徐汇区", 4],
    ["闵行区", 3],
    ["", 9],
  ]);
});
