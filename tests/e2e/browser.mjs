// The walk that the program exists for, in a real browser on the real `baoku serve`: timeline -> issue -> article -> person ->
// back, in Chinese and in English, by mouse and by keyboard alone. And: nothing leaves this machine.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { archiveWith, serve } from "./lib/archive.mjs";
import { editingCases } from "./editing.mjs";
import { call as callIn } from "./lib/call.mjs";
import { launch, tabTo, watchedPage } from "./lib/browser.mjs";
import { expect, report, test, until } from "./lib/cases.mjs";
import { foreignSockets } from "./lib/loopback.mjs";
import { doublePage } from "./lib/png.mjs";
import { pagesOf, scratch } from "./lib/places.mjs";
import { timelineCases } from "./timeline.mjs";
import { viewerCases } from "./viewer.mjs";

const PERSON = "沈砚秋";
const HEADLINE = "棠溪综合治理工程今日动工";

const words = {
  zh: { lang: "zh-CN", timeline: "时间轴", locale: "zh-CN" },
  en: { lang: "en", timeline: "Timeline", locale: "en-GB" },
};

const archive = await archiveWith([...pagesOf("2022-01-06"), ...pagesOf("2022-03-10")]);
const server = await serve(archive);
const browser = await launch();
let current;

const personLink = (page) => page.locator('main a[href^="#/entity/"]', { hasText: PERSON }).first();
const issueLink = (page) => page.locator('main a[href^="#/issue/"]').first();
const heading = (page, text) => page.getByRole("heading", { name: text }).first();
const at = (page, place) => page.waitForURL((url) => url.hash.startsWith(`#/${place}`));

/** Opens the interface in a language and waits for the timeline. */
async function open(language) {
  current = await watchedPage(browser, { locale: words[language].locale });
  const { page } = current;
  await page.goto(server.address);
  await page.locator("nav[aria-label]").waitFor();
  if ((await page.locator("html").getAttribute("lang")) !== words[language].lang) {
    await page.locator("header button[aria-label]", { hasText: "EN" }).click();
  }
  await page.locator(`html[lang="${words[language].lang}"]`).waitFor();
  await page
    .getByRole("link", { name: words[language].timeline })
    .or(page.locator('nav a[href="#/timeline"]'))
    .first()
    .click();
  await issueLink(page).waitFor();
  return page;
}

/** What must hold wherever a walk has been. */
async function atRest({ page, requests, complaints, context }) {
  const foreign = requests.filter(
    (url) => !/^(blob:|data:)/.test(url) && new URL(url).hostname !== "127.0.0.1",
  );
  expect(foreign.length === 0, `requests to this machine only, not ${foreign.join(", ")}`);
  expect(complaints.length === 0, `no complaints in the console, not ${complaints.join("\n")}`);
  expect(
    foreignSockets(server.pid).length === 0,
    `sockets of this machine only, not ${foreignSockets(server.pid)}`,
  );
  await page.close();
  await context.close();
}

for (const language of ["zh", "en"]) {
  test(`${language}: timeline, issue, article, person and back, by mouse`, async () => {
    const page = await open(language);
    await issueLink(page).click();
    await at(page, "issue/");
    await heading(page, /青棠报/).waitFor();
    await personLink(page).waitFor();
    await personLink(page).click();
    await at(page, "entity/");
    await heading(page, PERSON).waitFor();
    await page.goBack();
    await at(page, "issue/");
    await personLink(page).waitFor();
    await page.goBack();
    await at(page, "timeline");
    await issueLink(page).waitFor();
    await atRest(current);
  });

  test(`${language}: the same by keyboard alone`, async () => {
    const page = await open(language);
    const link = (element, prefix) => element.matches(`main a[href^="${prefix}"]`);
    await tabTo(page, "an issue", link, "#/issue/");
    await page.keyboard.press("Enter");
    await at(page, "issue/");
    await personLink(page).waitFor();
    await tabTo(
      page,
      PERSON,
      (element, name) => element.matches('main a[href^="#/entity/"]') && element.textContent.includes(name),
      PERSON,
    );
    await page.keyboard.press("Enter");
    await at(page, "entity/");
    await heading(page, PERSON).waitFor();
    await page.keyboard.press("Alt+ArrowLeft");
    await at(page, "issue/");
    await personLink(page).waitFor();
    await page.keyboard.press("Alt+ArrowLeft");
    await at(page, "timeline");
    await issueLink(page).waitFor();
    await atRest(current);
  });
}

test("a headline found by search opens its article", async () => {
  const page = await open("zh");
  await page.keyboard.press("Control+K");
  await page.keyboard.type(HEADLINE);
  await page.keyboard.press("Enter");
  await at(page, "search");
  const hit = page.locator('main a[href^="#/issue/"]').first();
  await hit.waitFor();
  await hit.click();
  await at(page, "issue/");
  await heading(page, HEADLINE).waitFor();
  await atRest(current);
});

