import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const bin = path.resolve('node_modules/.bin/aerocodes-migrate');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'aerocodes-migrate-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
let count = 0;

/** Runs the command over one file. */
function migrate(source, { name = 'a.js', args = ['--json'] } = {}) {
  const folder = path.join(dir, String(count++));
  fs.mkdirSync(folder);
  const file = path.join(folder, name);
  fs.writeFileSync(file, source);
  const out = spawnSync(bin, [...args, folder], { encoding: 'utf8' });
  const found = args.includes('--json') ? JSON.parse(out.stdout).files : [];
  return { ...out, file, edits: found.flatMap((f) => f.edits ?? []), unsure: found.flatMap((f) => f.unsure ?? []), after: fs.readFileSync(file, 'utf8') };
}

const before = `const aerospike = require('aerospike')
const client = aerospike.client({})
client.get(key, function (err, rec) { ${'if (err.code === 602) retry()'} })
`;

test('a sure comparison: shown as a diff, rewritten on request, then nothing is left', () => {
  const shown = migrate(before, { args: [] });
  assert.equal(shown.status, 1);
  assert.equal(shown.after, before);
  assert.match(shown.stdout, /^-client\.get.*602/m);
  assert.match(shown.stdout, /^\+client\.get.*aerospike\.status\.ERR_RECORD_NOT_FOUND/m);
  const written = migrate(before, { args: ['--write'] });
  assert.equal(written.status, 0);
  assert.equal(written.after, before.replace('602', 'aerospike.status.ERR_RECORD_NOT_FOUND'));
  assert.equal(migrate(written.after, { args: [] }).status, 0);
});

const head = "const as = require('aerospike');\nconst client = as.client({});\n";
const sure = {
  'either side, loose or strict': "client.get(k, (err) => { if (603 == err.code || err.code != 604) {} });",
  'switch and includes': "client.get(k, (err) => { switch (err.code) { case 602: break } [601, 605].includes(err.code); [606].indexOf(err.code) });",
  'a name for the code': "client.put(k, b, (err) => { const code = err.code; const { code: c } = err; if (code === 602 || c === 603) {} });",
  'a named function': "function done(e) { if (e.code === 602) {} }\nclient.put(k, b, done); client.remove(k, done);",
  'a destructured parameter': "client.get(k, ({ code }) => code === 602);",
  'streams': "client.query('a', 'b').foreach().on('error', (e) => e.code === 602);",
  'optional chaining': "client.get(k, (err) => err?.code === 602);",
  'assigned later': "let c2; c2 = as.client({}); c2.get(k, (e) => e.code === 602);",
  'connect hands a client on': "as.connect({}, (err, c3) => { if (err.code === 602) {} c3.get(k, (e) => e.code === 603) });",
};
for (const [name, body] of Object.entries(sure)) {
  test(`sure: ${name}`, () => {
    const { edits, unsure } = migrate(head + body);
    assert.equal(edits.length, (body.match(/\b6\d\d\b/g) ?? []).length);
    assert.deepEqual(unsure, []);
    assert.ok(edits.every((e) => e.text === `as.status.${e.name}`));
  });
}

