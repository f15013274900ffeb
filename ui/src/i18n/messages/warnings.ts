import { messages } from "../message";

/** What a librarian should know about a file that was taken all the same. */
export const warnings = messages({
  "warning.brokenOff": {
    zh: "文件不完整，末尾的版面可能缺失或残缺",
    en: "The file is broken off; pages at its end may be missing or incomplete",
  },
  "warning.bytes": {
    zh: "有{n}处不是 {encoding} 编码，以 � 表示",
    en: "{n} byte sequences are no {encoding} and are shown as �",
  },
  "warning.tooLong": {
    zh: "该页文字超过{n}字，其余未收",
    en: "The page has more than {n} characters; the rest was left out",
  },
  "warning.mislabelled": {
    zh: "{n}个字的编码标错，已还原",
    en: "{n} characters were shown in a mislabelled encoding and have been decoded",
  },
  "warning.glyphs": {
    zh: "{n}个字形没有可读的编码，该页需要文字识别",
    en: "{n} glyphs have no readable encoding; the page needs text recognition",
  },
  "warning.lines": {
    zh: "{n}行没有标明是哪些字，需要文字识别",
    en: "{n} lines do not say which characters they are and need text recognition",
  },
  "warning.namesOthers": {
    zh: "这个文件只列出其他文件，本身没有版面",
    en: "the file names others and has no pages of its own",
  },
  "warning.samePage": {
    zh: "文件第{index}页自称第{said}版，与另一页相同；暂作第{kept}版",
    en: "Page {index} of the file says it is page {said}, as another does; it is kept as page {kept}",
  },
  "warning.articles": {
    zh: "这一期的文章未能写入：{why}",
    en: "The articles of the issue could not be written: {why}",
  },
});
