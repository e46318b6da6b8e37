/** Two classic scripts, so that a page works from a disk, where modules may not be loaded:
 * the library, which changes with its version only, and the client. */

import { copyFileSync } from "node:fs";
import { defineConfig } from "vite";

const vendor = process.env["CLIENT_PART"] === "vendor";
const outDir = process.env["CLIENT_OUT"] ?? "../src/contested/render/client";

export default defineConfig({
  logLevel: "warn",
  build: {
    outDir,
    emptyOutDir: false,
    target: "es2022",
    sourcemap: false,
    lib: {
      entry: vendor ? "src/vendor.ts" : "src/main.ts",
      formats: ["iife"],
      name: vendor ? "maplibregl" : "contestedClient",
      fileName: () => (vendor ? "maplibre.js" : "client.js"),
      cssFileName: vendor ? "maplibre" : "client",
    },
    rollupOptions: vendor
      ? { output: { exports: "named" } }
      : { external: ["maplibre-gl"], output: { globals: { "maplibre-gl": "maplibregl" } } },
  },
  plugins: [
    {
      name: "maplibre-worker",
      closeBundle(): void {
        const worker = "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs";
        if (vendor) copyFileSync(worker, `${outDir}/maplibre-worker.js`);
      },
    },
  ],
});
