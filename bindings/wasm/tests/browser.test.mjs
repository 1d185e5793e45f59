// The installed package and the examples in Chromium, under the strictest policy that a site may send.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";

import { serve } from "./server.mjs";

const { AEROCODES_PROJECT: project, AEROCODES_ROOT: root, AEROCODES_SCRATCH: scratch, AEROCODES_CHROMIUM: executablePath } = process.env;
const require = createRequire(join(project, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const dist = join(project, "node_modules/aerocodes-web/dist");

const page1 = readFileSync(join(root, "examples/web/index.html"), "utf8");
// The single-file document: the page with the whole widget in a script element.
const inlined = page1
  .replace(/<link rel="stylesheet"[^>]*>/, "")
  .replace(/<script type="module"[^>]*><\/script>/, () => `<script type="module">${readFileSync(join(dist, "widget-inline.js"), "utf8")}</script>`);
writeFileSync(join(scratch, "inline.html"), inlined);

const server = await serve({
  "/": join(root, "examples/web"),
  "/aerocodes-web/": dist,
  "/vite/": join(scratch, "vite"),
  "/data/": join(root, "examples/data"),
  "/tests/": join(root, "bindings/wasm/tests"),
  "/vectors.json": join(root, "bindings/vectors.json"),
  "/inline.html": join(scratch, "inline.html"),
});
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
after(async () => {
  await browser.close();
  server.close();
});

/** Opens a page, runs the body, and then holds the page to silence: no violation, no error, no foreign request. */
const visit = (name, path, body, { viewport = { width: 1024, height: 800 }, scheme = "light", blocked = false, quiet = true, ...options } = {}) =>
  test(name, { timeout: 120_000 }, async () => {
    const context = await browser.newContext({ viewport, colorScheme: scheme, ...options });
    const faults = [];
    try {
      const page = await context.newPage();
      page.on("console", (m) => ["error", "warning"].includes(m.type()) && faults.push(`console: ${m.text()}`));
      page.on("pageerror", (e) => faults.push(`error: ${e.message}`));
      page.on("dialog", (d) => (faults.push(`dialog: ${d.message()}`), d.dismiss()));
      page.on("request", (r) => {
        if (!r.url().startsWith(server.origin) && !r.url().startsWith("file:")) faults.push(`foreign request: ${r.url()}`);
        (page.asked ??= []).push(new URL(r.url()).pathname);
      });
      await page.addInitScript(() => {
        window.violations = [];
        document.addEventListener("securitypolicyviolation", (e) => window.violations.push(`${e.violatedDirective} ${e.blockedURI}`));
      });
      await page.goto(path.startsWith("file:") ? path : server.origin + path);
      await page.waitForFunction(() => document.querySelector("aerocodes-lookup")?.dialects?.length || window.done || !document.querySelector("aerocodes-lookup"));
      page.field = page.locator("aerocodes-lookup input");
      page.cards = page.locator("aerocodes-lookup article");
      page.status = page.locator("aerocodes-lookup [role=status]");
      await body(page, context);
      const violations = await page.evaluate(() => window.violations);
      if (blocked) assert.ok(violations.every((v) => v.includes("wasm-eval")), violations.join());
      else assert.deepEqual(violations, []);
      if (quiet && !blocked) assert.deepEqual(faults, []);
    } finally {
      await context.close();
    }
  });

const titles = (page) => page.cards.locator("h3").allTextContents();
const paste = (page, text) =>
  page.evaluate((t) => {
    const input = document.querySelector("aerocodes-lookup").shadowRoot.querySelector("input");
    const data = new DataTransfer();
    data.setData("text/plain", t);
    input.focus();
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
  }, text);

const TRACE = `2026-05-01 12:00:00 ERROR writer failed
com.aerospike.client.AerospikeException: Error 9,1,0,30000,1000,2: Client timeout
	at com.example.Writer.put(Writer.java:42)
Caused by: com.aerospike.client.AerospikeException: Error 22: Operation not allowed at this time
`;

visit("typing a number shows cards per dialect, folded by condition", "/index.html", async (page) => {
  await page.field.pressSequentially("-8");
  const names = await titles(page);
  assert.equal(names[0], "INVALID_NODE");
  assert.ok(names.includes("SERVER_NOT_AVAILABLE") && names.includes("NO_MORE_CONNECTIONS"), names.join());
  assert.match(await page.cards.nth(0).innerText(), /c:-8[\s\S]*python:-8[\s\S]*Who raises it[\s\S]*The client[\s\S]*May I retry\?[\s\S]*Did the write happen\?/);
  await page.waitForFunction(() => document.querySelector("aerocodes-lookup").shadowRoot.querySelector("[role=status]").textContent.includes("INVALID_NODE"));
});

visit("the field is a combobox that works by keyboard alone", "/index.html", async (page) => {
  const field = page.getByRole("combobox", { name: "Look up an Aerospike error" });
  await field.focus();
  await page.keyboard.type("device overlaod");
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  const options = page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
  assert.equal(await options.first().locator("b").textContent(), "DEVICE_OVERLOAD");
  await page.keyboard.press("ArrowDown");
  assert.equal(await field.getAttribute("aria-activedescendant"), "o0");
  assert.equal(await options.first().getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowUp");
  assert.equal(await options.last().getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await field.inputValue(), "DEVICE_OVERLOAD");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  assert.deepEqual(await titles(page), ["DEVICE_OVERLOAD"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type(" x");
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Escape");
  assert.equal(await field.inputValue(), "");
  // From the field on, Tab reaches everything that can be done.
  await page.keyboard.type("java:9");
  const reached = [];
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent ?? ""));
  }
  for (const wanted of ["×", "What to do, and the same in other clients", "Copy code", "Copy summary"]) assert.ok(reached.includes(wanted), `${wanted} in ${reached}`);
});

visit("names, words, codes of a dialect and unknown ones are told apart", "/index.html", async (page) => {
  for (const [typed, first] of [
    ["AEROSPIKE_ERR_TIMEOUT", "TIMEOUT"],
    ["as_err_forbidden", "FORBIDDEN"],
    ["java:-8", "SERVER_NOT_AVAILABLE"],
    ["go -8", "NO_MORE_CONNECTIONS"],
    ["nodejs-1.0 602", "RECORD_NOT_FOUND"],
    ["server:0x16", undefined],
    ["hot key", "KEY_BUSY"],
    ["server:88", "server:88"],
  ]) {
    await page.field.fill(typed);
    if (first) assert.equal((await titles(page))[0], first, typed);
  }
  assert.match(await page.cards.first().innerText(), /88 is not a code that Aerospike server has\. By its range it would belong to: Security\./);
  for (const typed of ["424242", "99999999999", "zzzzqqqq", "\u202Eabc", "💥"]) {
    await page.field.fill(typed);
    assert.match(await page.locator("aerocodes-lookup [part=empty]").innerText(), /Nothing is known about/, typed);
  }
  await page.field.fill("");
  assert.equal(await page.cards.count(), 0);
  await page.locator("aerocodes-lookup [part=examples] button", { hasText: "KEY_BUSY" }).click();
  assert.equal((await titles(page))[0], "KEY_BUSY");
});

visit("a pasted error is shown with its findings marked", "/index.html", async (page) => {
  await paste(page, TRACE);
  const marks = page.locator("aerocodes-lookup mark");
  assert.ok((await marks.count()) >= 2, "marks");
  assert.equal(await page.locator("aerocodes-lookup pre").textContent(), TRACE);
  assert.match(await page.locator("aerocodes-lookup section h3").innerText(), /^\d+ codes found in the text$/);
  const names = await titles(page);
  assert.ok(names.includes("TIMEOUT") && names.includes("FORBIDDEN"), names.join());
  const focused = () => page.evaluate(() => document.querySelector("aerocodes-lookup").shadowRoot.activeElement.getAttribute("aria-label"));
  await marks.last().getByRole("button").click();
  assert.equal(await focused(), "FORBIDDEN");
  await marks.first().getByRole("button").focus();
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "TIMEOUT");
  assert.equal(new URL(page.url()).hash, "", "pasted text stays out of the address");
});

visit("deep links, the address while choosing, back and forward", "/index.html#java/-8", async (page) => {
  assert.deepEqual(await titles(page), ["SERVER_NOT_AVAILABLE"]);
  assert.equal(await page.field.inputValue(), "java:-8");
  await page.locator("aerocodes-lookup table a", { hasText: "-11" }).first().click();
  assert.equal(new URL(page.url()).hash, "#go/-11");
  assert.equal(await page.field.inputValue(), "go:-11");
  await page.field.fill("hot key");
  await page.keyboard.press("Enter");
  assert.equal(new URL(page.url()).hash, "#q=hot%20key");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("aerocodes-lookup").value === "go:-11");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector("aerocodes-lookup").value === "java:-8");
  assert.deepEqual(await titles(page), ["SERVER_NOT_AVAILABLE"]);
  await page.goForward();
  await page.waitForFunction(() => document.querySelector("aerocodes-lookup").value === "go:-11");
  await page.evaluate(() => void (location.hash = "#legacy/602"));
  await page.waitForFunction(() => document.querySelector("aerocodes-lookup").value === "legacy:602");
  assert.deepEqual(await titles(page), ["RECORD_NOT_FOUND"]);
});

