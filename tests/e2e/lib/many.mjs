// Archives larger than the sample: its pages over and over, with other bytes and other dates.
import { appendFileSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { archiveWith, cli } from "./archive.mjs";
import { pagesOf, paper, scratch } from "./places.mjs";

/** A weekly paper: `count` issues, a week apart, each of the sample's first issue's pages. Gives the archive and the issues' ids by date. */
export async function weekly(count) {
  const archive = await archiveWith([]);
  const sample = pagesOf("2022-01-06");
  const folder = scratch();
  for (let i = 0; i < count; i += 1) {
    const date = new Date(Date.UTC(2019, 0, 3 + 7 * i)).toISOString().slice(0, 10);
    const issue = join(folder, date);
    mkdirSync(issue);
    const files = sample.map((from, page) => {
      const file = join(issue, `第${String(page + 1).padStart(2, "0")}版.pdf`);
      copyFileSync(from, file);
      appendFileSync(file, `\n% ${date}\n`);
      return file;
    });
    const given = ["--newspaper", paper.title, "--home", paper.home, "--date", date];
    await cli(archive, "import", ...files, ...given);
  }
  const rows = JSON.parse(await cli(archive, "--json", "issues"));
  return { archive, issues: rows.map((row) => row.id) };
}
