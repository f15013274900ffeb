import { expect, it } from "vitest";
import type { ArticleView } from "../../api/types/ArticleView";
import { flow, seamsOf } from "./flow";
import { LineMap } from "./lineMap";

const block = (role: "body" | "subhead", ...lines: number[]) => ({ role, text: "", box: null, lines });
const article = {
  text: "甲乙丙\n丁戊",
  dateline: null,
  parts: [
    { page: 1, page_id: 10, box: null, blocks: [block("subhead", 9, 0)] },
    { page: 4, page_id: 13, box: null, blocks: [block("body", 5)] },
  ],
  pieces: [
    { start: 0, end: 1, part: 0, line: 9, line_start: 0 },
    { start: 1, end: 3, part: 0, line: 0, line_start: 0 },
    { start: 4, end: 5, part: 0, line: 1, line_start: 0 },
    { start: 5, end: 6, part: 1, line: 5, line_start: 0 },
  ],
  entities: [
    {
      id: 1,
      kind: "person",
      start: 0,
      end: 2,
      surface: "甲乙",
      name: "甲乙",
      entity: 7,
      value: null,
      confidence: 1,
      status: "proposed",
      runner_up: ["place", "甲乙"],
    },
    {
      id: 2,
      kind: "person",
      start: 2,
      end: 3,
      surface: "丙",
      name: "丙",
      entity: 8,
      value: null,
      confidence: 1,
      status: "rejected",
      runner_up: null,
    },
  ],
} as unknown as ArticleView;

const kinds = (names: boolean) =>
  flow(article, new LineMap(article), names, []).map((p) => [
    p.role,
    p.items
      .map((i) =>
        i.kind === "seam"
          ? `${i.from}>${i.to}`
          : i.kind === "or"
            ? "或"
            : i.runs.map((r) => r.text).join("|"),
      )
      .join(" "),
  ]);

it("keeps a name on two lines together, marks the seam in mid-paragraph, second readings after the name, and sets subheads apart", () => {
  expect(kinds(true)).toEqual([
    ["subhead", "甲|乙 或 丙"],
    ["body", "丁 1>4 戊"],
  ]);
});

it("shows plain text when names are not wanted, and never what a person rejected", () => {
  expect(kinds(false)[0]).toEqual(["subhead", "甲|乙丙"]);
  const [first] = flow(article, new LineMap(article), true, []);
  expect(first!.items.some((i) => i.kind === "name" && i.mention.id === 2)).toBe(false);
});

it("finds seams from the parts", () => {
  expect(seamsOf(article)).toEqual([{ offset: 5, from: 1, to: 4 }]);
});