for (const hash of ["#javascript:alert(1)", "#q=javascript:alert(1)", "#java/%3Cimg%20src=x%20onerror=alert(1)%3E", "#%E0%A4%A", "#q=%3Cscript%3Ealert(1)%3C/script%3E", "#cobol/9"])
  visit(`a hostile deep link is at most text: ${hash}`, `/index.html${hash}`, async (page) => {
    assert.equal(await page.evaluate(() => document.querySelector("aerocodes-lookup").shadowRoot.querySelectorAll("img,script,iframe").length), 0);
    const links = await page.evaluate(() => [...document.querySelector("aerocodes-lookup").shadowRoot.querySelectorAll("a")].map((a) => a.protocol));
    assert.ok(links.every((p) => p === "https:" || p === "http:"), links.join());
  });

visit("hostile text stays text: markup, right-to-left, emoji, zero bytes", "/index.html", async (page) => {
  const evil = `<img src=x onerror=alert(1)><script>alert(2)</script> AerospikeException: Error -8: \u202E\u0627\u0644 👩‍💻\u0000 </pre><b>bold</b>\nError 22: "><svg onload=alert(3)>`;
  await paste(page, evil);
  assert.equal(await page.locator("aerocodes-lookup pre").textContent(), evil);
  assert.equal(await page.evaluate(() => document.querySelector("aerocodes-lookup").shadowRoot.querySelectorAll("img,script,svg,pre b").length), 0);
  const marked = await page.locator("aerocodes-lookup mark").allTextContents();
  assert.ok(marked.length >= 1 && marked.every((m) => evil.includes(m) && m.trim()), JSON.stringify(marked));
});

