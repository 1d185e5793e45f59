// The one small program, in the browser: see examples/README.md. `explain.html?codes=URL&trace=URL` prints into the page.

import { advise, init, lookup, recognize, translate } from "./aerocodes-web/index.js";

const ask = new URLSearchParams(location.search);
const read = async (name) => (await fetch(ask.get(name))).text();
await init();

const lines = [];
for (const line of (await read("codes")).split("\n").filter(Boolean)) {
  const [key, value] = line.split(" ");
  const reading = lookup(key, Number(value));
  lines.push(`${reading.code} ${reading.name ?? "-"} = ${reading.condition ?? "-"} [${reading.category}]`);
  lines.push(`  ${reading.condition?.summary ?? "-"}`);
  const a = advise(reading, { operation: "write" });
  lines.push(`  write: retry ${a.retryable}, applied ${a.maybeApplied}, safe ${a.retryableNotApplied}`);
  const t = translate(reading, "go");
  lines.push(`  go: ${t.kind} ${t.targets.map((r) => r.value).join(", ") || "-"}`);
}
for (const f of recognize(await read("trace")))
  lines.push(`${f.nested ? "  " : ""}found ${f.dialect ?? "?"}:${f.value ?? "-"} ${f.condition ?? "-"}`);
document.querySelector("#out").textContent = `${lines.join("\n")}\n`;
