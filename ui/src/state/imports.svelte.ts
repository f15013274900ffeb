// Starting an import from anywhere: a drop, the file dialog, another page.
import { call } from "../api";
import { refresh, replaceJob } from "./archive.svelte";
import { complain } from "./notices.svelte";
import { go } from "./router.svelte";

let staging = $state(0);

/** Drops whose files are still being handed over by the browser. */
export function stagingCount(): number {
  return staging;
}

/** More files than this are rehearsed before they are imported. */
const REHEARSED_FROM = 12;

/** A folder has no ending; neither have most files that no archive takes, and those lose nothing by a rehearsal. */
const looksLikeFolder = (path: string) => !/\.[\p{L}\d]{1,8}$/u.test(path);

/**
 * Imports what `paths` resolves to and opens the import's page; folders and many files are rehearsed first, so that a person sees
 * what is about to be done. Nothing chosen starts nothing.
 */
export async function importPaths(paths: Promise<string[]>, rehearse = false) {
  staging += 1;
  try {
    const found = await paths;
    if (found.length === 0) return;
    const dry_run = rehearse || found.length > REHEARSED_FROM || found.some(looksLikeFolder);
    const job = await call("import_start", { request: { paths: found, dry_run } });
    replaceJob(await call("job", { id: job }));
    go({ page: "import", id: job });
    void refresh();
  } catch (thrown) {
    complain(thrown);
  } finally {
    staging -= 1;
  }
}
