// Ours beside what a Node.js program would use instead, in one run; medians, and the ratio beside its bar.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { decode, dialect, dialects, engineInfo, scan } from 'aerocodes';

const require = createRequire(import.meta.url);
const { getReasonPhrase } = require('http-status-codes');
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const now = () => Number(process.hrtime.bigint());
let sink = 0;
let missed = 0;

function bar(what, ratio, limit, atLeast) {
  const met = atLeast ? ratio >= limit : ratio <= limit;
  if (!met) missed++;
  console.log(`  ${met ? 'met   ' : 'MISSED'} ${what}: ${ratio.toFixed(2)}x (bar ${atLeast ? 'at least' : 'at most'} ${limit}x)`);
}

/** Nanoseconds a call, medians of rounds in turn, so that a busy moment hits all alike. */
function measure(subjects, size, rounds = 25) {
  const times = subjects.map(() => []);
  for (let round = -5; round < rounds; round++) {
    subjects.forEach((f, i) => {
      const start = now();
      sink += f();
      if (round >= 0) times[i].push((now() - start) / size);
    });
  }
  return times.map(median);
}

console.log(`node ${process.version}, engine ${engineInfo().kind}`);
{
  const java = dialect('java');
  const known = java.readings().map((r) => r.value).filter((v) => v >= 0 && v < 256 && java.lookup(v).name);
  const list = Array.from({ length: 256 }, (_, i) => ({ name: `NAME_${i}` }));
  const N = 100_000;
  const keys = Int32Array.from({ length: N }, (_, i) => known[(i * 7919) % known.length]);
  const http = [200, 201, 204, 301, 302, 304, 400, 401, 403, 404, 405, 409, 410, 412, 415, 422, 429, 500, 501, 502, 503, 504];
  const codes = Int32Array.from({ length: N }, (_, i) => http[(i * 7919) % http.length]);
  const [array, ours, peer] = measure(
    [
      () => { let n = 0; for (let i = 0; i < N; i++) n += list[keys[i]].name.length; return n; },
      () => { let n = 0; for (let i = 0; i < N; i++) n += java.lookup(keys[i]).name.length; return n; },
      () => { let n = 0; for (let i = 0; i < N; i++) n += getReasonPhrase(codes[i]).length; return n; },
    ],
    N,
  );
  console.log(`lookup: array ${array.toFixed(2)} ns, dialect handle ${ours.toFixed(2)} ns, http-status-codes ${peer.toFixed(2)} ns`);
  bar('handle / array access', ours / array, 2, false);
  bar('http-status-codes / handle', peer / ours, 4, true);
}
{
  const N = 10_000_000;
  const values = Int32Array.from({ length: N }, (_, i) => (i * 7919) % 240);
  const out = new Uint8Array(N);
  const table = dialect('java').conditionTable();
  const lut = new Uint8Array(512);
  for (let i = 0; i < 512; i++) lut[i] = table[Math.min(i + 32, 511)];
  const [loop, ours] = measure(
    [
      () => { for (let i = 0; i < N; i++) out[i] = lut[values[i]]; return out[5]; },
      () => { decode('java', values, out); return out[5]; },
    ],
    N,
    9,
  );
  console.log(`decode of ${N} numbers: table loop ${(1000 / loop).toFixed(0)} M/s, ours ${(1000 / ours).toFixed(0)} M/s`);
  bar('ours / table loop', loop / ours, 1.8, true);
}
{
  const load = (name) => {
    const code = `const s = process.hrtime.bigint(); require(${JSON.stringify(name)}); console.log(Number(process.hrtime.bigint() - s))`;
    return Number(spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' }).stdout);
  };
  const [a, b] = [[], []];
  for (let i = 0; i < 21; i++) {
    a.push(load('aerocodes'));
    b.push(load('http-status-codes'));
  }
  const [ours, peer] = [median(a) / 1e6, median(b) / 1e6];
  console.log(`load: ours ${ours.toFixed(2)} ms, http-status-codes ${peer.toFixed(2)} ms`);
  bar('ours / http-status-codes', ours / peer, 0.5, false);
}
{
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'aerocodes-bench-'));
  const file = path.join(dir, 'app.log');
  const plain = Array.from({ length: 99 }, (_, i) => `2026-11-22 04:03:${String(i % 60).padStart(2, '0')}.120 INFO  [worker-${i % 8}] c.e.cart.CartService - cart ${i * 4711} saved in ${i} ms for customer ${i * 31}\n`).join('');
  const block = `${plain}com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: Hot key\n`;
  const fd = fs.openSync(file, 'w');
  const chunk = block.repeat(100);
  for (let i = 0; i < 250; i++) fs.writeSync(fd, chunk);
  fs.closeSync(fd);
  const { size } = fs.statSync(file);
  const names = [...new Set(dialects().flatMap((d) => d.readings().map((r) => r.name)).filter((n) => n && n.startsWith('AEROSPIKE_')))];
  // The same job as a program without us would do it: find the shapes of the clients' messages, count by code.
  const shape = new RegExp(`AerospikeException[^:\\n]*: Error (-?\\d+)|ResultCode: (\\w+)|exception\\.\\w+: \\((-?\\d+)|\\b(${names.join('|')})\\b`, 'g');
  const regular = () => {
    const groups = new Map();
    const text = fs.readFileSync(file, 'latin1');
    for (const m of text.matchAll(shape)) {
      const key = m[1] ?? m[2] ?? m[3] ?? m[4];
      groups.set(key, (groups.get(key) ?? 0) + 1);
    }
    return groups;
  };
  const [ours, theirs] = [[], []];
  for (let i = 0; i < 3; i++) {
    let start = now();
    const result = await scan(file);
    ours.push(now() - start);
    start = now();
    const groups = regular();
    theirs.push(now() - start);
    if (result.events !== 25_000 || groups.get('14') !== 25_000) throw new Error(`counts differ: ${result.events}, ${groups.get('14')}`);
  }
  const [a, b] = [median(ours), median(theirs)];
  console.log(`scan of ${(size / 1e6).toFixed(0)} MB: ours ${(size / a).toFixed(2)} GB/s, regular expression ${(size / b).toFixed(2)} GB/s`);
  bar('ours / regular expression', b / a, 10, true);
  fs.rmSync(dir, { recursive: true });
}
console.log(missed === 0 ? 'all bars met' : `${missed} bars missed`, sink === 0 ? '' : '');
