// How a page is shown to the eye: brighter, harder, inverted. Never part of the image; it stands in the address of the view.

export interface Tone {
  /** Percent; 100 is the image as it is. */
  brightness: number;
  contrast: number;
  inverted: boolean;
}

export const PLAIN: Tone = { brightness: 100, contrast: 100, inverted: false };
export const LEAST = 40;
export const MOST = 240;

/** `120,150,1`: brightness, contrast, inverted. Anything that is no tone is the plain one. */
export function toneOf(text: string | undefined): Tone {
  const [brightness, contrast, inverted] = (text ?? "").split(",").map(Number);
  if (!isShare(brightness) || !isShare(contrast)) return PLAIN;
  return { brightness, contrast, inverted: inverted === 1 };
}

/** For the address; `null` for the plain tone. */
export function toneText(tone: Tone): string | null {
  if (isPlain(tone)) return null;
  return [tone.brightness, tone.contrast, ...(tone.inverted ? [1] : [])].join(",");
}

export function isPlain({ brightness, contrast, inverted }: Tone): boolean {
  return brightness === 100 && contrast === 100 && !inverted;
}

/** As a CSS filter; empty for the plain tone. */
export function toneFilter(tone: Tone): string {
  if (isPlain(tone)) return "";
  const parts = [`brightness(${tone.brightness}%)`, `contrast(${tone.contrast}%)`];
  return [...parts, ...(tone.inverted ? ["invert(1)"] : [])].join(" ");
}

function isShare(value: number | undefined): value is number {
  return value !== undefined && value >= LEAST && value <= MOST;
}
