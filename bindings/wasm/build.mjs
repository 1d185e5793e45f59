// Bundles the package: node build.mjs TOOLS GLUE OUT
// TOOLS holds node_modules, GLUE what wasm-bindgen and wasm-opt made, OUT becomes the package's `dist`.

import { createRequire } from "node:module";
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

const [tools, glue, out] = process.argv.slice(2).map((p) => resolve(p));
const { build } = createRequire(join(tools, "package.json"))("esbuild");
const source = join(import.meta.dirname, "src/js");
const assets = join(import.meta.dirname, "assets");
mkdirSync(out, { recursive: true });

/** `aerocodes-api` is the engine: for the widget the script beside it, so that a page loads it once; inline, all in one. */
const bundle = (entry, { api, format = "esm" } = {}) =>
  build({
    entryPoints: [join(source, `${entry}.ts`)],
    outfile: join(out, `${entry}.js`),
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    loader: { ".wasm": "base64" },
    external: ["node:*"],
    alias: {
      "aerocodes-glue": join(glue, "glue.js"),
      "aerocodes-module": join(glue, "aerocodes.wasm"),
      "aerocodes-texts": join(assets, "texts.json"),
    },
    plugins: [
      {
        name: "api",
        setup(b) {
          b.onResolve({ filter: /^aerocodes-api$/ }, () => (api === "inline" ? { path: join(source, "inline.ts") } : { path: "./index.js", external: true }));
        },
      },
    ],
  });

await Promise.all([
  bundle("index"),
  bundle("node"),
  bundle("inline"),
  bundle("widget"),
  bundle("widget-inline", { api: "inline", format: "iife" }),
]);
copyFileSync(join(glue, "aerocodes.wasm"), join(out, "aerocodes.wasm"));
for (const name of ["fallback.json", "texts.json"]) copyFileSync(join(assets, name), join(out, name));
