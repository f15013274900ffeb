// The reckoning of an import: every file is imported, known, waiting, refused or left out, and the counts say so.
import type { FileState } from "../../api/types/FileState";
import type { ImportFile } from "../../api/types/ImportFile";
import type { ImportIssue } from "../../api/types/ImportIssue";
import type { JobView } from "../../api/types/JobView";

/** What needs a person's eye first. */
export const FILE_ORDER: FileState[] = [
  "refused",
  "asking",
  "reading",
  "queued",
  "duplicate",
  "cancelled",
  "imported",
];

/** States that occur, with their counts; they add up to the number of files. */
export function reckon(files: ImportFile[]): { state: FileState; n: number }[] {
  return [...FILE_ORDER]
    .reverse()
    .map((state) => ({ state, n: files.filter((file) => file.state === state).length }))
    .filter(({ n }) => n > 0);
}

/** Files with trouble first, each group in the order they were given. */
export function exceptionsFirst(files: ImportFile[]): ImportFile[] {
  const rank = (file: ImportFile) =>
    file.page_refusals.length > 0 && file.state === "imported" ? 0.5 : FILE_ORDER.indexOf(file.state);
  return [...files].sort((a, b) => rank(a) - rank(b));
}

export function questionsOf(job: JobView): ImportIssue[] {
  return job.issues.filter((issue) => issue.question !== null);
}
