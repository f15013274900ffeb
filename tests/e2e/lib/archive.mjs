// The real command line: making an archive, importing into it, serving it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { baoku, operator, paper, scratch } from "./places.mjs";

/** Runs `baoku` and gives what it prints; fails if it fails. */
export async function cli(archive, ...words) {
  const child = spawn(baoku, ["--archive", archive, "--operator", operator, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  // Without it a character on the border of two chunks would be torn.
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  let [printed, complained] = ["", ""];
  child.stdout.on("data", (bytes) => (printed += bytes));
  child.stderr.on("data", (bytes) => (complained += bytes));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`baoku ${words.join(" ")} ended with ${code}\n${printed}${complained}`);
  return printed;
}

/** A new archive holding `files`. */
export async function archiveWith(files) {
  const archive = join(scratch(), "sample.baoku");
  await cli(archive, "init", "--title", `${paper.title}档案`);
  if (files.length > 0) await cli(archive, "import", ...files, "--home", paper.home);
  return archive;
}

/** `baoku serve` on `archive`: its address with the token, its process, and a way to stop it. */
export async function serve(archive) {
  const words = ["--archive", archive, "--operator", operator, "serve"];
  const child = spawn(baoku, words, { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((found, lost) => {
    let printed = "";
    child.stdout.on("data", (bytes) => {
      printed += bytes;
      const match = printed.match(/http:\/\/127\.0\.0\.1:\d+\/\?token=\w+/);
      if (match) found(match[0]);
    });
    child.on("close", (code) => lost(new Error(`baoku serve ended with ${code}\n${printed}`)));
  });
  const stop = async () => {
    if (child.exitCode !== null) return;
    const closed = once(child, "close");
    child.kill("SIGINT");
    await closed;
  };
  return { address, pid: child.pid, stop };
}
