// The example pages at work: what the small program prints, and what the widget answers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { serve } from "./server.mjs";

const { AEROCODES_PROJECT: project, AEROCODES_ROOT: root, AEROCODES_SCRATCH: scratch, AEROCODES_CHROMIUM: executablePath } = process.env;
const { chromium } = createRequire(join(project, "package.json"))("playwright-core");
const server = await serve({
  "/": join(root, "examples/web"),
  "/aerocodes-web/": join(project, "node_modules/aerocodes-web/dist"),
  "/vite/": join(scratch, "vite"),
  "/data/": join(root, "examples/data"),
});
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const page = await browser.newPage();
await page.goto(`${server.origin}/explain.html?codes=/data/codes.txt&trace=/data/trace.txt`);
await page.waitForFunction(() => document.querySelector("#out").textContent);
const printed = await page.locator("#out").textContent();
assert.equal(printed, readFileSync(join(root, "examples/expected.txt"), "utf8"), "the program printed something else");
console.log(printed.split("\n").slice(0, 4).join("\n"), "\n   … as examples/expected.txt has it");
for (const path of ["/index.html#java/-8", "/vite/index.html"]) {
  await page.goto("about:blank");
  await page.goto(server.origin + path);
  const card = page.locator("aerocodes-lookup article").first();
  await card.waitFor();
  console.log(`${path}: ${(await card.locator("h3").textContent())}: ${await card.locator("[part=summary]").textContent()}`);
}
await browser.close();
server.close();
