import { messages } from "../message";

/** The recogniser's queue: on the import page, in the status line, over a page that waits. */
export const queue = messages({
  "queue.title": { zh: "文字识别", en: "Text recognition" },
  "queue.state.idle": { zh: "没有等待识别的版面", en: "No page waits" },
  "queue.state.running": { zh: "进行中", en: "running" },
  "queue.state.paused": { zh: "已暂停", en: "paused" },
  "queue.state.no_engine": { zh: "没有识别引擎", en: "no recogniser" },
  "queue.state.closed": { zh: "不在此处运行", en: "not run here" },
  "queue.waiting": { zh: "等待 {n} 版", en: "{n} {n|page waits|pages wait}" },
  "queue.done": { zh: "本次已识别 {n} 版", en: "{n} {n|page|pages} read since the start" },
  "queue.failed": { zh: "{n} 版未能识别", en: "{n} {n|page|pages} could not be read" },
  "queue.noEngine": {
    zh: "没有可用的识别引擎。版面图像照常保存和阅读，但检索查不到其中的文字。",
    en: "No recogniser is there. The page images are kept and can be read, but search cannot look into them.",
  },
  "queue.trouble": { zh: "识别已自行暂停：{why}", en: "Recognition halted by itself: {why}" },
  "queue.pause": { zh: "暂停", en: "Pause" },
  "queue.goOn": { zh: "继续", en: "Go on" },
  "queue.callOff": { zh: "全部取消", en: "Call all off" },
  "queue.callOffHint": {
    zh: "等待识别的版面保留图像，不再识别；可以重新排队。",
    en: "The pages that wait stay as images and are not read; they can be queued again.",
  },
  "queue.retry": { zh: "重新识别", en: "Try again" },
  "queue.again": { zh: "重新识别本期", en: "Recognise this issue again" },
  "queue.threads": { zh: "同时识别", en: "At a time" },
  "queue.reader": { zh: "识别引擎", en: "Recogniser" },
  "queue.readerUsual": { zh: "中文和英文（PP-OCR）", en: "Chinese and English (PP-OCR)" },
  "queue.languages": { zh: "Tesseract 语言", en: "Languages of Tesseract" },
  "queue.languagesUsual": {
    zh: "未选：按中文和英文识别。",
    en: "None chosen: Chinese and English are read.",
  },
  "queue.threadsPages": { zh: "{n} 版", en: "{n} {n|page|pages}" },
  "queue.engine": { zh: "引擎", en: "Engine" },
  "queue.hand": { zh: "正在识别 {share}%", en: "being recognised, {share} %" },
  "queue.unknownIssue": { zh: "未确认的一期", en: "unidentified issue" },
  "queue.page": { zh: "第{n}版", en: "p. {n}" },
  "queue.status": { zh: "识别中，尚余 {n} 版", en: "Recognising, {n} {n|page|pages} left" },
});
