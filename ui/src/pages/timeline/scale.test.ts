import { describe, expect, it } from "vitest";
import type { Bucket } from "../../api/types/Bucket";
import type { EventRow } from "../../api/types/EventRow";
import { civilDay, utc } from "../../dates/edtf";
import { stretches } from "../../holdings/stretches";
import { placeMarks } from "./marks";
import {
  CLOSEST,
  DAY,
  clamp,
  closer,
  dayOf,
  limitsOf,
  pan,
  showsThumbs,
  spanOf,
  spanOfDate,
  stepFor,
  stepWithin,
  ticks,
  transformOf,
  wholeOf,
  zoomAt,
} from "./scale";

const century = { from: utc(1920, 0, 1), to: utc(2022, 0, 1) };
const year = { from: utc(2021, 0, 1), to: utc(2022, 0, 1) };
const days = (span: { from: number; to: number }) => [civilDay(span.from), civilDay(span.to)];

describe("spans", () => {
  it("count by the step that a bar has room for", () => {
    expect(stepFor(century, 1200)).toBe("year");
    expect(stepFor({ from: utc(2002, 0, 1), to: utc(2022, 0, 1) }, 1200)).toBe("month");
    expect(stepFor({ from: utc(2021, 0, 1), to: utc(2021, 5, 1) }, 1200)).toBe("day");
    expect(stepFor({ from: utc(2018, 0, 1), to: utc(2022, 0, 1) }, 1200)).toBe("week");
    expect(stepFor({ from: utc(1700, 0, 1), to: utc(2022, 0, 1) }, 1200)).toBe("decade");
    expect(stepFor({ from: utc(1, 0, 1), to: utc(2022, 0, 1) }, 1200)).toBe("century");
    expect(showsThumbs(year, 1200)).toBe(true);
    expect(showsThumbs(century, 1200)).toBe(false);
  });

  it("never show less than a year of a small archive, nor leave its limits", () => {
    const limits = wholeOf("2022-01-17", "2022-01-17");
    expect(limits.to - limits.from).toBeGreaterThanOrEqual(365 * DAY);
    expect(days(clamp({ from: utc(1900, 0, 1), to: utc(1901, 0, 1) }, century))[0]).toBe("1920-01-01");
    expect(clamp({ from: utc(1000, 0, 1), to: utc(3000, 0, 1) }, century)).toEqual(century);
    expect(pan(year, 400 * DAY, century)).toEqual({ from: century.to - 365 * DAY, to: century.to });
  });

  it("are seen within their centuries, and wholly at first", () => {
    expect(days(limitsOf("1987-12-31", "2022-01-17"))).toEqual(["1900-01-01", "2100-01-01"]);
    expect(days(wholeOf("1987-12-31", "2022-01-17"))).toEqual(["1986-12-22", "2023-01-26"]);
  });

  it("count by a wider level when asked, never by one too narrow to be seen", () => {
    expect(stepWithin("decade", "month")).toBe("decade");
    expect(stepWithin("day", "month")).toBe("month");
    expect(stepWithin(null, "week")).toBe("week");
  });

  it("come a level closer at a click, with the day under the pointer kept there", () => {
    let span = { from: utc(1920, 0, 1), to: utc(2020, 0, 1) };
    const day = utc(1976, 6, 28);
    const place = (s: { from: number; to: number }) => (day - s.from) / (s.to - s.from);
    const seen: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const step = stepFor(span, 1200);
      seen.push(step);
      const next = closer(span, day, step, 1200, century);
      expect(place(next)).toBeCloseTo(place(span), 6);
      span = next;
    }
    expect(seen).toEqual(["year", "month", "week", "day"]);
    expect(dayOf(day + 5 * 3_600_000)).toBe(day);
  });

  it("zoom with the pointer's moment kept in place", () => {
    const at = utc(1980, 0, 1);
    const closer = zoomAt(century, at, 0.5, century);
    const share = (span: { from: number; to: number }) => (at - span.from) / (span.to - span.from);
    expect(share(closer)).toBeCloseTo(share(century), 6);
    const closest = zoomAt(year, utc(2021, 5, 1), 1e-9, century);
    expect(closest.to - closest.from).toBeCloseTo(CLOSEST, -1);
    expect(zoomAt(year, utc(2021, 5, 1), 1e9, century)).toEqual(century);
  });

  it("go through a transform and come back", () => {
    const back = spanOf(transformOf(year, century, 1200), century, 1200);
    expect(back.from).toBeCloseTo(year.from, -2);
    expect(back.to).toBeCloseTo(year.to, -2);
  });

  it("follow a typed date", () => {
    expect(days(spanOfDate("2021-03-15", century) ?? year)).toEqual(["2021-03-01", "2021-03-30"]);
    expect(days(spanOfDate("2021-03", century) ?? year)).toEqual(["2021-03-01", "2021-04-01"]);
    expect(days(spanOfDate("193X", century) ?? year)).toEqual(["1930-01-01", "1940-01-01"]);
    expect(spanOfDate("nonsense", century)).toBeNull();
  });
});

