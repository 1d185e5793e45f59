// What the build puts in: the glue that wasm-bindgen makes, and for the inline entry the module and the texts.
declare module "aerocodes-glue" {
  export function initSync(given: { module: WebAssembly.Module | BufferSource }): import("./packed.js").Module;
}
declare module "aerocodes-module" {
  const base64: string;
  export default base64;
}
declare module "aerocodes-texts" {
  const texts: unknown;
  export default texts;
}
declare module "node:fs/promises" {
  export function readFile(path: URL | string): Promise<Uint8Array<ArrayBuffer> & { toString(encoding: string): string }>;
}
