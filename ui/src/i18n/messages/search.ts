// 检索: exact full-text search.
import { messages } from "../message";

export const search = messages({
  "search.title": { zh: "检索", en: "Search" },
  "search.field": { zh: "检索全库", en: "Search the archive" },
  "search.placeholder": { zh: "输入字句，一个字也行", en: "Type any characters, even one" },
  "search.teach": {
    zh: "输入的字句在全部标题、署名和正文中逐字查找，不分词，一处不漏。",
    en: "What you type is looked for character by character in every headline, byline and text. Nothing is split into words, nothing is left out.",
  },
  "search.understood": { zh: "逐字查找“{query}”", en: "Looking for exactly “{query}”" },
  "search.understoodFolded": {
    zh: "繁简异体、全半角、大小写通检",
    en: "Traditional, variant, width and case forms included",
  },
  "search.understoodStrict": { zh: "照原样，不作繁简异体转换", en: "as written, no variant forms" },
  "search.understoodSpan": { zh: "见报日期 {span}", en: "published {span}" },
  "search.spanClear": { zh: "取消日期范围", en: "Remove the date range" },
  "search.alsoName": { zh: "名录中有", en: "In Names" },
  "search.counts": {
    zh: "{articles} 篇 {occurrences} 处",
    en: "{articles} {articles|article|articles}, {occurrences} {occurrences|occurrence|occurrences}",
  },
  "search.none": { zh: "没有查到“{query}”。", en: "“{query}” was not found." },
  "search.noneStrict": { zh: "改用繁简异体通检再查", en: "Look again with variant forms" },
  "search.mode": { zh: "字形", en: "Forms" },
  "search.modeStrict": { zh: "照原样", en: "As written" },
  "search.modeFolded": { zh: "繁简异体通检", en: "With variant forms" },
  "search.sort": { zh: "排序", en: "Sort by" },
  "search.sort.newest": { zh: "新到旧", en: "Newest" },
  "search.sort.oldest": { zh: "旧到新", en: "Oldest" },
  "search.sort.best": { zh: "相关度", en: "Best" },
  "search.unsearched": {
    zh: "{n} 期未识别，可能遗漏",
    en: "{n} {n|issue|issues} not recognised, may hold more",
  },
  "search.unsearchedTitle": { zh: "未能查找的版面", en: "Pages that could not be searched" },
  "unsearched.not_recognised": { zh: "未作文字识别", en: "text not recognised" },
  "unsearched.failed": { zh: "未能读出", en: "could not be read" },
  "search.moreHere": { zh: "另 {n} 处", en: "{n} more" },
  "search.inHeadline": { zh: "见于标题", en: "in the headline" },
  "search.inByline": { zh: "见于署名", en: "in the byline" },
  "search.results": { zh: "检索结果", en: "Results" },
  "search.histogram": { zh: "逐月命中篇数", en: "Articles found by month" },
});