visit("ten megabytes are read whole and shown in part", "/index.html", async (page) => {
  const count = await page.evaluate((trace) => {
    const filler = "2026-05-01 12:00:00 INFO nothing of interest happened here 👍\n";
    const text = filler.repeat(Math.ceil(5_000_000 / filler.length)) + trace + filler.repeat(Math.ceil(5_000_000 / filler.length));
    const input = document.querySelector("aerocodes-lookup").shadowRoot.querySelector("input");
    const data = new DataTransfer();
    data.setData("text/plain", text);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
    return text.length;
  }, TRACE);
  assert.ok(count > 10_000_000);
  assert.ok((await titles(page)).includes("FORBIDDEN"));
  assert.ok((await page.locator("aerocodes-lookup pre").textContent()).length <= 20_000);
  assert.ok((await page.locator("aerocodes-lookup mark").count()) >= 2);
  assert.match(await page.locator("aerocodes-lookup section").innerText(), /Shown are 20,000 of/);
  // A text of nothing but errors.
  await page.evaluate(() => (document.querySelector("aerocodes-lookup").value = "2026-05-01 12:00:00 AerospikeException: Error 22: no\n".repeat(100_000)));
  assert.match(await page.locator("aerocodes-lookup section h3").innerText(), /^200\+ codes/);
});

visit("the long texts are one file, fetched when first shown, once", "/index.html", async (page) => {
  await page.field.fill("-8");
  const texts = () => page.asked.filter((p) => p.endsWith("texts.json")).length;
  assert.equal(texts(), 0);
  await page.locator("aerocodes-lookup details summary").first().click();
  await page.locator("aerocodes-lookup h4", { hasText: "What to do" }).first().waitFor();
  await page.locator("aerocodes-lookup details summary").nth(1).click();
  await page.locator("aerocodes-lookup h4", { hasText: "What to do" }).nth(1).waitFor();
  assert.equal(texts(), 1);
  assert.ok(!page.asked.some((p) => p.endsWith("fallback.json")), "the fallback table is not for pages that have WebAssembly");
  const text = await page.cards.first().innerText();
  for (const part of ["What it means", "What to do", "Why this advice", "The same condition in every client", "Java client", "Sources"]) assert.ok(text.includes(part), part);
});

