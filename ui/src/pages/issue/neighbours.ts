// The next and previous issue are asked for while this one is read, so that paging to them finds the core warm and the first
// page's picture in the browser's cache.
import { call } from "../../api";
import { prefetch } from "./pageImage";

const FIRST_PAGE_WIDTH = 600;
const warmed = new Set<number>();

export function prefetchIssue(...issues: (number | null)[]) {
  for (const id of issues) {
    if (id === null || warmed.has(id)) continue;
    warmed.add(id);
    call("issue", { id }).then(
      (view) => {
        const first = view.pages[0];
        if (first) prefetch(first, FIRST_PAGE_WIDTH);
      },
      // It will be asked again, and complained about, when it is opened.
      () => warmed.delete(id),
    );
  }
}
