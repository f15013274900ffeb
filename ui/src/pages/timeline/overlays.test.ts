import { describe, expect, it } from "vitest";
import { utc } from "../../dates/edtf";
import { addressOfSubjects, sharesWithin, subjectsOf, withSubject } from "./overlays";

describe("overlays", () => {
  it("go into an address and come back", () => {
    const address = { q: "棠溪 与 工程", who: "3,14", tag: "领导|人物:丙" };
    const all = subjectsOf(address);
    expect(all.map((s) => s.kind)).toEqual(["search", "entity", "entity", "tag"]);
    expect(addressOfSubjects(all)).toEqual({ ...address, tag: "领导" });
    expect(subjectsOf({ who: "x,-1,0" })).toEqual([]);
    expect(addressOfSubjects([])).toEqual({ q: null, who: null, tag: null });
  });

  it("are each there once, and one search at a time", () => {
    const one = withSubject([], { kind: "search", query: "甲" });
    const two = withSubject(withSubject(one, { kind: "entity", id: 3 }), { kind: "entity", id: 3 });
    expect(two).toHaveLength(2);
    expect(withSubject(two, { kind: "search", query: "乙" })).toEqual([
      { kind: "entity", id: 3 },
      { kind: "search", query: "乙" },
    ]);
  });

  it("are shares of what was printed in view", () => {
    const buckets = [
      { date: "2021", found: 3, articles: 10 },
      { date: "2022", found: 1, articles: 2 },
      { date: "2023", found: 0, articles: 5 },
    ];
    const view = { name: "甲", buckets, found: 4, articles: 17, undated: 0 };
    const span = { from: utc(2022, 5, 1), to: utc(2023, 5, 1) };
    expect(sharesWithin(view, span)).toEqual({ found: 1, articles: 7, most: 0.5 });
  });
});