visit(
  "when the texts cannot be fetched the card says so and tries again",
  "/index.html",
  async (page) => {
    await page.route("**/texts.json", (r) => r.abort());
    await page.field.fill("java:9");
    await page.locator("aerocodes-lookup", { hasText: "could not be loaded" }).waitFor();
    assert.match(await page.cards.first().innerText(), /Go client/);
    await page.unroute("**/texts.json");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("aerocodes-lookup h4", { hasText: "What it means" }).waitFor();
  },
  { quiet: false },
);

visit(
  "when neither module nor table can be fetched the page says so",
  "/index.html",
  async (page) => {
    await page.route(/aerocodes\.wasm|fallback\.json/, (r) => r.abort());
    await page.goto("about:blank");
    await page.goto(`${server.origin}/index.html`);
    await page.getByRole("alert").filter({ hasText: "The error table could not be loaded." }).waitFor();
  },
  { quiet: false },
);

visit(
  "with WebAssembly blocked the table answers the same",
  "/blocked/index.html#java/-8",
  async (page) => {
    assert.deepEqual(await titles(page), ["SERVER_NOT_AVAILABLE"]);
    assert.ok(page.asked.some((p) => p.endsWith("fallback.json")));
    await page.field.fill("device overlaod");
    assert.equal((await titles(page))[0], "DEVICE_OVERLOAD");
    await paste(page, "one AEROSPIKE_ERR_TIMEOUT here\nand error code 22 there");
    assert.deepEqual(await page.locator("aerocodes-lookup mark").allTextContents(), ["AEROSPIKE_ERR_TIMEOUT", "22"]);
    const counts = await page.evaluate(async () => {
      const [{ runVectors }, api, v] = await Promise.all([import("/blocked/tests/vectors.mjs"), import("/blocked/aerocodes-web/index.js"), (await fetch("/blocked/vectors.json")).json()]);
      if ((await api.init()) !== "table") throw new Error("this is not the table");
      return runVectors(api, v);
    });
    assert.ok(counts.lookups > 1000 && counts.searches > 20, JSON.stringify(counts));
  },
  { blocked: true },
);

visit("all vectors in the browser", "/index.html", async (page) => {
  const counts = await page.evaluate(async () => {
    const [{ runVectors }, api, v] = await Promise.all([import("/tests/vectors.mjs"), import("/aerocodes-web/index.js"), (await fetch("/vectors.json")).json()]);
    if ((await api.init()) !== "wasm") throw new Error("this is not the module");
    return runVectors(api, v);
  });
  assert.ok(counts.lookups > 1000 && counts.translations > 20_000 && counts.searches > 20, JSON.stringify(counts));
});

visit(
  "copying a code, a link and a summary",
  "/index.html#java/9",
  async (page, context) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.origin });
    // All that the live region says: a late announcement of the results may follow at once.
    await page.evaluate(() => {
      const region = document.querySelector("aerocodes-lookup").shadowRoot.querySelector("[role=status]");
      window.said = [];
      new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    });
    const copied = async (name) => {
      await page.evaluate(() => (window.said = []));
      await page.getByRole("button", { name, exact: true }).click();
      await page.waitForFunction(() => window.said.includes("Copied."));
      return page.evaluate(() => navigator.clipboard.readText());
    };
    assert.equal(await copied("Copy code"), "java:9");
    assert.equal(await copied("Copy link"), `${server.origin}/index.html#java/9`);
    assert.match(await copied("Copy summary"), /^java:9 TIMEOUT: TIMEOUT\. .* May I retry\? Yes\. Did the write happen\? It may have\.$/);
  },
);

