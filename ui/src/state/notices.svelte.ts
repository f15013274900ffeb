// What the program tells unasked: an error in the person's language, or one line about what was done.
import { ApiError } from "../api";

export interface Notice {
  id: number;
  error: ApiError | null;
  /** For a notice that is no error. */
  text: string;
}

const STAY_MS = 6000;
let notices = $state.raw<Notice[]>([]);
let next = 1;

export function currentNotices(): Notice[] {
  return notices;
}

/** Says one line; it leaves by itself. */
export function say(text: string) {
  const id = add({ error: null, text });
  setTimeout(() => dismiss(id), STAY_MS);
}

/** Shows an error; it stays until it is closed. */
export function complain(thrown: unknown) {
  const error = ApiError.from(thrown);
  // The same trouble again, as when the core is gone, is one notice.
  if (notices.some((n) => n.error?.code === error.code && n.error.message === error.message)) return;
  add({ error, text: "" });
}

export function dismiss(id: number) {
  notices = notices.filter((notice) => notice.id !== id);
}

function add(notice: Omit<Notice, "id">): number {
  const id = next++;
  notices = [...notices.slice(-3), { id, ...notice }];
  return id;
}
