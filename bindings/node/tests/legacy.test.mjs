import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as legacy from 'aerocodes/legacy';
import { lookup, detectDialect, explain, retryable } from 'aerocodes';

const { status, statusOf, fromLegacy, toLegacy } = legacy;

test('import and require give the same', () => {
  assert.equal(createRequire(import.meta.url)('aerocodes/legacy').status, legacy.status);
});

test('the status object of 1.0 has the names and numbers of the 1.x page, its misprint mended', () => {
  // The 18 rows of the page as it was printed; one of them is wrong there.
  const page = [
    [0, 'AEROSPIKE_OK'], [100, 'AEROSPIKE_ERR'], [200, 'AEROSPIKE_ERR_CLIENT'], [201, 'AEROSPIKE_ERR_PARAM'], [300, 'AEROSPIKE_ERR_CLUSTER'],
    [400, 'AEROSPIKE_ERR_TIMEOUT'], [500, 'AEROSPIKE_ERR_SERVER'], [501, 'AEROSPIKE_ERR_REQUEST_INVALID'], [501, 'AEROSPIKE_ERR_NAMESPACE_NOT_FOUND'],
    [503, 'AEROSPIKE_ERR_SERVER_FULL'], [504, 'AEROSPIKE_ERR_CLUSTER_CHANGE'], [600, 'AEROSPIKE_ERR_RECORD'], [601, 'AEROSPIKE_ERR_RECORD_BUSY'],
    [602, 'AEROSPIKE_ERR_RECORD_NOT_FOUND'], [603, 'AEROSPIKE_ERR_RECORD_EXISTS'], [604, 'AEROSPIKE_ERR_RECORD_GENERATION'],
    [605, 'AEROSPIKE_ERR_RECORD_TOO_BIG'], [606, 'AEROSPIKE_ERR_BIN_INCOMPATIBLE_TYPE'],
  ];
  for (const [value, name] of page) {
    if (name === 'AEROSPIKE_ERR_NAMESPACE_NOT_FOUND') {
      assert.equal(status[name], 502);
      // What the page prints is kept as a reading of its own that says so.
      assert.ok(fromLegacy(value).alternatives.some((r) => r.name === name && r.wrong));
      assert.ok(fromLegacy(value).notes.some((n) => n.includes('502')));
    } else {
      assert.equal(status[name], value, name);
    }
    const rows = lookup('nodejs-1.0', value);
    assert.equal(rows.known, true);
  }
  // In the code, not on the page: THROTTLED, and UDF from 1.0.16 on.
  const printed = new Set(page.map((r) => r[1]));
  assert.deepEqual(Object.keys(status).filter((n) => !printed.has(n)), ['AEROSPIKE_ERR_THROTTLED', 'AEROSPIKE_ERR_UDF']);
  assert.equal(statusOf('1.0.15').AEROSPIKE_ERR_UDF, undefined);
  assert.equal(statusOf('1.0.16').AEROSPIKE_ERR_UDF, 1300);
});

test('the numbers switch between 1.0.19 and 1.0.20', () => {
  assert.equal(statusOf('1.0.19').AEROSPIKE_ERR_RECORD_NOT_FOUND, 602);
  assert.equal(statusOf('1.0.20').AEROSPIKE_ERR_RECORD_NOT_FOUND, 2);
  assert.equal(legacy.status1.AEROSPIKE_ERR_RECORD_NOT_FOUND, 2);
  assert.equal(legacy.status2.ERR_RECORD_NOT_FOUND, undefined);
  assert.equal(legacy.status3.ERR_RECORD_NOT_FOUND, 2);
});

test('what a release really exported, its slips included', () => {
  assert.equal(statusOf('5.2.0').ERR_CONNECTION, -8);
  assert.equal(statusOf('5.2.1').ERR_CONNECTION, -10);
  assert.equal(statusOf('6.0.1').ERR_MAX_RETRIES_EXCEEDED, -13);
  assert.equal(statusOf('6.0.2').ERR_MAX_RETRIES_EXCEEDED, -12);
  assert.equal(statusOf('1.0.35').AEROSPIKE_ERR_LDT_NOT_FOUND, 125);
  assert.equal(statusOf('1.0.36').AEROSPIKE_ERR_LDT_NOT_FOUND, 1401);
  assert.equal(statusOf('3.8.0').ERR_BIN_EXISTS, undefined);
  assert.equal(legacy.status5.BATCH_FAILED, undefined);
  assert.equal(legacy.status6.BATCH_FAILED, -16);
});