visit("a code in running text opens its card in a popover", "/index.html", async (page) => {
  const code = page.getByRole("button", { name: "22" });
  await code.click();
  const pop = page.getByRole("dialog", { name: "server:22" });
  await pop.waitFor();
  assert.match(await pop.innerText(), /FORBIDDEN[\s\S]*AS_ERR_FORBIDDEN[\s\S]*May I retry\?/);
  const box = await pop.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1024, JSON.stringify(box));
  assert.equal(await code.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  await pop.waitFor({ state: "hidden" });
  assert.equal(await code.getAttribute("aria-expanded"), "false");
  await page.keyboard.press("Enter");
  await pop.waitFor();
  assert.equal(await pop.getByRole("link", { name: "Open the full lookup" }).getAttribute("href"), "index.html#server/22");
  await page.evaluate(() => {
    const e = document.querySelector("aerocodes-code");
    e.dialect = "cobol";
  });
  assert.match(await page.getByRole("dialog", { name: "cobol:22" }).innerText(), /no dialect has the key "cobol"; known are server, c,/);
});

visit("attributes, properties, events and languages", "/index.html", async (page) => {
  const seen = await page.evaluate(async () => {
    const e = document.createElement("aerocodes-lookup");
    const events = [];
    for (const name of ["aerocodes-ready", "aerocodes-change", "aerocodes-select"]) e.addEventListener(name, (x) => events.push([name, x.detail.source ?? x.detail.kind ?? x.detail.query]));
    e.setAttribute("dialect", "java");
    e.setAttribute("code", "11");
    document.querySelector("aerocodes-lookup").replaceWith(e);
    await new Promise((r) => e.addEventListener("aerocodes-ready", r));
    const first = () => e.shadowRoot.querySelector("h3")?.textContent;
    const out = { newest: first() };
    e.release = "4.1.0";
    out.old = first();
    e.release = null;
    e.dialect = "go";
    e.code = -8;
    out.go = first();
    e.code = "KEY_BUSY";
    out.name = first();
    out.reflected = [e.getAttribute("dialect"), e.getAttribute("code"), e.hasAttribute("release"), e.value];
    e.lang = "de";
    out.label = e.shadowRoot.querySelector("label").textContent;
    out.german = e.shadowRoot.querySelector("dt").textContent;
    e.lang = "tlh";
    out.unknownLanguage = e.shadowRoot.querySelector("label").textContent;
    e.setAttribute("release", "no release");
    e.code = "9";
    out.badRelease = first();
    const { parentNode: parent } = e;
    e.remove();
    parent.append(e);
    out.again = first();
    out.events = events;
    return out;
  });
  assert.equal(seen.newest, "PARTITION_UNAVAILABLE");
  assert.equal(seen.old, "SERVER_NOT_AVAILABLE");
  assert.equal(seen.go, "NO_MORE_CONNECTIONS");
  assert.equal(seen.name, "KEY_BUSY");
  assert.deepEqual(seen.reflected, ["go", "KEY_BUSY", false, "KEY_BUSY"]);
  assert.equal(seen.label, "Aerospike-Fehler nachschlagen");
  assert.equal(seen.german, "Wer meldet es");
  assert.equal(seen.unknownLanguage, "Look up an Aerospike error");
  assert.equal(seen.badRelease, "TIMEOUT");
  assert.equal(seen.again, "TIMEOUT");
  assert.ok(seen.events.some(([n, d]) => n === "aerocodes-ready" && d === "wasm"));
  assert.ok(seen.events.some(([n, d]) => n === "aerocodes-change" && d === "number"));
});

visit("the theme follows the page, or the attribute, or the page's own colours", "/index.html#java/9", async (page) => {
  const colour = (what = "backgroundColor") => page.evaluate((w) => getComputedStyle(document.querySelector("aerocodes-lookup").shadowRoot.querySelector("article"))[w], what);
  assert.equal(await colour(), "rgb(255, 255, 255)");
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await colour(), "rgb(20, 25, 31)");
  await page.evaluate(() => document.querySelector("aerocodes-lookup").setAttribute("theme", "light"));
  assert.equal(await colour(), "rgb(255, 255, 255)");
  await page.evaluate(() => document.querySelector("aerocodes-lookup").style.setProperty("--aerocodes-surface", "rgb(1, 2, 3)"));
  assert.equal(await colour(), "rgb(1, 2, 3)");
});

visit("less motion, more contrast and forced colours are kept to", "/index.html#java/9", async (page) => {
  const style = (selector, what) => page.evaluate(([s, w]) => getComputedStyle(document.querySelector("aerocodes-lookup").shadowRoot.querySelector(s))[w], [selector, what]);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  assert.notEqual(await style(".btn", "transitionDuration"), "0s");
  await page.emulateMedia({ reducedMotion: "reduce" });
  assert.equal(await style(".btn", "transitionDuration"), "0s");
  const dim = await style(".hint", "color");
  await page.emulateMedia({ contrast: "more" });
  assert.notEqual(await style(".hint", "color"), dim);
  await page.emulateMedia({ contrast: null, forcedColors: "active" });
  assert.equal(await style(".badge", "borderTopStyle"), "solid");
});

