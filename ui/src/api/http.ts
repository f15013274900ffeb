// A browser on this machine behind `baoku serve`: fetch, server-sent events, uploads into the staging folder.
import { ApiError, isAppError } from "./error";
import type { DropHandlers, Transport } from "./transport";
import type { Event } from "./types/Event";

interface NamedFile {
  /** Path below the dropped folder, or the bare name. */
  name: string;
  file: File;
}

export const http: Transport = {
  async call(name, args) {
    const response = await reach(`api/call/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(args),
    });
    return await body(response);
  },

  subscribe(listener) {
    const source = new EventSource("api/events");
    let opened = false;
    source.onopen = () => {
      // What was said while the line was down is lost: everything is read anew.
      if (opened) listener({ kind: "changed", changes: [{ kind: "everything" }] });
      opened = true;
    };
    source.onmessage = (message) => listener(JSON.parse(message.data as string) as Event);
    return () => source.close();
  },

  pageUrl(path) {
    return `api/page/${path}`;
  },

  pickFiles(what) {
    return new Promise((resolve, reject) => {
      const input = document.createElement("input");
      input.type = "file";
      input.multiple = true;
      input.webkitdirectory = what === "folder";
      input.addEventListener("cancel", () => resolve([]));
      input.addEventListener("change", () => {
        const files = [...(input.files ?? [])].map((file) => ({
          name: file.webkitRelativePath || file.name,
          file,
        }));
        upload(files).then(resolve, reject);
      });
      input.click();
    });
  },

  async save(name, file) {
    const url = URL.createObjectURL(file);
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    // The browser has taken the file by then; where it goes is between it and the person.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return true;
  },

  async print() {
    window.print();
  },

  onDrop(handlers) {
    // Moving between elements fires leave and enter in pairs; the drag has left the window when they balance.
    let depth = 0;
    const carriesFiles = (e: DragEvent) => e.dataTransfer?.types.includes("Files") ?? false;
    const enter = (e: DragEvent) => {
      if (!carriesFiles(e)) return;
      e.preventDefault();
      depth += 1;
      if (depth === 1) handlers.enter(e.dataTransfer?.items.length || null);
    };
    const over = (e: DragEvent) => {
      if (carriesFiles(e)) e.preventDefault();
    };
    const leave = (e: DragEvent) => {
      if (!carriesFiles(e)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) handlers.leave();
    };
    const drop = (e: DragEvent) => {
      if (!carriesFiles(e)) return;
      e.preventDefault();
      depth = 0;
      receive(e, handlers);
    };
    const listeners = { dragenter: enter, dragover: over, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(listeners)) {
      window.addEventListener(name, listener as EventListener);
    }
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        window.removeEventListener(name, listener as EventListener);
      }
    };
  },
};

function receive(e: DragEvent, handlers: DropHandlers) {
  // Entries must be taken before the event ends; reading them may wait.
  const entries = [...(e.dataTransfer?.items ?? [])]
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
  const paths = Promise.all(entries.map((entry) => filesBelow(entry, ""))).then((found) =>
    upload(found.flat()),
  );
  handlers.drop(entries.length, paths);
}

async function filesBelow(entry: FileSystemEntry, folder: string): Promise<NamedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ name: folder + entry.name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: NamedFile[] = [];
  for (;;) {
    // A reader hands out at most a hundred entries at a time.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return found;
    for (const child of entries) found.push(...(await filesBelow(child, `${folder}${entry.name}/`)));
  }
}

async function upload(files: NamedFile[]): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, file } of files) {
    const response = await reach(`api/upload?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
    paths.push(((await body(response)) as { path: string }).path);
  }
  return paths;
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (thrown) {
    throw new ApiError({ code: "internal", message: `baoku serve does not answer (${thrown})`, where: null });
  }
}

async function body(response: Response): Promise<unknown> {
  const text = await response.text();
  let value: unknown = null;
  if (text !== "") {
    try {
      value = JSON.parse(text);
    } catch {
      // An answer that is no JSON comes from something between us and the core.
      value = null;
    }
  }
  if (response.ok) return value;
  if (isAppError(value)) throw new ApiError(value);
  throw new ApiError({ code: "internal", message: `${response.status} ${response.statusText}`, where: null });
}
