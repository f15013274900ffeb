// How smoothly the timeline moves over an archive of millions of marks: swept from a hundred years to one day and back, in
// Chromium and in the window (BAOKU_TIMELINE_WINDOW=no leaves that out). `cargo xtask bench timeline` makes the archive and runs this; a measurement, not a test.
import { existsSync } from "node:fs";
import { serve } from "./lib/archive.mjs";
import { launch, watchedPage } from "./lib/browser.mjs";
import { until } from "./lib/cases.mjs";
import { desktop, operator, scratch } from "./lib/places.mjs";
import { share } from "./lib/reading.mjs";
import { sweep } from "./lib/sweeping.mjs";
import { Session, startDriver } from "./lib/webdriver.mjs";

const archive = process.env.BAOKU_TIMELINE_ARCHIVE;
if (!archive || !existsSync(archive)) throw new Error("BAOKU_TIMELINE_ARCHIVE names no archive");
const ADDRESS = "#/timeline?from=1925-01-01&to=2024-12-31";
const ROUNDS = 3;
/** Notches of the wheel between a hundred years and a day: 120 units are a fifth of a doubling. */
const NOTCHES = 95;

function told({ work, gaps, levels, begun, nearest }) {
  const line = (values) =>
    `p50 ${share(values, 0.5).toFixed(1)}, p95 ${share(values, 0.95).toFixed(1)}, worst ${share(values, 1).toFixed(1)}`;
  console.log(`from “${begun}” to “${nearest}”, ${work.length} frames; ${levels.join(", ")}`);
  console.log(`  script and drawing of a frame, ms: ${line(work)}`);
  console.log(`  between frames, ms: ${line(gaps)}; above 50 ms: ${gaps.filter((gap) => gap > 50).length}`);
}

console.log("— Chromium without a graphics card, on baoku serve");
const server = await serve(archive);
const browser = await launch();
const { page, complaints } = await watchedPage(browser);
await page.goto(server.address);
await page.goto(new URL(ADDRESS, server.address).href.replace(/\?token=\w+/, ""));
await page.locator("main li").first().waitFor();
told(
  await page.evaluate(
    ([source, argument]) => new Function(`return (${source})`)()(argument),
    [String(sweep), [ROUNDS, NOTCHES]],
  ),
);
if (complaints.length > 0) console.log(complaints.join("\n"));
await browser.close();
await server.stop();

if (process.env.BAOKU_TIMELINE_WINDOW !== "no") {
  console.log("— the window (WebKitGTK under Xvfb, software rendering)");
  process.env.XDG_DATA_HOME = scratch();
  process.env.BAOKU_OPERATOR = operator;
  const driver = await startDriver();
  const window = await Session.open(driver.base, desktop, ["--archive", archive]);
  await window.scriptTimeout(300);
  await window.waitFor("main svg .surface");
  await window.run((address) => (location.hash = address), ADDRESS);
  await window.waitFor("main li");
  told(await window.run(sweep, [ROUNDS, NOTCHES]));
  await until("the window to close", async () => (await window.close(), true));
  driver.stop();
}
