import { describe, expect, it } from "vitest";
import { addressOf, parseAddress } from "./address";

describe("addresses", () => {
  it("lead to pages, records and states", () => {
    expect(parseAddress("")).toEqual({ page: "timeline", id: null, query: {} });
    expect(parseAddress("#/")).toEqual({ page: "timeline", id: null, query: {} });
    expect(parseAddress("#/issue/12?article=7&page=3")).toEqual({
      page: "issue",
      id: 12,
      query: { article: "7", page: "3" },
    });
    expect(parseAddress("#/names?kind=person")?.query).toEqual({ kind: "person" });
  });

  it("lead nowhere when they are not ours", () => {
    for (const address of ["#/nowhere", "#/issue/twelve", "#/issue/12/13", "#/issue/0", "#/issue/-1"])
      expect(parseAddress(address), address).toBeNull();
  });

  it("survive the way there and back", () => {
    const target = { page: "search", query: { q: "“漕开发” & 小米", strict: true } } as const;
    const back = parseAddress(addressOf(target));
    expect(back).toEqual({ page: "search", id: null, query: { q: "“漕开发” & 小米", strict: "true" } });
  });

  it("leave out what is not set", () => {
    expect(
      addressOf({ page: "issue", id: 3, query: { article: null, page: undefined, dim: false, q: "" } }),
    ).toBe("#/issue/3");
  });
});
