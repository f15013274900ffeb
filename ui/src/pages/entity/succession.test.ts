import { expect, it } from "vitest";
import type { TenureView } from "../../api/types/TenureView";
import { successions } from "./succession";

const tenure = (person: number, post: string, first: string | null, last: string | null): TenureView => ({
  person,
  person_name: `甲${person}`,
  post,
  organisation: 9,
  organisation_name: "区政府",
  first,
  last,
  evidence: [],
});

it("names the gaps between holders and the overlaps", () => {
  const [mayor, other] = successions([
    tenure(2, "区长", "2006-03-01", "2010-02-01"),
    tenure(1, "区长", "2001-01-01", "2005-12-31"),
    tenure(3, "区长", "2009-11-01", "2012-01-01"),
    tenure(4, "副区长", null, null),
  ]);
  expect(mayor?.post).toBe("区长");
  expect(mayor?.holders.map((h) => [h.person, h.gap?.from ?? null, h.gap?.to ?? null, h.overlaps])).toEqual([
    [1, null, null, false],
    [2, "2006-01-01", "2006-02-28", false],
    [3, null, null, true],
  ]);
  expect(other?.holders[0]?.gap).toBeNull();
});
