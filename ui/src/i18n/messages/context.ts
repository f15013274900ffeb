import { messages } from "../message";

/** Charts by month, keyword in context, strips of the page image. */
export const context = messages({
  "months.line": {
    zh: "{month}：{n} 篇，馆藏 {issues} 期",
    en: "{month}: {n} {n|article|articles}, {issues} {issues|issue|issues} held",
  },
  "months.notHeldLine": { zh: "{month}：疑缺", en: "{month}: seemingly missing" },
  "months.noneLine": { zh: "{month}：没有期次", en: "{month}: no issue" },
  "months.notHeld": { zh: "疑缺", en: "seemingly missing" },
  "months.notRecognised": { zh: "有藏，未做文字识别", en: "held, text not recognised" },
  "months.month": { zh: "年月", en: "Month" },
  "months.articles": { zh: "文章", en: "Articles" },
  "months.issues": { zh: "馆藏期数", en: "Issues held" },
  "months.asTable": { zh: "列表", en: "Table" },
  "months.asChart": { zh: "图", en: "Chart" },
  "context.strip": { zh: "版面图像：{text}", en: "Page image: {text}" },
  "context.textOnly": { zh: "文字稿，无版面图像", en: "text only, no page image" },
  "context.place": { zh: "{paper} {date} 第{page}版", en: "{paper}, {date}, page {page}" },
});
