import { test } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { Worker } from 'node:worker_threads';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { finished, pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import { scan, recognize } from 'aerocodes';
import { annotate } from 'aerocodes/stream';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'aerocodes-scan-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const error = (code) => `com.aerospike.client.AerospikeException: Error ${code},1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: x\n`;
const filler = '2026-11-22 04:03:10.120 INFO ordinary line of a log, nothing to see here, move along\n';
let text = '';
for (let i = 0; i < 3000; i++) text += filler.repeat(i % 60) + error([13, 14, 2][i % 3]);
const log = path.join(dir, 'app.log');
fs.writeFileSync(log, text);
const wanted = recognize(text);

test('counts', async () => {
  const seen = [];
  const result = await scan(log, { onProgress: (p) => seen.push(p) });
  assert.equal(result.bytes, text.length);
  assert.equal(result.events, wanted.length);
  assert.equal(result.events, 3000);
  assert.deepEqual(result.groups.map((g) => [g.dialect, g.value, g.condition.name, g.count]), [
    ['java', 13, 'RECORD_TOO_BIG', 1000],
    ['java', 14, 'KEY_BUSY', 1000],
    ['java', 2, 'RECORD_NOT_FOUND', 1000],
  ]);
  assert.equal(result.groups[0].reading.name, 'RECORD_TOO_BIG');
  assert.deepEqual(seen.at(-1), { bytes: text.length, total: text.length, events: 3000 });
});

test('named by a URL, and through a pipe', async () => {
  assert.equal((await scan(pathToFileURL(log))).events, 3000);
  assert.throws(() => scan(new URL('https://localhost/app.log')), { code: 'ERR_AEROCODES_PATH' });
  if (process.platform === 'win32') return;
  const pipe = path.join(dir, 'pipe');
  spawnSync('mkfifo', [pipe]);
  const writing = fs.promises.writeFile(pipe, text);
  assert.equal((await scan(pipe)).events, 3000);
  await writing;
});

test('every finding, in order, whatever the number of threads', async () => {
  for (const threads of [1, 2, 3, 7]) {
    const got = [];
    for await (const f of scan(log, { threads })) got.push([f.start, f.end, f.value]);
    assert.deepEqual(got, wanted.map((f) => [f.start, f.end, f.value]), `${threads} threads`);
  }
});

test('gzip', async () => {
  fs.writeFileSync(`${log}.gz`, zlib.gzipSync(text));
  const plain = await scan(log);
  const packed = await scan(`${log}.gz`);
  assert.deepEqual(packed.groups, plain.groups);
  assert.equal(packed.bytes, text.length);
  fs.writeFileSync(`${log}.bad.gz`, zlib.gzipSync(text).subarray(0, 2000));
  await assert.rejects(scan(`${log}.bad.gz`));
});

test('a reader may leave early', async () => {
  let n = 0;
  for await (const f of scan(log)) {
    assert.ok(f.value);
    if (++n === 5) break;
  }
  assert.equal(n, 5);
});

test('signals', async () => {
  await assert.rejects(scan(log, { signal: AbortSignal.abort(new Error('before')) }), { message: 'before' });
  const controller = new AbortController();
  await assert.rejects(scan(log, { signal: controller.signal, onProgress: () => controller.abort(new Error('during')) }), { message: 'during' });
  const other = new AbortController();
  await assert.rejects(async () => {
    for await (const f of scan(log, { signal: other.signal })) if (f) other.abort(new Error('while reading'));
  }, { message: 'while reading' });
});

test('an error thrown by onProgress ends the scan', async () => {
  await assert.rejects(scan(log, { onProgress: () => { throw new Error('progress'); } }), { message: 'progress' });
});

test('files that are empty, without line ends, or not text', async () => {
  const small = path.join(dir, 'small');
  for (const [content, events] of [['', 0], [error(13).trim(), 1], [Buffer.from([0, 255, 254, 10, 200]), 0], [Buffer.concat([Buffer.from([255, 10]), Buffer.from(error(13))]), 1]]) {
    fs.writeFileSync(small, content);
    assert.equal((await scan(small)).events, events);
  }
  fs.writeFileSync(small, 'x'.repeat(9 << 20) + '\n' + error(13));
  assert.equal((await scan(small)).events, 1);
});

test('a worker ends while it scans, a process exits while it scans', async () => {
  const big = path.join(dir, 'big.log');
  const fd = fs.openSync(big, 'w');
  for (let i = 0; i < 12; i++) fs.writeSync(fd, text);
  fs.closeSync(fd);
  const body = `import('aerocodes').then(async ({ scan }) => { const { parentPort } = require('worker_threads'); const s = scan(${JSON.stringify(big)}, { onProgress: () => parentPort.postMessage('on') }); await s; parentPort.postMessage('end'); })`;
  for (let i = 0; i < 3; i++) {
    const worker = new Worker(body, { eval: true });
    await new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
  }
  const program = path.resolve('exits.mjs');
  fs.writeFileSync(program, `import { scan } from 'aerocodes';\nscan(${JSON.stringify(big)}).then(() => {});\nsetTimeout(() => process.exit(7), 5);\n`);
  const child = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  assert.deepEqual([child.status, child.signal, child.stderr], [7, null, '']);
  assert.equal((await scan(big)).events, 12 * 3000);
});

async function annotated(chunks, options) {
  let out = '';
  await pipeline(Readable.from(chunks, { objectMode: false }), annotate(options), new Writable({ write(c, _, done) { out += c; done(); } }));
  return out;
}

test('a slow reader holds the annotating stream up', async () => {
  const stream = annotate();
  let written = 0;
  while (stream.write(filler.repeat(100))) written++;
  assert.ok(written < 100);
  const drained = new Promise((resolve) => stream.once('drain', resolve));
  let bytes = 0;
  stream.on('data', (chunk) => (bytes += chunk.length));
  await drained;
  stream.end();
  await finished(stream);
  assert.equal(bytes, (written + 1) * 100 * filler.length);
});

test('annotated lines', async () => {
  const input = `${filler}${error(14)}${filler}`;
  const whole = await annotated([input]);
  assert.equal(whole.replace(/# aerocodes: .*\n/, ''), input);
  assert.match(whole, /10\.0\.0\.7 3000: x\n# aerocodes: java:14 KEY_BUSY: .*retry: yes, applied: no\n/);
  // Cut anywhere, within a character too, it comes out the same.
  const bytes = Buffer.from(`ä€\u{1F600}\n${input}`);
  for (const size of [1, 2, 3, 7, 64]) {
    const chunks = [];
    for (let i = 0; i < bytes.length; i += size) chunks.push(bytes.subarray(i, i + size));
    assert.equal(await annotated(chunks), `ä€\u{1F600}\n${whole}`);
  }
  // An error whose number stands some lines further down.
  const told = `x AerospikeError: 10.0.0.7:3000 Record too big\n    at f (error.js:1:2) {\n  code: 13,\n  func: 'as_event_command_parse_result',\n  file: 'a.c',\n  line: 1726,\n  inDoubt: false\n}\n`;
  const notes = (out) => out.split('\n').flatMap((l, i) => (l.startsWith('# ') ? [[i, l.slice(0, 24)]] : []));
  assert.deepEqual(notes(await annotated([told + filler + told])), [[3, '# aerocodes: nodejs:13 R'], [13, '# aerocodes: nodejs:13 R']]);
  assert.match(await annotated([error(14).trim()]), /x\n# aerocodes: .*\n$/);
  assert.equal(await annotated([input], { format: () => undefined }), input);
  assert.equal(await annotated([input], { format: (f) => `${f.length}` }), `${filler}${error(14)}1\n${filler}`);
  assert.equal(await annotated([]), '');
  await assert.rejects(annotated([input], { format: () => { throw new Error('format'); } }), { message: 'format' });
  assert.throws(() => annotate({ format: 5 }), TypeError);
});
