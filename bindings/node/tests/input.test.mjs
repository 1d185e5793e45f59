// Input that nobody should pass: a documented answer or a TypeError, and the process lives on.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import * as aero from 'aerocodes';

const { lookup, readings, find, search, translate, advise, decode, recognize, explain, parse, retryable, retryIf, detectDialect, dialect, dialects, condition, codes, conditions, scan } = aero;

const trap = () => {
  const thrower = () => {
    throw new Error('a getter that throws');
  };
  return Object.defineProperties({}, Object.fromEntries(['code', 'message', 'stack', 'name', 'inDoubt', 'dialect', 'value', 'command', 'then', 'valueOf', 'toString'].map((k) => [k, { get: thrower, enumerable: true }])));
};
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const NO_CODE = [NaN, Infinity, -Infinity, 2.5, 2 ** 31, -(2 ** 31) - 1, 1e300, '9', 9n, null, true, [9], { valueOf: () => 9 }, Symbol('9'), () => 9];

test('what is no 32-bit integer is a TypeError, never a coercion', () => {
  for (const d of dialects()) {
    for (const bad of [...NO_CODE, undefined]) {
      assert.throws(() => d.lookup(bad), { name: 'TypeError', code: 'ERR_AEROCODES_VALUE' });
      assert.throws(() => d.categoryOf(bad), TypeError);
      assert.throws(() => d.of(bad), TypeError);
    }
  }
  for (const bad of NO_CODE) {
    assert.throws(() => lookup('java', bad), TypeError);
    assert.throws(() => readings(bad), TypeError);
  }
  assert.throws(() => lookup('java', trap()), TypeError);
});

test('minus zero is zero, the ends of the range are codes', () => {
  const zero = lookup('java', -0);
  assert.equal(zero.name, 'OK');
  assert.ok(Object.is(zero.value, 0));
  assert.ok(Object.is(lookup('rust', -0).value, 0));
  assert.equal(lookup('java', -2147483648).value, -2147483648);
  assert.equal(lookup('java', 2147483647).known, false);
});

