// A question to the core that is asked again when its arguments or the archive change. What was there stays until the new answer
// comes, so that nothing jumps.
import { type Args, type CommandName, ApiError, type Result, call } from "../api";
import type { Change } from "../api/types/Change";
import { onChange } from "./archive.svelte";

/** Skeletons show only after this time: most answers are there before. */
const SLOW_MS = 150;

export interface Query<T> {
  /** The latest answer; `undefined` before the first. */
  readonly data: T | undefined;
  readonly error: ApiError | null;
  /** True once the first answer takes longer than a blink. */
  readonly slow: boolean;
  reload(): void;
}

/**
 * Asks `name` with the arguments that `args` gives (reactive; `null` asks nothing), again on every change of them, and whenever the
 * archive changes in a way that `concerns` holds relevant (by default any). Call it while a component is set up.
 */
export function query<N extends CommandName>(
  name: N,
  args: () => Args<N> | null,
  concerns: (change: Change) => boolean = (change) => change.kind !== "jobs",
): Query<Result<N>> {
  let data = $state.raw<Result<N> | undefined>(undefined);
  let error = $state.raw<ApiError | null>(null);
  let slow = $state(false);
  let again = $state(0);
  let latest = 0;
  // Two states may give equal arguments; only a difference is worth a question.
  const key = $derived.by(() => {
    const wanted = args();
    return wanted === null ? null : JSON.stringify(wanted);
  });

  $effect(() => onChange((changes) => changes.some(concerns) && (again += 1)));

  $effect(() => {
    void again;
    if (key === null) return;
    const turn = ++latest;
    const timer = setTimeout(() => (slow = true), SLOW_MS);
    call(name, JSON.parse(key) as Args<N>)
      .then((answer) => {
        if (turn !== latest) return;
        data = answer;
        error = null;
      })
      .catch((thrown: unknown) => {
        if (turn === latest) error = ApiError.from(thrown);
      })
      .finally(() => {
        clearTimeout(timer);
        if (turn === latest) slow = false;
      });
    return () => clearTimeout(timer);
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get slow() {
      return slow && data === undefined;
    },
    reload() {
      again += 1;
    },
  };
}
