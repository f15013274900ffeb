import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// `npm run dev` in a browser talks to a running `baoku serve`; BAOKU_SERVE gives its address.
const serve = process.env.BAOKU_SERVE ?? "http://127.0.0.1:7117";

export default defineConfig({
  root: import.meta.dirname,
  // Relative addresses, so that the same files work behind a custom protocol and behind `baoku serve`.
  base: "./",
  plugins: [svelte()],
  clearScreen: false,
  server: { port: 1420, strictPort: true, proxy: { "/api": { target: serve, changeOrigin: true } } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "safari16",
    // A policy without data: scripts and a program read from disk: nothing gains from inlining.
    assetsInlineLimit: 0,
    // The files come from this machine: one chunk opens faster than many.
    chunkSizeWarningLimit: 1500,
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
