import { describe, expect, it } from "vitest";
import type { IssueRow } from "../api/types/IssueRow";
import { utc } from "../dates/edtf";
import { calendar, cellOf } from "./years";

const issue = (date: string | null, unrecognised = 0) => ({ id: 1, date, unrecognised }) as IssueRow;

describe("the holdings calendar", () => {
  it("puts the same day of every year under one another", () => {
    expect(cellOf(utc(2021, 2, 1))).toBe(60);
    expect(cellOf(utc(2020, 2, 1))).toBe(60);
    expect(cellOf(utc(2021, 11, 31))).toBe(365);
  });

  it("has a row a year, gathers years without issues, and leaves undated issues out", () => {
    const rows = calendar([issue(null), issue("1960-12-26"), issue("1961-01-02", 2), issue("2021-03-15")]);
    expect(rows.map((row) => (row.kind === "year" ? row.year : `${row.from}-${row.to}`))).toEqual([
      1960,
      1961,
      "1962-2020",
      2021,
    ]);
    const [, second] = rows;
    expect(second?.kind === "year" && second.cells[0]).toEqual({
      mark: "not_recognised",
      start: 1,
      cells: 1,
    });
  });

  it("is empty without dated issues", () => {
    expect(calendar([issue(null)])).toEqual([]);
  });
});
