// The values that programs hold: dialects, conditions, readings. Built once from the table; then a lookup is an array access.

import type { KnownOperation } from "./known.js";
import type { ConditionRow, DialectRow, RawTable, RawTexts, ReadingRow } from "./table.js";

/** An answer to a yes-or-no question that may have no plain answer. */
export type Answer = "yes" | "no" | "depends" | "unknown";
/** Who raises a condition. */
export type Origin = "server" | "client" | "either" | "unknown";
/** The server edition in which it occurs. */
export type Edition = "any" | "enterprise";
/** How well a translation fits. */
export type TranslationKind = "exact" | "folded" | "none";
/** What a program was doing; see {@link operations}. */
export type Operation = KnownOperation | (string & {});

export const ANSWERS: Answer[] = ["unknown", "no", "depends", "yes"];
const ORIGINS: Origin[] = ["server", "client", "either", "unknown"];
const NO = 1;

/** Both: no wins, then unknown, then depends. */
export const safe = (retryable: number, applied: number): number => {
  const not = applied === NO ? 3 : applied === 3 ? NO : applied;
  for (const a of [NO, 0, 2]) if (retryable === a || not === a) return a;
  return 3;
};

let texts: RawTexts | undefined;
/** Gives all values their long texts. */
export const setTexts = (t: RawTexts): void => {
  texts = t;
};
/** A rule's sentence; undefined before the texts are there. */
export const phrase = (key: string): string | undefined => texts?.phrases[key];

/** A kind of condition. */
export interface Category {
  /** The word for programs, such as `security`. */
  readonly key: string;
  /** The words for people. */
  readonly title: string;
}

/** Something that is no code, no dialect or no release: a mistake of the caller, told with the way out. */
export const fault = (why: string): TypeError => new TypeError(why);

/** A server's refinement of a condition. */
export interface Subcode {
  value: number;
  name: string;
  /** A short sentence; undefined before {@link loadTexts}. */
  summary: string | undefined;
}

/** What happened, whatever the numbering: the thing to branch on. */
export class Condition {
  /** Permanent number, from 1. */
  readonly id: number;
  /** Permanent name, such as `TIMEOUT`. */
  readonly name: string;
  /** The word for programs, such as `security`. */
  readonly category: string;
  /** The words for people. */
  readonly categoryTitle: string;
  readonly origin: Origin;
  readonly edition: Edition;
  /** One sentence of at most 80 characters. */
  readonly summary: string;
  /** @internal */
  readonly list: Reading[] = [];
  /** Retryable and maybe applied as numbers: places in `ANSWERS`. @internal */
  readonly bits: [number, number];
  private row: ConditionRow;
  private table: Table;

  /** @internal */
  constructor(id: number, row: ConditionRow, table: Table) {
    this.id = id;
    this.row = row;
    this.table = table;
    const [name, category, origin, enterprise, retryable, applied, summary] = row;
    this.name = name;
    this.category = table.categories[category]!.key;
    this.categoryTitle = table.categories[category]!.title;
    this.origin = ORIGINS[origin]!;
    this.edition = enterprise ? "enterprise" : "any";
    this.bits = [retryable, applied];
    this.summary = summary;
  }

