// A true file drop: the X server carries it from a GTK window to the program's window (XDND).
import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { until } from "./cases.mjs";

const SOURCE = fileURLToPath(new URL("drag_source.py", import.meta.url));

// Without a window manager the program's window stands at 0,0; the source stands beside it.
const SOURCE_AT = [1290, 930];

function pointer(...words) {
  execFileSync("xdotool", words.map(String));
}

/** Drags `files` onto the middle of the window, which is `width` by `height`. */
export async function dropFiles(files, { width, height }) {
  const source = spawn("/usr/bin/python3", [SOURCE, ...SOURCE_AT.map(String), ...files], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  source.stdout.on("data", (bytes) => (said += bytes));
  const heard = (word) => until(`the drag source to say ${word}`, () => said.includes(word));
  try {
    await heard("mapped");
    const [x, y] = [SOURCE_AT[0] + 60, SOURCE_AT[1] + 30];
    pointer("mousemove", x, y, "mousedown", 1);
    // GTK takes a few steps of the pointer for the will to drag.
    await until("the drag to begin", () => {
      pointer("mousemove_relative", "--", -4, -3);
      return said.includes("drag-begin");
    });
    // XDND is a conversation: enter, position, status. The pointer keeps moving until the window has answered.
    const target = [Math.round(width / 2), Math.round(height / 2)];
    for (let step = 1; step <= 8; step += 1) {
      const along = step / 8;
      pointer(
        "mousemove",
        "--sync",
        Math.round(x + (target[0] - x) * along),
        Math.round(y + (target[1] - y) * along),
      );
    }
    return {
      /** Moves a little over the target, as a hand does. */
      hover: () => {
        pointer("mousemove_relative", "--", -1, 0);
        pointer("mousemove_relative", "--", 1, 0);
      },
      release: async () => {
        pointer("mouseup", 1);
        await heard("drag-end");
        if (said.includes("drag-failed")) throw new Error("the window refused the drop");
      },
    };
  } catch (reason) {
    pointer("mouseup", 1);
    source.kill();
    throw reason;
  }
}
