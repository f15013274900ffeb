// The archive as the frame shows it: status, running work, and the acts that change it.
import { type Args, type CommandName, type Result, call, subscribe } from "../api";
import type { ArchiveStatus } from "../api/types/ArchiveStatus";
import type { Change } from "../api/types/Change";
import type { JobView } from "../api/types/JobView";
import type { OpOutcome } from "../api/types/OpOutcome";
import type { RecognitionView } from "../api/types/RecognitionView";
import { complain } from "./notices.svelte";

let status = $state.raw<ArchiveStatus | null>(null);
let jobs = $state.raw<JobView[]>([]);
let queue = $state.raw<RecognitionView | null>(null);
const listeners = new Set<(changes: Change[]) => void>();

export function archiveStatus(): ArchiveStatus | null {
  return status;
}

/** All imports, newest first. */
export function allJobs(): JobView[] {
  return jobs;
}

/** Imports that are at work or wait for an answer. */
export function openJobs(): JobView[] {
  return jobs.filter((job) => job.state === "running" || job.state === "asking");
}

/** Pages that wait for text recognition. */
export function recognition(): RecognitionView | null {
  return queue;
}

type QueueCommand = {
  [N in CommandName]: N extends `recogni${string}` ? (N extends "recognition" ? never : N) : never;
}[CommandName];

/** Tells the recogniser's queue what to do. Errors are shown. */
export async function steer<N extends QueueCommand>(name: N, args: Args<N>) {
  try {
    queue = await call(name, args);
  } catch (thrown) {
    complain(thrown);
  }
}

/** Reads the status and listens to the core. Returns the way to stop. */
export function startArchive(): () => void {
  void refresh();
  void call("jobs", {}).then((found) => (jobs = found), complain);
  void call("recognition", {}).then((found) => (queue = found), complain);
  return subscribe((event) => {
    if (event.kind === "job") replaceJob(event.job);
    else if (event.kind === "recognition") queue = event.queue;
    else if (event.kind === "changed") gather(event.changes);
  });
}

/** Hears of every change, made here or elsewhere. Returns the way to stop. */
export function onChange(listener: (changes: Change[]) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export async function refresh() {
  try {
    status = await call("archive_status", {});
  } catch (thrown) {
    complain(thrown);
  }
}

/** Adopts a status that a command answered with. */
export function adoptStatus(next: ArchiveStatus) {
  status = next;
}

export function replaceJob(job: JobView) {
  const known = jobs.findIndex((other) => other.id === job.id);
  jobs = known < 0 ? [job, ...jobs] : jobs.with(known, job);
}

/** Commands that are one act of a person. */
type Mutation = {
  [N in CommandName]: Result<N> extends OpOutcome ? N : never;
}[CommandName];

/** Performs one act of a person; everything on screen that it touches is read anew. Errors are shown; then the answer is null. */
export async function act<N extends Mutation>(name: N, args: Args<N>): Promise<OpOutcome | null> {
  try {
    const outcome: OpOutcome = await call(name, args);
    tell(outcome.changes);
    return outcome;
  } catch (thrown) {
    complain(thrown);
    return null;
  }
}

/** Milliseconds within which pushed changes are told as one: an import writes an issue every few hundred milliseconds. */
const GATHER = 500;
const gathered = new Map<string, Change>();
let flushing: ReturnType<typeof setTimeout> | null = null;

function gather(changes: Change[]) {
  for (const change of changes) gathered.set(JSON.stringify(change), change);
  flushing ??= setTimeout(() => {
    flushing = null;
    const all = [...gathered.values()];
    gathered.clear();
    tell(all);
  }, GATHER);
}

function tell(changes: Change[]) {
  void refresh();
  if (changes.some((change) => change.kind === "jobs" || change.kind === "everything"))
    void call("jobs", {}).then((found) => (jobs = found), complain);
  for (const listener of listeners) listener(changes);
}
