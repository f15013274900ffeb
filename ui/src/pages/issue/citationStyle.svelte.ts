// The style in which this person cites, kept between starts.
import type { CitationStyle } from "../../api/types/CitationStyle";
import { remember, remembered } from "../../state/remembered";

const STYLES: readonly CitationStyle[] = [
  "gb_t_7714_2025",
  "gb_t_7714_2015",
  "gazetteer",
  "bibtex",
  "ris",
  "csl_json",
];

let style = $state<CitationStyle>(
  STYLES.find((known) => known === remembered("citation.style")) ?? "gb_t_7714_2025",
);

export function citationStyle(): CitationStyle {
  return style;
}

export function setCitationStyle(next: CitationStyle) {
  style = next;
  remember("citation.style", next);
}

/** The style for a line that people read: the one in use, or the national standard where that is for programs. */
export function sourceLineStyle(): CitationStyle {
  return style === "gb_t_7714_2015" || style === "gazetteer" ? style : "gb_t_7714_2025";
}
