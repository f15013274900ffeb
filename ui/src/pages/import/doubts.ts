// What does not add up in a rehearsal, in words.
import type { RehearsalException } from "../../api/types/RehearsalException";
import { type PlainKey, t } from "../../i18n/index.svelte";

export function doubtInWords(doubt: RehearsalException): string {
  const field = (name: string) => t(`clueField.${name}` as PlainKey);
  switch (doubt.code) {
    case "unknown":
    case "doubtful":
      return t(`doubt.${doubt.code}`, { field: field(doubt.field) });
    case "conflict":
      return t("doubt.conflict", {
        field: field(doubt.chosen.field),
        chosen: doubt.chosen.printed,
        other: doubt.other.printed,
      });
    case "wrong_newspaper":
      return t("doubt.wrong_newspaper", { expected: doubt.expected });
    case "year_doubtful":
      return t("doubt.year_doubtful", { suggested: doubt.suggested });
    case "folder_of_other_year":
      return t("doubt.folder_of_other_year", { folder: doubt.folder });
    case "same_date_other_number":
    case "number_runs_backwards":
      return t(`doubt.${doubt.code}`, { number: doubt.number });
    case "same_number_other_date":
      return t("doubt.same_number_other_date", { date: doubt.date });
    case "pages_missing":
      return t("doubt.pages_missing", { numbers: doubt.numbers.join(t("list.comma")) });
    case "package_problem":
      return t("doubt.package_problem", { detail: doubt.problem.detail });
    case "same_number":
      return t("doubt.same_number", { page: doubt.page });
    case "other_date":
    case "other_newspaper":
      return t(`doubt.${doubt.code}`, { other: doubt.other.printed });
    default:
      return t(`doubt.${doubt.code}`);
  }
}
