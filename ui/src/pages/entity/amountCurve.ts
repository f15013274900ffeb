// Amounts of one measure over time: points by publication date, and where figures of one time differ.
import { edtfBounds } from "../../dates/edtf";

export interface Figure {
  value: number;
  /** EDTF date of publication. */
  published: string | null;
}

export interface Point<T extends Figure> {
  figure: T;
  /** Shares of width and height, 0 to 1; 0 is the lower end. */
  x: number;
  y: number;
  /** Another figure of the same time differs. */
  conflict: boolean;
}

/** Figures nearer in time than this speak of the same state of things. */
const SAME_TIME = 45 * 86_400_000;
/** Figures nearer than this share are one, rounded differently. */
const ROUNDING = 0.01;

/** Points in order of time; undated figures have no place on the curve. */
export function curveOf<T extends Figure>(figures: readonly T[]): Point<T>[] {
  const dated = figures.flatMap((figure) => {
    const bounds = figure.published === null ? null : edtfBounds(figure.published);
    return bounds && Number.isFinite(bounds[0]) ? [{ figure, time: bounds[0] }] : [];
  });
  if (dated.length === 0) return [];
  dated.sort((a, b) => a.time - b.time || a.figure.value - b.figure.value);
  const [low, high] = [dated[0]!.time, dated[dated.length - 1]!.time];
  const most = Math.max(...dated.map((d) => d.figure.value)) || 1;
  return dated.map(({ figure, time }) => ({
    figure,
    x: high === low ? 0.5 : (time - low) / (high - low),
    y: figure.value / most,
    conflict: dated.some(
      (other) =>
        Math.abs(other.time - time) <= SAME_TIME &&
        Math.abs(other.figure.value - figure.value) > ROUNDING * Math.max(other.figure.value, figure.value),
    ),
  }));
}