test("a rehearsal is put right and taken in with one click", async () => {
  const page = await open("zh");
  const call = (name, args) => callIn(page, name, args);
  const folder = join(scratch(), "drop");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "one.txt"), "图书馆夜间开放\n\n本报讯 昨日起，临溪图书馆夜间开放。\n");
  const before = (await call("issues", { filter: {} })).length;
  const job = await call("import_start", { request: { paths: [folder], dry_run: true } });
  await page.goto(new URL(`#/import/${job}`, page.url()).href);
  const take = page.getByRole("button", { name: "导入 1 期 1 版" });
  await take.waitFor();
  expect((await call("issues", { filter: {} })).length === before, "nothing is written by a rehearsal");
  for (const [label, value] of [
    ["报纸", "临溪报"],
    ["日期", "2023-03-09"],
  ]) {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(value);
    await field.press("Tab");
  }
  await page.getByText("没有疑点").waitFor();
  await take.click();
  await until("the issue", async () => (await call("issues", { filter: {} })).length === before + 1);
  await atRest(current);
});

test("a double page is parted in the rehearsal, joined and parted again", async () => {
  const page = await open("zh");
  const call = (name, args) => callIn(page, name, args);
  const folder = join(scratch(), "double");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "临溪报_2023-04-06_1.png"), doublePage(1800, 1300));
  const job = await call("import_start", { request: { paths: [folder], dry_run: true } });
  await page.goto(new URL(`#/import/${job}`, page.url()).href);
  await page.getByText("双页 1 幅").waitFor();
  await page.getByRole("button", { name: "2 版", exact: true }).click();
  await page.getByText("左半幅").waitFor();
  await page.getByText("右半幅").waitFor();
  await page.getByRole("button", { name: "本是一版，合起来" }).first().click();
  await page.getByRole("button", { name: "导入 1 期 1 版" }).waitFor();
  await page.getByRole("button", { name: "是双页，从中分开" }).click();
  const take = page.getByRole("button", { name: "导入 1 期 2 版" });
  await take.waitFor();
  await call("recognition_pause", { paused: true });
  await take.click();
  const issues = () => call("issues", { filter: {} });
  const made = await until("the issue", async () => (await issues()).find((i) => i.date === "2023-04-06"));
  const view = await call("issue", { id: made.id });
  const sizes = view.pages.map((p) => `${p.number}: ${p.raster_width} x ${p.raster_height}`);
  expect(sizes.join("; ") === "1: 900 x 1300; 2: 900 x 1300", sizes.join("; "));
  // Nothing is to be recognised beside the cases that follow.
  await call("remove_import", { job: Number(/import\/(\d+)/.exec(page.url())[1]) });
  await call("recognition_pause", { paused: false });
  await atRest(current);
});

viewerCases(open, () => atRest(current));
timelineCases({ open, at, atRest: () => atRest(current) });

test("page images come from this machine and are images", async () => {
  const page = await open("zh");
  await issueLink(page).click();
  await at(page, "issue/");
  const url = await until("a page image", () =>
    current.requests.find((r) => /\/api\/page\/\d+\/(thumb|tile)/.test(r)),
  );
  const answer = await current.context.request.get(url);
  expect(answer.ok() && answer.headers()["content-type"] === "image/jpeg", `a JPEG, not ${answer.status()}`);
  await atRest(current);
});

test("the policy stops a page that would talk to another machine", async () => {
  const page = await open("zh");
  const blocked = await page.evaluate(
    () =>
      new Promise((done) => {
        addEventListener("securitypolicyviolation", (e) => done(e.violatedDirective), { once: true });
        fetch("http://elsewhere.invalid/").catch(() => {});
      }),
  );
  expect(blocked === "connect-src", `connect-src to stop it, not ${blocked}`);
  // The complaint about it was wanted.
  current.complaints.length = 0;
  current.requests.splice(
    0,
    Infinity,
    ...current.requests.filter((url) => !url.includes("elsewhere.invalid")),
  );
  await atRest(current);
});

test("nobody comes in without the token", async () => {
  const bare = await browser.newContext();
  const { origin } = new URL(server.address);
  const answer = await bare.request.post(`${origin}/api/call/archive_status`, { data: {} });
  expect(answer.status() === 401, `401, not ${answer.status()}`);
  await bare.close();
});

editingCases({ archive, open, at, issueLink, atRest: () => atRest(current) });

await report(async (name) => {
  mkdirSync("tests/e2e/failures", { recursive: true });
  const file = `tests/e2e/failures/${name.replace(/[^\p{L}\d]+/gu, "-")}.png`;
  await current?.page.screenshot({ path: file });
  console.log(`at ${current?.page.url().replace(/token=\w+/, "token=…")}; picture: ${file}`);
});
await browser.close();
await server.stop();
