// Pages that the issue announced but nobody holds stand in the strip all the same.
import type { IssueView } from "../../api/types/IssueView";
import type { PageView } from "../../api/types/PageView";

/** The pages of an issue in order, with a placeholder for each that is missing. Placeholders have negative ids. */
export function withPlaceholders({ pages, issue }: Pick<IssueView, "pages" | "issue">): PageView[] {
  const held = new Set(pages.map((page) => page.number));
  const missing = issue.pages_missing.filter((number) => !held.has(number)).map(placeholder);
  return [...pages, ...missing].sort((a, b) => a.number - b.number);
}

function placeholder(number: number): PageView {
  return {
    id: -number,
    number,
    name: null,
    state: "missing",
    note: null,
    width: 0,
    height: 0,
    has_image: false,
    raster_width: 0,
    raster_height: 0,
    layer: null,
    agent: null,
    source: null,
    furniture: [],
  };
}