test('status objects are frozen and ordinary', () => {
  for (const line of ['1.0', '1', '2', '3', '4', '5', '6']) {
    const s = statusOf(line);
    assert.ok(Object.isFrozen(s) && Object.keys(s).length > 15, line);
    assert.deepEqual({ ...s }, { ...legacy[`status${line.replace('.', '_')}`] });
    assert.ok(Object.hasOwn(s, 'AEROSPIKE_OK'));
    assert.equal(Object.getPrototypeOf(s), Object.prototype);
  }
  for (const bad of ['', 'x', 5, null, undefined, '__proto__']) assert.throws(() => statusOf(bad), TypeError);
});

test('legacy numbers in today’s terms and back', () => {
  assert.deepEqual([fromLegacy(602).kind, fromLegacy(602).value, fromLegacy(602).name], ['exact', 2, 'ERR_RECORD_NOT_FOUND']);
  assert.deepEqual([toLegacy(2).value, toLegacy('ERR_RECORD_NOT_FOUND').value, toLegacy('AEROSPIKE_ERR_RECORD_NOT_FOUND').value], [602, 602, 602]);
  const timeout = fromLegacy(400);
  assert.equal(timeout.kind, 'folded');
  assert.deepEqual(timeout.targets.map((r) => r.value), [9, 212]);
  assert.equal(timeout.value, undefined);
  assert.ok(fromLegacy(500).targets.length > 5);
  assert.equal(fromLegacy(12345).kind, 'none');
  assert.equal(toLegacy(12345).kind, 'none');
  // A number without an exported name came bare from the C client beneath.
  assert.equal(fromLegacy(1200).legacy.dialect, 'c-3.0');
  assert.throws(() => fromLegacy('602'), TypeError);
  assert.throws(() => toLegacy('NO_SUCH'), TypeError);
  assert.throws(() => toLegacy(2.5), TypeError);
  for (const [name, value] of Object.entries(status)) {
    const there = fromLegacy(value);
    assert.equal(there.legacy.name, name);
    // 100 and 200, the two general errors, have been one number since.
    if (there.kind === 'exact' && value !== 100) assert.equal(toLegacy(there.value).value, value, name);
  }
});

test('error objects of any age', () => {
  const of = (e) => [detectDialect(e).dialect, detectDialect(e).certain];
  const old = { message: 'AEROSPIKE_ERR_RECORD_NOT_FOUND', func: 'as_client_get', file: 'src/main/aerospike/aerospike_key.c', line: 100 };
  assert.deepEqual(of({ ...old, code: 602 }), ['nodejs-1.0', true]);
  assert.deepEqual(of({ ...old, code: 2 }), ['nodejs', true]);
  assert.deepEqual(of({ code: 0 }), ['nodejs', true]);
  assert.deepEqual(of({ code: -8 }), ['nodejs', true]);
  assert.deepEqual(of({ code: 200, message: '' }), [undefined, false]);
  assert.deepEqual(detectDialect({ code: 200 }).candidates, ['nodejs', 'nodejs-1.0']);
  assert.deepEqual(of({ code: 200, message: 'AEROSPIKE_ERR_INDEX_FOUND' }), ['nodejs', true]);
  assert.deepEqual(of({ code: 200, message: 'AEROSPIKE_ERR_CLIENT' }), ['nodejs-1.0', true]);
  assert.deepEqual(of({ code: 200, message: '', inDoubt: false }), ['nodejs', true]);
  assert.deepEqual(of({ code: 200, message: '', name: 'AerospikeError' }), ['nodejs', true]);
  assert.deepEqual(of({ code: 1200 }), ['c-3.0', true]);
  assert.deepEqual(of({ code: 4242 }), ['nodejs', false]);
  assert.equal(explain({ ...old, code: 602 }).reading.condition.name, 'RECORD_NOT_FOUND');
  assert.equal(explain({ code: 200 }).kind, 'readings');
  assert.equal(retryable({ code: 200 }), false);
});
