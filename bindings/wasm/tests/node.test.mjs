// The installed package in Node.js: golden vectors with the module and with the table, wrong input, types, the inline build.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { runVectors } from "./vectors.mjs";

const { AEROCODES_PROJECT: project, AEROCODES_ROOT: root, AEROCODES_TOOLS: tools } = process.env;
const { build } = createRequire(join(tools, "package.json"))("esbuild");
const dist = join(project, "node_modules/aerocodes-web/dist");
const vectors = JSON.parse(readFileSync(join(root, "bindings/vectors.json"), "utf8"));
const load = (name, query = "") => import(pathToFileURL(join(dist, name)).href + query);
const api = await load("node.js");

test("the entry for Node.js is the one that the package names", () => {
  assert.match(execFileSync(process.execPath, ["--input-type=module", "-e", 'console.log(import.meta.resolve("aerocodes-web"))'], { cwd: project, encoding: "utf8" }), /dist\/node\.js$/m);
});

test("before init every verb says what to do", () => {
  for (const f of [() => api.lookup("java", 9), () => api.readings(9), () => api.search("x"), () => api.recognize("x"), () => api.dialects()]) assert.throws(f, /await init\(\) first/);
});

test("loads the module once", async () => {
  assert.equal(await api.init(), "wasm");
  assert.equal(api.init(), api.init());
  assert.equal(api.lookup("nodejs-1.0", 602).name, "AEROSPIKE_ERR_RECORD_NOT_FOUND");
  assert.equal(api.lookup("java", -8).cause, undefined);
  await api.loadTexts();
  assert.match(api.lookup("java", -8).condition.cause, /seed/);
});

const LISTS = ["lookups", "at", "unknown", "translations", "advice", "names", "readings", "searches"];
const only = (section) => ({ ...vectors, ...Object.fromEntries(LISTS.filter((k) => k !== section).map((k) => [k, []])) });
for (const section of LISTS)
  test(`vectors: ${section}`, () => {
    const n = runVectors(api, only(section))[section];
    assert.ok(n > 0 && n >= vectors[section].length, `${n} of ${vectors[section].length}`);
  });

test("the table without WebAssembly is the module's, and answers alike", async () => {
  const bare = await load("node.js", "?bare");
  const { WebAssembly } = globalThis;
  delete globalThis.WebAssembly;
  try {
    assert.equal(await bare.init(), "table");
  } finally {
    globalThis.WebAssembly = WebAssembly;
  }
  runVectors(bare, vectors);
  const unpacked = join(project, "packed.mjs");
  await build({ entryPoints: [join(root, "bindings/wasm/src/js/packed.ts")], outfile: unpacked, format: "esm", target: "es2022", logLevel: "silent" });
  const { unpack } = await import(pathToFileURL(unpacked).href);
  const { instance } = await WebAssembly.instantiate(readFileSync(join(dist, "aerocodes.wasm")), new Proxy({}, { get: () => new Proxy({}, { get: () => () => {} }) }));
  const { memory, packed } = instance.exports;
  const fallback = JSON.parse(readFileSync(join(dist, "fallback.json"), "utf8"));
  const { readings, ...table } = unpack(memory, packed());
  assert.deepEqual({ ...table, readings: table.dialects.flatMap((_, i) => readings(i)) }, fallback);
  assert.deepEqual(bare.recognize("AEROSPIKE_ERR_TIMEOUT, then code: 22").map((f) => [f.start, f.end, f.value]), [[0, 21, undefined], [34, 36, 22]]);
});

test("unknown numbers are values", () => {
  for (const value of [-2147483648, 2147483647, 88, 0x7fff, -4095]) {
    const r = api.lookup("server", value);
    assert.deepEqual([r.value, r.name, r.condition, r.known, r.retryable], [value, undefined, undefined, false, "unknown"]);
    assert.equal(JSON.parse(JSON.stringify(r)).value, value);
  }
});

