// The verbs.

import type { DialectAlias, KnownCondition, KnownDialect } from "./known.js";
import { ANSWERS, Dialect, fault, i32, phrase, Reading, safe, setTexts, Table } from "./model.js";
import type { Answer, Category, Condition, Operation, TranslationKind } from "./model.js";
import { findings, plainFindings } from "./recognize.js";
import type { Module } from "./packed.js";
import type { Finding } from "./recognize.js";
import { searchTable } from "./search.js";
import type { Hit } from "./search.js";
import type { RawTexts } from "./table.js";

/** A dialect, its key or one of its aliases. */
export type DialectLike = KnownDialect | DialectAlias | (string & {}) | Dialect;
/** A condition's name. */
export type ConditionName = KnownCondition | (string & {});

let table: Table | undefined;
let module: Module | undefined;
let fetchTexts: () => Promise<RawTexts>;

/** Makes all verbs work; called by the `init` of each entry. */
export const setUp = (t: Table, m: Module | undefined, texts: () => Promise<RawTexts>): void => {
  table = t;
  module = m;
  fetchTexts = texts;
};

const all = (): Table => {
  if (!table) throw new Error("aerocodes-web is not loaded yet: await init() first");
  return table;
};

let loading: Promise<void> | undefined;
/** Loads the long texts (causes, remedies, reasons, sources, errata): one file, fetched once. */
export const loadTexts = (): Promise<void> =>
  (loading ??= fetchTexts().then(setTexts, (e) => {
    loading = undefined;
    throw e;
  }));

/** All dialects, by id. */
export const dialects = (): readonly Dialect[] => all().dialects;
/** All conditions, by id. */
export const conditions = (): readonly Condition[] => all().conditions;
/** All categories, by id. */
export const categories = (): readonly Category[] => all().categories;
/** What a program may be doing, by id. */
export const operations = (): readonly { key: string; title: string; mutates: boolean; idempotent: boolean }[] => all().operations;

/** The dialect of a key or an alias, in any case; undefined when there is none. */
export const findDialect = (key: string): Dialect | undefined => all().keys.get(key.toLowerCase());

/** The dialect of a key or an alias: the handle for hot lookups. Throws a TypeError that names the known ones. */
export const dialect = (key: DialectLike): Dialect => {
  if (key instanceof Dialect) return key;
  if (typeof key !== "string") throw fault(`a dialect is a key such as "java", not ${key === null ? "null" : typeof key}`);
  const d = findDialect(key);
  if (!d) throw fault(unknownDialect(key));
  return d;
};

const unknownDialect = (key: string): string => `no dialect has the key ${JSON.stringify(key)}; known are ${all().dialects.join(", ")}`;

/** The condition of a name or an id; undefined when there is none. */
export const condition = (key: ConditionName | number): Condition | undefined =>
  typeof key === "number" ? all().conditions[key - 1] : all().conditions.find((c) => c.name === key.toUpperCase());

/**
 * What `value` means in a dialect, as of the newest release or as of `release`.
 * @example lookup("nodejs-1.0", 602).condition?.name // "RECORD_NOT_FOUND"
 */
export const lookup = (key: DialectLike, value: number, release?: string): Reading => dialect(key).lookup(value, release);

const tier = (r: Reading): number =>
  r.wrong ? 4 : r.numbering.kind === "log" ? 3 : r.numbering.kind === "legacy" ? 2 : r.retired ? 1 : 0;

/** Every reading of a bare number, in all dialects, the likeliest first. */
export const readings = (value: number): Reading[] => {
  i32(value);
  return all().readings.filter((r) => r.value === value).sort((a, b) => tier(a) - tier(b) || a.index - b.index);
};

/** Every reading with this spelling: as written, or in any case when no dialect has it as written. */
export const find = (name: string): Reading[] => {
  const any = all().named(name);
  const exact = any.filter((r) => r.name === name);
  return exact.length ? exact : any.slice();
};

/** Conditions that fit the words, the best first. */
export const search = (words: string): Hit[] => searchTable(all(), words);

