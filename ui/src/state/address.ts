// Addresses: every state of the interface that someone may come back to. They stand after the #, so that the same files work
// behind a custom protocol, behind `baoku serve`, and from a disk.

export const PAGES = [
  "timeline",
  "newspapers",
  "issue",
  "entity",
  "names",
  "authority",
  "search",
  "review",
  "import",
  "settings",
] as const;
export type PageName = (typeof PAGES)[number];

export interface Route {
  page: PageName;
  /** The record shown: issue, entity, newspaper or import job. */
  id: number | null;
  query: Record<string, string>;
}

export interface Target {
  page: PageName;
  id?: number | null;
  /** Absent, null and empty values are left out of the address. */
  query?: Record<string, string | number | boolean | null | undefined>;
}

/** The route of an address (`#/issue/12?article=7`); `null` if it leads nowhere. No address at all is the timeline. */
export function parseAddress(hash: string): Route | null {
  const address = hash.replace(/^#?\/?/, "");
  const cut = address.indexOf("?");
  const path = cut < 0 ? address : address.slice(0, cut);
  const query = Object.fromEntries(new URLSearchParams(cut < 0 ? "" : address.slice(cut + 1)));
  if (path === "") return { page: "timeline", id: null, query };
  const [name, id, ...rest] = path.split("/");
  const page = PAGES.find((known) => known === name);
  if (page === undefined || rest.length > 0) return null;
  if (id === undefined || id === "") return { page, id: null, query };
  return /^[1-9]\d{0,15}$/.test(id) ? { page, id: Number(id), query } : null;
}

/** The address of a target, for `href`. */
export function addressOf({ page, id, query }: Target): string {
  const entries = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined || value === null || value === "" || value === false ? [] : [[key, String(value)]],
  );
  const search = new URLSearchParams(entries).toString();
  return `#/${page}${id === undefined || id === null ? "" : `/${id}`}${search === "" ? "" : `?${search}`}`;
}
