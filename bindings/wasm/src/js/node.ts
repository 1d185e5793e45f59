// The entry for Node.js, which reads the files of the package from disk.

import { readFile } from "node:fs/promises";

import { useModule, useTable } from "./load.js";
import type { Source } from "./load.js";
import type { InitOptions } from "./index.js";

export * from "./public.js";
export type { InitOptions } from "./index.js";

let loading: Promise<Source> | undefined;

/** Loads the module; the verbs work once it is resolved. */
export const init = (options: InitOptions = {}): Promise<Source> =>
  (loading ??= load(options).catch((e: unknown) => {
    loading = undefined;
    throw e;
  }));

const read = (given: URL | string | undefined, name: string) => readFile(given ?? new URL(name, import.meta.url));

const load = async (o: InitOptions): Promise<Source> => {
  const json = async (given: URL | string | undefined, name: string) => JSON.parse((await read(given, name)).toString("utf8"));
  const texts = () => json(o.texts, "./texts.json");
  try {
    if (o.wasm instanceof WebAssembly.Module) return useModule(o.wasm, texts);
    return useModule(await WebAssembly.compile(await read(o.wasm, "./aerocodes.wasm")), texts);
  } catch {
    return useTable(await json(o.fallback, "./fallback.json"), texts);
  }
};
