// Putting right what was read, in a real browser: each act by mouse or keyboard on the page, its undo and its redo. The archive
// after an undo is the one before the act, told by its canonical dump.
import { cli } from "./lib/archive.mjs";
import { call } from "./lib/call.mjs";
import { expect, test, until } from "./lib/cases.mjs";
import { importScan } from "./lib/scan.mjs";

/** Declares the cases. `open` gives a page of the interface, `atRest` checks and closes it. */
export function editingCases({ archive, open, at, issueLink, atRest }) {
  const dump = () => cli(archive, "dump");

  async function desk(tab = "structure") {
    const page = await open("zh");
    await issueLink(page).click();
    await at(page, "issue/");
    await page.getByRole("button", { name: "修订", exact: true }).click();
    await page.getByRole("tab", { name: tab === "text" ? "文字" : "结构" }).click();
    await page
      .locator(tab === "text" ? "[data-line]" : "[data-block]")
      .first()
      .waitFor();
    return page;
  }

  /** Within a field Ctrl+Z is the field's own. */
  const leaveFields = (page) => page.evaluate(() => document.activeElement?.blur());

  const lastAct = async (page) => (await call(page, "history", { offset: 0, limit: 1 }))[0];

  /** Waits until the newest act is `verb` and stands. */
  const done = (page, verb) =>
    until(verb, async () => {
      const act = await lastAct(page);
      return act?.verb === verb && !act.undone;
    });

  /** Fails with the first line that differs. */
  function same(now, then, what) {
    if (now === then) return;
    const [left, right] = [now.split("\n"), then.split("\n")];
    const at = left.findIndex((line, i) => line !== right[i]);
    throw new Error(`expected ${what}; line ${at} is\n${left[at]}\nand was\n${right[at]}`);
  }

  /** Does an act, takes it back and does it again; leaves the archive as it was. */
  async function toAndFro(page, verb, act) {
    const before = await dump();
    await act();
    await done(page, verb);
    const after = await dump();
    expect(after !== before, `${verb} to change the archive`);
    await leaveFields(page);
    await page.keyboard.press("Control+Z");
    await until("the undo", async () => (await lastAct(page)).undone);
    same(await dump(), before, `the archive before ${verb} after its undo`);
    await page.keyboard.press("Control+Shift+Z");
    await done(page, verb);
    same(await dump(), after, `the archive after ${verb} after its redo`);
    await page.keyboard.press("Control+Z");
    await until("the undo", async () => (await lastAct(page)).undone);
    await page.locator("[data-block], [data-line]").first().waitFor();
  }

  const row = (page, role, n = 0) => page.locator("[data-block]", { hasText: role }).nth(n);
  const hand = (page) => page.locator(".hand");

  test("editing: a region gets another role, by keyboard", async () => {
    const page = await desk();
    await toAndFro(page, "set_role", async () => {
      await row(page, "正文").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Alt+Digit6");
    });
    await atRest();
  });

  test("editing: a region moves to another article, to a new one, and to the page", async () => {
    const page = await desk();
    const articles = await hand(page)
      .getByLabel("移到")
      .locator("option")
      .evaluateAll((o) => o.map((x) => x.value));
    const other = articles.find((value) => /^\d+$/.test(value));
    for (const to of [other, "new", "page"])
      await toAndFro(page, "move_regions", async () => {
        await row(page, "正文", 1).click();
        await hand(page).getByLabel("移到").selectOption(to);
      });
    await atRest();
  });

  test("editing: regions change places, by keyboard", async () => {
    const page = await desk();
    await toAndFro(page, "order_regions", async () => {
      await row(page, "正文").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Alt+ArrowDown");
    });
    await atRest();
  });

  test("editing: a region is parted, and two become one", async () => {
    const page = await desk();
    await toAndFro(page, "split_region", async () => {
      await row(page, "正文").click();
      const before = hand(page).getByLabel("拆分于此行前");
      await before.selectOption({ index: 1 });
    });
    await toAndFro(page, "merge_regions", async () => {
      await row(page, "正文").click();
      await row(page, "正文", 1).click({ modifiers: ["Control"] });
      await hand(page).getByRole("button", { name: "合为一块" }).click();
    });
    await atRest();
  });

  test("editing: a region is drawn on the page", async () => {
    const page = await desk();
    await toAndFro(page, "draw_region", async () => {
      const region = page.locator(".region.own.body").first();
      await region.waitFor();
      await page.getByRole("button", { name: "画区域" }).click();
      await page.getByLabel("归入").selectOption("new");
      const box = await region.boundingBox();
      await page.mouse.move(box.x + 1, box.y + 1);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await page.mouse.move(box.x + box.width - 1, box.y + box.height - 1);
      await page.mouse.up();
    });
    await atRest();
  });

  test("editing: articles are parted, joined, moved, and given another kind", async () => {
    const page = await desk();
    await toAndFro(page, "split_article", async () => {
      await row(page, "正文", 1).focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Alt+Enter");
    });
    await toAndFro(page, "merge_articles", () => page.getByLabel("并入另一篇").selectOption({ index: 1 }));
    await toAndFro(page, "move_article", () => page.getByRole("button", { name: "整篇后移" }).click());
    await toAndFro(page, "set_kind", () => page.getByLabel("类别").selectOption("brief"));
    await atRest();
  });

  test("editing: a jump is broken and joined", async () => {
    const page = await desk();
    const id = Number(/issue\/(\d+)/.exec(page.url())[1]);
    const view = await call(page, "issue", { id });
    const jumping = view.articles.find((a) => a.parts.length > 1);
    expect(jumping, "the sample to have a jump");
    await page.goto(new URL(`#/issue/${id}?article=${jumping.id}&edit=structure`, page.url()).href);
    const cut = page.getByRole("button", { name: /断开/ });
    await cut.waitFor();
    await toAndFro(page, "break_jump", () => cut.click());
    await cut.waitFor();
    await toAndFro(page, "join_jump", () => page.getByLabel("接续于").selectOption({ index: 1 }));
    await atRest();
  });

  test("editing: a line is corrected over its picture; Enter goes on", async () => {
    const page = await desk("text");
    const field = page.locator("[data-line] input").first();
    const text = await field.inputValue();
    await toAndFro(page, "correct_line", async () => {
      await page.locator("[data-line] img").first().waitFor();
      await field.fill(`${text}改`);
      await field.press("Enter");
    });
    await toAndFro(page, "check_line", async () => {
      await until("the old text", async () => (await field.inputValue()) === text);
      await field.press("Enter");
      const second = page.locator("[data-line] input").nth(1);
      await until("the next line", () => second.evaluate((e) => e === document.activeElement));
    });
    await atRest();
  });

  test("editing: one confusion is put right in all its places", async () => {
    const page = await desk("text");
    const field = page.locator("[data-line] input", {}).first();
    const text = await field.inputValue();
    const letter = [...text].find((c) => /\p{Script=Han}/u.test(c));
    await field.fill(text.replace(letter, "囗"));
    await field.press("Enter");
    await done(page, "correct_line");
    const all = page.getByRole("button", { name: "全选", exact: true });
    await all.waitFor();
    await toAndFro(page, "correct_confusion", async () => {
      if (await all.isVisible()) await all.click();
      await page.getByRole("button", { name: /改正所选/ }).click();
    });
    await leaveFields(page);
    await page.keyboard.press("Control+Z");
    await until("both undone", async () =>
      (await call(page, "history", { offset: 0, limit: 2 })).every((a) => a.undone),
    );
    await atRest();
  });

  test("review: doubtful lines of a scan are kept and put right by keyboard, the rest in one act", async () => {
    const page = await open("zh");
    if (!(await importScan(page))) {
      await atRest();
      return;
    }
    const queue = () => call(page, "review_queue", { issue: null, offset: 0, limit: 30 });
    const before = await dump();
    await page.goto(new URL("#/review", page.url()).href);
    const fields = page.locator("[data-review] input.serif");
    await fields.nth(2).waitFor();
    await page.locator("[data-review] img").first().waitFor();
    const { waiting } = await queue();
    await fields.first().focus();
    await page.keyboard.press("Enter");
    await done(page, "check_line");
    await until("the next line", () => fields.nth(1).evaluate((e) => e === document.activeElement));
    await page.keyboard.press("End");
    await page.keyboard.type("改");
    await page.keyboard.press("Enter");
    await done(page, "correct_line");
    await page.keyboard.press("Control+Enter");
    await done(page, "check_lines");
    await until("the queue to shrink", async () => (await queue()).waiting <= Math.max(0, waiting - 3));
    await leaveFields(page);
    for (const verb of ["check_lines", "correct_line", "check_line"]) {
      await page.keyboard.press("Control+Z");
      await until(`the undo of ${verb}`, async () => {
        const undone = await call(page, "history", { offset: 0, limit: 3 });
        return undone.find((act) => act.verb === verb)?.undone;
      });
    }
    same(await dump(), before, "the archive before the review");
    await atRest();
  });

  test("editing: a page read again shows its difference and keeps what a person shaped", async () => {
    const page = await desk();
    await row(page, "正文", 1).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Alt+Enter");
    await done(page, "split_article");
    await page.getByRole("tab", { name: "重新识读" }).click();
    await page.getByRole("button", { name: "开始识读" }).click();
    await page.getByText("保留", { exact: true }).or(page.getByText("与现有结果相同。")).first().waitFor();
    const take = page.getByRole("button", { name: "采用", exact: true });
    if (await take.isVisible()) {
      await take.click();
      await done(page, "take_structure");
      await page.keyboard.press("Control+Z");
    } else {
      await page.getByRole("button", { name: "关闭" }).click();
    }
    await leaveFields(page);
    await until("all undone", async () => {
      const act = await lastAct(page);
      if (act && !act.undone) await page.keyboard.press("Control+Z");
      return (await call(page, "history", { offset: 0, limit: 5 })).every((a) => a.undone);
    });
    await atRest();
  });
}