/** Reads `dialect:number`, `dialect:NAME`, or a name that only one code has; the fault says what is wrong. */
export const parse = (text: string): { reading: Reading; error?: undefined } | { reading?: undefined; error: TypeError; candidates: Reading[] } => {
  const fail = (why: string, candidates: Reading[] = []) => ({ error: fault(why), candidates });
  if (!text.trim()) return fail("the code is empty; write a number, a name, or dialect:number as in java:-8");
  const [, key, rest = text.trim()] = /^\s*([^:]*):\s*(.*?)\s*$/s.exec(text) ?? [];
  const d = key === undefined ? undefined : findDialect(key.trim());
  if (key !== undefined && !d) return fail(unknownDialect(key.trim()));
  if (!rest) return fail("nothing follows the colon; write a number or a name behind it, as in java:-8");
  const [, sign, digits] = /^([+-]?)(0x[\da-f]+|\d+)$/i.exec(rest) ?? [];
  if (digits) {
    const value = Number(digits) * (sign === "-" ? -1 : 1) || 0;
    if ((value | 0) !== value) return fail("the number is out of range; codes run from -2147483648 to 2147483647");
    if (!d) return fail("a number alone has readings in several dialects; write dialect:number as in java:-8", readings(value));
    return { reading: d.lookup(value) };
  }
  const found = find(rest).filter((r) => (d ? r.numbering === d : !r.wrong));
  // A name may have moved: the number of the newest release counts.
  if (d) found.sort((a, b) => +a.wrong - +b.wrong || +a.retired - +b.retired || b.value - a.value);
  const first = found[0];
  if (!first) return fail("no dialect has a code of this name");
  if (!d && found.some((r) => r.code !== first.code)) return fail(`the name is ambiguous; it may mean ${found.map((r) => r.code).join(", ")}`, found);
  return { reading: first.numbering.lookup(first.value) };
};

/** A code: a reading, `dialect:number`, or a pair. */
export type Code = Reading | string | { readonly dialect: DialectLike; readonly value: number };

const resolve = (code: Code): Reading => {
  if (typeof code !== "string") return dialect(code?.dialect).lookup(code.value);
  const { reading, error } = parse(code);
  if (!reading) throw error;
  return reading;
};

/** A code in another dialect's terms. */
export interface Translation {
  /** What was translated. */
  from: Reading;
  /** The target's key. */
  to: string;
  kind: TranslationKind;
  /** The target's readings, the best first; one for each code. */
  targets: Reading[];
  /** Why, in one sentence; undefined before {@link loadTexts}. */
  readonly reason: string | undefined;
}

/** Says a code in the terms of another dialect, as of the newest releases: exact, folded, or none. */
export const translate = (code: Code, to: DialectLike): Translation => {
  const from = resolve(code);
  const target = dialect(to);
  const targets: Reading[] = [];
  let folded = false;
  const add = (c: Condition) => {
    for (const [retired, fold] of [[false, false], [false, true], [true, false], [true, true]]) {
      const rows = fold ? target.rows.filter((r) => r.folds.includes(c)) : c.rows.filter((r) => r.numbering === target);
      const hits = rows.filter((r) => !r.wrong && r.retired === retired);
      for (const r of hits) if (!targets.some((t) => t.value === r.value)) targets.push(r);
      if (hits.length) {
        folded ||= fold!;
        return;
      }
    }
  };
  const make = (kind: TranslationKind, why: string): Translation => ({
    from, to: target.key, kind, targets,
    get reason() {
      return phrase(`translate_${why}`);
    },
  });
  const c = from.condition;
  if (!c) return make("none", "unknown");
  for (const x of [c, ...from.folds]) add(x);
  if (!targets.length) {
    for (const n of c.nearest) {
      add(n);
      if (targets.length) return make("folded", "nearest");
    }
    return make("none", "none");
  }
  // Two numberings that fold alike say the same thing.
  const alike = targets.some((t) => t.condition === c && t.folds.length === from.folds.length && t.folds.every((f, i) => f === from.folds[i]));
  if (targets.length === 1 && alike) return make("exact", "exact");
  if (from.folds.length) return make("folded", "folded_from");
  return folded || targets.length > 1 || targets.some((t) => t.folds.length) ? make("folded", "folded_to") : make("exact", "exact");
};

/** May I retry, may it have been applied, and why. */
export interface Advice {
  reading: Reading;
  operation: string;
  inDoubt: boolean | undefined;
  retryable: Answer;
  maybeApplied: Answer;
  retryableNotApplied: Answer;
  /** The rule for the operation in one sentence; undefined before {@link loadTexts}. */
  readonly rule: string | undefined;
  /** Why the condition's answers are what they are; undefined before {@link loadTexts}. */
  readonly reason: string | undefined;
  readonly sources: string[] | undefined;
  toJSON(): Record<string, unknown>;
}

