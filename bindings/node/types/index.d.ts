import type {
  Codes,
  ConditionsByName,
  DialectAlias,
  KnownCategory,
  KnownCondition,
  KnownDialect,
  KnownOperation,
  KnownValue,
} from './codes.js';

export type { Codes, DialectAlias, KnownCategory, KnownCondition, KnownDialect, KnownOperation, KnownValue };

/** A numbering's key; newer ones than this release knows are strings too. */
export type DialectKey = KnownDialect | (string & {});
/** A key or an alias, in any case, or a handle. */
export type DialectLike = KnownDialect | DialectAlias | (string & {}) | Dialect;
/** A status code: the numbers that have a name, and any other 32-bit integer. */
export type Code<D extends KnownDialect = KnownDialect> = KnownValue<D> | (number & {});
/** A condition's name. */
export type ConditionName = KnownCondition | (string & {});
/** A condition's kind. */
export type Category = KnownCategory | (string & {});
/** What a program was doing; an underscore does for the hyphen. */
export type Operation = KnownOperation | (string & {});
/** The answer to a yes-or-no question that may have no plain answer. */
export type Answer = 'yes' | 'no' | 'depends' | 'unknown';
/** Who raises a condition. */
export type Origin = 'server' | 'client' | 'either' | 'unknown';
/** A server edition. */
export type Edition = 'any' | 'enterprise';

/** FoundationDB's three predicates. */
export interface Predicates {
  /** The condition is transient: the same request may succeed when sent again. */
  readonly retryable: Answer;
  /** A write may have been applied although the client saw this. */
  readonly maybeApplied: Answer;
  /** Retryable, and surely not applied. */
  readonly retryableNotApplied: Answer;
}

/** A server's refinement of a condition. */
export interface Subcode {
  readonly value: number;
  readonly name: string;
  readonly summary: string;
}

/** What happened, independent of any dialect. One object each: compare with `===`. */
export class Condition implements Predicates {
  private constructor();
  /** Permanent number, from 1. */
  readonly id: number;
  readonly name: ConditionName;
  readonly category: Category;
  readonly origin: Origin;
  readonly edition: Edition;
  readonly retryable: Answer;
  readonly maybeApplied: Answer;
  readonly retryableNotApplied: Answer;
  /** One sentence of at most 80 characters. */
  readonly summary: string;
  /** What makes the server or the client say this. */
  readonly cause: string;
  /** What an operator and a developer can do. */
  readonly remedy: string;
  /** Why the predicates are what they are. */
  readonly reason: string;
  /** Where the advice was read. */
  readonly sources: string[];
  readonly docs: string[];
  readonly keywords: string[];
  readonly subcodes: Subcode[];
  /** Where to look when a dialect has no code for it, in order. */
  readonly nearest: Condition[];
  /** Every reading of it, in all dialects. */
  readings(): KnownReading[];
  /** The name. */
  toString(): string;
  toJSON(): ConditionJson;
}

/** What every reading has. */
interface ReadingBase extends Predicates {
  readonly dialect: DialectKey;
  readonly value: number;
  /** `java:9`. */
  readonly code: string;
  readonly category: Category;
  readonly origin: Origin;
  readonly edition: Edition;
  /** Whether this is the name to use for the code today. */
  readonly primary: boolean;
  /** Whether it ended before the newest release read. */
  readonly retired: boolean;
  /** Whether it is documented or exported so, but not what the software does; the erratum tells what is. */
  readonly wrong: boolean;
  /** First release in which it held. */
  readonly since: string | undefined;
  /** Last release in which it held; undefined while it does. */
  readonly until: string | undefined;
  /** Inclusive ranges of releases in between that lack it. */
  readonly gaps: [string, string][];
  /** Release in which the code itself appeared, where that is documented. */
  readonly introduced: string | undefined;
  /** What users must know about this very row. */
  readonly erratum: string | undefined;
  /** Further conditions that the number stands for. */
  readonly folds: Condition[];
  /** The condition's summary; empty when nothing is known. */
  readonly summary: string;
  /** Whether it held in a release, or in some release of that line when it is short (`4.1`). */
  holdsIn(release: string): boolean;
  /** `java:9 TIMEOUT`. */
  toString(): string;
  toJSON(): ReadingJson;
}

