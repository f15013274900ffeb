// A small W3C WebDriver client, enough for the real window through tauri-driver.
import { spawn } from "node:child_process";
import { request } from "node:http";
import { createServer } from "node:net";
import { until } from "./cases.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

async function freePort() {
  const server = createServer();
  await new Promise((open) => server.listen(0, "127.0.0.1", open));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** One request on a connection of its own: tauri-driver loses answers on connections that are used again. */
function exchange(method, url, body) {
  const text = body === undefined ? "" : JSON.stringify(body);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
  return new Promise((done, failed) => {
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      let received = "";
      answer.setEncoding("utf8").on("data", (part) => (received += part));
      answer.on("error", failed);
      answer.on("end", () => {
        try {
          done({ status: answer.statusCode, value: JSON.parse(received).value });
        } catch {
          failed(new Error(`${method} ${url}: ${answer.statusCode}, and no JSON: ${received.slice(0, 200)}`));
        }
      });
    });
    asked.on("error", failed);
    asked.end(text);
  });
}

/** Starts tauri-driver, which starts WebKitWebDriver. */
export async function startDriver() {
  const [port, native] = [await freePort(), await freePort()];
  const words = ["--port", String(port), "--native-port", String(native)];
  const child = spawn("tauri-driver", words, { stdio: ["ignore", "inherit", "inherit"], detached: true });
  const base = `http://127.0.0.1:${port}`;
  await until("tauri-driver", async () => (await exchange("GET", `${base}/status`)).value.ready);
  const stop = () => {
    try {
      process.kill(-child.pid, "SIGTERM");
    } catch {
      // It has ended by itself.
    }
  };
  // Whatever ends the tests ends the driver and its window too.
  process.once("exit", stop);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));
  return { base, pid: child.pid, stop };
}

/** A window under the driver's hand. */
export class Session {
  #base;
  #path = "";

  /** Opens `application` with `args`. */
  static async open(base, application, args) {
    const session = new Session();
    session.#base = base;
    const capabilities = { alwaysMatch: { "tauri:options": { application, args } } };
    const { sessionId } = await session.#ask("POST", "/session", { capabilities });
    session.#path = `/session/${sessionId}`;
    return session;
  }

  async #ask(method, path, body) {
    const { status, value } = await exchange(method, this.#base + this.#path + path, body);
    if (status !== 200)
      throw new Error(`${path}: ${status} ${value?.error} ${value?.message?.slice(0, 300)}`);
    return value;
  }

  /** Runs a script in the page: `run` is a function whose arguments are JSON; its result may be a promise. */
  async run(run, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve((${run})(...Array.from(arguments).slice(0, -1))).then((value) => done({ value }), (e) => done({ error: JSON.stringify(e) + String(e) }));`;
    const { value, error } = await this.#ask("POST", "/execute/async", { script, args });
    if (error) throw new Error(error);
    return value;
  }

  async scriptTimeout(seconds) {
    await this.#ask("POST", "/timeouts", { script: seconds * 1000 });
  }

  async find(selector) {
    return (await this.#ask("POST", "/element", { using: "css selector", value: selector }))[ELEMENT];
  }

  async waitFor(selector, seconds = 30) {
    return await until(`an element ${selector}`, () => this.find(selector), seconds);
  }

  async click(selector) {
    const element = await this.waitFor(selector);
    await this.#ask("POST", `/element/${element}/click`, {});
  }

  async type(selector, text) {
    const element = await this.waitFor(selector);
    await this.#ask("POST", `/element/${element}/value`, { text });
  }

  async screenshot() {
    return Buffer.from(await this.#ask("GET", "/screenshot"), "base64");
  }

  async close() {
    await this.#ask("DELETE", "");
  }
}
