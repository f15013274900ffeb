import { expect, it } from "vitest";
import { periodOf, requestOf } from "./request";

it("reads a search from the address", () => {
  expect(requestOf({}, 10)).toBeNull();
  expect(requestOf({ q: "漕开发", strict: "true", sort: "oldest", from: "2021-01-01" }, 10)).toEqual({
    query: "漕开发",
    strict: true,
    from: "2021-01-01",
    to: null,
    sort: "oldest",
    offset: 0,
    limit: 10,
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
