// 名录: the list of names.
import { messages } from "../message";

export const names = messages({
  "names.title": { zh: "名录", en: "Names" },
  "names.kinds": { zh: "类别", en: "Kind" },
  "names.filter": { zh: "按汉字、拼音或首字母筛选", en: "Filter by characters, pinyin or initials" },
  "names.filterExample": { zh: "曹立强 / caoliqiang / clq", en: "caoliqiang / clq" },
  "names.sort": { zh: "排序", en: "Sort by" },
  "names.sort.mentions": { zh: "提及次数", en: "Mentions" },
  "names.sort.pinyin": { zh: "拼音", en: "Pinyin" },
  "names.sort.first": { zh: "最早见报", en: "First seen" },
  "names.sort.last": { zh: "最近见报", en: "Last seen" },
  "names.count": { zh: "{n}条", en: "{n} {n|name|names}" },
  "names.columnName": { zh: "规范名称", en: "Name" },
  "names.columnForms": { zh: "变异名称", en: "Other forms" },
  "names.columnGloss": { zh: "最近职务", en: "Latest post" },
  "names.columnArticles": { zh: "文章", en: "Articles" },
  "names.columnMentions": { zh: "提及", en: "Mentions" },
  "names.columnSpan": { zh: "见报起讫", en: "First to last" },
  "names.none": {
    zh: "没有“{query}”。可少打几个字，或换个类别。",
    en: "Nothing matches “{query}”. Try fewer characters or another kind.",
  },
  "names.empty": {
    zh: "还没有名称。把报纸文件拖到这里，名录随导入而生。",
    en: "No names yet. Drop newspaper files here; names come with the import.",
  },
});
