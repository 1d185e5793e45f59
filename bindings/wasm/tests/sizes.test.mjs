// Size budgets, in bytes after brotli. No text is shortened to fit.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

const { AEROCODES_PROJECT: project, AEROCODES_TOOLS: tools, AEROCODES_SCRATCH: scratch, AEROCODES_PLAIN: plain } = process.env;
const { build } = createRequire(join(tools, "package.json"))("esbuild");
const dist = join(project, "node_modules/aerocodes-web/dist");

const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;
const size = (name) => brotli(readFileSync(join(dist, name)));

/** The sections of a module that hold data: what remains without them is code. */
const dataOf = (wasm) => {
  let at = 8;
  const number = () => {
    let n = 0;
    for (let shift = 0; ; shift += 7) {
      const b = wasm[at++];
      n |= (b & 127) << shift;
      if (b < 128) return n;
    }
  };
  const data = [];
  while (at < wasm.length) {
    const id = wasm[at++];
    const length = number();
    if (id === 11) data.push(wasm.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat(data);
};

const KB = 1024;
/** What each part may weigh. Issue 8 allows the recogniser 20 KB; it stands above that, and its budget only ever comes down. */
const BUDGETS = { core: 6 * KB, recogniser: 39 * KB, widget: 12 * KB, page: 80 * KB };

const budget = (what, bytes, limit) => {
  console.log(`# ${what}: ${bytes} bytes, allowed are ${limit}`);
  assert.ok(bytes <= limit, `${what}: ${bytes} bytes, allowed are ${limit}`);
};

const module = readFileSync(join(dist, "aerocodes.wasm"));
const small = readFileSync(join(plain, "aerocodes.wasm"));

test("code and glue of lookup, search and translation", async () => {
  // What a bundler keeps of the package for a page that uses these three, and the module without the recogniser.
  const entry = join(scratch, "three.js");
  writeFileSync(entry, `export { init, lookup, search, translate } from ${JSON.stringify(join(plain, "index.js"))};\n`);
  const out = await build({ entryPoints: [entry], bundle: true, minify: true, format: "esm", target: "es2022", write: false, logLevel: "silent" });
  const script = brotli(out.outputFiles[0].contents);
  const code = brotli(small) - brotli(dataOf(small));
  console.log(`# script ${script}, code of the module ${code}, packed data ${brotli(dataOf(small))}`);
  budget("code and glue", script + code, BUDGETS.core);
});

test("the recogniser", () => budget("recogniser", brotli(module) - brotli(small), BUDGETS.recogniser));
test("the widget's script", () => budget("widget.js", size("widget.js"), BUDGETS.widget));
test("what every page with the widget loads", () => budget("widget.js, index.js and aerocodes.wasm", size("widget.js") + size("index.js") + brotli(module), BUDGETS.page));
test("the long texts and the fallback table are files of their own", () => {
  for (const name of ["texts.json", "fallback.json"]) {
    const bytes = size(name);
    console.log(`# ${name}: ${bytes} bytes`);
    assert.ok(bytes > 5000);
  }
  for (const name of ["index.js", "widget.js", "aerocodes.wasm"]) {
    const text = readFileSync(join(dist, name), "latin1");
    assert.ok(!text.includes("Operators:"), `${name} holds a long text`);
    assert.ok(name.endsWith(".wasm") || !text.includes("AEROSPIKE_ERR_TIMEOUT"), `${name} holds a name`);
  }
});
