// Warnings of an import come from the core as English sentences. Those it is known to give are worded in the reader's language; any
// other is shown as it came.
import { fill, type Language, type Message } from "./message";
import { warnings } from "./messages/warnings";

const KNOWN: [RegExp, Message][] = [
  [/^the file is broken off/, warnings["warning.brokenOff"]],
  [/^(?<n>\d+) byte sequences are no (?<encoding>\S+)/, warnings["warning.bytes"]],
  [/^the page has more than (?<n>\d+) characters/, warnings["warning.tooLong"]],
  [/^(?<n>\d+) characters were shown in a mislabelled encoding/, warnings["warning.mislabelled"]],
  [/^(?<n>\d+) glyphs have no readable encoding/, warnings["warning.glyphs"]],
  [/^(?<n>\d+) lines do not say which characters/, warnings["warning.lines"]],
  [
    /^Page (?<index>\d+) of the file says it is page (?<said>\d+),.* kept as page (?<kept>\d+)/,
    warnings["warning.samePage"],
  ],
  [/^The file names others/, warnings["warning.namesOthers"]],
  [/^The articles of the issue could not be written: (?<why>.*)$/, warnings["warning.articles"]],
];

/** The warning in words, and whether they are the core's own English. */
export function warningInWords(text: string, language: Language): { words: string; own: boolean } {
  for (const [pattern, message] of KNOWN) {
    const match = pattern.exec(text);
    if (match) return { words: fill(message[language], match.groups ?? {}, language), own: false };
  }
  return { words: text, own: true };
}
