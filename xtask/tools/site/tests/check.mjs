// Checks the built site: node check.mjs SITE NODE_MODULES_DIR [--all] [--shots DIR]
// Every page: links, ids, titles, no inline code, valid HTML. A sample of page types in Chromium under the strict policy: axe in
// light and dark, reflow at 320 px, console, requests. Ends with a line `N passed, N failed`.
import { createServer } from "node:http";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, posix, relative, resolve } from "node:path";

const [site, modules, ...flags] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "package.json"));
const shots = flags.includes("--shots") ? flags[flags.indexOf("--shots") + 1] : null;
const all = flags.includes("--all");

let passed = 0;
const failures = [];
const check = (ok, what) => {
  if (ok) passed += 1;
  else failures.push(what);
  return ok;
};
/** One check over many things: it names the first that fail. */
const none = (bad, what) => check(bad.length === 0, `${what}: ${bad.length}\n    ${bad.slice(0, 8).join("\n    ")}`);

const walk = (dir) => readdirSync(dir).flatMap((name) => (statSync(join(dir, name)).isDirectory() ? walk(join(dir, name)) : [join(dir, name)]));
const files = new Set(walk(site).map((f) => "/" + relative(site, f)));
const pages = [...files].filter((f) => f.endsWith(".html") && !f.startsWith("/widget/"));
const text = new Map(pages.map((p) => [p, readFileSync(join(site, p), "utf8")]));
const ids = new Map(pages.map((p) => [p, [...text.get(p).matchAll(/\sid="([^"]*)"/g)].map((m) => m[1])]));
const sitemap = readFileSync(join(site, "sitemap.xml"), "utf8");
const base = new URL(/Sitemap: (.*)sitemap\.xml/.exec(readFileSync(join(site, "robots.txt"), "utf8"))[1]);
const address = (page) => page.replace(/index\.html$/, "");

{
  const dangling = [];
  const foreign = [];
  const reached = new Set(["/index.html"]);
  const queue = ["/index.html"];
  const targets = new Map();
  let count = 0;
  for (const page of pages) {
    const out = new Set();
    for (const [, tag, before, kind, raw, after] of text.get(page).matchAll(/<([a-z-]+)((?:\s[^<>]*?)?)\s(href|src)="([^"]*)"([^<>]*)>/g)) {
      count += 1;
      const link = raw.replaceAll("&amp;", "&");
      if (/^[a-z]+:/.test(link)) {
        if (tag !== "a" || !link.startsWith("https://")) foreign.push(`${page}: <${tag} ${kind}="${link}">`);
        continue;
      }
      const local = page === "/404.html" && link.startsWith(base.pathname) ? "/" + link.slice(base.pathname.length) : link;
      const [path, fragment] = local.split("#");
      let target = path === "" ? page : posix.join("/", path.startsWith("/") ? "" : posix.dirname(page), path);
      if (target.endsWith("/")) target += "index.html";
      if (!files.has(target)) dangling.push(`${page}: ${link}`);
      else if (fragment && ids.has(target) && !ids.get(target).includes(decodeURIComponent(fragment))) dangling.push(`${page}: ${link} (no such id)`);
      if (tag === "a") out.add(target);
    }
    targets.set(page, out);
  }
  while (queue.length) for (const t of targets.get(queue.pop()) ?? []) if (!reached.has(t)) reached.add(t), queue.push(t);
  check(count > 10_000, `only ${count} links were seen`);
  none(dangling, "dangling links");
  none(foreign, "resources of another host");
  none(pages.filter((p) => p !== "/404.html" && !reached.has(p)), "pages that no link leads to");
  const listed = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map((m) => m[1]).sort();
  const real = pages.filter((p) => p !== "/404.html").map((p) => base.href + address(p).slice(1)).sort();
  check(JSON.stringify(listed) === JSON.stringify(real), "the sitemap is not the list of pages");
  console.log(`     ${pages.length} pages, ${count} links`);
}
{
  const title = new Map();
  const bad = [];
  for (const [page, html] of text) {
    const t = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
    const d = /<meta name="description" content="([^"]*)">/.exec(html)?.[1] ?? "";
    if (!t || title.has(t)) bad.push(`${page}: title "${t}" is ${t ? "that of " + title.get(t) : "missing"}`);
    title.set(t, page);
    if (page !== "/404.html" && (d.length < 50 || d.length > 200)) bad.push(`${page}: description of ${d.length} characters`);
    for (const [, block] of html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)) {
      try {
        if (JSON.parse(block)["@context"] !== "https://schema.org") bad.push(`${page}: JSON-LD without a context`);
      } catch (e) {
        bad.push(`${page}: JSON-LD: ${e.message}`);
      }
    }
    const inline = /<style|\sstyle="|\son[a-z]+="|<script(?! type="module" src=| type="application\/ld\+json")/.exec(html);
    if (inline) bad.push(`${page}: inline code: ${inline[0]}`);
    if (/\{\{|\{%/.test(html.replace(/<[^>]*>/g, ""))) bad.push(`${page}: a template shows through`);
  }
  none(bad, "heads");
}
{
  const { HtmlValidate, StaticConfigLoader } = require("html-validate");
  const loader = new StaticConfigLoader({
    root: true,
    extends: ["html-validate:recommended"],
    elements: ["html5", { "aerocodes-lookup": { flow: true, phrasing: true }, "aerocodes-code": { flow: true, phrasing: true } }],
    rules: {
      // A matter of taste, and of the templates' line breaks.
      "no-trailing-whitespace": "off",
      "long-title": "off",
      // Numbers are ids: HTML allows them, and `#-8` is the address people guess.
      "valid-id": ["error", { relaxed: true }],
      // Scrolling regions take the focus on purpose (WCAG 2.1.1).
      "no-redundant-role": "error",
    },
  });
  const validator = new HtmlValidate(loader);
  const bad = [];
  for (const [page, html] of text) {
    const report = await validator.validateString(html, page);
    for (const r of report.results) for (const m of r.messages) if (m.severity > 1) bad.push(`${page}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  }
  none(bad, "HTML faults");
  const broken = await validator.validateString("<!DOCTYPE html><html lang=en><head><title>x</title></head><body><p><div></p></body></html>");
  check(!broken.valid, "the validator passes a broken page");
}

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".json": "application/json", ".xml": "application/xml", ".txt": "text/plain" };
const server = createServer((request, response) => {
  let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  if (path.endsWith("/")) path += "index.html";
  const found = files.has(path);
  response.writeHead(found ? 200 : 404, { "content-type": types[extname(found ? path : ".html")] ?? "application/octet-stream", "content-security-policy": POLICY });
  response.end(found ? readFileSync(join(site, path)) : "");
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const only = process.env.ONLY?.split(",");
const sample = only ?? (all
  ? pages.map(address)
  : ["/", "/condition/", "/condition/TIMEOUT/", "/condition/FORBIDDEN/", "/condition/LARGE_ITEM_NOT_FOUND/", "/dialect/", "/dialect/java/", "/dialect/nodejs-1.0/", "/dialect/xdr/", "/number/", "/matrix/", "/retry/", "/history/", "/errata/", "/subcodes/", "/embed/", "/404.html"]);

const watch = (page, where) => {
  const noise = [];
  page.on("console", (m) => ["error", "warning"].includes(m.type()) && noise.push(`${where}: ${m.text()}`));
  page.on("pageerror", (e) => noise.push(`${where}: ${e}`));
  page.on("request", (r) => r.url().startsWith(origin) || r.url().startsWith("data:") || r.url().startsWith("blob:") || noise.push(`${where}: request to ${r.url()}`));
  page.on("response", (r) => r.status() >= 400 && noise.push(`${where}: ${r.status()} ${r.url()}`));
  return noise;
};
// Only colours differ between the two: the second asks about colours alone, unless everything is asked.
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const accessible = async (scheme) => {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const noise = watch(page, scheme);
  const bad = [];
  for (const path of sample.filter((p) => p !== "/404.html")) {
    await page.goto(origin + path, { waitUntil: "load" });
    await page.evaluate(axe);
    const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] }), scheme === "dark" && !all ? ["color-contrast"] : LEVELS);
    for (const v of result.violations) bad.push(`${path}: ${v.id} (${v.nodes.length}): ${v.nodes[0].target} ${v.nodes[0].failureSummary?.split("\n")[1] ?? ""}`);
  }
  await page.evaluate(() => Object.assign(document.querySelector("h1").style, { color: "#777", background: "#888" }));
  const spoilt = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["color-contrast"] }));
  check(spoilt.violations.length > 0, "axe passes grey on grey");
  none(bad, `axe, ${scheme}`);
  none(noise, `console and network, ${scheme}`);
  await context.close();
};
const both = ["light", "dark"].map(accessible);
{
  const wide = [];
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  for (const path of sample.filter((p) => p !== "/404.html")) {
    await page.goto(origin + path);
    const over = await page.evaluate(() => {
      const width = document.documentElement.scrollWidth;
      const inner = (e) => e.closest(".scroll, pre, .skip");
      const out = [...document.querySelectorAll("main *, header *, footer *")].filter((e) => !inner(e) && e.getBoundingClientRect().right > 321).map((e) => `${e.tagName}.${e.getAttribute("class") ?? ""}`);
      return width > 320 || out.length ? `${width} px: ${[...new Set(out)].slice(0, 5).join(" ")}` : "";
    });
    if (over) wide.push(`${path}: ${over}`);
  }
  none(wide, "pages wider than 320 px");
  await page.goto(`${origin}/matrix/`);
  const stays = await page.evaluate(() => {
    const box = document.querySelector(".scroll.both");
    const [row, head] = [box.querySelector("tbody tr:nth-child(9) th"), box.querySelector("thead th:nth-child(3)")];
    box.scrollTo(400, 60);
    const b = box.getBoundingClientRect();
    return [Math.abs(row.getBoundingClientRect().left - b.left) < 3, Math.abs(head.getBoundingClientRect().top - b.top) < 3, box.scrollLeft > 300];
  });
  check(stays.every(Boolean), `the matrix's headings do not stay: ${stays}`);
  await context.close();
}
{
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(origin + "/");
  await page.click("text=RECORD_NOT_FOUND >> nth=0");
  check(page.url() === `${origin}/condition/RECORD_NOT_FOUND/`, `without JavaScript the index leads to ${page.url()}`);
  check((await page.textContent("h1")) === "RECORD_NOT_FOUND", "the condition's page has another heading");
  await page.goto(`${origin}/dialect/java/#-8`);
  check((await page.textContent(":target")).includes("SERVER_NOT_AVAILABLE"), "#-8 does not lead to Java's -8");
  check(await page.isHidden(".filter >> nth=0").catch(() => true), "the filter shows without JavaScript");
  await context.close();
}
{
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/condition/`);
  await page.fill("#filter", "key busy");
  const shown = await page.locator(".rows > li:visible").allTextContents();
  check(shown.length >= 1 && shown.length < 10 && shown.some((t) => t.includes("KEY_BUSY")), `the filter shows ${shown.length} rows`);
  check((await page.textContent("output")).startsWith(`${shown.length} of `), "the filter does not say how many");
  if (files.has("/widget/widget.js")) {
    await page.goto(`${origin}/#java/-8`);
    const answer = page.locator("aerocodes-lookup").getByText("SERVER_NOT_AVAILABLE").first();
    check(await answer.waitFor().then(() => true, () => false), "the deep link #java/-8 shows nothing");
  }
  await page.goto(`${origin}/condition/TIMEOUT/`);
  await page.emulateMedia({ media: "print" });
  check(await page.isHidden(".top nav"), "the navigation is printed");
  await page.emulateMedia({ media: null, forcedColors: "active" });
  check((await page.evaluate(() => getComputedStyle(document.querySelector(".verdict")).borderTopWidth)) === "1px", "verdicts have no frame in forced colours");
  await context.close();
}
await Promise.all(both);
if (shots) {
  mkdirSync(shots, { recursive: true });
  for (const [width, scheme] of [[320, "light"], [768, "light"], [1440, "light"], [1440, "dark"], [320, "dark"]]) {
    const context = await browser.newContext({ viewport: { width, height: width > 1000 ? 1000 : 900 }, colorScheme: scheme });
    const page = await context.newPage();
    for (const path of sample.filter((p) => p !== "/404.html")) {
      await page.goto(origin + path);
      await page.waitForTimeout(100);
      const name = `${path.replaceAll("/", "_")}${width}-${scheme}.png`;
      await page.screenshot({ path: join(shots, name), clip: { x: 0, y: 0, width, height: Math.min(width < 500 ? 2400 : 2000, await page.evaluate(() => document.documentElement.scrollHeight)) }, fullPage: true });
    }
    await context.close();
  }
}
await browser.close();
server.close();
for (const f of failures) console.log(`FAILED ${f}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length ? 1 : 0;
