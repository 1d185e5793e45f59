// Every golden vector, through the installed package.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as aero from 'aerocodes';

const vectors = JSON.parse(fs.readFileSync(path.join(process.env.AEROCODES_ROOT, 'bindings/vectors.json'), 'utf8'));
const { lookup, translate, advise, find, readings, search, decode, dialect } = aero;

test('lookups', () => {
  assert.ok(vectors.lookups.length > 1000);
  for (const [d, value, ...expected] of vectors.lookups) {
    const r = lookup(d, value);
    const got = [r.name ?? null, r.condition?.id, r.category, r.origin, r.edition, r.since, r.until ?? null, r.primary, [r.retryable, r.maybeApplied, r.retryableNotApplied]];
    assert.deepEqual(got, expected, `${d}:${value}`);
    assert.equal(r.value, value);
    assert.equal(r.known, true);
  }
});

test('lookups as of a release', () => {
  assert.ok(vectors.at.length > 500);
  for (const [d, value, release, name, id] of vectors.at) {
    const r = lookup(d, value, release);
    assert.deepEqual([r.name ?? null, r.condition?.id ?? 0], [name, id], `${d}:${value} at ${release}`);
  }
});

test('numbers nobody uses', () => {
  for (const [d, value, category] of vectors.unknown) {
    const r = lookup(d, value);
    assert.deepEqual([r.known, r.name, r.condition, r.value, r.category, r.retryable], [false, undefined, undefined, value, category, 'unknown']);
  }
});

test('translations', () => {
  for (const [d, value, targets] of vectors.translations) {
    for (const to of vectors.dialects) {
      const t = translate({ dialect: d, value }, to);
      assert.deepEqual([t.kind, t.targets.map((r) => r.value)], targets[to] ?? ['none', []], `${d}:${value} to ${to}`);
    }
  }
});

test('advice', () => {
  for (const [d, value, rows] of vectors.advice) {
    rows.forEach((row, o) =>
      row.forEach((expected, k) => {
        const a = advise({ dialect: d, value }, { operation: vectors.operations[o], inDoubt: [undefined, false, true][k] });
        assert.equal(a.retryable[0] + a.maybeApplied[0] + a.retryableNotApplied[0], expected, `${d}:${value} ${a.operation} ${a.inDoubt}`);
      }),
    );
  }
});

test('names', () => {
  for (const [name, codes] of vectors.names) {
    assert.deepEqual(find(name).map((r) => [r.dialect, r.value]), codes, name);
  }
});

test('readings of bare numbers', () => {
  for (const [value, count] of vectors.readings) assert.equal(readings(value).length, count, String(value));
});

test('searches', () => {
  for (const [words, first] of vectors.searches) assert.equal(search(words)[0]?.condition.name, first, words);
});

test('decoding, short and long, native and looped', () => {
  const ids = new Map(vectors.lookups.map(([d, v, , id]) => [`${d}:${v}`, id]));
  for (const key of vectors.dialects) {
    const values = Int32Array.from({ length: 3000 }, (_, i) => i - 500);
    values.set([-2147483648, 2147483647, 511, 512, 478, 479, -33, -32], 10);
    const expected = Uint8Array.from(values, (v) => ids.get(`${key}:${v}`) ?? (lookup(key, v).condition?.id ?? 0));
    assert.deepEqual(decode(key, values), expected, key);
    assert.deepEqual(decode(key, values.slice(0, 100)), expected.slice(0, 100), key);
    const out = new Uint8Array(4000).fill(7);
    assert.equal(dialect(key).decode(values, out), out);
    assert.deepEqual(out.slice(0, 3000), expected);
    assert.ok(out.slice(3000).every((x) => x === 7));
  }
});