  /** Words people use for it that are not in its name. */
  get keywords(): string[] {
    return this.row.slice(9) as string[];
  }
  /** Every spelling, in all dialects. @internal */
  get rows(): Reading[] {
    void this.table.readings;
    return this.list;
  }
  /** May the same request succeed when sent again? */
  get retryable(): Answer {
    return ANSWERS[this.bits[0]]!;
  }
  /** May a write have been applied? */
  get maybeApplied(): Answer {
    return ANSWERS[this.bits[1]]!;
  }
  /** Retryable, and surely not applied? */
  get retryableNotApplied(): Answer {
    return ANSWERS[safe(...this.bits)]!;
  }
  private get long() {
    return texts?.conditions[this.id - 1];
  }
  /** What makes the server or the client say this; undefined before {@link loadTexts}. */
  get cause(): string | undefined {
    return this.long?.[0];
  }
  /** What to do; undefined before {@link loadTexts}. */
  get remedy(): string | undefined {
    return this.long?.[1];
  }
  /** Why the answers are what they are; undefined before {@link loadTexts}. */
  get reason(): string | undefined {
    return this.long?.[2];
  }
  /** Where the advice was read; undefined before {@link loadTexts}. */
  get sources(): string[] | undefined {
    return this.long?.[3];
  }
  /** The vendor's pages; undefined before {@link loadTexts}. */
  get docs(): string[] | undefined {
    return this.long?.[4];
  }
  /** Every spelling, in all dialects. */
  readings(): Reading[] {
    return this.rows.slice();
  }
  /** Where to look when a dialect has no code for it: the nearest first. */
  get nearest(): Condition[] {
    return this.row[7].map((id) => this.table.conditions[id - 1]!);
  }
  /** The server's refinements. */
  get subcodes(): Subcode[] {
    const list = this.row[8];
    const out: Subcode[] = [];
    for (let i = 0; i < list.length; i += 2)
      out.push({ value: list[i] as number, name: list[i + 1] as string, summary: this.long?.[5][i / 2] });
    return out;
  }
  toString(): string {
    return this.name;
  }
  /** The shape that all of aerocodes gives. */
  toJSON() {
    const { id, name, category, origin, edition, summary, cause, remedy } = this;
    return {
      id, name, category, origin, edition, summary, cause, remedy,
      advice: {
        retryable: this.retryable,
        maybe_applied: this.maybeApplied,
        retryable_not_applied: this.retryableNotApplied,
        reason: this.reason,
        sources: this.sources,
      },
    };
  }
}

const NONE: never[] = [];

/** One meaning of one code. A number that nobody uses has a reading too: without a name and a condition. */
export class Reading {
  /** The dialect's key. */
  readonly dialect: string;
  /** The dialect. */
  readonly numbering: Dialect;
  readonly value: number;
  /** The dialect's name for it. */
  readonly name: string | undefined;
  /** What happened; undefined when nothing is known. */
  readonly condition: Condition | undefined;
  /** Whether this is the name to use today. */
  readonly primary: boolean;
  /** Whether it is documented so, but not what the software does. */
  readonly wrong: boolean;
  readonly edition: Edition;
  /** First release in which it held; the first release read may mean "or earlier". */
  readonly since: string | undefined;
  /** Last release in which it held; undefined while it does. */
  readonly until: string | undefined;
  /** Release in which the code itself appeared, where that is documented. */
  readonly introduced: string | undefined;
  /** Releases in between that lack it: first and last of each gap. */
  readonly gaps: readonly (readonly [string, string])[];
  /** Further conditions that this number stands for. */
  readonly folds: readonly Condition[];
  /** Place in the table; -1 when nothing is known. @internal */
  readonly index: number;

  /** @internal */
  constructor(dialect: Dialect, value: number, index = -1, row?: ReadingRow, conditions?: Condition[]) {
    const [, , name, condition, flags = 0, since, until, introduced, gaps = NONE] = row ?? (NONE as unknown as ReadingRow);
    this.dialect = dialect.key;
    this.numbering = dialect;
    this.value = value;
    this.index = index;
    this.name = name || undefined;
    this.condition = conditions?.[condition - 1];
    this.primary = (flags & 1) > 0;
    this.wrong = (flags & 2) > 0;
    this.edition = flags & 4 ? "enterprise" : "any";
    this.since = since || undefined;
    this.until = until || undefined;
    this.introduced = introduced || undefined;
    this.gaps = gaps.length ? gaps.flatMap((from, i) => (i % 2 ? [] : [[from, gaps[i + 1]!]])) : NONE;
    this.folds = row && row.length > 9 ? row.slice(9).map((f) => conditions![(f as number) - 1]!) : NONE;
  }

