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
const id = entity.entity.id;
const server = await serve(archive);
const browser = await launch();
for (const [locale, language] of [
  ["zh-CN", "zh"],
  ["en-GB", "en"],
]) {
  const { page, context } = await watchedPage(browser, { locale, viewport: { width: 1200, height: 760 } });
  await page.goto(server.address);
  for (const [name, address, sign] of [
    ["timeline", "#/timeline", "main svg, main canvas"],
    ["issue", `#/issue/${issue.id}`, ".openseadragon-canvas canvas"],
    ["entity", `#/entity/${id}`, "main h1"],
  ]) {
    await page.goto(new URL(address, server.address).href.replace(/\?token=\w+/, ""));
    await page.waitForSelector(sign);
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    // Thumbnails are there, and the page's canvas has been drawn on.
    await page.waitForFunction(() => {
      const drawn = (canvas) => {
        const { width, height } = canvas;
        const pixels = canvas.getContext("2d").getImageData(width / 2, 0, 1, Math.max(1, height)).data;
        return pixels.some((value) => value > 0);
      };
      const canvas = document.querySelector(".openseadragon-canvas canvas");
      const images = [...document.querySelectorAll("main img")].filter((image) => {
        const box = image.getBoundingClientRect();
        return box.top < innerHeight && box.bottom > 0;
      });
      return images.every((image) => image.complete && image.naturalWidth > 0) && (!canvas || drawn(canvas));
    });
    const path = join(out, `${name}-${language}.png`);
    await page.screenshot({ path });
    console.log(`${path} ${(statSync(path).size / 1024).toFixed(0)} kB`);
  }
  await context.close();
}
await browser.close();
await server.stop();
