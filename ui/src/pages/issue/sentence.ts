// Which stretch of an article an address asks for: offsets, a mention, or a quotation.
import type { ArticleView } from "../../api/types/ArticleView";

/** Offsets in characters. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * `start` and `end` give it outright, `mention` by the id of a mention, `quote` by its words: evidence carries the sentence itself,
 * and a sentence is found again even after the text has been read anew.
 */
export function stretchOf(
  article: Pick<ArticleView, "text" | "entities">,
  address: Record<string, string>,
): Stretch | null {
  const start = Number(address.start ?? NaN);
  const end = Number(address.end ?? NaN);
  if (start >= 0 && end > start) return { start, end };
  const mention = article.entities.find((m) => m.id === Number(address.mention));
  if (mention) return { start: mention.start, end: mention.end };
  return address.quote ? find(article.text, address.quote) : null;
}

/** White space counts for nothing: a sentence over two paragraphs or parts is quoted without it. */
function find(text: string, quote: string): Stretch | null {
  const places: number[] = [];
  let plain = "";
  let at = 0;
  for (const c of text) {
    if (!/\s/.test(c)) {
      plain += c;
      for (let unit = 0; unit < c.length; unit++) places.push(at);
    }
    at += 1;
  }
  const wanted = quote.replace(/\s+/g, "");
  const found = wanted === "" ? -1 : plain.indexOf(wanted);
  if (found < 0) return null;
  return { start: places[found]!, end: places[found + wanted.length - 1]! + 1 };
}