/** A reading of a code that somebody uses. */
export interface KnownReading extends ReadingBase {
  readonly known: true;
  /** The dialect's name for it; some codes have none. */
  readonly name: string | undefined;
  readonly condition: Condition;
}

/** A reading of a number that nobody uses: it keeps its number, and has the category of its range. */
export interface UnknownReading extends ReadingBase {
  readonly known: false;
  readonly name: undefined;
  readonly condition: undefined;
}

/** What one code means. `known` tells the two kinds apart. */
export type Reading = KnownReading | UnknownReading;
/** The class of readings, for `instanceof`. */
export const Reading: { readonly prototype: Reading; [Symbol.hasInstance](value: unknown): value is Reading };

/** Anything that names one code: a reading, `java:-8`, `c:AEROSPIKE_ERR_TIMEOUT`, a name that only one code has, or a pair. */
export type CodeLike = Reading | string | { readonly dialect: DialectLike; readonly value: number };

/** What sharpens advice. */
export interface AdviseOptions {
  /** What the program was doing; a write that must not happen twice when it is not said. */
  operation?: Operation | undefined;
  /** The client's in-doubt flag, if it gave one. */
  inDoubt?: boolean | undefined;
}

/** May I retry, may it have been applied, and why. */
export class Advice implements Predicates {
  private constructor();
  readonly reading: Reading;
  readonly operation: Operation;
  readonly inDoubt: boolean | undefined;
  readonly retryable: Answer;
  readonly maybeApplied: Answer;
  readonly retryableNotApplied: Answer;
  /** The rule for the operation, in one sentence. */
  readonly rule: string;
  /** Why the condition's predicates are what they are; empty when nothing is known. */
  readonly reason: string;
  readonly sources: string[];
  toJSON(): AdviceJson;
}

/** What every translation has. */
interface TranslationBase {
  readonly from: Reading;
  readonly to: DialectKey;
  /** Why, in one sentence. */
  readonly reason: string;
  /** `java:-8 -> c: folded -10`. */
  toString(): string;
  toJSON(): { from: Reading; to: string; kind: 'exact' | 'folded' | 'none'; targets: readonly Reading[]; reason: string };
}

/** One code for one code. */
export interface ExactTranslation extends TranslationBase {
  readonly kind: 'exact';
  readonly targets: readonly [KnownReading];
}

/** Many to one, one to many, or the nearest there is: the target's readings, the best first; one for each code. */
export interface FoldedTranslation extends TranslationBase {
  readonly kind: 'folded';
  readonly targets: readonly [KnownReading, ...KnownReading[]];
}

/** The target has no code for it. */
export interface NoTranslation extends TranslationBase {
  readonly kind: 'none';
  readonly targets: readonly [];
}

/** A code in another dialect's terms; `kind` tells the three apart. */
export type Translation = ExactTranslation | FoldedTranslation | NoTranslation;
/** The class of translations, for `instanceof`. */
export const Translation: { readonly prototype: Translation; [Symbol.hasInstance](value: unknown): value is Translation };

/** One numbering. The hot form: `const java = dialect('java'); java.lookup(9)`. */
export class Dialect {
  private constructor();
  readonly id: number;
  readonly key: DialectKey;
  readonly title: string;
  /** The software whose releases the release ranges speak of. */
  readonly software: string;
  /** Identifier in programs. */
  readonly module: string;
  readonly kind: 'current' | 'legacy' | 'log';
  /** First and last release that were read. */
  readonly first: string;
  readonly last: string;
  readonly aliases: readonly string[];
  readonly repository: string;
  readonly errata: string[];
  /** What `value` means as of the newest release, or as of `release`. Throws a TypeError when it is no 32-bit integer. */
  lookup(value: Code, release?: string): Reading;
  /** Every reading of one number, the best as of the newest release first. */
  of(value: Code): KnownReading[];
  readings(): KnownReading[];
  find(name: string): KnownReading[];
  /** The category of a number; that of its range when the number has no name. */
  categoryOf(value: Code): Category;
  translate(value: Code, to: DialectLike): Translation;
  advise(value: Code, options?: AdviseOptions): Advice;
  decode(values: Int32Array, out?: Uint8Array): Uint8Array;
  /** Condition ids of the numbers from -32 to 478, then a 0. */
  conditionTable(): Uint8Array;
  toString(): string;
  toJSON(): string;
}

