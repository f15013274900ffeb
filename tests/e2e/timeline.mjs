// The timeline in a real browser: levels by zoom and by click, a typed date, overlays with their denominators, and a chronicle that is
// confirmed, copied and exported.
import { readFileSync } from "node:fs";
import { call as callIn } from "./lib/call.mjs";
import { expect, test, until } from "./lib/cases.mjs";

const PERSON = "沈砚秋";

export function timelineCases({ open, at, atRest }) {
  const address = (page) => new URLSearchParams(new URL(page.url()).hash.split("?")[1] ?? "");
  const visit = async (page, query) => {
    await page.goto(new URL(`#/timeline?${query}`, page.url()).href);
    await page.locator("main svg .surface").waitFor();
  };
  const scale = (page) => page.locator("main svg .scale");
  const level = (page, words) => scale(page).filter({ hasText: words }).waitFor();

  test("the timeline is counted from day to century as it is zoomed", async () => {
    const page = await open("zh");
    for (const [span, words] of [
      ["from=2022-01-01&to=2022-02-05", /^每日/],
      ["from=2019-01-01&to=2022-12-31", /^每周/],
      ["from=2010-01-01&to=2024-12-31", /^每月/],
      ["from=2000-01-01&to=2099-12-31", /^每年/],
      ["from=2000-01-01&to=2099-12-31&level=decade", /^每十年/],
      ["from=2000-01-01&to=2099-12-31&level=century", /^每世纪/],
    ]) {
      await visit(page, span);
      await level(page, words);
    }
    // One century holds all that there is, whatever it is counted by.
    const { articles } = await callIn(page, "timeline", { request: { by: "day" } });
    expect(
      (await scale(page).textContent()) === `每世纪${articles}篇`,
      `all ${articles} articles in one bar`,
    );
    await atRest();
  });

  test("a click lands on the day under the pointer, level by level, and opens its issue", async () => {
    const page = await open("zh");
    await visit(page, "from=2000-01-01&to=2099-12-31");
    await level(page, /^每年/);
    const readout = page.locator("main .readout");
    const moment = (text) => {
      const [, year, month, day] = /(\d+)年(\d+)月(\d+)日/.exec(text) ?? [];
      return Date.UTC(year, month - 1, day);
    };
    const wanted = Date.UTC(2022, 2, 10);
    // The place that the chart itself calls by that day, or by the last one before it that it has a pixel for.
    const find = async () => {
      const box = await page.locator("main svg .surface").boundingBox();
      const read = async (x) => {
        await page.mouse.move(box.x + x, box.y + 60);
        return moment(await readout.textContent());
      };
      let [low, high] = [0, Math.floor(box.width) - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((await read(middle)) <= wanted) low = middle;
        else high = middle;
      }
      return { x: box.x + low, y: box.y + 60, day: await read(low) };
    };
    for (const words of [/^每月/, /^每周/, /^每日/]) {
      const { x, y, day } = await find();
      await page.mouse.click(x, y);
      await level(page, words);
      const chosen = Date.parse(address(page).get("at"));
      expect(
        chosen === day,
        `the day that was under the pointer (${new Date(day)}), not ${new Date(chosen)}`,
      );
    }
    await page.locator('main a[href^="#/issue/"]').first().waitFor();
    const { x, y, day } = await find();
    expect(day === wanted, `10 March 2022 under the pointer, not ${new Date(day)}`);
    await page.mouse.click(x, y);
    await at(page, "issue/");
    await page
      .getByRole("heading", { name: /2022年3月10日/ })
      .first()
      .waitFor();
    await atRest();
  });

  test("a typed date is gone to and marked", async () => {
    const page = await open("zh");
    await page.getByLabel("跳到日期").fill("2022年1月6日");
    await page.keyboard.press("Enter");
    await page.locator("main svg .chosen").waitFor();
    expect(
      address(page).get("at") === "2022-01-06",
      `that day in the address, not ${address(page).get("at")}`,
    );
    await atRest();
  });

  test("a search, a name and a tag lie over the counts as shares of what was printed", async () => {
    const page = await open("zh");
    const call = (name, args) => callIn(page, name, args);
    const [person] = await call("find_entity", { name: PERSON });
    await call("edit_entity", { id: person.id, edit: { edit: "add_tag", label: "采编" } });
    const field = page.getByRole("combobox", { name: "叠加检索、名录或标签" });
    await field.fill("工程");
    await field.press("Enter");
    await field.fill(PERSON);
    await page
      .getByRole("option")
      .filter({ has: page.locator(".glyph.person") })
      .first()
      .click();
    await field.fill("采编");
    await page.getByRole("option", { name: /标签/ }).click();
    await page.waitForFunction(() => document.querySelectorAll("main svg .over path[d^=M]").length === 3);
    const chips = await page.locator("main .chip").allTextContents();
    const { articles } = await call("timeline", { request: { by: "year" } });
    const search = await call("search", { request: { query: "工程", limit: 1 } });
    expect(
      chips[0].includes(`${search.total} / ${articles} 篇`),
      `${search.total} of ${articles}, not ${chips[0]}`,
    );
    const named = await call("overlay", {
      request: { subject: { kind: "entity", id: person.id }, by: "year" },
    });
    expect(
      named.found > 0 && chips[1].includes(`${named.found} / ${articles} 篇`),
      `${named.found} in ${chips[1]}`,
    );
    expect(
      chips[2].includes(`${named.found} / ${articles} 篇`),
      `the tag of one name is that name, not ${chips[2]}`,
    );
    // It is in the address, so it is there again; and it can be taken away.
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll("main .chip").length === 3);
    while ((await page.locator("main .chip").count()) > 0)
      await page.locator("main .chip button").first().click();
    expect(
      address(page).get("q") === null && address(page).get("who") === null,
      "nothing is overlaid any more",
    );
    await call("undo", {});
    await atRest();
  });

  test("a chronicle is drafted from confirmed events, copied and exported with its sources", async () => {
    const page = await open("zh");
    const call = (name, args) => callIn(page, name, args);
    await visit(page, "from=2021-12-01&to=2022-03-31");
    await page.getByRole("button", { name: "大事记" }).click();
    const panel = page.getByRole("region", { name: "大事记" });
    await panel.getByText("这段时间没有经人确认的事件").waitFor();
    await panel.getByRole("checkbox").check();
    const lines = panel.locator("li");
    await lines.first().waitFor();
    const all = await lines.count();
    expect((await panel.locator("li.unconfirmed").count()) === all, "all are marked as not confirmed");
    const confirmed = lines.filter({ has: page.getByRole("button", { name: "确认" }) }).first();
    const sentence = await confirmed.locator(".told").textContent();
    await confirmed.getByRole("button", { name: "确认" }).click();
    await panel.getByText("经人确认 1 条").waitFor();
    await panel.getByRole("checkbox").uncheck();
    await page.waitForFunction(
      () => document.querySelectorAll('section[aria-label="大事记"] li').length === 1,
    );
    expect(
      (await lines.first().locator(".told").textContent()) === sentence,
      "it is the one that was confirmed",
    );
    const source = await lines.first().locator(".source").textContent();
    expect(/《青棠报》2022年\d+月\d+日第\d+版/.test(source), `issue and page as the source, not ${source}`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      panel.getByRole("button", { name: "导出 Markdown" }).click(),
    ]);
    const file = readFileSync(await download.path(), "utf8");
    expect(file.startsWith("# 大事记（草稿）") && file.includes("经人确认 1 条"), `a chronicle, not ${file}`);
    expect(file.includes(`${sentence}${source}`), `the sentence with its source in ${file}`);
    // The source opens the sentence on its page.
    await lines.first().locator(".source").click();
    await at(page, "issue/");
    expect(address(page).get("quote") === sentence, "the sentence is what is shown");
    await call("undo", {});
    await atRest();
  });
}
