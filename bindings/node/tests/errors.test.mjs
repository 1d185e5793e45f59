import { test } from 'node:test';
import assert from 'node:assert/strict';
import pRetry from 'p-retry';
import * as aero from 'aerocodes';

const { explain, retryable, retryIf, advise, lookup, find, conditions, codes, dialect, readings, translate } = aero;

class AerospikeError extends Error {
  constructor(code, inDoubt) {
    super('127.0.0.1:3000 something');
    Object.assign(this, { name: 'AerospikeError', code, inDoubt, command: null, func: 'f', file: 'f.c', line: 1 });
  }
}

test('explain takes whatever a program has in its hands', () => {
  const e = explain(new AerospikeError(9, true), { operation: 'write' });
  assert.equal(e.kind, 'reading');
  assert.equal(e.reading.condition, conditions.TIMEOUT);
  assert.equal(e.advice.maybeApplied, 'yes');
  assert.equal(e.advice.inDoubt, true);
  assert.match(String(e), /^nodejs:9 ERR_TIMEOUT = TIMEOUT: /);
  assert.equal(explain('java:-8').reading.condition, conditions.SERVER_NOT_AVAILABLE);
  assert.equal(explain(-8).kind, 'readings');
  assert.equal(explain(-8, { dialect: 'go' }).reading.condition, conditions.NO_MORE_CONNECTIONS);
  assert.equal(explain('-8', { dialect: 'go' }).reading.value, -8);
  assert.equal(explain('11', { dialect: 'java', release: '4.1.0' }).reading.condition, conditions.SERVER_NOT_AVAILABLE);
  assert.equal(explain('KEY_BUSY').kind, 'readings');
  assert.equal(explain('hot key').conditions[0], conditions.KEY_BUSY);
  assert.equal(explain(lookup('java', 9)).reading.value, 9);
  assert.equal(explain({ dialect: 'java', value: 9 }).reading.name, 'TIMEOUT');
  assert.equal(explain('com.aerospike.client.AerospikeException: Error 13,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: Record too big').kind, 'findings');
  assert.equal(explain('zzzzqqqq').kind, 'unknown');
  assert.equal(explain(424242).kind, 'unknown');
});

test('retryable: a plain yes only where it is safe', () => {
  assert.equal(retryable(new AerospikeError(14, false)), true);
  assert.equal(retryable(new AerospikeError(9, true)), false);
  assert.equal(retryable(new AerospikeError(9, true), { operation: 'read' }), true);
  assert.equal(retryable(new AerospikeError(9, true), { operation: 'idempotent-write' }), true);
  assert.equal(retryable(new AerospikeError(9, false)), true);
  assert.equal(retryable(new AerospikeError(2, false), { operation: 'read' }), false);
  assert.equal(retryable(new Error('x')), false);
  assert.equal(retryable(new AerospikeError(12345, false)), false);
  assert.equal(retryable({ code: -8 }, { dialect: 'java', operation: 'read', depends: true }), true);
  const shouldRetry = retryIf({ operation: 'read' });
  assert.equal(shouldRetry(new AerospikeError(9, true)), true);
  // The context object of p-retry 7.
  assert.equal(shouldRetry({ error: new AerospikeError(9, true), attemptNumber: 1, retriesLeft: 2 }), true);
  assert.equal(shouldRetry({ error: new Error('x'), attemptNumber: 1 }), false);
});

test('with p-retry', async () => {
  const attempts = async (code, inDoubt, operation) => {
    let n = 0;
    const work = () => {
      n++;
      throw new AerospikeError(code, inDoubt);
    };
    await assert.rejects(pRetry(work, { retries: 2, minTimeout: 1, shouldRetry: retryIf({ operation }) }), { code });
    return n;
  };
  assert.equal(await attempts(14, false, 'write'), 3);
  assert.equal(await attempts(9, true, 'write'), 1);
  assert.equal(await attempts(9, true, 'read'), 3);
  assert.equal(await attempts(2, false, 'read'), 1);
});

test('objects tell their kind, JSON has the shape of every surface', () => {
  const r = lookup('server', 22);
  assert.deepEqual(Object.keys(r.toJSON()), ['dialect', 'value', 'name', 'primary', 'condition', 'since', 'until', 'introduced', 'erratum', 'category', 'origin', 'edition', 'retryable', 'maybe_applied', 'retryable_not_applied', 'summary']);
  assert.equal(JSON.parse(JSON.stringify(lookup('server', 88))).name, null);
  assert.equal(JSON.parse(JSON.stringify(conditions.TIMEOUT)).advice.retryable, 'yes');
  assert.equal(JSON.parse(JSON.stringify(translate('nodejs-1.0:400', 'server'))).targets[0].value, 9);
  assert.equal(JSON.parse(JSON.stringify(advise('java:9', { operation: 'read' }))).in_doubt, null);
  assert.equal(String(r), 'server:22 AS_ERR_FORBIDDEN');
  assert.ok(translate('java:9', 'go') instanceof aero.Translation);
  assert.ok(r instanceof aero.Reading && conditions.OK instanceof aero.Condition && dialect('c') instanceof aero.Dialect);
  assert.ok(conditions.FORBIDDEN.subcodes.length > 0);
  assert.ok(conditions.TIMEOUT.cause && conditions.TIMEOUT.remedy && conditions.TIMEOUT.reason && conditions.TIMEOUT.docs.length > 0);
});

test('constants are the numbers, and agree with the types’ generator', () => {
  assert.equal(codes.java.TIMEOUT, 9);
  assert.equal(codes['nodejs-1.0'].AEROSPIKE_ERR_RECORD_NOT_FOUND, 602);
  for (const [key, names] of Object.entries(codes)) {
    for (const [name, value] of Object.entries(names)) assert.ok(find(name).some((r) => r.dialect === key && r.value === value), `${key} ${name}`);
  }
});

test('readings of a bare number: in use before retired before legacy before logs before wrong', () => {
  const list = readings(-8);
  assert.equal(String(list[0]), 'c:-8 AEROSPIKE_ERR_INVALID_NODE');
  assert.equal(list.at(-1).wrong, true);
});
