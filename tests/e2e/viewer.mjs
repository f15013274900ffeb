// The issue viewer in a real browser: citations, find, what stands in the address, cuttings. Part of browser.mjs, on its archive.
import { readFileSync } from "node:fs";
import { expect, test, until } from "./lib/cases.mjs";

const HEADLINE = "棠溪综合治理工程今日动工";

/** Declares the cases. `open` gives a page on the timeline, `atRest` closes it and checks what must always hold. */
export function viewerCases(open, atRest) {
  const call = (page, name, args) =>
    page.evaluate(
      async ([name, args]) => {
        const headers = { "content-type": "application/json" };
        const answer = await fetch(`/api/call/${name}`, {
          method: "POST",
          headers,
          body: JSON.stringify(args),
        });
        return await answer.json();
      },
      [name, args],
    );

  /** Opens the article with this headline in the viewer. */
  async function reader(language = "zh", query = "") {
    const page = await open(language);
    const [issue] = await call(page, "issues", { filter: {} });
    const view = await call(page, "issue", { id: issue.id });
    const article = view.articles.find((a) => a.headline.main?.replace(/\s/g, "").includes(HEADLINE));
    expect(article, `an article with the headline ${HEADLINE}`);
    await page.goto(new URL(`#/issue/${issue.id}?article=${article.id}${query}`, page.url()).href);
    await page.getByRole("heading", { name: HEADLINE }).first().waitFor();
    await page.locator(".overlay g.chosen").first().waitFor();
    return { page, view, article };
  }

  const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
  const hash = (page, holds) => page.waitForURL((url) => holds(new URLSearchParams(url.hash.split("?")[1])));

  test("one key copies the citation, the style is remembered, and marked words are quoted along", async () => {
    const { page, article } = await reader();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.keyboard.press("Alt+C");
    const text = await until("a citation", () => clipboard(page));
    expect(/\[N\]\. 青棠报，2022-01-06（[\d，]+）\.$/.test(text), `GB/T 7714—2025, not ${text}`);
    const numbers = text
      .match(/（([\d，]+)）\.$/)[1]
      .split("，")
      .map(Number);
    expect(
      numbers.join() === [...new Set(article.pages)].join(),
      `the pages ${article.pages}, not ${numbers}`,
    );

    await page.getByRole("button", { name: "引用", exact: true }).click();
    await page.getByLabel("方志注").check();
    await page.locator("pre", { hasText: "《青棠报》2022年1月6日第" }).waitFor();
    await page.getByRole("button", { name: "复制", exact: true }).click();
    await until("the note", async () => (await clipboard(page)).startsWith("《青棠报》2022年1月6日第"));

    await page.evaluate(() => {
      const run = document.querySelector("article .text [data-at]");
      const range = document.createRange();
      range.selectNodeContents(run);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    });
    // The browser tells of a new selection in its own time; a key that came before it copied without the words.
    await until("a quotation", async () => {
      await page.keyboard.press("Alt+C");
      return /^“[^]+”（《青棠报》.*未与版面图像核对）$/.test(await clipboard(page));
    });
    await atRest();
  });

  test("find: places are counted, boxed, and stand in the address; back and forward keep them", async () => {
    const { page } = await reader();
    await page.keyboard.press("Control+F");
    const field = page.getByRole("textbox", { name: "在本期中查找" });
    await field.waitFor();
    await field.fill("工程");
    await page.getByText(/第 1 处，共 \d+ 处/).waitFor();
    const plain = await page.locator(".find .count").textContent();
    await page.locator(".overlay rect.hit").first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByText(/第 2 处/).waitFor();
    await hash(page, (query) => query.get("find") === "工程" && query.get("hit") === "2");
    await page.keyboard.press("Shift+F3");
    await page.keyboard.press("Shift+F3");
    const count = Number(/共 (\d+) 处/.exec(plain)[1]);
    await hash(page, (query) => query.get("hit") === String(count));
    await page.reload();
    await page.getByText(new RegExp(`第 ${count} 处，共 ${count} 处`)).waitFor();
    // The traditional form counts as the same.
    await field.fill("棠溪綜合治理");
    await hash(page, (query) => query.get("find") === "棠溪綜合治理" && query.has("hit"));
    await page.locator(".overlay rect.hit").first().waitFor();
    await page.keyboard.press("Escape");
    await hash(page, (query) => !query.has("find") && !query.has("hit"));
    await atRest();
  });

  test("spread, turn, tone and layout stand in the address", async () => {
    const { page, view } = await reader();
    expect(view.pages.length >= 3, "an issue of at least three pages");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("Backslash");
    await hash(page, (query) => query.get("spread") === "true");
    await page.locator('.overlay[data-page="2"]').waitFor();
    await page.locator('.overlay[data-page="3"]').waitFor();
    await page.keyboard.press("BracketRight");
    await hash(page, (query) => query.get("turn") === "90");
    const turned = () =>
      page
        .locator(".overlay")
        .first()
        .evaluate((overlay) => overlay.style.transform);
    await until("a page on its side", async () => (await turned()) === "rotate(90deg)");
    await page.keyboard.press("BracketLeft");
    await hash(page, (query) => !query.has("turn"));
    await page.getByRole("button", { name: "亮度", exact: true }).click();
    await page.getByLabel("反相（黑底白字）").check();
    await hash(page, (query) => query.get("tone") === "100,100,1");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "检索" }).first().click();
    await page.waitForURL((url) => url.hash.startsWith("#/search"));
    await page.goBack();
    await page.locator('.overlay[data-page="3"]').waitFor();
    const filter = await page.locator(".stage .image").evaluate((image) => getComputedStyle(image).filter);
    expect(filter.includes("invert(1)"), `an inverted page, not ${filter}`);
    await page.keyboard.press("Digit3");
    await until("no image", async () => (await page.locator(".stage").count()) === 0);
    await page.keyboard.press("Digit2");
    await page.locator(".stage").waitFor();
    await atRest();
  });

  test("an article is cut out as a picture and as a PDF with its source line", async () => {
    const { page } = await reader();
    const saved = async (item) => {
      await page.getByRole("button", { name: "剪报", exact: true }).click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: item }).click(),
      ]);
      return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
    };
    const picture = await saved("本篇存为图片");
    expect(picture.name.startsWith("青棠报 2022-01-06 ") && picture.name.endsWith(".png"), picture.name);
    expect(picture.bytes.subarray(1, 4).toString() === "PNG", "a PNG");
    const [width, height] = [picture.bytes.readUInt32BE(16), picture.bytes.readUInt32BE(20)];
    expect(width > 500 && height > 200, `a readable picture, not ${width} x ${height}`);
    const pdf = await saved("本篇存为 PDF");
    expect(pdf.bytes.subarray(0, 5).toString() === "%PDF-", "a PDF");
    // 青棠报 in UTF-16, as it can be searched for.
    expect(pdf.bytes.includes("975268E062A5"), "the source line in the PDF");
    await atRest();
  });

  test("paper shows the page and its source, not the window", async () => {
    const { page } = await reader();
    await page.evaluate(() => {
      window.print = () => (window.printed = true);
    });
    await page.keyboard.press("Control+P");
    await until("the print dialog", () => page.evaluate(() => window.printed === true));
    await page.emulateMedia({ media: "print" });
    const [room, bar] = [page.locator(".print-room img"), page.locator(".panes")];
    expect((await room.count()) === 1 && (await room.isVisible()), "one sheet");
    expect(!(await bar.isVisible()), "no window");
    await page.emulateMedia({ media: "screen" });
    expect(!(await room.isVisible()), "nothing of it on the screen");
    await atRest();
  });
}