/** What a program was doing (`write` unless told), and the client's in-doubt flag if it gave one. */
export interface AdviseOptions {
  operation?: Operation | undefined;
  inDoubt?: boolean | undefined;
}

/** What to do about a code, met while doing `operation`, with the client's in-doubt flag if it has one. */
export const advise = (code: Code, { operation = "write", inDoubt }: AdviseOptions = {}): Advice => {
  const reading = resolve(code);
  const c = reading.condition;
  const op = all().operations.find((o) => o.key === String(operation).toLowerCase().replaceAll("_", "-"));
  if (!op) throw fault(`no operation is called ${JSON.stringify(operation)}; known are ${all().operations.map((o) => o.key).join(", ")}`);
  const make = (retryable: number, applied: number, rule: string): Advice => ({
    reading, operation: op.key, inDoubt,
    retryable: ANSWERS[retryable]!,
    maybeApplied: ANSWERS[applied]!,
    retryableNotApplied: ANSWERS[safe(retryable, applied)]!,
    get rule() {
      return phrase(`advice_${rule}`);
    },
    get reason() {
      return c?.reason;
    },
    get sources() {
      return c?.sources;
    },
    toJSON() {
      const { rule, reason, sources } = this;
      return {
        code: reading.code, operation: op.key, in_doubt: inDoubt ?? null,
        retryable: this.retryable, maybe_applied: this.maybeApplied, retryable_not_applied: this.retryableNotApplied, rule, reason, sources,
      };
    },
  });
  if (c?.name === "OK") return make(1, op.mutates ? 3 : 1, "success");
  const [retryable, maybe] = c?.bits ?? [0, 0];
  const applied = !op.mutates ? 1 : inDoubt ? 3 : inDoubt === false && c ? 1 : maybe;
  if (!c) return make(0, applied, "unknown");
  if (applied === 1) return make(retryable, 1, retryable === 1 ? "refused" : op.mutates ? "not_applied" : "read");
  if (retryable === 1) return make(1, applied, "applied_final");
  if (op.idempotent) return make(retryable, applied, "idempotent");
  return make(retryable && 2, applied, op.key === "transaction" ? "transaction" : "verify");
};

/** Condition ids of a column of numbers of one dialect; zero where nothing is known. `into` is filled and returned when given. */
export const decode = (key: DialectLike, values: ArrayLike<number>, into = new Uint8Array(values.length)): Uint8Array => {
  const d = dialect(key);
  const lut = decodeTable(d);
  const n = Math.min(values.length, into.length);
  for (let i = 0; i < n; i++) {
    const v = values[i]!;
    const k = v + 4096;
    into[i] = k >= 0 && k < 8192 ? lut[k]! : 0;
  }
  return into;
};

const luts = new Map<Dialect, Uint8Array>();
/** Condition ids of the numbers -4096 to 4095, which hold every code there is. */
const decodeTable = (d: Dialect): Uint8Array => {
  let lut = luts.get(d);
  if (!lut) {
    lut = new Uint8Array(8192);
    for (const { value } of d.rows) lut[value + 4096] = d.lookup(value).condition!.id;
    luts.set(d, lut);
  }
  return lut;
};

/** What counts as a finding, and how many are told. */
export interface RecognizeOptions {
  /** The most findings. */
  limit?: number | undefined;
  /** Whether a known name such as `KEY_BUSY` counts wherever it stands. */
  bareWords?: boolean | undefined;
}

/**
 * Every raised error that the text holds, in order.
 * @example recognize("AerospikeException: Error 22: no").map(String) // ["?:22 FORBIDDEN"]
 */
export const recognize = (text: string, { limit = 0xffff_ffff, bareWords = false }: RecognizeOptions = {}): Finding[] => {
  const t = all();
  if (!module) return plainFindings(t, text, limit);
  const bytes = new TextEncoder().encode(text);
  const at = module.room!(bytes.length) >>> 0;
  if (at) {
    new Uint8Array(module.memory.buffer, at).set(bytes);
    const from = at + bytes.length;
    const to = module.recognize!(bytes.length, limit, bareWords) >>> 0;
    if (to) return findings(t, bytes, new TextDecoder().decode(new Uint8Array(module.memory.buffer, from, to - from)));
  }
  throw new RangeError("there is no memory for a text of this length");
};
