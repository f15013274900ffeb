// The core counts characters (Unicode scalar values), JavaScript counts UTF-16 units: 𠮷 is one there and two here.

/** Turns character offsets of one text into UTF-16 offsets. Built once a text; lookups are constant time. */
export class Offsets {
  private readonly units: Uint32Array | null;
  private readonly length: number;

  constructor(text: string) {
    this.length = text.length;
    // Most texts have no character outside the basic plane: then both counts agree.
    if (!/[\ud800-\udbff]/.test(text)) {
      this.units = null;
      return;
    }
    const units: number[] = [];
    let at = 0;
    for (const character of text) {
      units.push(at);
      at += character.length;
    }
    units.push(at);
    this.units = Uint32Array.from(units);
  }

  /** UTF-16 offset of a character offset; offsets past the end mean the end. */
  utf16(characters: number): number {
    if (this.units === null) return Math.min(characters, this.length);
    return this.units[Math.min(characters, this.units.length - 1)] ?? this.length;
  }

  /** Character offset of a UTF-16 offset (of the character it falls into). */
  characters(utf16: number): number {
    if (this.units === null) return Math.min(utf16, this.length);
    let low = 0;
    let high = this.units.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.units[middle] ?? 0) <= utf16) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** The stretch of `text` between two character offsets. */
export function sliceCharacters(text: string, start: number, end: number): string {
  const offsets = new Offsets(text);
  return text.slice(offsets.utf16(start), offsets.utf16(end));
}
