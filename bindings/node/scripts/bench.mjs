// Ours beside what a Node.js program would use instead, in one run; medians, and the ratio beside its bar.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { spawnSync } from 'node:child_process';
import { codes, decode, dialect, engineInfo, scan } from 'aerocodes';

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
  // A fresh process each; `before` is required first and not timed.
  const dir = fs.mkdtempSync(path.join(process.cwd(), 'load-'));
  const empty = (name, fields) => {
    fs.mkdirSync(path.join(dir, 'node_modules', name), { recursive: true });
    fs.writeFileSync(path.join(dir, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...fields }));
    fs.writeFileSync(path.join(dir, 'node_modules', name, 'index.js'), '');
  };
  empty('with-exports', { exports: './index.js' });
  const load = (what, before = '') => {
    fs.writeFileSync(path.join(dir, 'program.js'), `${before};const s = process.hrtime.bigint(); ${what}; console.log(Number(process.hrtime.bigint() - s))`);
    return Number(spawnSync(process.execPath, [path.join(dir, 'program.js')], { encoding: 'utf8' }).stdout);
  };
  const warm = "require('with-exports')";
  const runs = [
    ["require('aerocodes')"],
    ["require('http-status-codes')"],
    [warm],
    ["require('aerocodes')", warm],
    ["require('http-status-codes')", warm],
    ["require('aerocodes').lookup('java', 9)", warm],
  ];
  const times = runs.map(() => []);
  for (let i = 0; i < 21; i++) runs.forEach((run, k) => times[k].push(load(...run)));
  const [ours, peer, floor, oursWarm, peerWarm, answer] = times.map((t) => median(t) / 1e6);
  fs.rmSync(dir, { recursive: true });
  console.log(`load: ours ${ours.toFixed(2)} ms, http-status-codes ${peer.toFixed(2)} ms, an empty package with an \`exports\` map ${floor.toFixed(2)} ms`);
  bar('ours / http-status-codes', ours / peer, 0.5, false);
  console.log(`load, where some package with an \`exports\` map is loaded already: ours ${oursWarm.toFixed(2)} ms (${answer.toFixed(2)} ms with the first lookup), http-status-codes ${peerWarm.toFixed(2)} ms`);
  bar('ours / http-status-codes, Node.js\'s resolver loaded', oursWarm / peerWarm, 0.5, false);
}
{
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'aerocodes-bench-'));
  const file = path.join(dir, 'app.log');
  const plain = (k) => Array.from({ length: 99 }, (_, i) => `2026-11-22 04:03:${String((i + k) % 60).padStart(2, '0')}.120 INFO  [worker-${i % 8}] c.e.cart.CartService - cart ${i * 4711} saved in ${i} ms for customer ${i * 31}\n`).join('');
  // One line in a hundred is an error, in the words of one client after the other.
  const errors = [
    'com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0,BB9020011AC4202 10.0.0.7 3000: Hot key',
    'Nov 22 04:03:17 web-1 cart[700]: aerospike_key_put() failed: err(9) Client timeout: socket=30000 total=1000 iterations=1 lastNode=10.0.0.7:3000 at [src/main/aerospike/as_command.c:751]',
    '2026/11/22 04:03:17 cart.go:47: ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key',
    "aerospike.exception.RecordNotFound: (2, '10.0.0.8:3000 AEROSPIKE_ERR_RECORD_NOT_FOUND', 'src/main/aerospike/as_command.c', 1242, False)",
    "2026-11-22T04:04:54.127Z cart not read { code: 602, message: 'AEROSPIKE_ERR_RECORD_NOT_FOUND', func: 'as_command_parse_result', file: 'src/main/aerospike/as_command.c', line: 1028 }",
    '2026-11-22T04:03:17.000Z ERROR cart: aerospike: Error 18, iter=1, node=10.0.0.9:3000: Device overload',
    'Nov 22 04:04:54 web-2 cart[701]: php: put failed [13] 10.0.0.7:3000 AEROSPIKE_ERR_RECORD_TOO_BIG',
    '2026-11-22 04:04:54 UTC [INF] aql: Error: (4) 10.0.0.7:3000 AEROSPIKE_ERR_REQUEST_INVALID',
  ];
  const block = errors.map((e, k) => `${plain(k)}${e}\n`).join('');
  const fd = fs.openSync(file, 'w');
  const chunk = block.repeat(12);
  for (let i = 0; i < 250; i++) fs.writeSync(fd, chunk);
  fs.closeSync(fd);
  const { size } = fs.statSync(file);
  // The same job as a program without us would do it: one expression for the shapes of the clients' messages, names from a table,
  // counts by number. Read as Latin-1, the fastest that Node.js can; all at once or in pieces, whichever is faster.
  const shape = /AerospikeException[^:\n]*: Error (-?\d+)|err\((-?\d+)\)|ResultCode: (\w+)|exception\.\w+: \((-?\d+)|code: (-?\d+), message|aerospike: Error (-?\d+)|failed \[(-?\d+)\]|Error: \((-?\d+)\)/g;
  const add = (groups, text) => {
    for (const m of text.matchAll(shape)) {
      const found = m[1] ?? m[2] ?? m[3] ?? m[4] ?? m[5] ?? m[6] ?? m[7] ?? m[8];
      const code = codes.go[found] ?? Number(found);
      groups.set(code, (groups.get(code) ?? 0) + 1);
    }
    return groups;
  };
  const whole = () => add(new Map(), fs.readFileSync(file, 'latin1'));
  const pieces = async () => {
    const groups = new Map();
    let rest = '';
    for await (const piece of fs.createReadStream(file, { encoding: 'latin1', highWaterMark: 1 << 20 })) {
      const end = piece.lastIndexOf('\n') + 1;
      add(groups, rest + piece.slice(0, end));
      rest = piece.slice(end);
    }
    return add(groups, rest);
  };
  const times = { ours: [], whole: [], pieces: [] };
  for (let i = 0; i < 5; i++) {
    let start = now();
    const result = await scan(file);
    times.ours.push(now() - start);
    for (const [name, f] of Object.entries({ whole, pieces })) {
      start = now();
      const groups = await f();
      times[name].push(now() - start);
      const [a, b] = [new Map(), [...groups]];
      for (const g of result.groups) a.set(g.value, (a.get(g.value) ?? 0) + g.count);
      if (result.events !== 250 * 12 * errors.length || b.length !== a.size || b.some(([value, n]) => a.get(value) !== n)) {
        throw new Error(`counts differ: ${result.events} ${JSON.stringify([[...a], b])}`);
      }
    }
  }
  const [a, b, c] = [median(times.ours), median(times.whole), median(times.pieces)];
  console.log(`scan of ${(size / 1e6).toFixed(0)} MB, ${os.availableParallelism()} threads: ours ${(size / a).toFixed(2)} GB/s; regular expression, whole file ${(size / b).toFixed(2)} GB/s, in pieces ${(size / c).toFixed(2)} GB/s`);
  bar('ours / the faster regular expression', Math.min(b, c) / a, 10, true);
  fs.rmSync(dir, { recursive: true });
}
console.log(missed === 0 ? 'all bars met' : `${missed} bars missed`, sink === 0 ? '' : '');
