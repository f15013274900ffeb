// The real window under Xvfb, driven by WebDriver; files arrive by a true drag and drop.
import { mkdirSync, writeFileSync } from "node:fs";
import { archiveWith } from "./lib/archive.mjs";
import { expect, report, test, until } from "./lib/cases.mjs";
import { dropFiles } from "./lib/drop.mjs";
import { foreignSockets } from "./lib/loopback.mjs";
import { desktop, operator, pagesOf, scratch } from "./lib/places.mjs";
import { Session, startDriver } from "./lib/webdriver.mjs";

const archive = await archiveWith(pagesOf("2022-01-06"));
// The window remembers nothing of whoever runs the tests.
process.env.XDG_DATA_HOME = scratch();
process.env.XDG_CACHE_HOME = scratch();
process.env.BAOKU_OPERATOR = operator;
const driver = await startDriver();
const window = await Session.open(driver.base, desktop, ["--archive", archive]);
await window.scriptTimeout(60);

const issues = () =>
  window.run(() => window.__TAURI_INTERNALS__.invoke("call", { name: "issues", args: { filter: {} } }));
const issueLinks = () =>
  window.run(() => [...document.querySelectorAll('main a[href^="#/issue/"]')].map((a) => a.textContent));

test("the window shows the archive", async () => {
  await window.waitFor("nav[aria-label]");
  await window.waitFor('main a[href^="#/issue/"]');
  expect((await issues()).length === 1, "one issue before the drop");
});

test("page images arrive over the page protocol", async () => {
  const [{ front_page: page }] = await issues();
  const size = await window.run(
    (page) =>
      new Promise((shown, broken) => {
        const image = new Image();
        image.onload = () => shown([image.naturalWidth, image.naturalHeight]);
        image.onerror = () => broken(new Error(`no image at ${image.src}`));
        image.src = window.__TAURI_INTERNALS__.convertFileSrc("", "page") + `${page}/thumb?w=240`;
      }),
    page,
  );
  expect(size[0] === 240 && size[1] > size[0], `an upright image 240 wide, not ${size}`);
});

test("files dropped on the window are imported and the new issue appears", async () => {
  const before = (await issueLinks()).length;
  const [width, height] = await window.run(() => [innerWidth, innerHeight]);
  const drag = await dropFiles(pagesOf("2022-03-10"), { width, height });
  await until("the drop target", async () => {
    drag.hover();
    return await window.run(() =>
      [...document.querySelectorAll("[role=status]")].some((e) => /4/.test(e.textContent)),
    );
  });
  await drag.release();
  await until("the second issue", async () => (await issues()).length === 2, 120);
  // Wherever the drop has led, the timeline now has the issue.
  await window.click('nav a[href="#/timeline"]');
  await until("the new issue in the timeline", async () => (await issueLinks()).length > before, 60);
});

test("the window and its worker talk to this machine only", async () => {
  // tauri-driver and WebKitWebDriver are the parents of the window; their sockets are the test's own, on loopback.
  expect(foreignSockets(driver.pid).length === 0, `no foreign sockets, not ${foreignSockets(driver.pid)}`);
  const blocked = await window.run(
    () =>
      new Promise((done) => {
        addEventListener("securitypolicyviolation", (e) => done(e.violatedDirective), { once: true });
        fetch("http://elsewhere.invalid/").catch(() => {});
      }),
  );
  expect(blocked === "connect-src", `connect-src to stop it, not ${blocked}`);
});

await report(async (name) => {
  mkdirSync("tests/e2e/failures", { recursive: true });
  const file = `tests/e2e/failures/window-${name.replace(/[^\p{L}\d]+/gu, "-")}.png`;
  writeFileSync(file, await window.screenshot());
  console.log(`picture: ${file}`);
});
await window.close();
driver.stop();