/** One raised error, found in a text. `start` and `end` count UTF-16 units of a string, or bytes of a file. */
export class Finding {
  private constructor();
  readonly start: number;
  readonly end: number;
  /** The dialect, when the shape of the text tells; else see `candidates`. */
  readonly dialect: DialectKey | undefined;
  readonly candidates: DialectKey[];
  readonly value: number | undefined;
  readonly name: string | undefined;
  /** What happened, when all candidates agree. */
  readonly condition: Condition | undefined;
  readonly subcode: number | undefined;
  readonly inDoubt: boolean | undefined;
  readonly node: string | undefined;
  readonly iteration: number | undefined;
  /** Whether it stands inside another finding. */
  readonly nested: boolean;
  /** The releases of the client whose messages have this shape. */
  readonly release: { first: string | undefined; last: string | undefined } | undefined;
  /** How sure this is, from 0 to 1, and why. */
  readonly confidence: number;
  readonly why: string;
  readonly reading: Reading | undefined;
  toString(): string;
  toJSON(): Record<string, unknown>;
}

/** What `value` means in a dialect as of the newest release, or as of `release`. */
export function lookup(dialect: DialectLike, value: Code, release?: string): Reading;
/** Every reading of a bare number, in all dialects, the likeliest first. */
export function readings(value: Code): KnownReading[];
/** Every reading with this spelling: as written, or in any case when no dialect has it as written. */
export function find(name: string): KnownReading[];
/** Conditions that fit the words, the best first, at most 24. Scores compare within one search only. */
export function search(words: string): { condition: Condition; score: number }[];
/** Says a code in another dialect's terms. */
export function translate(code: CodeLike, to: DialectLike): Translation;
/** May I retry, may it have been applied, and why. */
export function advise(code: CodeLike, options?: AdviseOptions): Advice;
/** Decodes numbers of one dialect into condition ids, 0 where nothing is known; into `out` when that is given. */
export function decode(dialect: DialectLike, values: Int32Array, out?: Uint8Array): Uint8Array;
/** Every raised error in a text, in order. `bareWords` lets a known name count wherever it stands. */
export function recognize(text: string, options?: { bareWords?: boolean }): Finding[];
/** Reads `java:-8`, `server:0x16`, `c:NAME` or a name that only one code has. */
export function parse(
  text: string,
): { reading: Reading; error?: undefined; candidates?: undefined } | { reading?: undefined; error: TypeError; candidates: KnownReading[] };

/** The handle of a dialect. Throws a TypeError when there is none of this key. */
export function dialect(key: DialectLike): Dialect;
/** All dialects, by id. */
export function dialects(): Dialect[];
/** The condition of a name (in any case) or an id. */
export function condition(nameOrId: ConditionName | number): Condition | undefined;
/** The operations that advice distinguishes. */
export const operations: readonly { readonly id: number; readonly key: KnownOperation; readonly title: string; readonly mutates: boolean; readonly idempotent: boolean }[];
/** Every condition by name. */
export const conditions: ConditionsByName<Condition>;
/** For each dialect its names with their numbers as of the newest release. */
export const codes: Codes;

/** What `detectDialect` found out. */
export interface Detected {
  /** The dialect; undefined when several are possible. */
  dialect: DialectKey | undefined;
  /** Whether nothing else is possible. */
  certain: boolean;
  reason: string;
  candidates: DialectKey[];
}

/** Which numbering an error object of the Node.js client speaks, whatever the client's age. */
export function detectDialect(error: unknown): Detected;

/** How to read what is explained. */
export interface ExplainOptions extends AdviseOptions {
  /** The dialect of a bare number, when it is known. */
  dialect?: DialectLike | undefined;
  release?: string | undefined;
}

/** What was found; `kind` tells. `toString()` gives a few lines for people. */
export type Explanation =
  | { readonly kind: 'reading'; readonly reading: Reading; readonly advice: Advice; readonly detected?: Detected; toString(): string }
  | { readonly kind: 'readings'; readonly readings: KnownReading[]; toString(): string }
  | { readonly kind: 'findings'; readonly findings: Finding[]; toString(): string }
  | { readonly kind: 'conditions'; readonly conditions: Condition[]; toString(): string }
  | { readonly kind: 'unknown'; readonly reason: string; toString(): string };

