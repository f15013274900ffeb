// Which pages face each other. The front page stands alone; then two and two, as a paper lies open. Old papers set from right to
// left have the earlier page on the right.
import type { PageView } from "../../api/types/PageView";

/** The pages shown from left to right when `page` is open; only pages with an image can lie beside another. */
export function facing(pages: readonly PageView[], page: PageView, rightToLeft: boolean): PageView[] {
  const even = page.number % 2 === 0 ? page.number : page.number - 1;
  const pair = [even, even + 1].map((number) => pages.find((p) => p.number === number));
  const shown = pair.filter((p) => p !== undefined && p.number > 0 && p.has_image) as PageView[];
  if (!page.has_image || shown.length < 2) return [page];
  return rightToLeft ? shown.reverse() : shown;
}

/** The page that a step leads to: over both pages that are shown, if there are two. */
export function stepped(
  pages: readonly PageView[],
  shown: readonly PageView[],
  step: number,
): PageView | undefined {
  const places = shown.map((page) => pages.indexOf(page));
  const from = step > 0 ? Math.max(...places) : Math.min(...places);
  return pages[from + step];
}
