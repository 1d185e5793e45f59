// The entry for documents of one file: the module and the long texts are inside the script, so nothing is fetched.

import texts from "aerocodes-texts";
import module from "aerocodes-module";

import { useModule } from "./load.js";
import type { Source } from "./load.js";
import type { RawTexts } from "./table.js";

export * from "./public.js";

let done: Source | undefined;

/** Makes the verbs work, at once. Throws where WebAssembly is blocked: the inline build carries no second table. */
export const initSync = (): Source => (done ??= useModule(Uint8Array.from(atob(module), (c) => c.charCodeAt(0)), async () => texts as unknown as RawTexts));

/** The same as {@link initSync}, for scripts written for the other entries. */
export const init = async (): Promise<Source> => initSync();
