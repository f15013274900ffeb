import { messages } from "../message";

export const settings = messages({
  "settings.archive": { zh: "档案", en: "Archive" },
  "settings.title": { zh: "名称", en: "Title" },
  "settings.path": { zh: "所在位置", en: "Folder" },
  "settings.pathNote": {
    zh: "整个档案就是这个文件夹，可以整体搬移或复制。",
    en: "The archive is this one folder; it can be moved or copied as a whole.",
  },
  "settings.uid": { zh: "标识号", en: "Identifier" },
  "settings.format": { zh: "格式版本", en: "Format version" },
  "settings.size": { zh: "原件大小", en: "Size of originals" },
  "settings.holds": { zh: "收藏", en: "Holds" },
  "settings.holdings": {
    zh: "{newspapers}种报纸，{issues}期，{pages}版，{articles}篇文章",
    en: "{newspapers} {newspapers|newspaper|newspapers}, {issues} {issues|issue|issues}, {pages} {pages|page|pages}, {articles} {articles|article|articles}",
  },
  "settings.names": { zh: "名录", en: "Names" },
  "settings.nameCounts": {
    zh: "人物{people}，机构{organisations}，地名{places}，项目{projects}，事件{events}",
    en: "{people} {people|person|people}, {organisations} {organisations|organisation|organisations}, {places} {places|place|places}, {projects} {projects|project|projects}, {events} {events|event|events}",
  },
  "settings.backup": { zh: "上次备份", en: "Last backup" },
  "settings.noBackup": { zh: "尚无备份", en: "None yet" },

  "settings.check": { zh: "校验", en: "Check" },
  "settings.checkWhat": {
    zh: "逐一核对原件的校验和与数据库的完整性。",
    en: "Compares every original with its checksum and the database with its rules.",
  },
  "settings.checkNow": { zh: "现在校验", en: "Check now" },
  "settings.checking": { zh: "正在校验…", en: "Checking…" },
  "settings.checkedClean": { zh: "{when} 校验，无误", en: "Checked {when}: sound" },
  "settings.checkedBad": { zh: "{when} 校验，{n}处问题", en: "Checked {when}: {n} {n|problem|problems}" },
  "settings.originals": { zh: "已核对{n}件原件", en: "{n} {n|original|originals} compared" },
  "settings.badNow": {
    zh: "请先停止录入，从备份中恢复下列文件，再校验一次。",
    en: "Stop entering, restore the files below from a backup, and check again.",
  },

  "settings.history": { zh: "改动记录", en: "History of changes" },
  "settings.historyNone": { zh: "还没有改动", en: "No changes yet" },
  "settings.historyAct": { zh: "改动", en: "Change" },
  "settings.undone": { zh: "已撤销", en: "undone" },
  "settings.older": { zh: "更早的改动", en: "Older changes" },

  "settings.person": { zh: "操作者", en: "Operator" },
  "settings.window": { zh: "界面", en: "Interface" },
  "settings.language": { zh: "语言", en: "Language" },
  "language.zh": { zh: "中文", en: "中文" },
  "language.en": { zh: "English", en: "English" },
  "settings.appearance": { zh: "明暗", en: "Appearance" },
  "settings.change": { zh: "更换", en: "Change" },
});
