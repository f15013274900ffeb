// Where the person is. Back and forward are the browser's own; the place on the page comes back with them.
import { type Route, type Target, addressOf, parseAddress } from "./address";

export type { PageName, Route, Target } from "./address";
export { addressOf } from "./address";

interface Entry {
  /** Names this step of the history, for the scroll position. */
  key: string;
}

let route = $state.raw<Route | null>(null);
let entry: Entry = { key: "0" };
let steps = 0;
const places = new Map<string, number>();
let scroller: HTMLElement | null = null;

/** The route in force; `null` if the address leads nowhere. */
export function currentRoute(): Route | null {
  return route;
}

/** Starts listening; `element` is what scrolls. Returns the way to stop. */
export function startRouter(element: HTMLElement): () => void {
  scroller = element;
  adopt();
  route = parseAddress(location.hash);
  const moved = () => arrive();
  window.addEventListener("popstate", moved);
  window.addEventListener("keydown", travel);
  return () => {
    window.removeEventListener("popstate", moved);
    window.removeEventListener("keydown", travel);
  };
}

/** Alt with an arrow goes back and forward, as in a browser; a desktop window has no keys of its own for it. */
function travel(e: KeyboardEvent) {
  if (!e.altKey || e.ctrlKey || e.metaKey || e.shiftKey || e.isComposing) return;
  if (e.code !== "ArrowLeft" && e.code !== "ArrowRight") return;
  e.preventDefault();
  if (e.code === "ArrowLeft") history.back();
  else history.forward();
}

/** Goes to a target as a new step of the history. */
export function go(target: Target) {
  const address = addressOf(target);
  if (address === location.hash) return;
  leave();
  steps += 1;
  entry = { key: `${Date.now()}-${steps}` };
  history.pushState(entry, "", address);
  route = parseAddress(address);
  scroller?.scrollTo(0, 0);
}

/** Puts a state of the same page into the address without a step of its own (zoom, chosen row). */
export function amend(query: Target["query"]) {
  if (route === null) return;
  const address = addressOf({ ...route, query: { ...route.query, ...query } });
  if (address === location.hash) return;
  history.replaceState(entry, "", address);
  route = parseAddress(address);
}

function arrive() {
  leave();
  const next = parseAddress(location.hash);
  // A link is followed by the browser itself and has no state yet; back and forward bring theirs.
  const fresh = adopt();
  route = next;
  if (fresh) scroller?.scrollTo(0, 0);
  else restore(entry.key);
}

/** Takes the history's entry as ours; true if it is new. */
function adopt(): boolean {
  const state = history.state as Entry | null;
  if (state && typeof state.key === "string") {
    entry = state;
    return false;
  }
  steps += 1;
  entry = { key: `${Date.now()}-${steps}` };
  history.replaceState(entry, "");
  return true;
}

function leave() {
  if (scroller) places.set(entry.key, scroller.scrollTop);
}

/** Scrolls back once the page is tall enough again; gives up when the person scrolls or after a second. */
function restore(key: string) {
  const top = places.get(key) ?? 0;
  const element = scroller;
  if (!element) return;
  const until = performance.now() + 1000;
  let last = -1;
  const attempt = () => {
    if (entry.key !== key || (last >= 0 && element.scrollTop !== last)) return;
    element.scrollTop = top;
    last = element.scrollTop;
    if (Math.abs(last - top) > 1 && performance.now() < until) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}
