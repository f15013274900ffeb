// Where the programs and the sample newspaper are. `cargo xtask test` says so in the environment; by hand, the defaults do.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const target = resolve(process.env.CARGO_TARGET_DIR ?? "target");

export const baoku = process.env.BAOKU_BIN ?? join(target, "debug/baoku");
export const desktop = process.env.BAOKU_DESKTOP_BIN ?? join(target, "debug/baoku-desktop");
const sample = process.env.BAOKU_SAMPLE ?? join(target, "sample");

for (const place of [baoku, sample]) {
  if (!existsSync(place)) {
    console.error(`${place} is missing; \`cargo xtask test\` builds it`);
    process.exit(2);
  }
}

/** The title, home district and operator used throughout. */
export const paper = { title: "青棠报", home: "云岫市青棠区" };
export const operator = "测试员";

/** Absolute paths of the sample's pages of one issue date, in page order. */
export function pagesOf(date) {
  const folder = join(sample, "papers");
  const names = readdirSync(folder).filter((name) => name.includes(date));
  return names.sort().map((name) => join(folder, name));
}

/** A new empty folder; it is gone when the process ends. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "baoku-e2e-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
