// The system's Chromium, without its own talk to the outside.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser. No name but this machine's resolves in it. */
export async function launch() {
  const executablePath = process.env.BAOKU_CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath)
    throw new Error(`no Chromium found (looked for ${PLACES.join(", ")}; BAOKU_CHROMIUM names another)`);
  return await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}

/** A page that keeps account of every request and every complaint. */
export async function watchedPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  const [requests, complaints] = [[], []];
  context.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return { context, page, requests, complaints };
}

/** Presses Tab until the focused element satisfies `matches` (a function of the element, run in the page). */
export async function tabTo(page, what, matches, argument) {
  const seen = [];
  for (let i = 0; i < 300; i += 1) {
    await page.keyboard.press("Tab");
    const [found, label] = await page.evaluate(
      ([source, argument]) => {
        const element = document.activeElement;
        const test = new Function(`return (${source})`)();
        return [element !== null && test(element, argument), element?.textContent?.trim().slice(0, 20)];
      },
      [String(matches), argument],
    );
    if (found) return;
    seen.push(label);
  }
  throw new Error(`Tab does not reach ${what}; it went over ${[...new Set(seen)].slice(0, 40).join(" | ")}`);
}
