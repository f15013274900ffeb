import { describe, expect, it } from "vitest";
import { utc } from "../../dates/edtf";
import { barAt, between, placed } from "./bars";

const weekly = placed(["2021-03-01", "2021-03-08", "2021-03-15"].map((date) => ({ date })));
const noon = (day: number) => utc(2021, 2, day) + 43_200_000;
const day = 86_400_000;
const found = (moment: number, reach: number) => barAt(weekly, moment, reach)?.bucket.date;

describe("bars", () => {
  it("in view are those that overlap it", () => {
    const dates = between(weekly, noon(8), noon(14)).map(({ bucket }) => bucket.date);
    expect(dates).toEqual(["2021-03-08"]);
    expect(between(weekly, noon(2), noon(3))).toEqual([]);
    expect(between(weekly, utc(1900, 0, 1), utc(2100, 0, 1))).toHaveLength(3);
  });

  it("are hit exactly where they stand, and a little beside", () => {
    expect(found(noon(8), 0)).toBe("2021-03-08");
    expect(found(noon(9), 0)).toBeUndefined();
    expect(found(noon(9), day)).toBe("2021-03-08");
    expect(found(noon(13), 3 * day)).toBe("2021-03-15");
    // A wide reach never takes a neighbour for the bar under the pointer.
    expect(found(utc(2021, 2, 15), 30 * day)).toBe("2021-03-15");
  });
});
