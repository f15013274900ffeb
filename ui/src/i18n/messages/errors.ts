import { messages } from "../message";

/** What went wrong, to what, and what to do. */
export const errors = messages({
  "error.not_found": {
    zh: "没有找到。它可能已被移除或撤销。",
    en: "Not found. It may have been removed or undone.",
  },
  "error.invalid_argument": { zh: "填写的内容不合要求。", en: "What was entered is not accepted." },
  "error.read_only": {
    zh: "另一个程序正在使用这个档案，这里只能阅读。请先关闭那个程序。",
    en: "Another program is using this archive; here it can only be read. Close the other program first.",
  },
  "error.archive_too_new": {
    zh: "这个档案由较新的报库写成，请先升级报库。",
    en: "This archive was written by a newer Baoku. Update Baoku first.",
  },
  "error.not_an_archive": { zh: "这个文件夹不是报库档案。", en: "This folder is not a Baoku archive." },
  "error.archive_damaged": {
    zh: "档案有损坏。请不要再写入，在“设置”中校验，并从备份恢复。",
    en: "The archive is damaged. Write nothing more, check it under Settings, and restore from a backup.",
  },
  "error.disk_full": { zh: "磁盘已满。请腾出空间后重试。", en: "The disk is full. Make room and try again." },
  "error.nothing_to_undo": { zh: "没有可以撤销或重做的操作。", en: "There is nothing to undo or redo." },
  "error.conflict": {
    zh: "这里后来又有改动，请先撤销后面的改动。",
    en: "This was changed again since. Undo the later change first.",
  },
  "error.cancelled": { zh: "已取消。", en: "Cancelled." },
  "error.refused": { zh: "不能接受这个文件。", en: "The file is not accepted." },
  "error.internal": {
    zh: "程序出了差错，这一步没有完成。请再试一次；若再出现，请把详情告知维护者。",
    en: "The program went wrong and this step was not done. Try again; if it recurs, report the detail.",
  },
  "error.detail": { zh: "详情", en: "Detail" },
  "error.where": { zh: "对象：{place}", en: "At: {place}" },
  "error.notices": { zh: "通知", en: "Notices" },

  "refusal.empty": { zh: "文件是空的", en: "The file is empty" },
  "refusal.damaged": { zh: "文件不完整或已损坏", en: "The file is broken off or damaged" },
  "refusal.encrypted": {
    zh: "文件有密码保护，请先解除密码",
    en: "The file is protected by a password; remove it first",
  },
  "refusal.too_large": { zh: "页面尺寸超出可处理的范围", en: "A page is larger than can be handled" },
  "refusal.unsupported": { zh: "报库不能读这种格式", en: "Baoku does not read this format" },
  "refusal.name_contradicts_content": {
    zh: "文件内容与扩展名不符，无法读取",
    en: "The content is not what the name says and cannot be read",
  },
  "refusal.unreadable": {
    zh: "系统不允许读取，请检查权限",
    en: "The system refuses to read it; check its permissions",
  },
  "refusal.unknown_encoding": { zh: "无法判断文字编码", en: "The encoding of the text cannot be told" },
  "refusal.worker_failed": {
    zh: "读取时耗用过多或中途失败",
    en: "Reading it took too much or failed midway",
  },
  "refusal.disk_full": { zh: "磁盘已满", en: "The disk is full" },
  "refusal.not_recognised": {
    zh: "仅有图像，等待文字识别",
    en: "An image only; it waits for text recognition",
  },
  "refusal.cancelled": { zh: "已取消", en: "Cancelled" },
});
