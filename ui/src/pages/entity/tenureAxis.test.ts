import { describe, expect, it } from "vitest";
import type { RoleEvidence } from "../../api/types/RoleEvidence";
import type { TenureView } from "../../api/types/TenureView";
import { axisOf, barOf, boundsOf, marksOf, middleOf } from "./tenureAxis";

const tenure = (...evidence: [string | null, RoleEvidence["status"]][]) =>
  ({ evidence: evidence.map(([date, status]) => ({ date, status })) }) as TenureView;

describe("tenure axis", () => {
  it("puts a month in its middle and leaves open intervals out", () => {
    expect(middleOf("2021-03-12")).toBe(Date.UTC(2021, 2, 12));
    expect(new Date(middleOf("2021-04") ?? 0).toISOString().slice(0, 10)).toBe("2021-04-15");
    expect(middleOf("2021-01/..")).toBeNull();
    expect(middleOf(null)).toBeNull();
  });
  it("has air around a single day and ticks by month", () => {
    const axis = axisOf([tenure(["2021-03-12", "current"])], 8)!;
    expect(axis.at(Date.UTC(2021, 2, 12))).toBeCloseTo(0.5);
    expect(axis.ticks.map((t) => t.label)).toContain("2021-03");
  });
  it("ticks by year over a long time", () => {
    const axis = axisOf([tenure(["1991-05-01", "current"], ["2021-05-01", "current"])], 8)!;
    expect(axis.ticks.length).toBeLessThanOrEqual(9);
    expect(axis.ticks.every((t) => /^\d{4}$/.test(t.label))).toBe(true);
  });
  it("keeps undated evidence aside", () => {
    const post = tenure([null, "current"], ["2021", "current"]);
    const { dated, undated } = marksOf(post, axisOf([post], 8)!);
    expect([dated.length, undated.length]).toEqual([1, 1]);
    expect(axisOf([tenure([null, "current"])], 8)).toBeNull();
  });
  it("gathers what is said on one date, in order of time", () => {
    const post = tenure(["2021-02-01", "current"], ["2021-01-01", "current"], ["2021-02-01", "former"]);
    const { dated } = marksOf(post, axisOf([post], 8)!);
    expect(dated.map((mark) => mark.evidence.length)).toEqual([1, 2]);
  });
  it("draws a bar only where the post is said to be held", () => {
    const post = tenure(["2021-01-01", "current"], ["2021-02-01", "former"]);
    const axis = axisOf([post], 8)!;
    const held = barOf({ ...post, first: "2021-01-01", last: "2021-01-01" }, axis)!;
    expect(held.from).toBe(held.to);
    expect(barOf({ ...post, first: null, last: null }, axis)).toBeNull();
  });
  it("bounds a tenure only by appointment, election and removal", () => {
    expect(boundsOf(tenure(["2021", "current"], ["2022", "former"]))).toEqual({ begun: false, ended: false });
    expect(boundsOf(tenure(["2021", "elected"], ["2022", "removed"]))).toEqual({ begun: true, ended: true });
  });
});
