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

/** Imports what `paths` resolves to and opens the import's page. Nothing chosen starts nothing. */
export async function importPaths(paths: Promise<string[]>) {
  staging += 1;
  try {
    const found = await paths;
    if (found.length === 0) return;
    const job = await call("import_start", { request: { paths: found, dry_run: false } });
    replaceJob(await call("job", { id: job }));
    go({ page: "import", id: job });
    void refresh();
  } catch (thrown) {
    complain(thrown);
  } finally {
    staging -= 1;
  }
}