/** Explains an error object of the Node.js client of any age, a number, a code as text, a name, a log line, or words. Never throws. */
export function explain(what: unknown, options?: ExplainOptions): Explanation;

/** What `retryable` goes by. */
export interface RetryOptions extends AdviseOptions {
  /** The dialect of the error's code; found out from the error when it is not given. */
  dialect?: DialectLike | undefined;
  release?: string | undefined;
  /** Whether "it depends" is good enough. */
  depends?: boolean | undefined;
}

/** Whether sending the same request again is right and cannot apply it twice. False for what is no Aerospike error. */
export function retryable(error: unknown, options?: RetryOptions): boolean;
/** The same with the options bound, for retry libraries: `pRetry(work, { shouldRetry: retryIf({ operation: 'read' }) })`. */
export function retryIf(options?: RetryOptions): (context: unknown) => boolean;

/** Enough of an AbortSignal. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** How a file is scanned. */
export interface ScanOptions {
  /** Ends the scan: it rejects with the signal's reason. */
  signal?: AbortSignalLike | undefined;
  /** Called now and then: bytes done, bytes in the file, findings so far. */
  onProgress?: ((progress: { bytes: number; total: number; events: number }) => void) | undefined;
  /** Threads of the native engine; as many as the machine has, at most 16. */
  threads?: number | undefined;
  /** Whether a known name counts wherever it stands. */
  bareWords?: boolean | undefined;
}

/** Findings of a file that are alike. `first` and `last` are the bytes where the first and the last of them start. */
export interface ScanGroup {
  dialect: DialectKey | undefined;
  candidates: DialectKey[];
  value: number | undefined;
  condition: Condition | undefined;
  reading: Reading | undefined;
  count: number;
  first: number;
  last: number;
}

/** The counts of a file: `bytes` are those of the text, uncompressed. */
export interface ScanResult {
  path: string;
  bytes: number;
  events: number;
  groups: ScanGroup[];
}

/** A scan: `await` it for the counts, or iterate over it for every finding. */
export interface Scan extends PromiseLike<ScanResult>, AsyncIterable<Finding> {
  catch<T>(failed: (reason: unknown) => T | PromiseLike<T>): Promise<ScanResult | T>;
  finally(last: () => void): Promise<ScanResult>;
}

/** Enough of a URL. */
export interface UrlLike {
  readonly href: string;
  readonly protocol: string;
}

/** Scans a file, a `*.gz` file or a pipe, named by its path or a `file:` URL. Nothing is read before it is awaited or iterated over. */
export function scan(path: string | UrlLike, options?: ScanOptions): Scan;

/** Which engine serves bulk work, and why not the native one. */
export function engineInfo(): { kind: 'native' | 'wasm' | 'none'; package: string; reason: string | undefined };

/** The JSON of a reading, as every surface of aerocodes gives it. */
export interface ReadingJson {
  dialect: string;
  value: number;
  name: string | null;
  primary: boolean;
  condition: string | null;
  since: string | null;
  until: string | null;
  gaps?: [string, string][];
  introduced: string | null;
  erratum: string | null;
  category: string;
  origin: Origin;
  edition: Edition;
  retryable: Answer;
  maybe_applied: Answer;
  retryable_not_applied: Answer;
  summary: string;
  folds?: string[];
  wrong?: true;
}

/** The JSON of a condition. */
export interface ConditionJson {
  id: number;
  name: string;
  category: string;
  origin: Origin;
  edition: Edition;
  summary: string;
  cause: string;
  remedy: string;
  advice: { retryable: Answer; maybe_applied: Answer; retryable_not_applied: Answer; reason: string; sources: string[] };
  docs: string[];
  subcodes: Subcode[];
}

/** The JSON of advice. */
export interface AdviceJson {
  code: string;
  operation: string;
  in_doubt: boolean | null;
  retryable: Answer;
  maybe_applied: Answer;
  retryable_not_applied: Answer;
  rule: string;
  reason: string;
  sources: string[];
}
