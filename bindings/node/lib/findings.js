// Findings: from the rows an engine answers with to objects with JavaScript's text units.

import { conditionList, dialect, dialectKey } from './core.js';

/** One raised error, found in a text. `start` and `end` count UTF-16 units of a string, or bytes of a file. */
export class Finding {
  constructor(row) {
    const [start, end, of, candidates, value, name, condition, subcode, inDoubt, node, iteration, nested, first, last, level, why] = row;
    const given = (x) => x ?? undefined;
    this.start = start;
    this.end = end;
    this.dialect = of === null ? undefined : dialectKey(of);
    this.candidates = candidates.map(dialectKey);
    this.value = given(value);
    this.name = given(name);
    this.condition = condition === null ? undefined : conditionList()[condition - 1];
    this.subcode = given(subcode);
    this.inDoubt = inDoubt === null ? undefined : inDoubt === 1;
    this.node = given(node);
    this.iteration = given(iteration);
    this.nested = nested === 1;
    this.release = first === null && last === null ? undefined : { first: given(first), last: given(last) };
    this.confidence = level;
    this.why = why;
  }

  /** What is known about its code; undefined when dialect or number are not known. */
  get reading() {
    return this.dialect === undefined || this.value === undefined ? undefined : dialect(this.dialect).lookup(this.value);
  }

  toString() {
    return `${this.dialect ?? '?'}:${this.value ?? '-'} ${this.condition?.name ?? '-'}`;
  }

  toJSON() {
    const orNull = (x) => x ?? null;
    const { gaps, ...reading } = this.reading?.toJSON() ?? {};
    return {
      ...reading,
      dialect: orNull(this.dialect),
      ...(this.dialect === undefined && { candidates: this.candidates }),
      value: orNull(this.value),
      name: orNull(this.name ?? reading.name),
      condition: this.condition ? this.condition.name : null,
      start: this.start,
      end: this.end,
      subcode: orNull(this.subcode),
      in_doubt: orNull(this.inDoubt),
      node: orNull(this.node),
      iteration: orNull(this.iteration),
      nested: this.nested,
      release: this.release ? [orNull(this.release.first), orNull(this.release.last)] : null,
      confidence: this.confidence,
    };
  }
}

/** Findings of a string: offsets in UTF-8 bytes become offsets in UTF-16 units. */
export function findingsIn(text, json) {
  const rows = JSON.parse(json);
  // A string without characters beyond ASCII has the same offsets in both.
  if (rows.length > 0 && /[^\0-\x7f]/.test(text)) {
    const places = [...new Set(rows.flatMap((r) => [r[0], r[1]]))].sort((a, b) => a - b);
    const units = new Map();
    let unit = 0;
    let byte = 0;
    for (const place of places) {
      while (byte < place && unit < text.length) {
        const c = text.codePointAt(unit);
        // A lone surrogate crosses the boundary as U+FFFD, three bytes like the surrogate itself.
        byte += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        unit += c < 0x10000 ? 1 : 2;
      }
      units.set(place, unit);
    }
    for (const r of rows) [r[0], r[1]] = [units.get(r[0]), units.get(r[1])];
  }
  return rows.map((r) => new Finding(r));
}

export const findingsOf = (rows) => rows.map((r) => new Finding(r));
