// A loopback server with the headers that a strict site sends.

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** The policy of the issue: nothing but what the page's own origin serves, and WebAssembly. */
export const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm", ".txt": "text/plain" };

/** Serves directories and files by prefix; the longest prefix counts. Below `/blocked/` WebAssembly is not allowed. */
export const serve = async (places) => {
  const asked = [];
  const server = createServer((request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    asked.push(path);
    const blocked = path.startsWith("/blocked/");
    if (blocked) path = path.slice("/blocked".length);
    const prefix = Object.keys(places).filter((p) => path.startsWith(p)).sort((a, b) => b.length - a.length)[0];
    const rest = normalize(path.slice(prefix?.length ?? 0)).replace(/^(\.\.[/\\])+/, "");
    let file = prefix && (rest === "." ? places[prefix] : join(places[prefix], rest));
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!file || !existsSync(file)) return void response.writeHead(404).end("not here");
    response.writeHead(200, {
      "content-type": `${TYPES[extname(file)] ?? "application/octet-stream"}; charset=utf-8`.replace("application/wasm; charset=utf-8", "application/wasm"),
      "content-security-policy": blocked ? CSP.replace(" 'wasm-unsafe-eval'", "") : file.endsWith("inline.html") ? CSP.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") : CSP,
      "x-content-type-options": "nosniff",
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, close: () => server.close() };
};
