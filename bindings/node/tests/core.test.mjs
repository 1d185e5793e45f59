// The JavaScript implementation against the Rust core, which the native build carries.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as aero from 'aerocodes';

const native = process.env.AEROCODES_ENGINE === 'native' ? createRequire(import.meta.url)('@aerocodes/linux-x64-gnu') : undefined;
const options = { skip: native ? false : 'the native build is not in use' };
const { dialects, lookup, translate, advise, find, search, operations, conditions } = aero;

const VALUES = [...Array.from({ length: 1700 }, (_, i) => i - 100), -2147483648, 2147483647, 65535];

test('lookups and the words for people', options, () => {
  for (const d of dialects()) {
    for (const value of VALUES) {
      const r = lookup(d, value);
      assert.deepEqual([r.name ?? '', r.condition?.name ?? ''], native.coreLookup(d.id, value));
    }
  }
});

test('releases, long and short', options, () => {
  const releases = ['0', '1', '1.0', '1.0.19', '1.0.20', '2', '3.0.84', '4.1', '4.1.0', '4.5.0.1', '5.2.0', '5.2.1', '8.1.2.0', '99.1', 'v6.0'];
  for (const d of dialects()) {
    for (const value of VALUES.slice(76, 330)) {
      for (const release of releases) {
        const r = lookup(d, value, release);
        assert.deepEqual([r.name ?? '', r.condition?.name ?? ''], native.coreLookup(d.id, value, release), `${d}:${value} at ${release}`);
      }
    }
  }
});

test('translations with their reasons', options, () => {
  for (const from of dialects()) {
    for (const r of from.readings()) {
      for (const to of dialects()) {
        const t = translate({ dialect: from, value: r.value }, to);
        assert.equal(`${t}\n${t.reason}`, native.coreTranslate(from.id, r.value, to.id));
      }
    }
  }
});

test('advice with its rule', options, () => {
  for (const d of dialects()) {
    for (const value of [...d.readings().map((r) => r.value), 88, -99]) {
      for (const o of operations) {
        for (const inDoubt of [undefined, false, true]) {
          const a = advise({ dialect: d, value }, { operation: o.key, inDoubt });
          assert.deepEqual([a.retryable, a.maybeApplied, a.retryableNotApplied, a.rule], native.coreAdvise(d.id, value, o.id, inDoubt));
        }
      }
    }
  }
});

test('names in any case', options, () => {
  const names = new Set(dialects().flatMap((d) => d.readings().map((r) => r.name ?? '')));
  for (const name of [...names, 'NO_SUCH', '__proto__', 'ſ', 'K'].flatMap((n) => [n, n.toLowerCase(), n.toUpperCase()])) {
    assert.deepEqual(find(name).map(String), native.coreFind(name), name);
  }
});

test('searches, scores included', options, () => {
  const words = [
    // Every seventh, to keep the test short.
    ...Object.values(conditions).flatMap((c) => [c.name, c.summary, ...c.keywords]).filter((_, i) => i % 7 === 0),
    'device overlaod', 'disk too slow to keep up with writes', 'error code', 'the', 'zzzzqqqq', '', ' ', 'Über größe', 'timeuot quary', 'HotKey',
    'recordNotFound', 'keybusy', '602', 'a b c d e f g h i j k l m n o p q r s t', '\u{1F600} timeout', 'ſtale', '\u0085timeout\u0085',
  ];
  for (const w of words) {
    assert.deepEqual(search(w).map((h) => `${h.condition.name} ${h.score}`), native.coreSearch(w), JSON.stringify(w));
  }
});
