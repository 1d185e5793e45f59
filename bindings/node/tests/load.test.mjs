import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as esm from 'aerocodes';

const cjs = createRequire(import.meta.url)('aerocodes');

test('import and require give one and the same', () => {
  assert.equal(esm.lookup, cjs.lookup);
  assert.deepEqual(Object.keys(cjs).sort(), Object.keys(esm).filter((k) => k !== 'default').sort());
  assert.equal(String(esm.lookup('nodejs-1.0', 602)), 'nodejs-1.0:602 AEROSPIKE_ERR_RECORD_NOT_FOUND');
});

test('the engine is the one that was asked for', () => {
  assert.equal(esm.engineInfo().kind, process.env.AEROCODES_ENGINE ?? 'native');
});