test("what is no code, dialect, release or operation is a TypeError that says the way out", () => {
  for (const value of [1.5, NaN, Infinity, 2147483648, -2147483649, "9", null, undefined, {}, [], true]) assert.throws(() => api.lookup("java", value), { name: "TypeError", message: /whole number/ }, String(value));
  assert.throws(() => api.lookup("cobol", 9), { name: "TypeError", message: /known are server, c, / });
  for (const key of [null, undefined, 5, {}]) assert.throws(() => api.lookup(key, 9), { name: "TypeError", message: /a dialect is a key/ });
  for (const release of ["", "x", "1.2.3.4.5", "1.65535", "1..2", "-1"]) assert.throws(() => api.lookup("java", 9, release), { name: "TypeError", message: /no release/ }, release);
  assert.throws(() => api.advise("java:9", { operation: "dance" }), { name: "TypeError", message: /known are read, write/ });
  assert.throws(() => api.translate("KEY_BUSY", "go"), { name: "TypeError", message: /ambiguous; it may mean/ });
  assert.throws(() => api.translate("java:", "go"), /nothing follows the colon/);
  assert.throws(() => api.translate("", "go"), /the code is empty/);
  for (const text of ["7", "java:99999999999", "cobol:1", "NO_SUCH_NAME", "java:x"]) {
    const { reading, error, candidates } = api.parse(text);
    assert.ok(reading === undefined && error instanceof TypeError && Array.isArray(candidates), text);
  }
  assert.equal(api.parse("server:0x16").reading.code, "server:22");
  assert.equal(api.parse(" Legacy : 602 ").reading.code, "nodejs-1.0:602");
  assert.equal(api.parse("AS_ERR_TIMEOUT").reading.code, "server:9");
  assert.deepEqual([api.find(""), api.find("💥"), api.search(""), api.search("   "), api.recognize("")], [[], [], [], [], []]);
  assert.ok(Array.isArray(api.search("x".repeat(1_000_000))));
});

test("findings are counted in the language's own units", () => {
  const text = "👍 ü AerospikeException: Error -8: no host 👩‍💻\nAerospikeException: Error 22: no";
  const found = api.recognize(text);
  assert.equal(found.length, 2);
  for (const f of found) assert.ok(text.slice(f.start, f.end).includes(String(f.value)), text.slice(f.start, f.end));
  assert.deepEqual(found.map((f) => f.condition.name), ["SERVER_NOT_AVAILABLE", "FORBIDDEN"]);
  assert.ok(found[0].candidates.includes("java") && !found[0].candidates.includes("go"), found[0].candidates.join());
  assert.equal(found[0].reading, undefined, "the shape fits more than one client");
  assert.equal(api.recognize(text, { limit: 1 }).length, 1);
  assert.ok(api.recognize("AerospikeException: Error 22: \ud800 lone surrogate").length === 1);
  const big = "nothing here 👍\n".repeat(300_000) + text;
  assert.deepEqual(api.recognize(big).map((f) => big.slice(f.start, f.end)), found.map((f) => text.slice(f.start, f.end)));
});

test("columns are decoded, also into an array of one's own", () => {
  const out = new Uint8Array(3);
  assert.equal(api.decode("java", Int32Array.of(9, 2, 12345), out), out);
  assert.deepEqual([...out], [10, 3, 0]);
  assert.deepEqual([...api.decode("nodejs-1.0", [602, -2147483648, 2147483647])], [3, 0, 0]);
});

test("what was read from text and JSON is the shape of all surfaces", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(api.lookup("java", 9))), {
    dialect: "java", value: 9, name: "TIMEOUT", primary: true, condition: "TIMEOUT", since: api.lookup("java", 9).since, until: null, introduced: null, erratum: api.lookup("java", 9).erratum ?? null,
    category: "basic", origin: "either", edition: "any", retryable: "yes", maybe_applied: "yes", retryable_not_applied: "no", summary: api.condition("TIMEOUT").summary,
  });
});

