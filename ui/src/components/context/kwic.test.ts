import { expect, it } from "vitest";
import { oneLine, sortByContext } from "./kwic";

it("keeps context to one line and to its room", () => {
  expect(oneLine({ before: "甲乙丙丁", hit: "戊", after: "己\n庚辛" }, 2)).toEqual({
    before: "…丙丁",
    hit: "戊",
    after: "己　…",
  });
  expect(oneLine({ before: "甲", hit: "戊", after: "" }, 2)).toEqual({ before: "甲", hit: "戊", after: "" });
});

it("counts characters, not UTF-16 units", () => {
  expect(oneLine({ before: "𠮷𠮷𠮷", hit: "x", after: "" }, 2).before).toBe("…𠮷𠮷");
});

it("sorts by what follows, by what precedes backwards, and by date with undated rows last", () => {
  const rows = [
    { before: "阿八", after: "周", date: null },
    { before: "周阿", after: "阿", date: "2021-01-01" },
    { before: "八周", after: "八", date: "2022" },
  ];
  const of = (r: (typeof rows)[number]) => ({ ...r, hit: "" });
  expect(sortByContext(rows, "after", of).map((r) => r.after)).toEqual(["阿", "八", "周"]);
  expect(sortByContext(rows, "before", of).map((r) => r.before)).toEqual(["周阿", "阿八", "八周"]);
  expect(sortByContext(rows, "date", of).map((r) => r.date)).toEqual(["2022", "2021-01-01", null]);
});
