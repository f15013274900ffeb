// Undo and redo of a person's acts, and the line that says what came of it.
import type { OpLine } from "../api/types/OpLine";
import { t } from "../i18n/index.svelte";
import { act, archiveStatus } from "./archive.svelte";

interface Said {
  what: "undone" | "redone";
  op: OpLine;
}

let said = $state.raw<Said | null>(null);

const WORDED = [
  "set_newspaper",
  "set_issue",
  "set_page",
  "remove_import",
  "add_carrier",
  "confirm_mention",
  "reject_mention",
  "rename_entity",
  "set_role",
  "move_regions",
  "order_regions",
  "split_region",
  "merge_regions",
  "draw_region",
  "split_article",
  "merge_articles",
  "move_article",
  "set_kind",
  "join_jump",
  "break_jump",
  "dismiss_rival",
  "correct_line",
  "correct_lines",
  "correct_confusion",
  "check_line",
  "check_lines",
  "take_text",
  "take_structure",
  "move_mention",
  "split_entity",
  "confirm_entity",
  "reject_entity",
  "merge_entities",
  "unmerge_entity",
  "tell_apart",
  "allow_same",
  "describe_entity",
  "add_name",
  "set_name",
  "remove_name",
  "add_authority_id",
  "remove_authority_id",
  "add_tag",
  "remove_tag",
  "add_note",
  "set_note",
  "remove_note",
  "add_statement",
  "remove_statement",
  "import_authority",
] as const;

/** An act in the reader's words. */
export function actInWords(op: OpLine): string {
  const verb = WORDED.find((known) => known === op.verb);
  return verb
    ? t(`verb.${verb}`, { subject: op.subject })
    : t("verb.other", { verb: op.verb.replaceAll("_", " "), subject: op.subject });
}

/** What the last undo or redo did, in words; empty once something else was done. */
export function lastSaid(): string {
  if (said === null) return "";
  const latest = archiveStatus();
  // The line speaks of the present: once another act stands on top of the history it says nothing any more.
  const still = said.what === "undone" ? latest?.redo?.id === said.op.id : latest?.undo?.id === said.op.id;
  if (!still) return "";
  const words = actInWords(said.op);
  return said.what === "undone" ? t("undo.undone", { act: words }) : t("undo.redone", { act: words });
}

export async function undo() {
  const outcome = await act("undo", {});
  if (outcome) said = { what: "undone", op: outcome.op };
}

export async function redo() {
  const outcome = await act("redo", {});
  if (outcome) said = { what: "redone", op: outcome.op };
}
