import type { Event } from "./types/Event";

/** What the window and the browser do differently; everything else is the same interface. */
export interface Transport {
  /** Rejects with an {@link ApiError}. */
  call(name: string, args: object): Promise<unknown>;
  /** Pushed events until the returned function is called. */
  subscribe(listener: (event: Event) => void): () => void;
  /** Address of a page's image below the page protocol: `ID/thumb?w=240`. */
  pageUrl(path: string): string;
  /** Paths chosen in a dialog (or staged by an upload), empty if the person thought better of it. */
  pickFiles(what: "files" | "folder"): Promise<string[]>;
  /** Puts a file where the person wants it; false if they thought better of it. */
  save(name: string, file: Blob): Promise<boolean>;
  /** Prints what the print styles show. */
  print(): Promise<void>;
  /** Files dragged over and dropped on the window. */
  onDrop(handlers: DropHandlers): () => void;
}

export interface DropHandlers {
  /** Files are over the window; `count` is unknown to some browsers. */
  enter(count: number | null): void;
  leave(): void;
  /** Files were let go; `paths` resolves once they can be imported (a browser uploads them first). */
  drop(count: number, paths: Promise<string[]>): void;
}
