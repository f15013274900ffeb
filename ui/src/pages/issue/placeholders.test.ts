import { expect, it } from "vitest";
import type { IssueView } from "../../api/types/IssueView";
import { withPlaceholders } from "./placeholders";

it("puts placeholders among the pages, each number once", () => {
  const view = {
    pages: [
      { id: 11, number: 1, state: "ready" },
      { id: 14, number: 4, state: "missing" },
    ],
    issue: { pages_missing: [2, 4, 3] },
  } as unknown as IssueView;
  expect(withPlaceholders(view).map((p) => [p.number, p.id, p.state])).toEqual([
    [1, 11, "ready"],
    [2, -2, "missing"],
    [3, -3, "missing"],
    [4, 14, "missing"],
  ]);
});
