import { test } from 'node:test';
import assert from 'node:assert/strict';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const bin = path.resolve('node_modules/.bin/aerocodes');
const run = (...args) => spawnSync(bin, args, { encoding: 'utf8' });

test('the command answers, and its exit status comes through', () => {
  const out = run('explain', 'nodejs-1.0:602', '--format', 'json');
  assert.equal(out.status, 0, out.stderr);
  assert.equal(JSON.parse(out.stdout).readings[0].condition, 'RECORD_NOT_FOUND');
  assert.equal(run('explain', 'server:88', '--format', 'json').status, 1);
  assert.equal(run('--no-such-option').status, 2);
});
