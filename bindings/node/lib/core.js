// Lookup, names, translation and advice over the generated tables: plain ECMAScript without imports from any runtime, shared by
// the Node.js package (native or not) and the browser package.

import { CATEGORIES, CONDITIONS, DIALECTS, OPERATIONS, READINGS, STATUS_LINES } from './generated/tables.js';

/** What is loaded or linked only when somebody asks for it: the long texts, and the fast paths for bulk work. */
const parts = {
  texts: () => {
    throw new Error('aerocodes: no texts were given; call useTexts');
  },
  engine: () => undefined,
};
let loadedTexts;

/** Says where the module of long texts comes from: a function that returns it, called at most once. */
export function useTexts(load) {
  parts.texts = load;
  loadedTexts = undefined;
}

/** Says where bulk decoding and recognition come from: a function that returns the engine. */
export function useEngine(load) {
  parts.engine = load;
}

export const texts = () => (loadedTexts ??= parts.texts());
export const engine = () => parts.engine();

const ANSWERS = { u: 'unknown', n: 'no', d: 'depends', y: 'yes' };
const ORIGINS = { s: 'server', c: 'client', e: 'either' };

function fault(code, message) {
  const error = new TypeError(message);
  error.code = code;
  return error;
}

/** A value for a message: short, and never by calling what the value brings along. */
function shown(value) {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
    case 'bigint':
      return `${value}n`;
    case 'number':
    case 'boolean':
    case 'undefined':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'object':
      return value === null ? 'null' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

function checkedValue(value) {
  if (typeof value === 'number' && (value | 0) === value) return value | 0;
  throw fault('ERR_AEROCODES_VALUE', `a code is an integer from -2147483648 to 2147483647, not ${shown(value)}`);
}

const lower = (s) => s.replace(/[A-Z]+/g, (m) => m.toLowerCase());
export const trim = (s) => s.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');

// Releases: four numbers, 65535 for one that is not given.

const ABSENT = 65535;

function parseRelease(text) {
  const m = typeof text === 'string' && /^[vV]?(\d+(?:\.\d+){0,3})$/.exec(text);
  const parts = m ? m[1].split('.').map(Number) : [];
  if (!m || parts.some((p) => p >= ABSENT)) {
    throw fault('ERR_AEROCODES_RELEASE', `${shown(text)} is no release; write one to four numbers with dots, as in 4.5.0.1`);
  }
  while (parts.length < 4) parts.push(ABSENT);
  return parts;
}

const length = (r) => (r.indexOf(ABSENT) < 0 ? 4 : r.indexOf(ABSENT));
const lowest = (r) => r.map((x) => (x === ABSENT ? 0 : x));

function compare(a, b, n) {
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

const compareReleases = (a, b) => compare(lowest(a), lowest(b), 4) || compare(a, b, 4);
/** As lines: only as many numbers of `b` count as `a` gives. */
const compareLine = (a, b) => compare(a, lowest(b), length(a));

function and(a, b) {
  for (const word of ['no', 'unknown', 'depends']) if (a === word || b === word) return word;
  return 'yes';
}

const not = (a) => (a === 'yes' ? 'no' : a === 'no' ? 'yes' : a);

/** What happened, independent of any dialect. One object each: compare with `===`. */
export class Condition {
  #nearest;

  constructor(id, row) {
    const [name, category, origin, enterprise, retryable, maybeApplied, nearest = '', summary = ''] = row.split('|');
    this.id = id;
    this.name = name;
    this.category = CATEGORIES[category][0];
    this.origin = ORIGINS[origin];
    this.edition = enterprise ? 'enterprise' : 'any';
    this.retryable = ANSWERS[retryable];
    this.maybeApplied = ANSWERS[maybeApplied];
    this.retryableNotApplied = and(this.retryable, not(this.maybeApplied));
    this.summary = summary;
    this.#nearest = nearest;
    Object.freeze(this);
  }

  get cause() {
    return texts().TEXTS[this.id - 1][0];
  }
  get remedy() {
    return texts().TEXTS[this.id - 1][1];
  }
  get reason() {
    return texts().TEXTS[this.id - 1][2];
  }
  get sources() {
    return [...texts().TEXTS[this.id - 1][3]];
  }
  get docs() {
    return [...texts().TEXTS[this.id - 1][4]];
  }
  get keywords() {
    return [...texts().TEXTS[this.id - 1][5]];
  }
  get subcodes() {
    return texts().TEXTS[this.id - 1][6].map(([value, name, summary]) => ({ value, name, summary }));
  }
  /** Where to look when a dialect has no code for it, in order. */
  get nearest() {
    return this.#nearest ? this.#nearest.split(',').map((id) => conditionList()[id - 1]) : [];
  }

  /** Every reading of it, in all dialects. */
  readings() {
    return dialects().flatMap((d) => d.readings().filter((r) => r.condition === this));
  }

  toString() {
    return this.name;
  }

  toJSON() {
    const { id, name, category, origin, edition, summary, cause, remedy, reason, sources, docs, subcodes } = this;
    const advice = { ...predicates(this), reason, sources };
    return { id, name, category, origin, edition, summary, cause, remedy, advice, docs, subcodes };
  }
}

const predicates = (x) => ({
  retryable: x.retryable,
  maybe_applied: x.maybeApplied,
  retryable_not_applied: x.retryableNotApplied,
});

let conditionRows;
export function conditionList() {
  return (conditionRows ??= CONDITIONS.split('\n').map((row, i) => new Condition(i + 1, row)));
}

/** The condition of a name (in any case) or an id; undefined when there is none. */
export function condition(nameOrId) {
  if (typeof nameOrId === 'string') {
    const name = lower(nameOrId).toUpperCase();
    return conditionList().find((c) => c.name === name);
  }
  if (typeof nameOrId === 'number') return conditionList()[nameOrId - 1];
  throw fault('ERR_AEROCODES_CONDITION', `a condition is named by its name or its id, not by ${shown(nameOrId)}`);
}

let conditionMap;
/** Every condition by name. */
export function conditionsByName() {
  return (conditionMap ??= Object.freeze(Object.fromEntries(conditionList().map((c) => [c.name, c]))));
}

/** What one code means: spelling, condition and release range. A number nobody uses has a reading too, with `known` false. */
export class Reading {
  #of;
  #row;
  #index;

  constructor(of, value, row, index) {
    this.dialect = of.key;
    this.value = value;
    this.known = row !== undefined;
    this.name = (row && row[3]) || undefined;
    this.condition = row && conditionList()[row[1] - 1];
    this.#of = of;
    this.#row = row ?? [];
    this.#index = index;
    Object.freeze(this);
  }

  /** `java:9`. */
  get code() {
    return `${this.dialect}:${this.value}`;
  }
  get category() {
    return this.condition ? this.condition.category : this.#of.categoryOf(this.value);
  }
  get origin() {
    return this.condition ? this.condition.origin : 'unknown';
  }
  get edition() {
    return this.#row[8] || (this.condition ? this.condition.edition : 'any');
  }
  get primary() {
    return (this.#row[2] & 1) !== 0;
  }
  get wrong() {
    return (this.#row[2] & 2) !== 0;
  }
  get retired() {
    return this.until !== undefined;
  }
  get since() {
    return this.#row[4] || undefined;
  }
  get until() {
    return this.#row[5] || undefined;
  }
  get gaps() {
    return this.#row[6] ? this.#row[6].split(',').map((g) => g.split('-')) : [];
  }
  get introduced() {
    return this.#row[7] || undefined;
  }
  get erratum() {
    return (this.#row[2] & 4) !== 0 ? texts().ERRATA[this.#of.id][this.#index] : undefined;
  }
  get folds() {
    return this.#row[9] ? this.#row[9].split(',').map((id) => conditionList()[id - 1]) : [];
  }
  /** Whether something is a reading; asks nothing of it, so that a hostile object cannot answer. */
  static is(x) {
    return typeof x === 'object' && x !== null && #of in x;
  }
  get retryable() {
    return this.condition ? this.condition.retryable : 'unknown';
  }
  get maybeApplied() {
    return this.condition ? this.condition.maybeApplied : 'unknown';
  }
  get retryableNotApplied() {
    return this.condition ? this.condition.retryableNotApplied : 'unknown';
  }
  get summary() {
    return this.condition ? this.condition.summary : '';
  }

  /** Whether it held in a release, or in some release of that line when it is short. */
  holdsIn(release) {
    return this.known && this.#holds(parseRelease(release));
  }

  /** Whether no gap of it takes in the end of the line that a short release means: another reading of that line is surer. */
  static whole(reading, release) {
    const line = parseRelease(release);
    return !reading.gaps.some(([, b]) => compareLine(line, parseRelease(b)) === 0 && compare(line, parseRelease(b), 4) > 0);
  }

  #holds(release) {
    const since = parseRelease(this.since);
    const first = parseRelease(this.#of.first);
    if (this.introduced && compareLine(release, parseRelease(this.introduced)) < 0) return false;
    const open = compareReleases(since, first) === 0 && compareLine(release, first) < 0;
    const begun = open || compareLine(release, since) >= 0;
    const ended = this.until !== undefined && compareLine(release, parseRelease(this.until)) > 0;
    const gap = this.gaps.some(([a, b]) => {
      const [from, to] = [parseRelease(a), parseRelease(b)];
      return compare(lowest(release), lowest(from), 4) >= 0 && compare(release, to, 4) <= 0;
    });
    return begun && !ended && !gap;
  }

  toString() {
    return this.name === undefined ? this.code : `${this.code} ${this.name}`;
  }

  toJSON() {
    const orNull = (x) => x ?? null;
    return {
      dialect: this.dialect,
      value: this.value,
      name: orNull(this.name),
      primary: this.primary,
      condition: this.condition ? this.condition.name : null,
      since: orNull(this.since),
      until: orNull(this.until),
      ...(this.gaps.length > 0 && { gaps: this.gaps }),
      introduced: orNull(this.introduced),
      erratum: orNull(this.erratum),
      category: this.category,
      origin: this.origin,
      edition: this.edition,
      ...predicates(this),
      summary: this.summary,
      ...(this.folds.length > 0 && { folds: this.folds.map((c) => c.name) }),
      ...(this.wrong && { wrong: true }),
    };
  }
}

/** Numbers up to here are found in an array, the few above it in a map. */
const DIRECT_MAX = 700;

/** One numbering. The hot form: `const java = dialect('java'); java.lookup(9)`. */
export class Dialect {
  #min = 0;
  #direct = [];
  #far = new Map();
  #all;
  #ranges;
  #means;

  constructor(id) {
    const [key, title, software, module, kind, first, last, aliases, ranges] = DIALECTS[id];
    this.id = id;
    this.key = key;
    this.title = title;
    this.software = software;
    this.module = module;
    this.kind = kind;
    this.first = first;
    this.last = last;
    this.aliases = Object.freeze([...aliases]);
    this.#ranges = ranges;
    const rows = READINGS[id].split('\n');
    this.#all = rows.map((text, i) => {
      const row = text.split('|');
      return new Reading(this, Number(row[0]), row, i);
    });
    const near = this.#all.filter((r) => r.value <= DIRECT_MAX);
    this.#min = near.length > 0 ? near[0].value : 0;
    const count = near.length > 0 ? near[near.length - 1].value - this.#min + 1 : 0;
    for (let i = 0; i < count; i++) this.#direct.push(undefined);
    for (let i = this.#all.length - 1; i >= 0; i--) {
      const r = this.#all[i];
      if (r.value <= DIRECT_MAX) this.#direct[r.value - this.#min] = r;
      else this.#far.set(r.value, r);
    }
    Object.freeze(this);
  }

  /** What `value` means as of the newest release, or as of `release`. */
  lookup(value, release) {
    if (release === undefined && typeof value === 'number') {
      const i = value - this.#min;
      if (i >= 0 && i < this.#direct.length) {
        const hit = this.#direct[i];
        if (hit !== undefined) return hit;
      }
    }
    return this.#lookupRare(value, release);
  }

  #lookupRare(value, release) {
    const v = checkedValue(value);
    if (release === undefined) return this.#far.get(v) ?? new Reading(this, v, undefined, -1);
    const at = typeof release === 'string' ? release : parseRelease(release);
    parseRelease(at);
    let best;
    for (const r of this.of(v)) {
      if (r.wrong || !r.holdsIn(at)) continue;
      const order = best && (Number(Reading.whole(r, at)) - Number(Reading.whole(best, at)) || Number(r.primary) - Number(best.primary) || compareReleases(parseRelease(r.since), parseRelease(best.since)));
      if (best === undefined || order > 0) best = r;
    }
    return best ?? new Reading(this, v, undefined, -1);
  }

  /** Every reading of one number, the best as of the newest release first. */
  of(value) {
    const v = checkedValue(value);
    const first = this.lookup(v);
    if (!first.known) return [];
    const from = this.#all.indexOf(first);
    let to = from;
    while (to < this.#all.length && this.#all[to].value === v) to++;
    return this.#all.slice(from, to);
  }

  /** Every reading, by number. */
  readings() {
    return [...this.#all];
  }

  /** Readings that are not wrong: those that mean a condition, and those that stand for it among others. */
  withCondition(what) {
    if (!this.#means) {
      this.#means = new Map();
      const at = (c) => this.#means.get(c) ?? this.#means.set(c, { means: [], stands: [] }).get(c);
      for (const r of this.#all) {
        if (r.wrong) continue;
        at(r.condition).means.push(r);
        for (const c of r.folds) at(c).stands.push(r);
      }
    }
    return this.#means.get(what) ?? { means: [], stands: [] };
  }

  /** Every reading with this spelling. */
  find(name) {
    return find(name).filter((r) => r.dialect === this.key);
  }

  /** The category of a number: that of its range when the number has no name. */
  categoryOf(value) {
    const v = checkedValue(value);
    const range = this.#ranges.find(([from, to]) => from <= v && v <= to);
    return CATEGORIES[range ? range[2] : 0][0];
  }

  translate(value, to) {
    return translate(this.lookup(value), to);
  }

  advise(value, options) {
    return advise(this.lookup(value), options);
  }

  decode(values, out) {
    return decode(this, values, out);
  }

  static is(x) {
    return typeof x === 'object' && x !== null && #ranges in x;
  }

  /** Condition ids of the numbers from -32 to 478, then a 0: what decoding looks up in. A copy. */
  conditionTable() {
    const table = new Uint8Array(512);
    for (const r of this.#all) {
      if (r.value >= -32 && r.value <= 478 && this.lookup(r.value) === r) table[r.value + 32] = r.condition.id;
    }
    return table;
  }

  get repository() {
    return texts().DIALECT_TEXTS[this.id][0];
  }
  get errata() {
    return [...texts().DIALECT_TEXTS[this.id][1]];
  }

  toString() {
    return this.key;
  }

  toJSON() {
    return this.key;
  }
}

const handles = [];
const keys = new Map();
DIALECTS.forEach((d, id) => keys.set(d[0], id));
DIALECTS.forEach((d, id) => d[7].forEach((alias) => keys.has(alias) || keys.set(alias, id)));

/** A dialect's key, without making its handle. */
export const dialectKey = (id) => DIALECTS[id][0];

export const dialectById = (id) => (handles[id] ??= new Dialect(id));

/** All dialects, by id. */
export const dialects = () => DIALECTS.map((_, id) => dialectById(id));

/** Whether a dialect has this key or alias, in any case. */
export const isDialect = (key) => typeof key === 'string' && keys.has(lower(key));

/** The dialect of this key or alias, in any case; a handle is returned as it is. */
export function dialect(key) {
  if (Dialect.is(key)) return key;
  const id = typeof key === 'string' ? keys.get(key) ?? keys.get(lower(key)) : undefined;
  if (id === undefined) {
    throw fault('ERR_AEROCODES_DIALECT', `no dialect has the key ${shown(key)}; known are ${DIALECTS.map((d) => d[0]).join(', ')}`);
  }
  return dialectById(id);
}

export const lookup = (of, value, release) => dialect(of).lookup(value, release);

/** Every reading of a bare number, in all dialects, the likeliest first. */
export function readings(value) {
  const all = dialects().flatMap((d) => d.of(value));
  const tier = (r) => {
    const kind = DIALECTS[keys.get(r.dialect)][4];
    return r.wrong ? 4 : kind === 'log' ? 3 : kind === 'legacy' ? 2 : r.retired ? 1 : 0;
  };
  return all.sort((a, b) => tier(a) - tier(b));
}

let exact;
let folded;

function index() {
  exact = new Map();
  for (const d of dialects()) {
    for (const r of d.readings()) {
      if (r.name === undefined) continue;
      const list = exact.get(r.name);
      if (list) list.push(r);
      else exact.set(r.name, [r]);
    }
  }
}

/** Every reading with this spelling: as written, or in any case when no dialect has it as written. */
export function find(name) {
  if (typeof name !== 'string') throw fault('ERR_AEROCODES_NAME', `a name is a string, not ${shown(name)}`);
  if (!exact) index();
  const hit = exact.get(name);
  if (hit) return [...hit];
  if (!folded) {
    folded = new Map();
    for (const d of dialects()) {
      for (const r of d.readings()) {
        if (r.name === undefined) continue;
        const key = lower(r.name);
        if (folded.has(key)) folded.get(key).push(r);
        else folded.set(key, [r]);
      }
    }
  }
  return [...(folded.get(lower(name)) ?? [])];
}

/** A number in decimal or after `0x` in hexadecimal; undefined when the text is none, NaN when it is out of range. */
function number(text) {
  const m = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|([0-9]+))$/.exec(text);
  if (!m) return undefined;
  const size = m[2] === undefined ? Number(m[3]) : parseInt(m[2], 16);
  const value = m[1] === '-' ? -size : size;
  return (value | 0) === value ? value | 0 : NaN;
}

const PARSE = {
  EMPTY: 'the code is empty; write a number, a name, or dialect:number as in java:-8',
  MISSING_VALUE: 'nothing follows the colon; write a number or a name behind it, as in java:-8',
  OUT_OF_RANGE: 'the number is out of range; codes run from -2147483648 to 2147483647',
  NO_DIALECT: 'a number alone has readings in several dialects; write dialect:number as in java:-8',
  UNKNOWN_NAME: 'no dialect has a code of this name',
};

/** The name's number as of the newest release: wrong and retired rows last. */
function newest(list) {
  const rank = (r) => (r.wrong ? 2 : 0) + (r.retired ? 1 : 0);
  return list.reduce((best, r) => (best === undefined || rank(r) < rank(best) || (rank(r) === rank(best) && r.value > best.value) ? r : best), undefined);
}

/** Reads `java:-8`, `server:0x16`, `c:NAME` or a name that only one code has: `{ reading }`, or `{ error, candidates }`. */
export function parse(text) {
  const bad = (kind, message = PARSE[kind], candidates = []) => ({ error: fault(`ERR_AEROCODES_${kind}`, message), candidates });
  const s = trim(text);
  if (s === '') return bad('EMPTY');
  const colon = s.indexOf(':');
  if (colon >= 0) {
    const key = trim(s.slice(0, colon));
    const rest = trim(s.slice(colon + 1));
    if (!isDialect(key)) return bad('DIALECT', `no dialect has the key ${shown(key)}; known are ${DIALECTS.map((d) => d[0]).join(', ')}`);
    if (rest === '') return bad('MISSING_VALUE');
    const of = dialect(key);
    const value = number(rest);
    if (value !== undefined) return Number.isNaN(value) ? bad('OUT_OF_RANGE') : { reading: of.lookup(value) };
    const best = newest(of.find(rest));
    return best ? { reading: of.lookup(best.value) } : bad('UNKNOWN_NAME');
  }
  const value = number(s);
  if (value !== undefined) return Number.isNaN(value) ? bad('OUT_OF_RANGE') : bad('NO_DIALECT', PARSE.NO_DIALECT, readings(value));
  const found = find(s).filter((r) => !r.wrong);
  if (found.length === 0) return bad('UNKNOWN_NAME');
  if (found.some((r) => r.code !== found[0].code)) {
    return bad('AMBIGUOUS', `the name is ambiguous; it may mean ${found.map((r) => r.code).join(', ')}`, found);
  }
  return { reading: dialect(found[0].dialect).lookup(found[0].value) };
}

/** The reading of a code given as a reading, as a text or as `{ dialect, value }`. */
export function readingOf(code) {
  if (Reading.is(code)) return code;
  if (typeof code === 'string') {
    const got = parse(code);
    if (got.error) throw got.error;
    return got.reading;
  }
  if (typeof code === 'object' && code !== null) return dialect(code.dialect).lookup(code.value);
  throw fault('ERR_AEROCODES_CODE', `a code is a reading, { dialect, value } or a text such as java:-8, not ${shown(code)}`);
}

const MAX_TARGETS = 12;

/** A code in another dialect's terms. */
export class Translation {
  #why;

  constructor(from, to, kind, targets, why) {
    this.from = from;
    this.to = to;
    this.kind = kind;
    this.targets = Object.freeze(targets);
    this.#why = why;
    // A derived class has fields of its own to set.
    if (new.target === Translation) Object.freeze(this);
  }

  /** Why, in one sentence. */
  get reason() {
    return texts().PHRASES[this.#why];
  }

  /** The same with further fields: an instance of `derived`. */
  as(derived, fields) {
    return Object.freeze(Object.assign(new derived(this.from, this.to, this.kind, [...this.targets], this.#why), fields));
  }

  toString() {
    return `${this.from.code} -> ${this.to}: ${this.kind}${this.targets.length > 0 ? ` ${this.targets.map((t) => t.value).join(', ')}` : ''}`;
  }

  toJSON() {
    const { from, to, kind, targets, reason } = this;
    return { from, to, kind, targets, reason };
  }
}

/** Says a code in another dialect's terms. */
export function translate(code, to) {
  const given = readingOf(code);
  const target = dialect(to);
  const from = dialect(given.dialect).lookup(given.value);
  const targets = [];
  const done = (kind, why) => new Translation(from, target.key, kind, targets, why);
  if (!from.known) return done('none', 'translate_unknown');
  /** The target's codes for a condition: live before retired, those that mean it before those that stand for it among others. */
  const add = (c) => {
    for (const [retired, fold] of [[false, false], [false, true], [true, false], [true, true]]) {
      const hits = target.withCondition(c)[fold ? 'stands' : 'means'].filter((r) => r.retired === retired);
      for (const r of hits) {
        if (targets.length < MAX_TARGETS && !targets.some((t) => t.value === r.value)) targets.push(r);
      }
      if (hits.length > 0) return fold;
    }
    return false;
  };
  let stands = false;
  for (const c of [from.condition, ...from.folds]) stands = add(c) || stands;
  if (targets.length === 0) {
    for (const c of from.condition.nearest) {
      add(c);
      if (targets.length > 0) return done('folded', 'translate_nearest');
    }
    return done('none', 'translate_none');
  }
  // Two numberings that fold alike, as the legacy Node.js and C clients do, say the same thing.
  const alike = (t) => t.condition === from.condition && t.folds.length === from.folds.length && t.folds.every((c, i) => c === from.folds[i]);
  if (targets.length === 1 && alike(targets[0])) return done('exact', 'translate_exact');
  if (from.folds.length > 0) return done('folded', 'translate_folded_from');
  if (stands || targets.length > 1 || targets.some((t) => t.folds.length > 0)) return done('folded', 'translate_folded_to');
  return done('exact', 'translate_exact');
}

/** The operations that advice distinguishes, by id. */
export const operations = Object.freeze(OPERATIONS.map(([key, title, mutates, idempotent], id) => Object.freeze({ id, key, title, mutates, idempotent })));

/** What to do about a code: `options.operation` (a write when it is not said) and the client's in-doubt flag sharpen the answer. */
export function advise(code, options = {}) {
  const given = readingOf(code);
  const reading = dialect(given.dialect).lookup(given.value);
  const key = options?.operation ?? 'write';
  const operation = typeof key === 'string' ? operations.find((o) => o.key === lower(key).replaceAll('_', '-')) : undefined;
  if (!operation) {
    throw fault('ERR_AEROCODES_OPERATION', `no operation has the key ${shown(key)}; known are ${operations.map((o) => o.key).join(', ')}`);
  }
  const inDoubt = options?.inDoubt ?? undefined;
  if (inDoubt !== undefined && typeof inDoubt !== 'boolean') {
    throw fault('ERR_AEROCODES_IN_DOUBT', `inDoubt is true, false or left out, not ${shown(inDoubt)}`);
  }
  const make = (retryable, maybeApplied, rule) => new Advice(reading, operation.key, inDoubt, retryable, maybeApplied, rule);
  const what = reading.condition;
  if (what && what.name === 'OK') return make('no', operation.mutates ? 'yes' : 'no', 'advice_success');
  let applied = reading.maybeApplied;
  if (!operation.mutates) applied = 'no';
  else if (inDoubt === true) applied = 'yes';
  else if (inDoubt === false && what) applied = 'no';
  if (!what) return make('unknown', applied, 'advice_unknown');
  const retryable = what.retryable;
  const transient = retryable !== 'no';
  if (applied === 'no') return make(retryable, applied, transient ? (operation.mutates ? 'advice_not_applied' : 'advice_read') : 'advice_refused');
  if (!transient) return make(retryable, applied, 'advice_applied_final');
  if (operation.idempotent) return make(retryable, applied, 'advice_idempotent');
  return make(retryable === 'unknown' ? 'unknown' : 'depends', applied, operation.key === 'transaction' ? 'advice_transaction' : 'advice_verify');
}

/** May I retry, may it have been applied, and why. */
export class Advice {
  #rule;

  constructor(reading, operation, inDoubt, retryable, maybeApplied, rule) {
    this.reading = reading;
    this.operation = operation;
    this.inDoubt = inDoubt;
    this.retryable = retryable;
    this.maybeApplied = maybeApplied;
    this.retryableNotApplied = and(retryable, not(maybeApplied));
    this.#rule = rule;
    Object.freeze(this);
  }

  /** The rule for the operation, in one sentence. */
  get rule() {
    return texts().PHRASES[this.#rule];
  }
  /** Why the condition's predicates are what they are; empty when nothing is known. */
  get reason() {
    return this.reading.condition ? this.reading.condition.reason : '';
  }
  get sources() {
    return this.reading.condition ? this.reading.condition.sources : [];
  }

  toJSON() {
    const { reading, operation, inDoubt, rule, reason, sources } = this;
    return { code: reading.code, operation, in_doubt: inDoubt ?? null, ...predicates(this), rule, reason, sources };
  }
}

/** Below this many numbers, a loop is faster than a call into the engine. */
const WORTH_A_CALL = 256;

/** Decodes numbers of one dialect into condition ids, 0 where nothing is known; into `out` when that is given. */
export function decode(of, values, out) {
  const d = dialect(of);
  if (!(values instanceof Int32Array)) throw fault('ERR_AEROCODES_DECODE', `decode takes an Int32Array, not ${shown(values)}`);
  if (out !== undefined && !(out instanceof Uint8Array)) throw fault('ERR_AEROCODES_DECODE', `the second array of decode is a Uint8Array, not ${shown(out)}`);
  if (out !== undefined && out.length < values.length) {
    throw fault('ERR_AEROCODES_DECODE', `the Uint8Array holds ${out.length} ids, and there are ${values.length} numbers`);
  }
  const ids = out ?? new Uint8Array(values.length);
  const shared = typeof SharedArrayBuffer === 'function' && (values.buffer instanceof SharedArrayBuffer || ids.buffer instanceof SharedArrayBuffer);
  const fast = values.length >= WORTH_A_CALL && !shared ? engine() : undefined;
  if (fast?.decode) {
    fast.decode(d.id, values, ids);
    return ids;
  }
  const table = tableOf(d);
  for (let i = 0; i < values.length; i++) {
    const v = values[i];
    const k = v + 32;
    ids[i] = k >= 0 && k < 511 ? table[k] : v > 478 ? d.lookup(v).condition?.id ?? 0 : 0;
  }
  return ids;
}

const tables = [];
const tableOf = (d) => (tables[d.id] ??= d.conditionTable());

let codeMaps;
/** For each dialect its names with their numbers as of the newest release. Each is made when first read. */
export function codesByDialect() {
  if (codeMaps) return codeMaps;
  codeMaps = {};
  DIALECTS.forEach(([key], id) => {
    let made;
    const get = () => (made ??= namesOf(dialectById(id)));
    Object.defineProperty(codeMaps, key, { enumerable: true, get });
  });
  return Object.freeze(codeMaps);
}

function namesOf(d) {
  const names = new Map();
  for (const r of d.readings()) {
    if (r.name !== undefined) names.set(r.name, newest(names.has(r.name) ? [names.get(r.name), r] : [r]));
  }
  return Object.freeze(Object.fromEntries([...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([n, r]) => [n, r.value])));
}

/** Compares two whole releases. */
export const compareText = (a, b) => compareReleases(parseRelease(a), parseRelease(b));

/** The lines of the Node.js client: name, dialect id, last release. */
export const statusLines = () => STATUS_LINES;

export { fault, shown };