  /** Whether anything is known about it. */
  get known(): boolean {
    return this.index >= 0;
  }
  /** Whether it ended before the newest release read. */
  get retired(): boolean {
    return !!this.until;
  }
  /** The condition's kind; for an unknown number that of the dialect's number range. */
  get category(): string {
    return this.condition?.category ?? this.numbering.categoryOf(this.value);
  }
  /** The same in words for people. */
  get categoryTitle(): string {
    return this.condition?.categoryTitle ?? this.numbering.rangeOf(this.value).title;
  }
  get origin(): Origin {
    return this.condition?.origin ?? "unknown";
  }
  get retryable(): Answer {
    return this.condition?.retryable ?? "unknown";
  }
  get maybeApplied(): Answer {
    return this.condition?.maybeApplied ?? "unknown";
  }
  get retryableNotApplied(): Answer {
    return this.condition?.retryableNotApplied ?? "unknown";
  }
  /** The condition's summary; empty when nothing is known. */
  get summary(): string {
    return this.condition?.summary ?? "";
  }
  /** What users must know about this very row; undefined when there is nothing, and before {@link loadTexts}. */
  get erratum(): string | undefined {
    return texts?.errata[this.index];
  }
  /** `java:9`. */
  get code(): string {
    return `${this.dialect}:${this.value}`;
  }
  toString(): string {
    return this.name ? `${this.code} ${this.name}` : this.code;
  }
  /** Whether it held in a release, or in some release of that line when it is short. */
  holdsIn(release: string): boolean {
    return this.known && holds(this, releaseOf(release));
  }
  /** The shape that all of aerocodes gives. */
  toJSON() {
    return {
      dialect: this.dialect,
      value: this.value,
      name: this.name ?? null,
      primary: this.primary,
      condition: this.condition?.name ?? null,
      since: this.since ?? null,
      until: this.until ?? null,
      introduced: this.introduced ?? null,
      erratum: this.erratum ?? null,
      category: this.category,
      origin: this.origin,
      edition: this.edition,
      retryable: this.retryable,
      maybe_applied: this.maybeApplied,
      retryable_not_applied: this.retryableNotApplied,
      summary: this.summary,
    };
  }
}

/** One numbering of status codes. */
export class Dialect {
  /** Permanent number, from 0. */
  readonly id: number;
  /** What users type, such as `java`. */
  readonly key: string;
  /** For people, such as "Java client". */
  readonly title: string;
  /** The software whose releases the release ranges speak of. */
  readonly software: string;
  readonly kind: "current" | "legacy" | "log";
  /** First release that was read. */
  readonly first: string;
  /** Last release that was read. */
  readonly last: string;
  /** Other keys that mean this dialect. */
  readonly aliases: string[];
  private ranges: number[];
  private table: Table;
  private place: number;
  private made: Reading[] | undefined;
  private low = 0;
  private near: (Reading | undefined)[] = [];
  private far = new Map<number, Reading>();

  /** @internal */
  constructor(id: number, row: DialectRow, table: Table) {
    const [key, title, software, kind, first, last, place, ranges, ...aliases] = row;
    this.id = id;
    this.key = key;
    this.title = title;
    this.software = software;
    this.kind = (["current", "legacy", "log"] as const)[kind];
    this.first = first;
    this.last = last;
    this.aliases = aliases;
    this.place = place;
    this.ranges = ranges;
    this.table = table;
  }

  /** Every reading, made when a dialect is first asked. @internal */
  get rows(): Reading[] {
    if (!this.made) {
      this.made = this.table.raw.readings(this.id).map((row, i) => new Reading(this, row[1], this.place + i, row, this.table.conditions));
      this.low = this.made[0]?.value ?? 0;
      // The first of a number answers.
      for (const r of this.made)
        if (r.value < 256) this.near[r.value - this.low] ??= r;
        else if (!this.far.has(r.value)) this.far.set(r.value, r);
    }
    return this.made;
  }

  /**
   * What `value` means as of the newest release, or as of `release`; the hot lookup.
   * Any 32-bit number has an answer. Throws a TypeError for anything else, and for a text that is no release.
   */
  lookup(value: number, release?: string): Reading {
    if (release !== undefined) return lookupAt(this, value, release);
    const near = this.near[value - this.low];
    // What is no number but looks like one must not pass.
    return near && near.value === value ? near : this.made ? (this.far.get(value) ?? new Reading(this, i32(value))) : (this.rows, this.lookup(value));
  }

  /** Every reading of a number, the best as of the newest release first. */
  of(value: number): Reading[] {
    return this.rows.filter((r) => r.value === value);
  }
  /** Every reading, by number, the best as of the newest release first. */
  readings(): Reading[] {
    return this.rows.slice();
  }
  /** The kind of a number that has no name: from the dialect's number ranges. */
  categoryOf(value: number): string {
    return this.rangeOf(value).key;
  }
  /** @internal */
  rangeOf(value: number): Category {
    const r = this.ranges;
    for (let i = 0; i < r.length; i += 3) if (r[i]! <= value && value <= r[i + 1]!) return this.table.categories[r[i + 2]!]!;
    return this.table.categories[0]!;
  }
  /** Where the numbers were read; undefined before {@link loadTexts}. */
  get repository(): string | undefined {
    return texts?.dialects[this.id]![0];
  }
  /** What users of the whole dialect must know; undefined before {@link loadTexts}. */
  get errata(): string[] | undefined {
    return texts?.dialects[this.id]![1];
  }
  toString(): string {
    return this.key;
  }
  toJSON(): string {
    return this.key;
  }
}