describe("ticks", () => {
  it("stand at round dates, a label apart, at every scale", () => {
    for (let length = 8 * DAY; length < century.to - century.from; length *= 1.3) {
      const span = { from: utc(1950, 0, 1), to: utc(1950, 0, 1) + length };
      const found = ticks(span, 1200).map((tick) => tick.at);
      expect(found.length).toBeGreaterThan(1);
      for (const [i, at] of found.entries()) {
        expect(at).toBeGreaterThanOrEqual(span.from);
        const pixels = i === 0 ? 99 : ((at - (found[i - 1] ?? 0)) / length) * 1200;
        expect(pixels).toBeGreaterThan(32);
      }
    }
  });

  it("mark where a larger unit begins", () => {
    const months = ticks(year, 1200);
    expect(months.map((tick) => tick.unit)).toEqual(Array(12).fill("month"));
    expect(months.filter((tick) => tick.major).map((tick) => civilDay(tick.at))).toEqual(["2021-01-01"]);
  });
});

describe("holdings", () => {
  const bucket = (date: string, unrecognised = 0): Bucket => ({
    date,
    issues: 1,
    unrecognised,
    articles: 9,
    events: 0,
  });
  const shown = (buckets: Bucket[]) => stretches(buckets).map((s) => `${s.mark} ${civilDay(s.from)}`);

  it("say nothing between the issues of a weekly, and hatch a missing week", () => {
    const weekly = ["2021-03-01", "2021-03-08", "2021-03-15", "2021-03-29", "2021-04-05"].map((d) =>
      bucket(d),
    );
    expect(shown(weekly)).toEqual([
      "held 2021-03-01",
      "held 2021-03-08",
      "held 2021-03-15",
      "not_held 2021-03-16",
      "held 2021-03-29",
      "held 2021-04-05",
    ]);
  });

  it("join months, and keep apart what waits for recognition", () => {
    const months = ["2021-01", "2021-02", "2021-05", "2021-06"].map((d) =>
      bucket(d, d === "2021-06" ? 1 : 0),
    );
    expect(shown(months)).toEqual([
      "held 2021-01-01",
      "not_held 2021-03-01",
      "held 2021-05-01",
      "not_recognised 2021-06-01",
    ]);
  });

  it("say nothing of a single issue's surroundings", () => {
    expect(shown([bucket("2022")])).toEqual(["held 2022-01-01"]);
    expect(stretches([])).toEqual([]);
  });
});

describe("event marks", () => {
  const event = (date: string): EventRow => ({
    entity: null,
    name: "开工",
    date,
    sentence: "集中开工。",
    article: 1,
    issue: 1,
    published: null,
    lag_days: null,
    people: [],
  });
  const x = (moment: number) => ((moment - year.from) / (year.to - year.from)) * 1000;

  it("stand in lanes where they would overlap, and outside none", () => {
    const marks = placeMarks(["2021-03-12", "2021-03-13", "2021-08-01", "2019-01-01"].map(event), x, 1000, 3);
    expect(marks.map((mark) => [mark.event.date, mark.lane])).toEqual([
      ["2021-03-12", 0],
      ["2021-03-13", 1],
      ["2021-08-01", 0],
    ]);
  });

  it("are lines where the day is not known", () => {
    const [mark] = placeMarks([event("2021-03")], x, 1000, 3);
    expect(mark?.uncertain).toBe(true);
    expect((mark?.to ?? 0) - (mark?.from ?? 0)).toBeGreaterThan(80);
  });
});