const doubtful = {
  'another error': "http.get(u, (res) => res.code === 602);",
  'a name that is shadowed': "client.get(k, (err) => { function f(err) { return err.code === 602 } f(1) });",
  'a parameter that is assigned': "client.get(k, (err) => { err = other(); if (err.code === 602) {} });",
  'a caught error': "try { go() } catch (e) { if (e.code === 602) {} }",
  'a promise': "client.get(k).catch((e) => e.code === 602);",
  'a function that is used elsewhere too': "function done(e) { if (e.code === 602) {} }\nclient.put(k, b, done); other(done); done({});",
  'order': "client.get(k, (err) => err.code > 602);",
  'a number with several meanings': "client.get(k, (err) => err.code === 400);",
  'a number that means something else today': "client.get(k, (err) => err.code === 200);",
  'the number that the page misprints': "client.get(k, (err) => err.code === 501);",
  'a number without a successor': "client.get(k, (err) => err.code === 600);",
  'a constant that is gone': "client.get(k, (err) => err.code === as.status.AEROSPIKE_ERR_THROTTLED);",
  'a table of numbers': "client.get(k, (err) => ({ 602: 'gone' })[err.code]);",
  'a conversion': "client.get(k, (err) => Number(err.code) === 400 || (err.code | 0) === 602);",
  'a constant of its own': "const GONE = 602; client.get(k, (err) => err.code === GONE);",
  'a set': "client.get(k, (err) => new Set([602]).has(err.code));",
  'a number as text': "client.get(k, (err) => String(err.code) === '602');",
  'the status of a batch result': "client.batchGet([k], (err, results) => results.forEach((r) => r.status === 602));",
  'a client that is something else at times': "let c2 = as.client({}); c2 = fake; c2.get(k, (e) => e.code === 602);",
};
for (const [name, body] of Object.entries(doubtful)) {
  test(`left alone, with the reason: ${name}`, () => {
    const { edits, unsure, status } = migrate(head + body);
    assert.deepEqual(edits, []);
    assert.ok(unsure.length >= 1 && unsure.every((u) => u.reason.length > 20 && u.line > 2));
    assert.equal(status, 1);
  });
}

test('nothing to say about success, other numbers, and files without the client', () => {
  assert.equal(migrate(`${head}client.get(k, (err) => { if (err.code === 0 || err.code === 2 || err.code === 9 || x === 404 || x === 2.5) {} })`).status, 0);
  assert.equal(migrate('http.get(u, (res) => res.code === 602 || res.code === 500)').status, 0);
  assert.equal(migrate('client.get(k, (err) => err.code === 602) // not a word of it').status, 0);
});

test('TypeScript, JSX, ES modules, line ends and marks of order stay', () => {
  const ts = "import Aerospike, { status as st } from 'aerospike';\nconst c: Aerospike.Client = Aerospike.client({} as any);\nc.get(k, (err: { code: number }) => (err as any).code === 602 || err!.code === 603);\n";
  assert.deepEqual(migrate(ts, { name: 'a.ts' }).edits.map((e) => e.text), ['st.ERR_RECORD_NOT_FOUND', 'st.ERR_RECORD_EXISTS']);
  assert.equal(migrate("import as = require('aerospike');\nas.client({}).get(k, (e) => e.code === 602);\n", { name: 'a.cts' }).edits.length, 1);
  assert.equal(migrate("import * as as from 'aerospike';\nas.client().get(k, (e) => e.code === 602 && <b>x</b>);\n", { name: 'a.tsx' }).edits.length, 1);
  const crlf = `\ufeff#!/usr/bin/env node\r\n${before.replaceAll('\n', '\r\n')}`.replace('#!/usr/bin/env node\r\n', '');
  assert.equal(migrate(crlf, { args: ['--write'] }).after, crlf.replace('602', 'aerospike.status.ERR_RECORD_NOT_FOUND'));
});

test('a name that is imported as a type is none to write', () => {
  const { edits, unsure } = migrate("import type * as as from 'aerospike';\nimport { type status } from 'aerospike';\nas.client({}).get(k, (e) => e.code === 602);\n", { name: 'a.ts' });
  assert.deepEqual([edits, unsure.length], [[], 1]);
});

test('what cannot be read or parsed is said, and left alone', () => {
  const broken = migrate("require('aerospike'); if (", { args: ['--write'] });
  assert.equal(broken.status, 3);
  assert.match(broken.stderr, /does not parse/);
  const latin = path.join(dir, 'latin.js');
  fs.writeFileSync(latin, Buffer.concat([Buffer.from(before), Buffer.from([0xe9])]));
  const out = spawnSync(bin, ['--write', latin], { encoding: 'utf8' });
  assert.equal(out.status, 3);
  assert.match(out.stderr, /not UTF-8/);
  assert.equal(spawnSync(bin, [path.join(dir, 'no-such')]).status, 3);
  assert.equal(spawnSync(bin, []).status, 2);
  assert.equal(spawnSync(bin, ['--wirte', '.']).status, 2);
  assert.equal(spawnSync(bin, ['--help']).status, 0);
  assert.match(spawnSync(bin, ['--version'], { encoding: 'utf8' }).stdout, /^\d+\.\d+\.\d+\n$/);
});
