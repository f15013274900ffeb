// The only door to the core. Pages call commands by name and never learn whether a window or a browser carries them.
import type { Args, CommandName, Result } from "./commands";
import { http } from "./http";
import { inTauri, tauri } from "./tauri";
import type { DropHandlers, Transport } from "./transport";
import type { Event } from "./types/Event";

export { ApiError } from "./error";
export { Offsets, sliceCharacters } from "./offsets";
export type { Args, CommandName, Commands, Result } from "./commands";
export type { DropHandlers } from "./transport";

const transport: Transport = inTauri() ? tauri : http;

/** Calls a command of the core. Rejects with an ApiError. */
export async function call<N extends CommandName>(name: N, args: Args<N>): Promise<Result<N>> {
  return (await transport.call(name, args)) as Result<N>;
}

/** Listens to what the core pushes; returns the way to stop. */
export function subscribe(listener: (event: Event) => void): () => void {
  return transport.subscribe(listener);
}

/** One 512-pixel tile of a page image. */
export function tileUrl(page: number, level: number, x: number, y: number): string {
  return transport.pageUrl(`${page}/tile/${level}/${x}/${y}.jpg`);
}

/** Part of a page as a picture; the box is in fractions of the page. */
export function stripUrl(
  page: number,
  box: readonly [number, number, number, number],
  width: number,
): string {
  const part = box.map((n) => Number(n.toFixed(4))).join(",");
  return transport.pageUrl(`${page}/strip?box=${part}&w=${width}`);
}

/** A page image of the given width in pixels. */
export function thumbUrl(page: number, width: number): string {
  return transport.pageUrl(`${page}/thumb?w=${width}`);
}

/** Asks for files or a folder; resolves to paths for `import_start`. */
export function pickFiles(what: "files" | "folder"): Promise<string[]> {
  return transport.pickFiles(what);
}

/** Watches files dragged onto the window. */
export function onDrop(handlers: DropHandlers): () => void {
  return transport.onDrop(handlers);
}

/** Puts a file where the person wants it: a download in a browser, the system's dialog in the window. */
export function saveFile(name: string, file: Blob): Promise<boolean> {
  return transport.save(name, file);
}

/** Prints what the print styles show. */
export function printWindow(): Promise<void> {
  return transport.print();
}
