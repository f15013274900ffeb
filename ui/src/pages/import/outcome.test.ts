import { describe, expect, it } from "vitest";
import type { FileState } from "../../api/types/FileState";
import type { ImportFile } from "../../api/types/ImportFile";
import { exceptionsFirst, reckon } from "./outcome";

const file = (name: string, state: FileState, refusedPages = 0): ImportFile => ({
  item: 1,
  name,
  bytes: 1,
  pages: 1,
  pages_done: 1,
  state,
  refusal: null,
  page_refusals: Array.from({ length: refusedPages }, (_, i) => [i, { code: "damaged", detail: "" }]),
  warnings: [],
});

describe("the reckoning of an import", () => {
  const files = [
    file("a", "imported"),
    file("b", "refused"),
    file("c", "imported", 1),
    file("d", "duplicate"),
  ];

  it("adds up to the number of files", () => {
    expect(reckon(files)).toEqual([
      { state: "imported", n: 2 },
      { state: "duplicate", n: 1 },
      { state: "refused", n: 1 },
    ]);
  });

  it("puts trouble first and leaves the files as they were given otherwise", () => {
    expect(exceptionsFirst(files).map((f) => f.name)).toEqual(["b", "c", "d", "a"]);
    expect(files.map((f) => f.name)).toEqual(["a", "b", "c", "d"]);
  });
});
