// Where a page stands on the screen: its own top left corner, its size, and how far it is turned about that corner.

/** Degrees, clockwise. */
export type Turn = 0 | 90 | 180 | 270;

/** CSS pixels; `left` and `top` are the page's own corner, wherever turning has put it. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  turn: Turn;
}

export function frameOf(left: number, top: number, width: number, height: number, turn: Turn): Frame {
  return { left, top, width, height, turn };
}

/** The place on the screen of a point in fractions of the page. */
export function onScreen(frame: Frame, x: number, y: number): { left: number; top: number } {
  const [dx, dy] = [x * frame.width, y * frame.height];
  switch (frame.turn) {
    case 0:
      return { left: frame.left + dx, top: frame.top + dy };
    case 90:
      return { left: frame.left - dy, top: frame.top + dx };
    case 180:
      return { left: frame.left - dx, top: frame.top - dy };
    case 270:
      return { left: frame.left + dy, top: frame.top - dx };
  }
}

/** The next right angle in a direction. */
export function turned(turn: Turn, by: 90 | -90): Turn {
  return ((turn + by + 360) % 360) as Turn;
}

/** A turn from an address; anything else is none. */
export function turnOf(text: string | undefined): Turn {
  const degrees = Number(text);
  return degrees === 90 || degrees === 180 || degrees === 270 ? degrees : 0;
}