test('dialects: unknown keys, prototype names, what is no string', () => {
  for (const bad of ['cobol', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\ud800', 'JAVÄ', 'ſerver', 5, null, undefined, {}, trap(), Symbol('c')]) {
    assert.throws(() => dialect(bad), { name: 'TypeError', code: 'ERR_AEROCODES_DIALECT' });
    assert.throws(() => lookup(bad, 9), TypeError);
    assert.throws(() => translate('java:9', bad), TypeError);
    assert.throws(() => decode(bad, new Int32Array(1)), TypeError);
  }
  assert.equal(dialect('JAVA'), dialect('java'));
  assert.equal(dialect('C#').key, 'csharp');
});

test('names: prototype names and lone surrogates are simply unknown', () => {
  for (const name of ['__proto__', 'constructor', 'toString', '', '\ud800', '\udc00TIMEOUT', 'TIMEOUT\0', ' TIMEOUT']) {
    assert.deepEqual(find(name), []);
    assert.equal(condition(name), undefined);
  }
  for (const bad of [5, null, undefined, {}, Symbol('x'), 9n]) {
    assert.throws(() => find(bad), TypeError);
    assert.throws(() => search(bad), TypeError);
    assert.throws(() => recognize(bad), TypeError);
  }
  assert.equal(codes.java.toString, Object.prototype.toString);
  assert.equal({}.polluted, undefined);
  assert.equal(condition(0), undefined);
  assert.equal(condition(2.5), undefined);
  assert.throws(() => condition(9n), TypeError);
});

test('codes as text', () => {
  const kinds = { '': 'EMPTY', '   ': 'EMPTY', 'java:': 'MISSING_VALUE', 'cobol:1': 'DIALECT', ':1': 'DIALECT', '9': 'NO_DIALECT', 'java:99999999999999999999': 'OUT_OF_RANGE', 'java:0x80000000': 'OUT_OF_RANGE', NO_SUCH: 'UNKNOWN_NAME', 'java:NO_SUCH': 'UNKNOWN_NAME', KEY_BUSY: 'AMBIGUOUS', 'java:2.5': 'UNKNOWN_NAME', '__proto__': 'UNKNOWN_NAME' };
  for (const [text, kind] of Object.entries(kinds)) {
    const got = parse(text);
    assert.equal(got.error?.code, `ERR_AEROCODES_${kind}`, text);
    assert.throws(() => advise(text), TypeError);
    assert.throws(() => translate(text, 'go'), TypeError);
  }
  assert.equal(parse(' Java : -0x8 ').reading.code, 'java:-8');
  assert.equal(parse('server:+9').reading.value, 9);
  assert.equal(parse('legacy:602').reading.code, 'nodejs-1.0:602');
  assert.ok(Object.is(parse('java:-0').reading.value, 0));
});

test('releases', () => {
  for (const bad of ['', 'x', '1.2.3.4.5', '1..2', '65535', '-1', '1.', ' 1', 5, null, {}, '\ud800']) assert.throws(() => lookup('java', 9, bad), { code: 'ERR_AEROCODES_RELEASE' });
  assert.equal(lookup('java', 11, '4.1.0').condition, conditions.SERVER_NOT_AVAILABLE);
  assert.equal(lookup('java', 11, 'v4.1').condition, conditions.PARTITION_UNAVAILABLE);
  assert.equal(lookup('java', 12345, '4.1').known, false);
});

test('advice: operations and the in-doubt flag', () => {
  for (const operation of ['', 'wrote', '__proto__', 5, {}, Symbol('read')]) assert.throws(() => advise('java:9', { operation }), TypeError);
  for (const inDoubt of [0, 'yes', {}]) assert.throws(() => advise('java:9', { inDoubt }), TypeError);
  assert.equal(advise('java:9', { operation: 'IDEMPOTENT_WRITE' }).operation, 'idempotent-write');
  assert.equal(advise('java:9', { inDoubt: null }).inDoubt, undefined);
  assert.equal(advise('java:9', null).operation, 'write');
  assert.throws(() => advise(5), TypeError);
  assert.throws(() => advise(null), TypeError);
});

test('decode: wrong arrays', () => {
  for (const bad of [[9], new Float64Array(1), new Uint8Array(4), null, undefined, '9', {}]) assert.throws(() => decode('java', bad), { code: 'ERR_AEROCODES_DECODE' });
  assert.throws(() => decode('java', new Int32Array(2), new Uint8Array(1)), { code: 'ERR_AEROCODES_DECODE' });
  assert.throws(() => decode('java', new Int32Array(2), new Uint8ClampedArray(2)), { code: 'ERR_AEROCODES_DECODE' });
  assert.deepEqual(decode('java', new Int32Array(0)), new Uint8Array(0));
  const shared = new Int32Array(new SharedArrayBuffer(4000)).fill(9);
  assert.ok(decode('java', shared).every((x) => x === conditions.TIMEOUT.id));
  const moved = new Int32Array(1000).fill(9);
  structuredClone(moved.buffer, { transfer: [moved.buffer] });
  assert.equal(decode('java', moved).length, 0);
  // One array over the other's memory.
  const both = new ArrayBuffer(8000);
  assert.equal(decode('java', new Int32Array(both), new Uint8Array(both)).length, 8000);
});

test('error objects that bite', () => {
  for (const value of [trap(), revoked(), Object.create(null), new Proxy({}, { get() { throw new Error('no'); }, has() { throw new Error('no'); } }), null, undefined, 5n, Symbol('x'), () => 1, NaN, 2.5, [], new Date()]) {
    assert.equal(retryable(value), false);
    assert.equal(detectDialect(value).dialect, undefined);
    assert.ok(['unknown', 'findings'].includes(explain(value).kind));
    assert.equal(typeof String(explain(value)), 'string');
    assert.equal(retryIf({ operation: 'read' })(value), false);
  }
  assert.equal(retryable({ code: '9' }), false);
  assert.equal(retryable({ code: 9n }), false);
  assert.equal(retryable({ code: 'ECONNREFUSED' }), false);
});

test('texts with anything in them', () => {
  for (const text of ['', '\0', '\ud800', '\udfff\ud800', '\u{1F600}', 'Error ', 'Error -', 'x'.repeat(100_000), 'Error 9'.repeat(2000), 'AEROSPIKE_ERR_TIMEOUT \ud800 AEROSPIKE_ERR_CLIENT', '\u202eError 9']) {
    for (const f of recognize(text)) assert.ok(f.start >= 0 && f.start <= f.end && f.end <= text.length, JSON.stringify(text.slice(0, 40)));
    assert.ok(explain(text.slice(0, 1000)).kind);
  }
});

test('offsets count UTF-16 units', () => {
  const inner = 'com.aerospike.client.AerospikeException: Error 13,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: x';
  const [plain] = recognize(inner);
  assert.equal(plain.value, 13);
  for (const before of ['ä ', '\u{1F600} ', '€€ ', '\ud800 ', '\udc00 x \u{1F600}ß ']) {
    const [f] = recognize(before + inner);
    assert.deepEqual([f.start, f.end], [plain.start + before.length, plain.end + before.length], before);
  }
});

test('shared objects cannot be changed', () => {
  'use strict';
  for (const o of [lookup('java', 9), conditions.TIMEOUT, conditions, codes, codes.java, dialect('java'), aero.operations[0]]) {
    assert.throws(() => {
      o.name = 'changed';
    }, TypeError);
  }
  const list = dialect('java').readings();
  list.length = 0;
  assert.ok(dialect('java').readings().length > 0);
  const found = find('KEY_BUSY');
  found.pop();
  assert.equal(find('KEY_BUSY').length, found.length + 1);
  conditions.TIMEOUT.sources.pop();
  assert.ok(conditions.TIMEOUT.sources.length > 0);
});

test('scan: wrong arguments', async () => {
  for (const bad of [undefined, null, '', 5, {}]) assert.throws(() => scan(bad), TypeError);
  for (const options of [{ threads: 0 }, { threads: 1.5 }, { onProgress: 1 }, { signal: {} }]) assert.throws(() => scan('x', options), TypeError);
  await assert.rejects(scan('no/such/file'), { code: 'ENOENT' });
  await assert.rejects(scan('.'));
  await assert.rejects(scan('x\0y'));
});
