'use strict';
// Files: counted, or one finding at a time.

const fs = require('node:fs');
const os = require('node:os');
const { fileURLToPath } = require('node:url');
const zlib = require('node:zlib');
const { conditionList, dialectById, dialectKey, fault, shown } = require('./core.cjs');
const { findingsOf } = require('./findings.cjs');
const { engine } = require('./engine.cjs');

const PIECE = 1 << 20;

function checked(options) {
  const { signal, onProgress, threads, bareWords } = options ?? {};
  if (signal !== undefined && signal !== null && typeof signal.addEventListener !== 'function') {
    throw fault('ERR_AEROCODES_OPTION', 'signal is an AbortSignal');
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') throw fault('ERR_AEROCODES_OPTION', 'onProgress is a function');
  if (threads !== undefined && !(Number.isInteger(threads) && threads > 0)) {
    throw fault('ERR_AEROCODES_OPTION', `threads is an integer above 0, not ${shown(threads)}`);
  }
  return { signal: signal ?? undefined, onProgress, threads: threads ?? Math.min(os.availableParallelism(), 16), bareWords: bareWords === true };
}

/** The pieces of a file, uncompressed. */
async function* piecesOf(path, signal) {
  const file = fs.createReadStream(path, { highWaterMark: PIECE, signal });
  const isGzip = /\.gz$/i.test(path);
  const source = isGzip ? file.pipe(zlib.createGunzip({ chunkSize: PIECE })) : file;
  if (isGzip) file.once('error', (error) => source.destroy(error));
  try {
    yield* source;
  } finally {
    source.destroy();
    file.destroy();
  }
}

/** What is known of one group of equal findings. */
function groupOf([dialect, candidates, value, condition, count, first, last]) {
  const of = dialect === null ? undefined : dialectById(dialect);
  return {
    dialect: of?.key,
    candidates: typeof candidates === 'number' ? keysOf(candidates) : candidates,
    value: value ?? undefined,
    condition: condition ? conditionList()[condition - 1] : undefined,
    reading: of && value !== null ? of.lookup(value) : undefined,
    count,
    first,
    last,
  };
}

function keysOf(set) {
  const keys = [];
  for (let id = 0; id < 32; id++) if ((set >>> id) & 1) keys.push(dialectKey(id));
  return keys;
}

/** The most frequent first, then as they stand in the file. */
const ordered = (groups) => groups.sort((a, b) => b.count - a.count || a.first - b.first);

class Scan {
  #path;
  #options;
  #result;

  constructor(path, options) {
    this.#path = path;
    this.#options = options;
  }

  /** Runs through the file: calls `each` with lists of findings, or only counts when there is none. */
  async #run(each) {
    const { signal, onProgress, threads, bareWords } = this.#options;
    signal?.throwIfAborted();
    const fast = engine();
    if (!fast) throw fault('ERR_AEROCODES_ENGINE', 'scan needs the native or the WebAssembly engine, and neither could be loaded');
    const stats = await fs.promises.stat(this.#path);
    const { size } = stats;
    const report = (bytes, events) => onProgress?.({ bytes, total: size, events });
    // A pipe or a file that the system makes up (size 0) can only be read from front to back.
    if (fast.fileScan && stats.isFile() && size > 0 && !/\.gz$/i.test(this.#path)) {
      const scan = fast.fileScan(this.#path, bareWords, threads, each !== undefined);
      for (;;) {
        const [ended, bytes, events, rows] = JSON.parse(await scan.next());
        signal?.throwIfAborted();
        if (each && rows.length > 0) await each(findingsOf(rows));
        report(bytes, events);
        signal?.throwIfAborted();
        if (ended) return { bytes, events, groups: ordered(JSON.parse(scan.groups()).map(groupOf)) };
      }
    }
    const groups = new Map();
    let bytes = 0;
    let events = 0;
    const count = (list) => {
      events += list.length;
      for (const f of list) {
        const key = `${f.dialect}|${f.candidates}|${f.value}|${f.condition?.id}`;
        const g = groups.get(key);
        if (g) {
          g.count++;
          g.last = f.start;
        } else {
          const { dialect, candidates, value, condition, reading } = f;
          groups.set(key, { dialect, candidates, value, condition, reading, count: 1, first: f.start, last: f.start });
        }
      }
      return list;
    };
    const stream = fast.pieces(bareWords);
    try {
      for await (const piece of piecesOf(this.#path, signal)) {
        bytes += piece.length;
        const list = count(stream.feed(piece, false));
        if (each && list.length > 0) await each(list);
        report(bytes, events);
        signal?.throwIfAborted();
      }
      const list = count(stream.feed(new Uint8Array(0), true));
      if (each && list.length > 0) await each(list);
      report(bytes, events);
    } finally {
      stream.close();
    }
    return { bytes, events, groups: ordered([...groups.values()]) };
  }

  #counted() {
    return (this.#result ??= this.#run(undefined).then((r) => ({ path: this.#path, ...r })));
  }

  then(done, failed) {
    return this.#counted().then(done, failed);
  }

  catch(failed) {
    return this.#counted().catch(failed);
  }

  finally(last) {
    return this.#counted().finally(last);
  }

  async *[Symbol.asyncIterator]() {
    // The run fills a queue of one list and waits until it is taken, so that a slow reader holds the scan up.
    let give;
    let taken;
    let wake;
    let stopped = false;
    const arrived = () => new Promise((r) => (wake = r));
    let waiting = arrived();
    const running = this.#run((list) => {
      if (stopped) throw new Stopped();
      return new Promise((resolve, reject) => {
        give = list;
        taken = { resolve, reject };
        wake();
      });
    }).then(
      () => ({ done: true }),
      (error) => ({ error }),
    );
    try {
      for (;;) {
        const end = await Promise.race([waiting, running]);
        if (give) {
          const list = give;
          const { resolve } = taken;
          give = undefined;
          waiting = arrived();
          yield* list;
          taken = undefined;
          resolve();
        } else if (end?.error) {
          throw end.error;
        } else if (end?.done) {
          return;
        }
      }
    } finally {
      stopped = true;
      taken?.reject(new Stopped());
      await running;
    }
  }
}

/** Ends the run when the reader of the findings has left. */
class Stopped extends Error {}

/**
 * Scans a file (or `*.gz`). `await scan(path)` counts: `{ path, bytes, events, groups }`; `for await (const finding of
 * scan(path))` gives every finding. Nothing is read before one of the two begins.
 */
exports.scan = function scan(path, options) {
  const place = path instanceof URL && path.protocol === 'file:' ? fileURLToPath(path) : path;
  if (typeof place !== 'string' || place === '') throw fault('ERR_AEROCODES_PATH', `scan takes the path or the file: URL of a file, not ${shown(path)}`);
  return new Scan(place, checked(options));
};
