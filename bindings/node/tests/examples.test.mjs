// The examples, as a user runs them: against the installed package.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const root = process.env.AEROCODES_ROOT;
const data = path.join(root, 'examples/data');
const here = path.resolve('examples');
fs.cpSync(path.join(root, 'examples/node'), here, { recursive: true });
const run = (file, args = [], options = {}) => spawnSync(process.execPath, [path.join(here, file), ...args], { encoding: 'utf8', ...options });

test('explain prints what it prints in every language', () => {
  const out = run('explain.mjs', [path.join(data, 'codes.txt'), path.join(data, 'trace.txt')]);
  assert.equal(out.stderr, '');
  assert.equal(out.stdout, fs.readFileSync(path.join(root, 'examples/expected.txt'), 'utf8'));
  assert.equal(run('explain.mjs').status, 2);
});

test('annotate: a log through a pipe', () => {
  const trace = fs.readFileSync(path.join(data, 'trace.txt'), 'utf8');
  const out = run('annotate.mjs', [], { input: trace });
  assert.equal(out.status, 0, out.stderr);
  assert.equal(out.stdout.replace(/^# aerocodes: .*\n/gm, ''), trace);
  assert.ok(out.stdout.includes('# aerocodes: java:9 TIMEOUT'));
});

test('the service answers by condition', async () => {
  const { serve } = await import(pathToFileURL(path.join(here, 'service.mjs')));
  const server = await serve(0);
  const ask = async (code, method = 'GET') => {
    const r = await fetch(`http://127.0.0.1:${server.address().port}/${code}`, { method });
    return [r.status, r.headers.get('retry-after'), await r.json()];
  };
  try {
    const [missing, , body] = await ask(2);
    assert.equal(missing, 404);
    assert.deepEqual([body.code, body.retry], ['nodejs:2', 'no']);
    assert.deepEqual((await ask(14, 'PUT')).slice(0, 2), [429, '1']);
    assert.deepEqual((await ask(9)).slice(0, 2), [504, '1']);
    assert.equal((await ask(-8))[0], 502);
    assert.equal((await ask(4242))[0], 500);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('the 1.x program, before, migrated, and after', () => {
  const dir = path.join(here, 'migration');
  const stub = path.join(dir, 'node_modules/aerospike');
  fs.mkdirSync(stub, { recursive: true });
  fs.copyFileSync(path.join(dir, 'stand-in.cjs'), path.join(stub, 'index.js'));
  // The package is of type commonjs where nothing says otherwise.
  fs.writeFileSync(path.join(dir, 'package.json'), '{}\n');
  const as = (release) => ({ env: { ...process.env, AEROSPIKE_RELEASE: release } });
  const wanted = 'nobody there\ntoo big\n';
  const old = run('migration/before.js', [], as('1.0.19'));
  assert.equal(old.stdout, wanted, old.stderr);
  // The old program on a new client goes wrong: that is what the migration is for.
  assert.equal(run('migration/before.js', [], as('6.7.1')).stdout, 'failed otherwise\n');
  const work = path.join(dir, 'work.js');
  fs.copyFileSync(path.join(dir, 'before.js'), work);
  const tool = spawnSync(path.resolve('node_modules/.bin/aerocodes-migrate'), ['--write', work], { encoding: 'utf8' });
  assert.match(tool.stdout, /400 .*stood for several conditions/);
  assert.equal(tool.status, 1);
  assert.equal(fs.readFileSync(work, 'utf8'), fs.readFileSync(path.join(dir, 'after.js'), 'utf8'));
  assert.equal(run('migration/after.js', [], as('6.7.1')).stdout, wanted);
});
