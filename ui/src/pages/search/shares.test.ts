import { expect, it } from "vitest";
import type { Bucket } from "../../api/types/Bucket";
import { lineOf, sharesOf } from "./shares";

const bucket = (date: string, articles: number): Bucket => ({
  date,
  articles,
  issues: 1,
  unrecognised: 0,
  events: 0,
});

it("counts hits as a share of what was printed", () => {
  const printed = [bucket("2021-01", 10), bucket("2021-02", 0), bucket("2021-03", 4)];
  const shares = sharesOf([bucket("2021-01", 5), bucket("2021-03", 1)], printed);
  expect(shares.map((s) => s.share)).toEqual([0.5, null, 0.25]);
  expect(lineOf(shares, 0.5, 100, 10)).toBe("M0.0 0.0h2M100.0 5.0h2");
});

it("puts many months together by year", () => {
  const printed = Array.from({ length: 132 }, (_, n) =>
    bucket(`${2000 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, "0")}`, 2),
  );
  const shares = sharesOf([bucket("2003-05", 6)], printed);
  expect(shares.length).toBe(11);
  expect(shares[3]).toEqual({ date: "2003", found: 6, articles: 24, share: 0.25 });
});
