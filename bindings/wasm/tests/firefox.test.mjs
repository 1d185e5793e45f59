// The main paths in Firefox, which Puppeteer drives over WebDriver BiDi.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";

import { serve } from "./server.mjs";

const { AEROCODES_PROJECT: project, AEROCODES_ROOT: root, AEROCODES_PUPPETEER: tools, AEROCODES_FIREFOX: executablePath, AEROCODES_SCRATCH: scratch } = process.env;
const puppeteer = createRequire(join(tools, "package.json"))("puppeteer-core");
const axe = readFileSync(createRequire(join(project, "package.json")).resolve("axe-core/axe.min.js"), "utf8");
const server = await serve({
  "/": join(root, "examples/web"),
  "/aerocodes-web/": join(project, "node_modules/aerocodes-web/dist"),
  "/vite/": join(scratch, "vite"),
  "/tests/": join(root, "bindings/wasm/tests"),
  "/vectors.json": join(root, "bindings/vectors.json"),
});
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  // The browser asks for an icon by itself, which the policy forbids: that is no fault of the page.
  extraPrefsFirefox: { "browser.chrome.site_icons": false, "browser.chrome.favicons": false },
});
after(async () => {
  await browser.close();
  server.close();
});

const visit = (name, path, body) =>
  test(name, { timeout: 120_000 }, async () => {
    const page = await browser.newPage();
    const faults = [];
    page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
    page.on("pageerror", (e) => faults.push(String(e)));
    // Firefox tells of its own fonts, too, which are in itself.
    page.on("request", (r) => r.url().startsWith(server.origin) || r.url().startsWith("data:") || faults.push(`foreign request: ${r.url()}`));
    try {
      await page.goto(server.origin + path);
      await page.waitForFunction(() => document.querySelector("aerocodes-lookup")?.dialects?.length);
      await body(page);
      assert.deepEqual(faults, []);
    } finally {
      await page.close();
    }
  });

const inside = (page, f, ...more) => page.evaluate(`(${f})(document.querySelector("aerocodes-lookup").shadowRoot, ...${JSON.stringify(more)})`);
const titles = (page) => inside(page, (root) => [...root.querySelectorAll("article h3")].map((h) => h.textContent));

visit("typing and the keyboard", "/index.html", async (page) => {
  await inside(page, (root) => root.querySelector("input").focus());
  await page.keyboard.type("device overlaod");
  assert.equal((await titles(page))[0], "DEVICE_OVERLOAD");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.querySelector("aerocodes-lookup").value), "DEVICE_OVERLOAD");
  assert.equal(new URL(page.url()).hash, "#q=DEVICE_OVERLOAD");
});

visit("a deep link, the table of other clients, and back", "/index.html#java/-8", async (page) => {
  assert.deepEqual(await titles(page), ["SERVER_NOT_AVAILABLE"]);
  await inside(page, (root) => [...root.querySelectorAll("table a")].find((a) => a.textContent === "-11").click());
  assert.equal(await page.evaluate(() => location.hash), "#go/-11");
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => document.querySelector("aerocodes-lookup").value === "java:-8");
});

visit("a pasted error is marked", "/index.html", async (page) => {
  const marked = await page.evaluate(() => {
    const e = document.querySelector("aerocodes-lookup");
    e.value = "AerospikeException: Error 22: <img src=x onerror=alert(1)>\nAerospikeException: Error -8: no\n";
    return [...e.shadowRoot.querySelectorAll("mark")].map((m) => m.textContent);
  });
  assert.equal(marked.length, 2, marked.join());
  assert.equal(await inside(page, (root) => root.querySelectorAll("img").length), 0);
});

visit("the popover", "/index.html", async (page) => {
  await page.evaluate(() => document.querySelector("aerocodes-code").shadowRoot.querySelector("button").click());
  await page.waitForFunction(() => document.querySelector("aerocodes-code").shadowRoot.querySelector(".pop:popover-open article"));
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => !document.querySelector("aerocodes-code").shadowRoot.querySelector(".pop:popover-open"));
});

visit("all vectors", "/index.html", async (page) => {
  const counts = await page.evaluate(async () => {
    const [{ runVectors }, api, v] = await Promise.all([import("/tests/vectors.mjs"), import("/aerocodes-web/index.js"), (await fetch("/vectors.json")).json()]);
    if ((await api.init()) !== "wasm") throw new Error("this is not the module");
    return runVectors(api, v);
  });
  assert.ok(counts.lookups > 1000 && counts.translations > 20_000, JSON.stringify(counts));
});

visit("accessibility", "/index.html#java/-8", async (page) => {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })).violations.map((v) => v.id));
  assert.deepEqual(found, []);
});

visit("the built Vite app", "/vite/index.html", async (page) => {
  await page.waitForFunction(() => document.querySelector("#answer").textContent.includes("SERVER_NOT_AVAILABLE"));
});
