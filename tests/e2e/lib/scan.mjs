// A scan that nobody reads with certainty: part of a page of the sample at a low resolution, imported and recognised.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { call } from "./call.mjs";
import { until } from "./cases.mjs";
import { scratch } from "./places.mjs";

/** Imports it through the interface's own server and waits until lines of it wait for a look. False without a recogniser. */
export async function importScan(page) {
  if ((await call(page, "recognition", {})).state === "no_engine") {
    console.log("skipped: no recogniser is there (cargo xtask models)");
    return false;
  }
  const issues = await call(page, "issues", { filter: {} });
  const { pages } = await call(page, "issue", { id: issues.find((row) => row.pages > 1).id });
  const strip = new URL(`/api/page/${pages[0].id}/strip?box=0.05,0.3,0.9,0.6&w=640`, page.url());
  const picture = await page.context().request.get(strip.href);
  const file = join(scratch(), "scan.jpg");
  writeFileSync(file, await picture.body());
  const known = {
    newspaper: "临溪报",
    home: { city: "云岫市", district: "临溪区" },
    date: "2020-05-06",
    page: 1,
  };
  await call(page, "import_start", { request: { paths: [file], ...known, dry_run: false } });
  const queue = () => call(page, "review_queue", { issue: null, offset: 0, limit: 30 });
  await until("doubtful lines", async () => (await queue()).waiting > 3, 120);
  return true;
}
