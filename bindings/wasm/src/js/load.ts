// Getting the module, or where WebAssembly is blocked the table.

import { initSync } from "aerocodes-glue";

import { setUp } from "./api.js";
import { Table } from "./model.js";
import { unpack } from "./packed.js";
import type { Fallback, RawTexts } from "./table.js";

/** Where the verbs got their table: the module, or `fallback.json` because WebAssembly is blocked. */
export type Source = "wasm" | "table";

/** Takes a compiled module. */
export const useModule = (module: WebAssembly.Module | BufferSource, texts: () => Promise<RawTexts>): Source => {
  const wasm = initSync({ module });
  setUp(new Table(unpack(wasm.memory, wasm.packed() >>> 0)), wasm, texts);
  return "wasm";
};

/** Takes the table without a module. */
export const useTable = (raw: Fallback, texts: () => Promise<RawTexts>): Source => {
  setUp(new Table({ ...raw, readings: (dialect) => raw.readings.filter((r) => r[0] === dialect) }), undefined, texts);
  return "table";
};

/** Fetches a file of the package. */
export const get = async (url: URL | string): Promise<Response> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response;
};
