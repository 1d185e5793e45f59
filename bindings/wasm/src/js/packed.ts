// The core's tables, read where they lie in the module's memory. `../packed.rs` lists them in this order and holds the
// places of the fields.

import type { ConditionRow, DialectRow, RawTable, ReadingRow } from "./table.js";

/** What the module exports; `room` and `recognize` only with the recogniser. `../lib.rs` says what each does. */
export interface Module {
  memory: WebAssembly.Memory;
  packed(): number;
  room?(bytes: number): number;
  recognize?(bytes: number, limit: number, bareWords: boolean): number;
}

/** The tables that the list at `at` tells of. */
export const unpack = (memory: WebAssembly.Memory, at: number): RawTable => {
  let bytes = new Uint8Array(memory.buffer);
  const list = new Uint32Array(memory.buffer, at);
  const u16 = (p: number) => bytes[p]! | (bytes[p + 1]! << 8);
  const i16 = (p: number) => (u16(p) << 16) >> 16;
  let part = 0;
  const rows = <T>(size: number, row: (p: number, i: number) => T): T[] => {
    const from = list[part++]!;
    return Array.from({ length: list[part++]! }, (_, i) => row(from + i * size, i));
  };
  const text = () => new TextDecoder().decode(bytes.subarray(list[part]!, list[part++]! + list[part++]!));
  /** The values of a table whose rows begin with whom they belong to. */
  const owned = <T>(size: number, value: (p: number) => T[], owner = u16): ((i: number) => T[]) => {
    const out: T[][] = [];
    rows(size, (p) => (out[owner(p)] ??= []).push(...value(p)));
    return (i) => out[i] ?? [];
  };
  const byte = (k: number) => (p: number) => bytes[p + k]!;

  const names = text();
  const name = (p: number, length: number) => names.slice(u16(p), u16(p) + length);
  const word = (p: number) => names.slice(u16(p), names.indexOf("\0", u16(p)));
  const words = (p: number): [string, string] => [word(p), word(p + 2)];
  const brief = text().split("\0");
  const releases: string[] = [];
  const [releasesAt, releasesEnd] = [list[part++]!, list[part++]!];
  /** The release whose place stands at `p`, written out when first asked for. */
  const release = (p: number): string => {
    const i = u16(p);
    if (i < releasesEnd) return (releases[i] ??= [...bytes.subarray(releasesAt + i * 4, releasesAt + i * 4 + 4)].filter((n) => n < 255).join("."));
    return "";
  };
  const covered = rows(4, (p) => [release(p), release(p + 2)] as const);
  const aliases = owned(4, (p) => [word(p)], byte(2));
  const ranges = rows(6, (p) => [i16(p) < -32767 ? -2147483648 : i16(p), i16(p + 2), bytes[p + 4]!]);
  const ends: number[] = [];
  const dialects = rows(20, (p, i): DialectRow => {
    ends.push(u16(p + 18));
    return [...words(p), word(p + 4), bytes[p + 8] as 0, ...covered[i]!, u16(p + 16), ranges.slice(bytes[p + 14], bytes[p + 15]).flat(), ...aliases(i)];
  });
  const categories = rows(4, words);
  const operations = rows(6, (p): [string, string, 0, 0] => [...words(p), bytes[p + 4] as 0, bytes[p + 5] as 0]);
  const nearest = owned(2, (p) => [bytes[p + 1]!], byte(0));
  const subcodes = owned<number | string>(6, (p) => [bytes[p + 3]!, name(p, bytes[p + 4]!)], byte(2));
  const conditions = rows(5, (p, i): ConditionRow => [
    name(p, bytes[p + 2]!), bytes[p + 3]!, ((bytes[p + 4]! >> 4) & 3) as 0, (bytes[p + 4]! >> 6) as 0, bytes[p + 4]! & 3, (bytes[p + 4]! >> 2) & 3,
    brief[i * 2]!, nearest(i + 1), subcodes(i + 1), ...(brief[i * 2 + 1] ? brief[i * 2 + 1]!.split("\n") : []),
  ]);
  const spans = rows(4, (p) => p);
  const first = rows(2, u16);
  const [span] = [list[part++]!, part++];
  const introduced = owned(4, (p) => [release(p + 2)]);
  const gaps = owned(6, (p) => [release(p + 2), release(p + 4)]);
  const folds = owned(4, (p) => [bytes[p + 2]!]);
  const table = list[part]!;
  const reading = (dialect: number, i: number): ReadingRow => {
    const p = table + i * 7;
    const flags = bytes[p + 6]!;
    const held = spans[first[dialect]! + bytes[span + i]!]!;
    return [dialect, i16(p), name(p + 2, bytes[p + 4]!), bytes[p + 5]!, ((flags >> 1) & 1) | ((flags >> 2) & 6), release(held), release(held + 2) || 0, introduced(i)[0] ?? 0, gaps(i), ...folds(i)];
  };
  return {
    dialects, categories, operations, conditions,
    readings: (d) => {
      // Memory that has grown for a text since is another buffer.
      bytes = new Uint8Array(memory.buffer);
      return Array.from({ length: ends[d]! - dialects[d]![6] }, (_, i) => reading(d, dialects[d]![6] + i));
    },
  };
};