for (const width of [320, 768, 1440, 3840])
  visit(`at ${width} px nothing is cut off`, "/index.html#java/-8", async (page) => {
    for (const query of ["java:-8", "9", "AEROSPIKE_ERR_INDEX_NAME_MAXLEN", `Error ${"x".repeat(300)}\nAerospikeException: Error 22: y`]) {
      await page.evaluate((q) => (document.querySelector("aerocodes-lookup").value = q), query);
      for (const d of await page.locator("aerocodes-lookup details summary").all()) if (!(await d.evaluate((e) => e.parentElement.open))) await d.click();
      const over = await page.evaluate(() => {
        const w = document.documentElement.clientWidth;
        const wide = [...document.querySelector("aerocodes-lookup").shadowRoot.querySelectorAll("*")].filter((e) => !e.closest(".vh,.list,thead") && (e.getBoundingClientRect().right > w + 1 || e.getBoundingClientRect().left < -1));
        return [document.documentElement.scrollWidth - w, wide.slice(0, 3).map((e) => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`)];
      });
      assert.deepEqual(over, [0, []], query);
    }
  }, { viewport: { width, height: 900 } });

const STATES = {
  empty: async () => {},
  "number with suggestions": async (p) => p.field.pressSequentially("-8"),
  "words with an active suggestion": async (p) => {
    await p.field.pressSequentially("device overload");
    await p.keyboard.press("ArrowDown");
  },
  "open card": async (p) => {
    await p.field.fill("java:-8");
    await p.locator("aerocodes-lookup h4", { hasText: "Sources" }).waitFor();
  },
  "card with subcodes": async (p) => {
    await p.field.fill("server:22");
    await p.locator("aerocodes-lookup h4", { hasText: "Subcodes" }).waitFor();
  },
  "unknown code": async (p) => p.field.fill("server:88"),
  "nothing known": async (p) => p.field.fill("424242"),
  "pasted text": async (p) => paste(p, TRACE),
  "open popover": async (p) => {
    await p.getByRole("button", { name: "22" }).click();
    await p.getByRole("dialog").locator("article").waitFor();
  },
};
for (const scheme of ["light", "dark"])
  for (const [state, reach] of Object.entries(STATES))
    visit(
      `accessibility, ${scheme}: ${state}`,
      "/index.html",
      async (page) => {
        await reach(page);
        await page.evaluate(axe);
        for (const width of state === "open card" ? [1024, 320] : [1024]) {
          await page.setViewportSize({ width, height: 800 });
          const found = await page.evaluate(async () => (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations);
          assert.deepEqual(found.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join(" | ")}`), []);
        }
      },
      { scheme, reducedMotion: "reduce" },
    );

visit("the single-file document fetches nothing, over HTTP", "/inline.html#java/-8", async (page) => {
  assert.deepEqual(await titles(page), ["SERVER_NOT_AVAILABLE"]);
  await page.locator("aerocodes-lookup h4", { hasText: "What it means" }).waitFor();
  assert.deepEqual(page.asked, ["/inline.html"]);
});

visit("the single-file document from disk", `file://${join(scratch, "inline.html")}#go/-8`, async (page) => {
  assert.deepEqual(await titles(page), ["NO_MORE_CONNECTIONS"]);
  await page.locator("aerocodes-lookup h4", { hasText: "What it means" }).waitFor();
});

visit("the built Vite app", "/vite/index.html", async (page) => {
  await page.waitForFunction(() => document.querySelector("#answer").textContent);
  assert.match(await page.locator("#answer").textContent(), /^java:-8 SERVER_NOT_AVAILABLE: No server could be reached/);
  assert.equal((await titles(page))[0], "TIMEOUT");
});

visit("the one small program", "/explain.html?codes=/data/codes.txt&trace=/data/trace.txt", async (page) => {
  await page.waitForFunction(() => document.querySelector("#out").textContent);
  assert.equal(await page.locator("#out").textContent(), readFileSync(join(root, "examples/expected.txt"), "utf8"));
});
