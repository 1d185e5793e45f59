// The installed package in Node.js: golden vectors with the module and with the table, wrong input, the inline build.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { runVectors } from "./vectors.mjs";

const project = process.env.AEROCODES_PROJECT;
const root = process.env.AEROCODES_ROOT;
const require = createRequire(join(project, "package.json"));
const vectors = JSON.parse(readFileSync(join(root, "bindings/vectors.json"), "utf8"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const api = await load("aerocodes-web");

test("before init every verb says what to do", () => {
  assert.throws(() => api.lookup("java", 9), /await init\(\) first/);
});

test("loads the module", async () => {
  assert.equal(await api.init(), "wasm");
  assert.equal(api.lookup("nodejs-1.0", 602).name, "AEROSPIKE_ERR_RECORD_NOT_FOUND");
});

for (const section of ["lookups", "at", "unknown", "translations", "advice", "names", "readings", "searches"])
  test(`vectors: ${section}`, () => {
    const counts = runVectors(api, { ...Object.fromEntries(["lookups", "at", "unknown", "translations", "advice", "names", "readings", "searches"].map((k) => [k, []])), ...pick(section) });
    assert.ok(counts[section] >= vectors[section].length);
  });

function pick(section) {
  const { dialects, conditions, operations, categories } = vectors;
  return { dialects, conditions, operations, categories, [section]: vectors[section] };
}
