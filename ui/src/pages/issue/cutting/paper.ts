// Paper, and text broken to its width.

/** Room for print on A4 with margins of 14 mm, and pixels to the millimetre (200 dpi). */
export const PAPER = { width: 182, height: 269, margin: 14 };

/** Text broken into lines of at most `width` pixels; words of Latin letters stay whole. */
export function broken(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  const closing = /^[。，、；：！？）】》〉”’…—.,;:!?)\]]$/;
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.match(/[\p{Script=Latin}\p{N}]+|./gsu) ?? []) {
      // A mark that closes hangs over the edge rather than begin a line.
      if (line !== "" && !closing.test(word) && measure(line + word) > width) {
        lines.push(line.trimEnd());
        line = word.trimStart();
      } else {
        line += word;
      }
    }
    lines.push(line);
  }
  return lines;
}
