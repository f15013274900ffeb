// The tile pyramid of a page image: 512-pixel tiles; level 0 is the first whose longer side fits one tile, each level doubles.
export const TILE = 512;

export interface Pyramid {
  /** Pixels at full zoom. */
  width: number;
  height: number;
  maxLevel: number;
}

export function pyramid(width: number, height: number): Pyramid {
  const longer = Math.max(width, height, 1);
  return { width, height, maxLevel: Math.max(0, Math.ceil(Math.log2(longer / TILE))) };
}

/** Size in pixels of the whole page at a level, rounded up as the core cuts it. */
export function levelSize(
  { width, height, maxLevel }: Pyramid,
  level: number,
): { width: number; height: number } {
  const scale = 2 ** (maxLevel - level);
  return { width: Math.ceil(width / scale), height: Math.ceil(height / scale) };
}

export interface TileKey {
  level: number;
  x: number;
  y: number;
}

/** All tiles of a level, row by row. */
export function tilesOf(p: Pyramid, level: number): TileKey[] {
  const { width, height } = levelSize(p, level);
  const tiles: TileKey[] = [];
  for (let y = 0; y * TILE < height; y++) {
    for (let x = 0; x * TILE < width; x++) tiles.push({ level, x, y });
  }
  return tiles;
}

/** The lowest level that shows the page at least `pixels` wide without stretching it; the top level if none does. */
export function levelForWidth(p: Pyramid, pixels: number): number {
  for (let level = 0; level < p.maxLevel; level++) if (levelSize(p, level).width >= pixels) return level;
  return p.maxLevel;
}