/** The number itself, or a TypeError. */
export const i32 = (value: number): number => {
  if ((value | 0) !== value) throw fault(`a code is a whole number from -2147483648 to 2147483647, not ${typeof value === "number" ? value : typeof value}`);
  return value;
};

const releaseOf = (text: string): number[] => {
  const parts = /^[vV]?(\d+(?:\.\d+){0,3})$/.exec(text)?.[1]!.split(".").map(Number);
  if (!parts || parts.some((n) => n >= 65535)) throw fault("this is no release; write one to four numbers with dots, as in 4.5.0.1");
  return parts;
};

/** Compares the first `n` numbers of two releases; absent ones count as `a` and `b` pads. */
const compare = (a: number[], b: number[], n: number, padA = 0, padB = 0): number => {
  for (let i = 0; i < n; i++) {
    const d = (a[i] ?? padA) - (b[i] ?? padB);
    if (d) return d;
  }
  return 0;
};

const holds = (r: Reading, release: number[]): boolean => {
  const n = release.length;
  const line = (text: string) => compare(release, releaseOf(text), n);
  const { first } = r.numbering;
  if (r.introduced && line(r.introduced) < 0) return false;
  if (line(r.since!) < 0 && !(r.since === first && line(first) < 0)) return false;
  if (r.until && line(r.until) > 0) return false;
  return !r.gaps.some(([a, b]) => compare(release, releaseOf(a), 4) >= 0 && compare(release, releaseOf(b), 4, 65535, 65535) <= 0);
};

/** Whether no gap ends within the line: a line that ends inside a gap is better told by a reading without that gap. */
const whole = (r: Reading, release: number[]): boolean =>
  !r.gaps.some(([, last]) => !compare(releaseOf(last), release, release.length) && release.length < releaseOf(last).length);

const lookupAt = (dialect: Dialect, value: number, text: string): Reading => {
  i32(value);
  const release = releaseOf(text);
  let best: Reading | undefined;
  for (const r of dialect.of(value)) {
    if (r.wrong || !holds(r, release)) continue;
    const better = best && (+whole(r, release) - +whole(best, release) || +r.primary - +best.primary || compare(releaseOf(r.since!), releaseOf(best.since!), 4));
    if (!best || better! > 0) best = r;
  }
  return best ?? new Reading(dialect, value);
};

/** The list of a key, empty at first. */
export const listOf = <T>(map: Map<string, T[]>, key: string): T[] => {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
};

/** All values of one table. */
export class Table {
  readonly raw: RawTable;
  readonly categories: Category[];
  readonly operations: { key: string; title: string; mutates: boolean; idempotent: boolean }[];
  readonly dialects: Dialect[];
  readonly conditions: Condition[];
  readonly keys = new Map<string, Dialect>();
  private all: Reading[] | undefined;
  private names: Map<string, Reading[]> | undefined;

  constructor(raw: RawTable) {
    this.raw = raw;
    this.categories = raw.categories.map(([key, title]) => ({ key, title }));
    this.operations = raw.operations.map(([key, title, m, i]) => ({ key, title, mutates: !!m, idempotent: !!i }));
    this.conditions = raw.conditions.map((row, i) => new Condition(i + 1, row, this));
    this.dialects = raw.dialects.map((row, id) => new Dialect(id, row, this));
    for (const d of this.dialects) for (const k of [...d.aliases, d.key]) this.keys.set(k.toLowerCase(), d);
  }

  /** Every reading, by dialect. */
  get readings(): Reading[] {
    if (!this.all) {
      this.all = this.dialects.flatMap((d) => d.rows);
      for (const r of this.all) r.condition!.list.push(r);
    }
    return this.all;
  }

  /** Every reading with this name, in any case. */
  named(name: string): Reading[] {
    if (!this.names) {
      this.names = new Map();
      for (const r of this.readings) listOf(this.names, r.name?.toLowerCase() ?? "").push(r);
    }
    return (name && this.names.get(name.toLowerCase())) || [];
  }
}
