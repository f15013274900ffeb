// How fast reading is on an archive of 60 issues, in the window and in Chromium; answers of the window while 200 pages are imported,
// and how soon a cancel is heard. Run by `cargo xtask bench window` on release builds; a measurement, not a test.
import { appendFileSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { archiveWith, serve } from "./lib/archive.mjs";
import { launch, watchedPage } from "./lib/browser.mjs";
import { until } from "./lib/cases.mjs";
import { weekly } from "./lib/many.mjs";
import { desktop, operator, pagesOf, scratch } from "./lib/places.mjs";
import { measureReading } from "./lib/reading.mjs";
import { Session, startDriver } from "./lib/webdriver.mjs";

const PAGES = 200;
const ISSUES = 60;

/**
 * 200 files with different bytes: the sample's pages again and again, each with a comment of its own after the end. Four lie in a
 * folder and make one issue of unknown date: what the mastheads print is the same day over and over.
 */
function manyPages(round) {
  const all = join(scratch(), `many-${round}`);
  const sample = pagesOf("2022-01-06");
  for (let i = 0; i < PAGES; i += 1) {
    const folder = join(all, String(Math.floor(i / sample.length)).padStart(3, "0"));
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `第${String((i % sample.length) + 1).padStart(2, "0")}版.pdf`);
    copyFileSync(sample[i % sample.length], file);
    appendFileSync(file, `\n% copy ${round} ${i}\n`);
  }
  return all;
}

process.env.XDG_DATA_HOME = scratch();
process.env.BAOKU_OPERATOR = operator;
const driver = await startDriver();

const many = await weekly(ISSUES);
console.log("— the window (WebKitGTK under Xvfb)");
const reader = await Session.open(driver.base, desktop, ["--archive", many.archive]);
await reader.scriptTimeout(60);
await reader.waitFor("nav[aria-label]");
await measureReading((measure, ...args) => reader.run(measure, ...args), many.issues);
await until("the window to close", async () => (await reader.close(), true));

console.log("— Chromium without a graphics card, on baoku serve");
const server = await serve(many.archive);
const browser = await launch();
const { page } = await watchedPage(browser);
await page.goto(server.address);
await page.locator("nav[aria-label]").waitFor();
const inPage = (measure, argument) =>
  page.evaluate(
    ([source, argument]) => new Function(`return (${source})`)()(argument),
    [String(measure), argument],
  );
await measureReading(inPage, many.issues);
await browser.close();
await server.stop();

console.log("— the window during an import");
const archive = await archiveWith([]);
const window = await Session.open(driver.base, desktop, ["--archive", archive]);
await window.scriptTimeout(600);
await window.waitFor("nav[aria-label]");
const call = (name, args) =>
  window.run((name, args) => window.__TAURI_INTERNALS__.invoke("call", { name, args }), name, args);

const start = (round) =>
  call("import_start", { request: { paths: [manyPages(round)], newspaper: "青棠报", date: "unknown" } });

const whole = await window.run(
  async (job) => {
    const call = (name, args) => window.__TAURI_INTERNALS__.invoke("call", { name, args });
    const times = [];
    for (;;) {
      for (let i = 0; i < 10; i += 1) {
        const start = performance.now();
        await call("ping", { n: i });
        times.push(performance.now() - start);
        await new Promise((next) => setTimeout(next, 10));
      }
      const view = await call("job", { id: job });
      if (view.state !== "running") return { times, state: view.state, done: view.pages_done };
    }
  },
  await start(1),
);
const stopped = await window.run(
  async (job, enough) => {
    const call = (name, args) => window.__TAURI_INTERNALS__.invoke("call", { name, args });
    let view;
    do view = await call("job", { id: job });
    while (view.state === "running" && view.pages_done < enough);
    const done = view.pages_done;
    const start = performance.now();
    await call("job_cancel", { job });
    const answered = performance.now() - start;
    do view = await call("job", { id: job });
    while (view.finished === null);
    return { done, state: view.state, answered, over: performance.now() - start };
  },
  await start(2),
  PAGES / 2,
);
const times = whole.times;
const sorted = [...times].sort((a, b) => a - b);
const share = (p) => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))].toFixed(1);
console.log(
  `pings while importing: ${sorted.length}; ms p50 ${share(0.5)}, p95 ${share(0.95)}, worst ${share(1)}`,
);
console.log(`pages done meanwhile: ${whole.done}; the import ended as ${whole.state}`);
console.log(
  `cancel after ${stopped.done} pages: answered in ${stopped.answered.toFixed(0)} ms, ${stopped.state} and over in ${stopped.over.toFixed(0)} ms`,
);
await until("the window to close", async () => (await window.close(), true));
driver.stop();
