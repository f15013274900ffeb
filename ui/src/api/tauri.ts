// The desktop window: commands over IPC, events over a channel, page images over the page protocol.
import { Channel, convertFileSrc, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { open } from "@tauri-apps/plugin-dialog";
import { ApiError } from "./error";
import type { DropHandlers, Transport } from "./transport";
import type { Event } from "./types/Event";

export function inTauri(): boolean {
  return "__TAURI_INTERNALS__" in window;
}

export const tauri: Transport = {
  async call(name, args) {
    try {
      return await invoke("call", { name, args });
    } catch (thrown) {
      throw ApiError.from(thrown);
    }
  },

  subscribe(listener) {
    const channel = new Channel<Event>();
    channel.onmessage = listener;
    void invoke("subscribe", { channel });
    return () => {
      channel.onmessage = () => {};
    };
  },

  pageUrl(path) {
    // convertFileSrc knows how the platform spells a custom protocol; it also escapes what it is given, so it gets nothing.
    return convertFileSrc("", "page") + path;
  },

  async pickFiles(what) {
    const picked = await open({ multiple: true, directory: what === "folder" });
    return picked ?? [];
  },

  async save(name, file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      return await invoke<boolean>("save", bytes, { headers: { "file-name": encodeURIComponent(name) } });
    } catch (thrown) {
      throw ApiError.from(thrown);
    }
  },

  async print() {
    try {
      await invoke("print");
    } catch (thrown) {
      throw ApiError.from(thrown);
    }
  },

  onDrop(handlers: DropHandlers) {
    const unlisten = getCurrentWebview().onDragDropEvent(({ payload }) => {
      if (payload.type === "enter") handlers.enter(payload.paths.length);
      else if (payload.type === "leave") handlers.leave();
      else if (payload.type === "drop") handlers.drop(payload.paths.length, Promise.resolve(payload.paths));
    });
    return () => void unlisten.then((stop) => stop());
  },
};
