// The pictures of the README, taken from the sample archive.
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cli, serve } from "./lib/archive.mjs";
import { launch, watchedPage } from "./lib/browser.mjs";

const archive = process.env.BAOKU_SCREENSHOT_ARCHIVE;
const out = "docs/screenshots";
mkdirSync(out, { recursive: true });
const [issue] = JSON.parse(await cli(archive, "--json", "issues"));
const entity = JSON.parse(await cli(archive, "--json", "entity", "沈砚秋"));
const id = entity.id ?? entity.row?.id;
const server = await serve(archive);
const browser = await launch();
for (const [locale, language] of [
  ["zh-CN", "zh"],
  ["en-GB", "en"],
]) {
  const { page, context } = await watchedPage(browser, { locale, viewport: { width: 1200, height: 760 } });
  await page.goto(server.address);
  for (const [name, address] of [
    ["timeline", "#/timeline"],
    ["issue", `#/issue/${issue.id}`],
    ["entity", `#/entity/${id}`],
  ]) {
    await page.goto(new URL(address, server.address).href.replace(/\?token=\w+/, ""));
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    const path = join(out, `${name}-${language}.png`);
    await page.screenshot({ path });
    console.log(`${path} ${(statSync(path).size / 1024).toFixed(0)} kB`);
  }
  await context.close();
}
await browser.close();
await server.stop();
