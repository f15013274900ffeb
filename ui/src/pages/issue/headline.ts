import type { ArticleView } from "../../api/types/ArticleView";

/** A name for an article on one line: its headline, in [ ] where it is supplied, or the start of its text. */
export function headlineOf(article: Pick<ArticleView, "headline" | "text">): string {
  const { main, shoulder, provisional } = article.headline;
  const printed = main ?? shoulder;
  if (printed) return provisional ? `[${oneLine(printed)}]` : oneLine(printed);
  const start = [...oneLine(article.text)];
  return start.slice(0, 24).join("") + (start.length > 24 ? "…" : "");
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
