// Authority control in a real browser: a mention confirmed by key, an entry split, merged side by side, parted again, and all of it
// undone with Ctrl+Z.
import { call } from "./lib/call.mjs";
import { archiveWith, serve } from "./lib/archive.mjs";
import { launch, watchedPage } from "./lib/browser.mjs";
import { expect, report, test } from "./lib/cases.mjs";
import { pagesOf } from "./lib/places.mjs";

const archive = await archiveWith([...pagesOf("2022-01-06"), ...pagesOf("2022-03-10")]);
const server = await serve(archive);
const browser = await launch();
const PERSON = "沈砚秋";

async function open() {
  const watched = await watchedPage(browser, { locale: "zh-CN" });
  await watched.page.goto(server.address);
  await watched.page.locator("nav[aria-label]").waitFor();
  return watched;
}

const caller = (page) => (name, args) => call(page, name, args);

async function entityPage(page, id) {
  await page.goto(new URL(`#/entity/${id}`, page.url()).href);
  await page.getByRole("heading", { name: "提及", exact: true }).waitFor();
}

const found = async (call, name) => await call("find_entity", { name });
const undo = async (page, words) => {
  await page.keyboard.press("Control+z");
  await page.getByText(`已撤销：${words}`).waitFor();
};

test("a mention is confirmed by one key and the act is undone", async () => {
  const { page, context } = await open();
  const call = caller(page);
  const [person] = await found(call, PERSON);
  await entityPage(page, person.id);
  const row = page.locator('[data-section="mentions"] .row').first();
  await row.focus();
  await page.keyboard.press("Equal");
  await page.locator('[data-section="mentions"] .line.confirmed').first().waitFor();
  await undo(page, "确认");
  await page.waitForFunction(() => !document.querySelector(".line.confirmed"));
  await context.close();
});

test("an entry is split, merged side by side, parted again, and all is undone", async () => {
  const { page, context, complaints } = await open();
  const call = caller(page);
  const [person] = await found(call, PERSON);
  const before = person.mentions;
  expect(before > 1, `${PERSON} is named more than once`);
  await entityPage(page, person.id);

  // Split: one mention goes to a new entry of the same name.
  const row = page.locator('[data-section="mentions"] .row').first();
  await row.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Slash");
  await page.getByRole("radio", { name: "新条目" }).click();
  await page.getByRole("dialog").getByLabel("说明（用以区别同名）").fill("另一人");
  await page.getByRole("button", { name: "建立并移动" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const both = await found(call, PERSON);
  expect(both.length === 2, `two entries of the name, not ${both.length}`);
  const other = both.find((entity) => entity.id !== person.id);
  expect(other.mentions === 1, "the mention went along");

  // Merge: nothing happens until the button that names it.
  await page.getByRole("button", { name: "合并…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill(PERSON);
  await dialog.getByRole("option").first().click();
  await dialog.getByText(`合并后：${before} 次提及`).waitFor();
  expect((await found(call, PERSON)).length === 2, "a preview merges nothing");
  await dialog.getByRole("button", { name: `合并为“${PERSON}”` }).click();
  await dialog.waitFor({ state: "detached" });
  expect((await found(call, PERSON))[0].mentions === before, "all mentions on one page");

  // Parted again from the record.
  await page.getByRole("button", { name: "取消合并" }).click();
  await page.getByRole("button", { name: "取消合并" }).waitFor({ state: "detached" });
  expect((await found(call, PERSON)).length === 2, "two again");

  await page.locator("h1").click();
  await undo(page, "取消合并");
  await undo(page, "合并");
  await undo(page, "拆分出");
  const after = await found(call, PERSON);
  expect(after.length === 1 && after[0].mentions === before, "as it was");
  expect(complaints.length === 0, `no complaints, not ${complaints.join("\n")}`);
  await context.close();
});

test("the workbench tells entries apart, and they are not proposed again", async () => {
  const { page, context } = await open();
  const call = caller(page);
  const [person] = await found(call, PERSON);
  const { rows } = await call("entity_mentions", { id: person.id, offset: 0, limit: 1 });
  await call("move_mentions", {
    ids: [rows[0].id],
    to: { kind: "new", entity_kind: "person", name: PERSON },
  });
  await page.goto(new URL("#/authority?reason=same_name", page.url()).href);
  const cluster = page.locator("[data-cluster]", { hasText: PERSON });
  await cluster.focus();
  await page.keyboard.press("Minus");
  await cluster.waitFor({ state: "detached" });
  await undo(page, "确认不是同一");
  await cluster.waitFor();
  await page.keyboard.press("Control+z");
  await context.close();
});

await report();
await browser.close();
await server.stop();
