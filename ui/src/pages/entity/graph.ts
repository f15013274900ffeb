// Where the names that appear together stand around the one the page is about. The same rows give the same picture.
import {
  type SimulationLinkDatum,
  type SimulationNodeDatum,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
} from "d3-force";
import type { EntityKind } from "../../api/types/EntityKind";
import type { TogetherRow } from "../../api/types/TogetherRow";

export interface Node {
  id: number;
  kind: EntityKind;
  name: string;
  x: number;
  y: number;
  /** 0 to 1, relative to the strongest. */
  share: number;
}

interface Body extends SimulationNodeDatum {
  id: number;
  room: number;
}

const TICKS = 260;
/** Distance from the middle of the strongest and of the weakest name, in pixels. */
const NEAR = 62;
const FAR = 165;
/** Room of a label, in pixels: a Han character's width, the height of sign and label, the air between two. */
const LETTER = 12;
const HIGH = 32;
const AIR = 4;
/** Names longer than this are cut in the picture. */
export const LONGEST = 9;

/** Lays out `rows` around the middle of a `width` x `height` picture; the middle itself is no node of the result. */
export function layout(rows: readonly TogetherRow[], width: number, height: number): Node[] {
  const most = Math.max(...rows.map((r) => r.weight), Number.EPSILON);
  const shares = rows.map((r) => r.weight / most);
  const middle: Body = { id: -1, room: 34, fx: 0, fy: 0 };
  const bodies: Body[] = rows.map((row) => ({
    id: row.entity,
    room: 14 + Math.min(6, [...row.name].length) * 4,
  }));
  const links: SimulationLinkDatum<Body>[] = bodies.map((body) => ({ source: middle, target: body }));
  forceSimulation<Body>([middle, ...bodies])
    .force(
      "link",
      forceLink<Body, SimulationLinkDatum<Body>>(links)
        .distance((_, i) => FAR - (FAR - NEAR) * Math.sqrt(shares[i] ?? 0))
        .strength(0.8),
    )
    .force("charge", forceManyBody<Body>().strength(-120))
    .force("collide", forceCollide<Body>((body) => body.room).iterations(3))
    .force("x", forceX<Body>(0).strength(0.02))
    .force("y", forceY<Body>(0).strength(0.06))
    .stop()
    .tick(TICKS);
  const fit = (at: number, room: number, margin: number) =>
    Math.max(margin, Math.min(room - margin, room / 2 + at));
  spread([middle, ...bodies], [34, ...rows.map((row) => labelWidth(row.name) / 2)]);
  return rows.map((row, i) => ({
    id: row.entity,
    kind: row.kind,
    name: row.name,
    x: fit(bodies[i]?.x ?? 0, width, 44),
    y: fit(bodies[i]?.y ?? 0, height, 18),
    share: shares[i] ?? 0,
  }));
}

function labelWidth(name: string): number {
  return Math.max(2, Math.min(LONGEST, [...name].length)) * LETTER;
}

/** Pushes bodies apart until no label lies on another; the first stays where it is. */
function spread(bodies: Body[], halves: number[]) {
  for (let round = 0; round < 80; round++) {
    let moved = false;
    for (let i = 0; i < bodies.length; i++) {
      for (let j = i + 1; j < bodies.length; j++) {
        const [a, b] = [bodies[i]!, bodies[j]!];
        const dx = (b.x ?? 0) - (a.x ?? 0);
        const dy = (b.y ?? 0) - (a.y ?? 0);
        const overX = (halves[i] ?? 0) + (halves[j] ?? 0) + AIR - Math.abs(dx);
        const overY = HIGH + AIR - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        moved = true;
        const still = i === 0;
        const sideways = overX < overY;
        const by = (sideways ? overX : overY) * (still ? 1 : 0.5);
        const sign = (sideways ? dx : dy) < 0 ? -1 : 1;
        const axis = sideways ? "x" : "y";
        if (!still) a[axis] = (a[axis] ?? 0) - by * sign;
        b[axis] = (b[axis] ?? 0) + by * sign;
      }
    }
    if (!moved) return;
  }
}

/** The sign of a kind, 12 pixels across: its shape tells it without its colour. */
export const SIGNS: Partial<Record<EntityKind, string>> = {
  person: "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0Z",
  organisation: "M-5,-5H5V5H-5Z",
  place: "M0,-6.5L6.5,0L0,6.5L-6.5,0Z",
  project: "M0,-6L6,5H-6Z",
  event: "M-6,-5H6L0,6Z",
};
