// Error objects: of which age they are, what they mean, and whether to try again.

import { Reading, advise, dialect, engine, fault, find, isDialect, parse, readings, shown } from './core.js';
import { search } from './search.js';

/** Reads a property of an object that may do anything when it is read. */
function get(object, key) {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

const own = (object, key) => {
  try {
    return key in object;
  } catch {
    return false;
  }
};

const isCode = (x) => typeof x === 'number' && (x | 0) === x;
const text = (x) => (typeof x === 'string' ? x : '');

/** A name such as AEROSPIKE_ERR_TIMEOUT in a message. */
function spelledIn(message) {
  const m = /\bAEROSPIKE_[A-Z_]+[A-Z]\b/.exec(message);
  return m ? find(m[0]) : [];
}

/**
 * Which numbering an error object of the Node.js client speaks: `nodejs` (1.0.20 and later) or `nodejs-1.0` (to 1.0.19, or
 * the C client beneath it). `certain` is false when both are possible, and `dialect` is undefined then.
 */
export function detectDialect(error) {
  const answer = (key, certain, reason, candidates) => ({
    dialect: key === undefined ? undefined : dialect(key).key,
    certain,
    reason,
    candidates: candidates ?? (key === undefined ? [] : [dialect(key).key]),
  });
  if (isCode(error)) error = { code: error };
  if (typeof error !== 'object' || error === null) return answer(undefined, false, 'this is no error object');
  const code = get(error, 'code');
  if (!isCode(code)) return answer(undefined, false, 'the object has no integer `code`');
  const modern = dialect('nodejs');
  const legacy = dialect('nodejs-1.0');
  const c30 = dialect('c-3.0');
  if (code === 0) return answer('nodejs', true, '0 is success in every numbering', ['nodejs', 'nodejs-1.0']);
  if (own(error, 'inDoubt') || own(error, 'command')) {
    return answer('nodejs', true, 'objects with `inDoubt` or `command` came after 1.x');
  }
  if (get(error, 'name') === 'AerospikeError') return answer('nodejs', true, 'errors named AerospikeError came with 2.0.0');
  if (code < 0) return answer('nodejs', true, 'no legacy number is below zero');
  const inModern = modern.lookup(code).known;
  const inLegacy = legacy.lookup(code).known;
  const inC30 = c30.lookup(code).known;
  if (inLegacy && !inModern) return answer('nodejs-1.0', true, 'only the legacy numbering has this number');
  if (inModern && !inLegacy && !inC30) return answer('nodejs', true, 'only the numbering since 1.0.20 has this number');
  const named = spelledIn(text(get(error, 'message')));
  const says = (d) => named.some((r) => r.dialect === d.key && r.value === code);
  if (says(legacy) !== says(modern)) {
    return answer(says(legacy) ? 'nodejs-1.0' : 'nodejs', true, 'the name in the message has this number in one numbering only');
  }
  if (inC30 && !inModern && !inLegacy) {
    return answer('c-3.0', true, 'a number of the C client beneath 1.0.0 to 1.0.19 for which that client exported no name');
  }
  if (inModern && !inLegacy) {
    // The C client used wire numbers for security from 3.0.74 on: both mean the same then.
    const same = modern.lookup(code).condition === c30.lookup(code).condition;
    return same ? answer('nodejs', true, 'both numberings mean the same by it') : answer(undefined, false, 'the number has a meaning in both numberings', ['nodejs', 'c-3.0']);
  }
  if (inModern && inLegacy) return answer(undefined, false, 'the number has a meaning in both numberings', ['nodejs', 'nodejs-1.0']);
  return answer('nodejs', false, 'no numbering has this number', ['nodejs', 'nodejs-1.0']);
}

/** The reading of an error object; undefined when it carries no Aerospike code or may mean two. */
export function readingOfError(error, options = {}) {
  const value = isCode(error) ? error : typeof error === 'object' && error !== null ? get(error, 'code') : undefined;
  if (!isCode(value)) return undefined;
  const key = options?.dialect ?? detectDialect(error).dialect;
  return key === undefined ? undefined : dialect(key).lookup(value, options?.release);
}

const inDoubtOf = (error) => {
  const flag = typeof error === 'object' && error !== null ? get(error, 'inDoubt') : undefined;
  return typeof flag === 'boolean' ? flag : undefined;
};

/** Every raised error in a text, in order. */
export function recognize(message, options = {}) {
  if (typeof message !== 'string') throw fault('ERR_AEROCODES_TEXT', `recognize takes a string, not ${shown(message)}`);
  const fast = engine();
  if (!fast) {
    throw fault('ERR_AEROCODES_ENGINE', 'recognize needs the native or the WebAssembly engine, and neither could be loaded');
  }
  return fast.recognize(message, options?.bareWords === true);
}

/** A finding's reading; undefined when dialect or number are not known. */
const readingOfFinding = (f) => (f.dialect !== undefined && f.value !== undefined ? dialect(f.dialect).lookup(f.value) : undefined);

class Explanation {
  constructor(kind, fields) {
    Object.assign(this, { kind }, fields);
    Object.freeze(this);
  }

  /** For people: a few lines. */
  toString() {
    const line = (r) => `${r}${r.condition ? ` = ${r.condition.name}: ${r.summary}` : ''}`;
    switch (this.kind) {
      case 'reading': {
        const a = this.advice;
        const retry = `  ${a.operation}: retry ${a.retryable}, applied ${a.maybeApplied}, safe ${a.retryableNotApplied}`;
        const c = this.reading.condition;
        return [line(this.reading), ...(c ? [`  cause: ${c.cause}`, `  remedy: ${c.remedy}`] : []), retry, `  ${a.rule}`].join('\n');
      }
      case 'readings':
        return this.readings.map(line).join('\n');
      case 'findings':
        return this.findings.map((f) => (readingOfFinding(f) ? line(readingOfFinding(f)) : `?:${f.value ?? '-'} ${f.condition?.name ?? '-'}`)).join('\n');
      case 'conditions':
        return this.conditions.map((c) => `${c.name}: ${c.summary}`).join('\n');
      default:
        return this.reason;
    }
  }
}

/**
 * Explains whatever a program has in its hands: an error object of the Node.js client of any age, a number, a code as text
 * (`java:-8`), a name, a log line, or words. The answer tells by `kind` what was found.
 */
export function explain(what, options = {}) {
  const one = (reading, inDoubt, detected) =>
    new Explanation('reading', {
      reading,
      advice: advise(reading, { operation: options?.operation, inDoubt: options?.inDoubt ?? inDoubt }),
      ...(detected && { detected }),
    });
  const none = (reason) => new Explanation('unknown', { reason });
  const many = (list, reason) => (list.length > 0 ? new Explanation('readings', { readings: list }) : none(reason));
  if (Reading.is(what)) return one(what);
  if (typeof what === 'number') {
    if (!isCode(what)) return none(`${shown(what)} is no code; codes are integers from -2147483648 to 2147483647`);
    if (options?.dialect !== undefined) return one(dialect(options.dialect).lookup(what, options?.release));
    return many(readings(what), `no dialect has the number ${what}`);
  }
  if (typeof what === 'string') return explainText(what, options, one, many, none);
  if (typeof what === 'object' && what !== null) {
    const value = get(what, 'code');
    const key = options?.dialect ?? get(what, 'dialect');
    if (isCode(value) || (isDialect(key) && isCode(get(what, 'value')))) {
      if (isDialect(key)) return one(dialect(key).lookup(isCode(value) ? value : get(what, 'value'), options?.release), inDoubtOf(what));
      const detected = detectDialect(what);
      if (detected.dialect !== undefined) return one(dialect(detected.dialect).lookup(value, options?.release), inDoubtOf(what), detected);
      return many(detected.candidates.flatMap((d) => dialect(d).of(value)), `no dialect of the Node.js client has the number ${value}`);
    }
    const message = text(get(what, 'stack')) || text(get(what, 'message'));
    if (message && engine()) {
      const findings = recognize(message);
      if (findings.length > 0) return new Explanation('findings', { findings });
    }
    return none('the object carries no integer `code`, and its message names no Aerospike error');
  }
  return none(`${shown(what)} is no code, no name and no error object`);
}

function explainText(what, options, one, many, none) {
  if (options?.dialect !== undefined && /^\s*[+-]?(0[xX][0-9a-fA-F]+|\d+)\s*$/.test(what)) {
    const got = parse(`${dialect(options.dialect).key}:${what}`);
    return got.error ? none(got.error.message) : one(dialect(got.reading.dialect).lookup(got.reading.value, options?.release));
  }
  const got = parse(what);
  if (got.reading) return one(options?.release === undefined ? got.reading : dialect(got.reading.dialect).lookup(got.reading.value, options.release));
  if (got.candidates.length > 0) return many(got.candidates, got.error.message);
  if (engine()) {
    const findings = recognize(what);
    if (findings.length > 0) return new Explanation('findings', { findings });
  }
  const hits = search(what);
  return hits.length > 0 ? new Explanation('conditions', { conditions: hits.map((h) => h.condition) }) : none(got.error.message);
}

/**
 * Whether sending the same request again is right and cannot apply it twice (`options.operation`, a write when it is not
 * said). Anything that is no Aerospike error, or whose code may mean two things, is not retryable.
 */
export function retryable(error, options = {}) {
  const reading = Reading.is(error) ? error : readingOfError(error, options);
  if (reading === undefined) return false;
  const a = advise(reading, { operation: options?.operation, inDoubt: options?.inDoubt ?? inDoubtOf(error) });
  // An idempotent write may be sent again although it may have been applied: that is what idempotent says.
  const repeatable = a.operation === 'idempotent-write' ? a.retryable : a.retryableNotApplied;
  return repeatable === 'yes' || (options?.depends === true && repeatable === 'depends');
}

/** The predicate for retry libraries, with the operation bound: `{ shouldRetry: retryIf({ operation: 'read' }) }`. */
export function retryIf(options = {}) {
  // p-retry passes `{ error, attemptNumber, … }`, others the error itself.
  return (context) => {
    const inner = typeof context === 'object' && context !== null && own(context, 'attemptNumber') ? get(context, 'error') : undefined;
    return retryable(inner ?? context, options);
  };
}
