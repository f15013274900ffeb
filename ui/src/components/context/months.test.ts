import { expect, it } from "vitest";
import { daysOf, periods, yearLabels } from "./months";

const bucket = (date: string, articles: number, issues = 1, unrecognised = 0) => ({
  date,
  articles,
  issues,
  unrecognised,
  events: 0,
});

it("shows months without holdings as gaps between those held", () => {
  const rows = periods([bucket("2021-02", 3), bucket("2020-11", 0), bucket("2020-12", 1, 2, 1)]);
  expect(rows.map((r) => [r.date, r.articles, r.held])).toEqual([
    ["2020-11", 0, "held"],
    ["2020-12", 1, "not_recognised"],
    ["2021-01", 0, "not_held"],
    ["2021-02", 3, "held"],
  ]);
  expect(periods([])).toEqual([]);
});

it("does not call a quarterly's other months gaps", () => {
  const rows = periods([
    bucket("2021-01", 1),
    bucket("2021-04", 1),
    bucket("2021-07", 1),
    bucket("2021-10", 1),
  ]);
  expect(new Set(rows.map((r) => r.held))).toEqual(new Set(["held", "none"]));
});

it("goes over to years when months are too many", () => {
  const rows = periods([bucket("1950-03", 2), bucket("1950-04", 5, 1, 1), bucket("1990-01", 1)]);
  expect(rows).toHaveLength(41);
  expect(rows[0]).toEqual({ date: "1950", articles: 7, issues: 2, held: "not_recognised" });
  expect(rows[1]?.held).toBe("not_held");
});

it("knows the days of a period", () => {
  expect(daysOf("2020-02")).toEqual({ from: "2020-02-01", to: "2020-02-29" });
  expect(daysOf("1999")).toEqual({ from: "1999-01-01", to: "1999-12-31" });
});

it("keeps labels apart", () => {
  const rows = periods([bucket("2020-01", 1), bucket("2023-12", 1)]);
  expect(yearLabels(rows, 2, 40)).toEqual([0, 24]);
  expect(yearLabels(rows, 10, 40)).toEqual([0, 12, 24, 36]);
});
