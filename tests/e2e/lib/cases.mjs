// A test runner of a few lines: cases run one after another, each says how it went, and the last line is the count.

const cases = [];

/** Declares a case. */
export function test(name, run) {
  cases.push({ name, run });
}

/** Runs all cases and sets the exit code. `onFailure` gets the name of a case that failed, e.g. to keep a picture. */
export async function report(onFailure = async () => {}) {
  let failed = 0;
  for (const { name, run } of cases) {
    const start = performance.now();
    try {
      await run();
      console.log(`ok      ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
    } catch (reason) {
      failed += 1;
      console.log(`FAILED  ${name}\n${reason?.stack ?? reason}`);
      await onFailure(name).catch((e) => console.log(`(no picture: ${e.message})`));
    }
  }
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Fails unless `condition`. */
export function expect(condition, what) {
  if (!condition) throw new Error(`expected ${what}`);
}

/** Asks again until `ask` gives something true, and gives that. Fails with what was seen last. */
export async function until(what, ask, seconds = 30) {
  const end = performance.now() + seconds * 1000;
  let last;
  for (;;) {
    try {
      last = await ask();
      if (last) return last;
    } catch (reason) {
      last = reason;
    }
    if (performance.now() > end)
      throw new Error(`waited ${seconds} s for ${what}; last: ${last?.message ?? JSON.stringify(last)}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}
