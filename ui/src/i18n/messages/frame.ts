import { messages } from "../message";

/** Rail, top bar, status line, drop target, undo. */
export const frame = messages({
  "frame.skip": { zh: "跳到正文", en: "Skip to the page" },
  "frame.rooms": { zh: "导航", en: "Rooms" },
  "frame.loading": { zh: "读取中", en: "Loading" },
  "frame.pageMissing": { zh: "没有这个页面", en: "There is no such page" },
  "frame.toTimeline": { zh: "回到时间轴", en: "Back to the timeline" },

  "rail.timeline": { zh: "时间", en: "Time" },
  "rail.newspapers": { zh: "报纸", en: "Papers" },
  "rail.names": { zh: "名录", en: "Names" },
  "rail.search": { zh: "检索", en: "Search" },
  "rail.import": { zh: "导入", en: "Import" },
  "rail.settings": { zh: "设置", en: "Settings" },

  "room.timeline": { zh: "时间轴", en: "Timeline" },
  "room.newspapers": { zh: "报纸", en: "Newspapers" },
  "room.names": { zh: "名录", en: "Names" },
  "room.search": { zh: "检索", en: "Search" },
  "room.import": { zh: "导入", en: "Import" },
  "room.settings": { zh: "设置", en: "Settings" },
  "room.issue": { zh: "阅读", en: "Issue" },
  "room.entity": { zh: "名录条目", en: "Entry" },

  "top.searchPlaceholder": { zh: "检索全库…", en: "Search the archive…" },
  "top.search": { zh: "检索全库", en: "Search the archive" },
  "top.archive": { zh: "档案", en: "Archive" },
  "top.readOnly": { zh: "只读：{holder}正在使用", en: "Read-only: in use by {holder}" },
  "top.operator": { zh: "操作者", en: "Operator" },
  "top.noOperator": { zh: "请署名", en: "Sign in" },
  "top.otherOperator": { zh: "另一位操作者…", en: "Another operator…" },
  "top.theme": { zh: "明暗", en: "Appearance" },
  "top.language": { zh: "语言：中文。切换为英文", en: "Language: English. Switch to Chinese" },

  "theme.light": { zh: "浅色", en: "Light" },
  "theme.dark": { zh: "深色", en: "Dark" },
  "theme.system": { zh: "随系统", en: "As the system" },

  "operator.title": { zh: "由谁操作？", en: "Who is working?" },
  "operator.why": {
    zh: "每一次改动都会记下操作者的名字，以便日后查考。不设密码。",
    en: "Every change carries the name of the one who made it, so that it can be traced. There is no password.",
  },
  "operator.name": { zh: "姓名", en: "Name" },
  "operator.start": { zh: "开始", en: "Begin" },

  "status.line": { zh: "状态", en: "Status" },
  "status.reading": { zh: "读取 {done}/{total} 版", en: "Reading {done} of {total} pages" },
  "status.starting": { zh: "正在查看文件", en: "Looking at the files" },
  "status.secondsLeft": { zh: "约{n}秒", en: "about {n} {n|second|seconds}" },
  "status.minutesLeft": { zh: "约{n}分钟", en: "about {n} {n|minute|minutes}" },
  "status.asking": { zh: "{n}期待定", en: "{n} {n|issue waits|issues wait} for an answer" },
  "status.unidentified": { zh: "{n}期未确认", en: "{n} {n|issue|issues} not identified" },
  "status.unrecognised": { zh: "{n}期未做文字识别", en: "{n} {n|issue|issues} without recognised text" },
  "status.checkedClean": { zh: "上次校验 {when} 无误", en: "Checked {when}: sound" },
  "status.checkedBad": { zh: "上次校验 {when}：{n}处问题", en: "Checked {when}: {n} {n|problem|problems}" },
  "status.neverChecked": { zh: "尚未校验", en: "Never checked" },

  "undo.undo": { zh: "撤销", en: "Undo" },
  "undo.redo": { zh: "重做", en: "Redo" },
  "undo.can": { zh: "撤销：{act}", en: "Undo: {act}" },
  "undo.canRedo": { zh: "重做：{act}", en: "Redo: {act}" },
  "undo.undone": { zh: "已撤销：{act}", en: "Undone: {act}" },
  "undo.redone": { zh: "已重做：{act}", en: "Done again: {act}" },

  "verb.set_newspaper": { zh: "修改报纸 {subject}", en: "edit newspaper {subject}" },
  "verb.set_issue": { zh: "修改期次 {subject}", en: "edit issue {subject}" },
  "verb.set_page": { zh: "修改版面 {subject}", en: "edit page {subject}" },
  "verb.remove_import": { zh: "移除导入 {subject}", en: "remove import {subject}" },
  "verb.add_carrier": { zh: "归入另一来源 {subject}", en: "add another source to {subject}" },
  "verb.confirm_mention": { zh: "确认 {subject}", en: "confirm {subject}" },
  "verb.reject_mention": { zh: "否定 {subject}", en: "reject {subject}" },
  "verb.rename_entity": { zh: "改名 {subject}", en: "rename {subject}" },
  "verb.other": { zh: "{verb} {subject}", en: "{verb} {subject}" },

  "drop.into": { zh: "导入到 {archive}", en: "Import into {archive}" },
  "drop.count": { zh: "导入 {n} 个文件到 {archive}", en: "Import {n} {n|file|files} into {archive}" },
  "drop.what": {
    zh: "先辨认报名、日期和版次，有疑问的先问您；原文件照原样存档。",
    en: "Newspaper, date and page are worked out first, doubts are put to you; the originals are kept byte for byte.",
  },
  "drop.readOnly": {
    zh: "档案以只读方式打开，不能导入",
    en: "The archive is open for reading only: nothing can be imported",
  },
});
