// The pictures of README and manual, taken from the sample archive: in both languages, the viewer also in the dark.
import { cpSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { cli, serve } from "./lib/archive.mjs";
import { launch, watchedPage } from "./lib/browser.mjs";
import { scratch } from "./lib/places.mjs";
import { importScan } from "./lib/scan.mjs";

const archive = process.env.BAOKU_SCREENSHOT_ARCHIVE;
const out = "docs/screenshots";
mkdirSync(out, { recursive: true });
const [issue] = JSON.parse(await cli(archive, "--json", "issues"));
const entity = JSON.parse(await cli(archive, "--json", "entity", "沈砚秋"));
const id = entity.entity.id;
const article = JSON.parse(await cli(archive, "--json", "articles", String(issue.id))).find((one) =>
  one.headline.main?.includes("棠溪综合治理"),
);
const pictures = [
  { name: "timeline", address: "#/timeline", sign: "main svg, main canvas" },
  { name: "issue", address: `#/issue/${issue.id}`, sign: ".openseadragon-canvas canvas", dark: true },
  {
    name: "find",
    address: `#/issue/${issue.id}?find=工程`,
    sign: ".overlay rect.hit",
    dark: true,
  },
  {
    name: "cite",
    address: `#/issue/${issue.id}?article=${article.id}`,
    sign: "article .text p",
    dark: true,
    press: true,
  },
  { name: "spread", address: `#/issue/${issue.id}?page=2&spread=true&view=image`, sign: '[data-page="3"]' },
  { name: "structure", address: `#/issue/${issue.id}?edit=structure`, sign: "[data-region]", dark: true },
  { name: "lines", address: `#/issue/${issue.id}?edit=text`, sign: "[data-line] img", dark: true },
  { name: "entity", address: `#/entity/${id}`, sign: "main h1" },
];
const browser = await launch();

/** Takes the pictures wanted from a server, in both languages, light and (where asked for) dark. */
async function take(server, wanted) {
  for (const [locale, language, colorScheme] of [
    ["zh-CN", "zh", "light"],
    ["en-GB", "en", "light"],
    ["zh-CN", "zh", "dark"],
    ["en-GB", "en", "dark"],
  ]) {
    const viewport = { width: 1200, height: 760 };
    const { page, context } = await watchedPage(browser, { locale, colorScheme, viewport });
    await page.goto(server.address);
    for (const { name, address, sign, dark, press } of wanted) {
      if (colorScheme === "dark" && !dark) continue;
      await page.goto(new URL(address, server.address).href.replace(/\?token=\w+/, ""));
      await page.waitForSelector(sign);
      await page.waitForLoadState("networkidle");
      await page.evaluate(() => document.fonts.ready);
      // Thumbnails are there, and the page's canvas has been drawn on.
      await page.waitForFunction(() => {
        const drawn = (canvas) => {
          const { width, height } = canvas;
          const pixels = canvas.getContext("2d").getImageData(width / 3, 0, 1, Math.max(1, height)).data;
          return pixels.some((value) => value > 0);
        };
        const canvas = document.querySelector(".openseadragon-canvas canvas");
        const images = [...document.querySelectorAll("main img")].filter((image) => {
          const box = image.getBoundingClientRect();
          return box.top < innerHeight && box.bottom > 0;
        });
        return (
          images.every((image) => image.complete && image.naturalWidth > 0) && (!canvas || drawn(canvas))
        );
      });
      if (press) {
        await page.locator('[aria-keyshortcuts="Alt+C"]').click();
        await page.locator(".cite pre:not(:empty)").waitFor();
      }
      const path = join(out, `${name}-${language}${colorScheme === "dark" ? "-dark" : ""}.png`);
      await page.screenshot({ path });
      console.log(`${path} ${(statSync(path).size / 1024).toFixed(0)} kB`);
    }
    await context.close();
  }
}

/** Serves an archive for as long as `work` takes. */
async function served(path, work) {
  const server = await serve(path);
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

try {
  await served(archive, (server) => take(server, pictures));
  // Review needs a scan, which is no part of the sample: it goes into a copy.
  const copy = join(scratch(), "scanned.baoku");
  cpSync(archive, copy, { recursive: true });
  await served(copy, async (server) => {
    const { page, context } = await watchedPage(browser);
    await page.goto(server.address);
    const scanned = await importScan(page);
    await context.close();
    if (scanned)
      await take(server, [{ name: "review", address: "#/review", sign: "[data-review] img", dark: true }]);
  });
} finally {
  await browser.close();
}
