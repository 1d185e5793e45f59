// The entry for pages and bundlers: the module is a file beside this one.

import { get, useModule, useTable } from "./load.js";
import type { Source } from "./load.js";

export * from "./public.js";

/** Where the files of the package are, when not beside this script. */
export interface InitOptions {
  /** The module: its address, or compiled already. */
  wasm?: URL | string | WebAssembly.Module;
  /** The table for pages where WebAssembly is blocked. */
  fallback?: URL | string;
  /** The long texts. */
  texts?: URL | string;
}

let loading: Promise<Source> | undefined;

/**
 * Loads the module; the verbs work once it is resolved. Where WebAssembly is blocked or unknown it loads the table instead.
 * Calling it again gives the same promise; after a failure it tries anew.
 * @example await init(); lookup("java", -8).condition?.name // "SERVER_NOT_AVAILABLE"
 */
export const init = (options: InitOptions = {}): Promise<Source> =>
  (loading ??= load(options).catch((e: unknown) => {
    loading = undefined;
    throw e;
  }));

const load = async (o: InitOptions): Promise<Source> => {
  const texts = async () => (await get(o.texts ?? new URL("./texts.json", import.meta.url))).json();
  try {
    if (o.wasm instanceof WebAssembly.Module) return useModule(o.wasm, texts);
    const response = await get(o.wasm ?? new URL("./aerocodes.wasm", import.meta.url));
    // Compiling the bytes works whatever type the server gives them; at this size streaming gains nothing.
    return useModule(await WebAssembly.compile(await response.arrayBuffer()), texts);
  } catch {
    return useTable(await (await get(o.fallback ?? new URL("./fallback.json", import.meta.url))).json(), texts);
  }
};
