// Answers of the window while 200 pages are imported, and how soon a cancel is heard. Run by `cargo xtask bench window` on
// release builds; a measurement, not a test.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { archiveWith } from "./lib/archive.mjs";
import { until } from "./lib/cases.mjs";
import { desktop, operator, pagesOf, scratch } from "./lib/places.mjs";
import { Session, startDriver } from "./lib/webdriver.mjs";

const PAGES = 200;

/** 200 files with different bytes: the sample's pages again and again, each with a comment of its own after the end. */
async function manyPages() {
  const { appendFileSync } = await import("node:fs");
  const folder = join(scratch(), "many");
  const sample = [...pagesOf("2022-01-06"), ...pagesOf("2022-03-10")];
  for (let i = 0; i < PAGES; i += 1) {
    const issue = Math.floor(i / 4);
    const day = new Date(Date.UTC(2010, 0, 7 + 7 * issue)).toISOString().slice(0, 10);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `青棠报_${day}_第${String((i % 4) + 1).padStart(2, "0")}版.pdf`);
    copyFileSync(sample[i % sample.length], file);
    appendFileSync(file, `\n% copy ${i}\n`);
  }
  return folder;
}

const archive = await archiveWith([]);
process.env.XDG_DATA_HOME = scratch();
process.env.BAOKU_OPERATOR = operator;
const driver = await startDriver();
const window = await Session.open(driver.base, desktop, ["--archive", archive]);
await window.scriptTimeout(600);
await window.waitFor("nav[aria-label]");
const call = (name, args) =>
  window.run((name, args) => window.__TAURI_INTERNALS__.invoke("call", { name, args }), name, args);

const job = await call("import_start", {
  request: { paths: [await manyPages()], newspaper: "青棠报", date: null },
});
const times = await window.run(async (job) => {
  const call = (name, args) => window.__TAURI_INTERNALS__.invoke("call", { name, args });
  const times = [];
  for (;;) {
    for (let i = 0; i < 25; i += 1) {
      const start = performance.now();
      await call("ping", { n: i });
      times.push(performance.now() - start);
      await new Promise((next) => setTimeout(next, 20));
    }
    const view = await call("job", { id: job });
    if (view.state !== "running") return { times, state: view.state, done: view.pages_done };
    if (view.pages_done >= 150) break;
  }
  const start = performance.now();
  await call("job_cancel", { job });
  let view;
  do view = await call("job", { id: job });
  while (view.state === "running");
  return { times, state: view.state, done: view.pages_done, cancel: performance.now() - start };
}, job);
const sorted = [...times.times].sort((a, b) => a - b);
const share = (p) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))].toFixed(1);
console.log(
  `pings while importing: ${sorted.length}; ms p50 ${share(0.5)}, p95 ${share(0.95)}, worst ${share(1)}`,
);
console.log(
  `pages done: ${times.done}; job ended as ${times.state}; cancel took ${times.cancel?.toFixed(0) ?? "-"} ms`,
);
await until("the window to close", async () => (await window.close(), true));
driver.stop();
