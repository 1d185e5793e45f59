// What `packed.ts` reads out of the module and `fallback.json` holds: rows of plain values. `xtask/src/codegen/wasm.rs` writes the latter.

/** Key, title, software, kind (0 current, 1 legacy, 2 log), first and last release read, place of its first reading, ranges (from, to, category), aliases. */
export type DialectRow = [string, string, string, 0 | 1 | 2, string, string, number, number[], ...string[]];
/** Name, category, origin, enterprise, retryable, maybe applied, summary, nearest conditions, subcodes (value, name), keywords. */
export type ConditionRow = [string, number, 0 | 1 | 2, 0 | 1, number, number, string, number[], (number | string)[], ...string[]];
/** Dialect, value, name, condition, flags (1 primary, 2 wrong, 4 enterprise), since, until, introduced, gaps (from, to), folds. */
export type ReadingRow = [number, number, string, number, number, string, string | 0, string | 0, string[], ...number[]];

/** Everything but the long texts. */
export interface RawTable {
  dialects: DialectRow[];
  categories: [string, string][];
  operations: [string, string, 0 | 1, 0 | 1][];
  conditions: ConditionRow[];
  /** The readings of a dialect, told when first asked for. */
  readings(dialect: number): ReadingRow[];
}

/** `fallback.json`: the same, with all readings in one list. */
export type Fallback = Omit<RawTable, "readings"> & { readings: ReadingRow[] };

/** `texts.json`. */
export interface RawTexts {
  /** Per condition: cause, remedy, reason, sources, docs, summaries of the subcodes. */
  conditions: [string, string, string, string[], string[], string[]][];
  /** Per dialect: repository, errata. */
  dialects: [string, string[]][];
  /** Errata of readings, by their place in the table. */
  errata: Record<string, string>;
  /** Sentences of rules, by key. */
  phrases: Record<string, string>;
}
