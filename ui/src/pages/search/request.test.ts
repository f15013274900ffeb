import { expect, it } from "vitest";
import { faultOf, lastWord, narrowed, periodOf, requestOf } from "./request";

it("reads a search from the address", () => {
  expect(requestOf({}, 10)).toBeNull();
  expect(requestOf({ q: "漕开发", strict: "true", sort: "oldest", from: "2021-01-01" }, 10)).toEqual({
    query: "漕开发",
    strict: true,
    lookalikes: false,
    variants: false,
    from: "2021-01-01",
    to: null,
    sort: "oldest",
    offset: 0,
    limit: 10,
    asker: null,
  });
  expect(requestOf({ q: "x", sort: "loudest" }, 10)?.sort).toBe("newest");
});

it("names the span as short as it can", () => {
  expect(periodOf({})).toBeNull();
  expect(periodOf({ from: "2021-02-01", to: "2021-02-28" })).toBe("2021-02");
  expect(periodOf({ from: "2021-01-01", to: "2021-12-31" })).toBe("2021");
  expect(periodOf({ from: "2021-02-03", to: "2021-02-28" })).toBe("2021-02-03/2021-02-28");
  expect(periodOf({ from: "2021-02-03" })).toBe("2021-02-03/..");
});

it("narrows a query without changing what it means", () => {
  expect(narrowed("徐汇 滨江", "date:2021")).toBe("徐汇 滨江 date:2021");
  expect(narrowed("徐汇 OR 滨江", "kind:ad")).toBe("(徐汇 OR 滨江) kind:ad");
});

it("reads where a query went wrong", () => {
  expect(faultOf('query:6:missing_operand:"徐汇 AND"')).toEqual({
    at: 6,
    code: "missing_operand",
    proposal: '"徐汇 AND"',
  });
  expect(faultOf("page 3")).toBeNull();
});

it("takes the word under the pen", () => {
  expect(lastWord("徐汇 AND person:曹")).toBe("曹");
  expect(lastWord("徐汇 ")).toBe("");
});
