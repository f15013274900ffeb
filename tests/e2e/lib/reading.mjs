// How fast reading is, measured within the page: the same functions run in the window and in a browser. Each is self-contained,
// because it travels as text.

/** Opens an issue by its address; milliseconds until its header and its article stand, and until the page image has its first tile. */
export async function openIssue(id) {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const painted = () => {
    const canvas = document.querySelector(".openseadragon-canvas canvas");
    if (!canvas || canvas.width === 0) return false;
    const [x, y] = [canvas.width / 2, canvas.height / 2];
    return canvas.getContext("2d").getImageData(x, y, 1, 1).data[3] > 0;
  };
  location.hash = "#/timeline";
  while (document.querySelector(".reader")) await frame();
  const start = performance.now();
  location.hash = `#/issue/${id}`;
  while (!document.querySelector(".reader article .text p")) await frame();
  const opened = performance.now() - start;
  while (!painted()) {
    await frame();
    if (performance.now() - start > 20_000) throw new Error("no tile in 20 seconds");
  }
  return { opened, tile: performance.now() - start };
}

/** Turns one page on; milliseconds until the canvas shows another picture. */
export async function turnPage(key) {
  const frame = () => new Promise((next) => requestAnimationFrame(next));
  const look = () => {
    const canvas = document.querySelector(".openseadragon-canvas canvas");
    const column = canvas.getContext("2d").getImageData(canvas.width / 2, 0, 1, canvas.height).data;
    let sum = 0;
    for (let i = 0; i < column.length; i += 4) sum = (sum * 31 + column[i] + column[i + 3]) | 0;
    return sum;
  };
  const before = look();
  const start = performance.now();
  window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  while (look() === before) {
    await frame();
    if (performance.now() - start > 20_000) throw new Error("the page did not turn within 20 seconds");
  }
  return performance.now() - start;
}

/** Zooms in and out and pans for some seconds; gives the milliseconds between frames. */
export async function zoomAndPan(seconds) {
  const stage = document.querySelector(".stage");
  const press = (key) =>
    stage.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const keys = ["+", "+", "+", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "-", "-", "-"];
  const times = [];
  const start = performance.now();
  let last = start;
  let pressed = 0;
  while (last - start < seconds * 1000) {
    if (last - start > pressed * 200) press(keys[pressed++ % keys.length]);
    const now = await new Promise((next) => requestAnimationFrame(() => next(performance.now())));
    times.push(now - last);
    last = now;
  }
  return times;
}

/** The value below which this share of the values lies. */
export function share(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
}

/** `p50 12, p95 34, worst 56`, in milliseconds. */
export function spreadOf(values) {
  return `p50 ${share(values, 0.5).toFixed(0)}, p95 ${share(values, 0.95).toFixed(0)}, worst ${share(values, 1).toFixed(0)}`;
}

/** All of it on an archive with many issues; `run` runs a function in the page with its arguments. */
export async function measureReading(run, issues) {
  // The first opening starts the decode process.
  await run(openIssue, issues[0]);
  const [opened, tile, turned, back] = [[], [], [], []];
  // Every third issue: its neighbours are asked for while one is read, and would not be cold.
  for (let i = 3; i < issues.length; i += 3) {
    const times = await run(openIssue, issues[i]);
    opened.push(times.opened);
    tile.push(times.tile);
  }
  for (let i = 3; i < Math.min(issues.length, 33); i += 6) {
    await run(openIssue, issues[i]);
    // A person looks at a page before turning it; by then the next one has been fetched.
    await new Promise((next) => setTimeout(next, 1500));
    turned.push(await run(turnPage, "PageDown"));
    await new Promise((next) => setTimeout(next, 1500));
    back.push(await run(turnPage, "PageUp"));
  }
  const frames = await run(zoomAndPan, 6);
  const mean = frames.reduce((a, b) => a + b, 0) / frames.length;
  console.log(`issues in the archive: ${issues.length}; opened cold: ${opened.length}`);
  console.log(`issue opened (header and text), ms: ${spreadOf(opened)}`);
  console.log(`first tile on the screen, ms: ${spreadOf(tile)}`);
  console.log(`page turned, next one prefetched, ms: ${spreadOf(turned)}; back again: ${spreadOf(back)}`);
  console.log(
    `zoom and pan, software rendering: ${(1000 / mean).toFixed(0)} frames a second; between frames, ms: ${spreadOf(frames)}`,
  );
}