test("findings, translations and advice have that shape, too", () => {
  const [f] = api.recognize("com.aerospike.client.AerospikeException: Error 22: no");
  assert.equal(String(f), `${f.dialect ?? "?"}:22 FORBIDDEN`);
  const json = JSON.parse(JSON.stringify(f));
  assert.deepEqual([json.value, json.condition, json.start, json.end, json.in_doubt, json.nested], [22, "FORBIDDEN", f.start, f.end, f.inDoubt ?? null, false]);
  assert.deepEqual(json.candidates, f.dialect ? undefined : f.candidates);
  const t = JSON.parse(JSON.stringify(api.translate("java:-8", "go")));
  assert.deepEqual([t.from.value, t.to, t.kind, t.targets[0].value, typeof t.reason], [-8, "go", "exact", -11, "string"]);
  const a = JSON.parse(JSON.stringify(api.advise("java:9", { operation: "write", inDoubt: true })));
  assert.deepEqual([a.code, a.operation, a.in_doubt, a.maybe_applied, typeof a.rule], ["java:9", "write", true, "yes", "string"]);
});

test("what is first asked after a long text is answered alike", async () => {
  const late = await load("node.js", "?late");
  await late.init();
  assert.equal(late.recognize("nothing of interest happened here\n".repeat(200_000)).length, 0);
  runVectors(late, only("lookups"));
  runVectors(late, only("at"));
});

test("bare words count when they are asked for", () => {
  assert.deepEqual(api.recognize("it said KEY_BUSY"), []);
  assert.deepEqual(api.recognize("it said KEY_BUSY", { bareWords: true }).map((f) => f.condition.name), ["KEY_BUSY"]);
});

test("the inline build answers at once and fetches nothing", async () => {
  const inline = await load("inline.js");
  assert.equal(inline.initSync(), "wasm");
  runVectors(inline, only("lookups"));
  await inline.loadTexts();
  assert.match(inline.condition("TIMEOUT").remedy, /./);
});

test("the declarations serve a strict consumer", () => {
  const dir = join(project, "types");
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, "use.ts"),
    `import { init, lookup, advise, translate, recognize, type Reading, type Answer, type KnownDialect, type Finding } from "aerocodes-web";
import { initSync } from "aerocodes-web/inline";
import { AerocodesLookup, messages } from "aerocodes-web/widget";
await init();
const r: Reading = lookup("java", -8, "9.0.5");
const name: string | undefined = r.condition?.name;
const a: Answer = advise(r, { operation: "read", inDoubt: undefined }).retryable;
const values: number[] = translate(r, "go").targets.map((t) => t.value);
const d: KnownDialect = "java";
const own: string = "their-own";
lookup(own, 1);
const found: Finding | undefined = recognize("x", { bareWords: true })[0];
const ends: number[] = recognize("x", { limit: 3 }).map((f) => f.end);
const e: AerocodesLookup = document.createElement("aerocodes-lookup");
e.dialect = "java";
document.createElement("aerocodes-code").value = 22;
messages["fr"] = { ...messages["en"]!, label: "Rechercher" };
// @ts-expect-error a name may be missing
const must: string = r.name;
export { name, a, d, found, values, ends, must, initSync };
`,
  );
  writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
  writeFileSync(join(dir, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true, isolatedModules: true, verbatimModuleSyntax: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, module: "nodenext", target: "es2022", lib: ["es2023", "dom"], types: [] }, files: ["use.ts"] }));
  execFileSync(join(tools, "node_modules/.bin/tsc"), ["-p", dir], { stdio: "pipe", encoding: "utf8" });
});

test("no script of the package makes code from text, and none names another origin", () => {
  for (const name of ["index.js", "node.js", "widget.js", "inline.js", "widget-inline.js"]) {
    const text = readFileSync(join(dist, name), "utf8");
    assert.doesNotMatch(text, /\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write/, name);
    assert.ok(!text.includes("</script"), name);
    if (!name.includes("inline")) assert.doesNotMatch(text, /https?:\/\/(?!\/)/, name);
  }
});
