// What a person has marked with the mouse or the keyboard in an article's text, as offsets of that text.
import type { Stretch } from "./sentence";

/** UTF-16 offsets of the selection within `text` (the element whose runs carry `data-at`); `null` without one. */
export function selectedIn(text: HTMLElement, selection: Selection | null): Stretch | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(text)) return null;
  let start: number | null = null;
  let end: number | null = null;
  for (const run of text.querySelectorAll<HTMLElement>("[data-at]")) {
    const inside = run.firstChild;
    if (!inside || !range.intersectsNode(inside)) continue;
    const at = Number(run.dataset.at);
    const length = inside.textContent?.length ?? 0;
    const from = inside === range.startContainer ? range.startOffset : 0;
    const to = inside === range.endContainer ? range.endOffset : length;
    if (to <= from) continue;
    start ??= at + from;
    end = at + to;
  }
  return start === null || end === null ? null : { start, end };
}
