import { messages } from "../message";

/** Words that every page shares. */
export const words = messages({
  "date.unknown": { zh: "日期不详", en: "date unknown" },
  "newspaper.unknown": { zh: "报名不详", en: "newspaper unknown" },

  "kind.person": { zh: "人物", en: "People" },
  "kind.organisation": { zh: "机构", en: "Organisations" },
  "kind.place": { zh: "地名", en: "Places" },
  "kind.project": { zh: "项目", en: "Projects" },
  "kind.event": { zh: "事件", en: "Events" },
  "kind.date": { zh: "日期", en: "Dates" },
  "kind.amount": { zh: "数额", en: "Amounts" },

  "issueKind.regular": { zh: "正刊", en: "regular issue" },
  "issueKind.supplement": { zh: "增刊", en: "supplement" },
  "issueKind.extra": { zh: "号外", en: "extra" },
  "issueKind.trial": { zh: "试刊", en: "trial issue" },
  "issueKind.resumed": { zh: "复刊号", en: "resumption issue" },
  "issueKind.combined": { zh: "合刊", en: "combined issue" },

  "issue.number": { zh: "第{number}期", en: "No. {number}" },
  "issue.numberOfYear": { zh: "本年第{number}期", en: "No. {number} of the year" },
  "page.number": { zh: "第{number}版", en: "page {number}" },
  "count.issues": { zh: "{n}期", en: "{n} {n|issue|issues}" },
  "count.pages": { zh: "{n}版", en: "{n} {n|page|pages}" },
  "count.articles": { zh: "{n}篇", en: "{n} {n|article|articles}" },
  "count.events": { zh: "{n}件", en: "{n} {n|event|events}" },
  "count.files": { zh: "{n}个文件", en: "{n} {n|file|files}" },
  "count.mentions": { zh: "提及{n}次", en: "{n} {n|mention|mentions}" },

  "act.close": { zh: "关闭", en: "Close" },
  "act.cancel": { zh: "取消", en: "Cancel" },
  "act.save": { zh: "保存", en: "Save" },
  "act.edit": { zh: "修改", en: "Edit" },
  "act.retry": { zh: "再试一次", en: "Try again" },
  "act.more": { zh: "更多", en: "More" },
  "list.comma": { zh: "、", en: ", " },
  "list.colon": { zh: "：", en: ": " },
});
