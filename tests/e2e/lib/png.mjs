// Grey pictures for tests: PNG by hand, since no picture lies in the repository.
import { crc32, deflateSync } from "node:zlib";

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return out;
}

/** A grey picture; `grey(x, y)` gives each pixel, 0 to 255. */
export function png(width, height, grey) {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = grey(x, y);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A scan of two pages side by side: rows of type in two columns on each. */
export function doublePage(width, height) {
  const half = width / 2;
  const margin = half * 0.07;
  const printed = (x, y) => {
    const at = x % half;
    const gap = Math.abs(at - half / 2) < half * 0.02;
    const inside = at > margin && at < half - margin && y > 80 && y < height - 80;
    return inside && !gap && y % 24 < 14 && (x * 7 + y * 3) % 5 < 3;
  };
  return png(width, height, (x, y) => (printed(x, y) ? 60 : 235));
}
