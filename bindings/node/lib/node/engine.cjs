'use strict';
// The fast paths of Node.js: the native build of this platform; where none loads, WebAssembly for recognition and a loop in
// JavaScript for decoding. The answers are the same.

const fs = require('node:fs');
const path = require('node:path');
const { version } = require('../../package.json');

const findings = () => require('./findings.cjs');

/** The platform package's name and the reason why it did not load, for `engineInfo`. */
const state = { engine: undefined, kind: 'none', reason: undefined, package: undefined };

function musl() {
  if (process.platform !== 'linux') return false;
  try {
    const { header } = process.report.getReport();
    return !header.glibcVersionRuntime;
  } catch {
    return false;
  }
}

function platformPackage() {
  const libc = process.platform !== 'linux' ? '' : musl() ? '-musl' : '-gnu';
  return `@aerocodes/${process.platform}-${process.arch}${libc}`;
}

/** The folder of the platform package beside this one; undefined when it is not installed. */
function platformFolder() {
  state.package = platformPackage();
  try {
    return path.dirname(require.resolve(`${state.package}/package.json`));
  } catch {
    return undefined;
  }
}

function loadNative() {
  const wanted = process.env.AEROCODES_ENGINE;
  if (wanted !== undefined && wanted !== '' && wanted !== 'native') {
    throw new Error(`AEROCODES_ENGINE is ${wanted}`);
  }
  const folder = platformFolder();
  if (!folder) throw new Error(`the package ${state.package} is not installed`);
  const native = require(path.join(folder, 'aerocodes.node'));
  if (native.version() !== version) {
    throw new Error(`${state.package} is of version ${native.version()}, and aerocodes is of version ${version}`);
  }
  return {
    native,
    decode: native.decode,
    recognize: (text, bareWords) => findings().findingsIn(text, native.recognize(text, bareWords)),
    pieces(bareWords) {
      const stream = new native.TextStream(bareWords);
      return { feed: (bytes, last) => findings().findingsOf(JSON.parse(stream.feed(bytes, last))), close() {} };
    },
    fileScan: (file, bareWords, threads, rows) => new native.FileScan(file, bareWords, threads, rows),
  };
}

function loadWasm() {
  if (process.env.AEROCODES_ENGINE === 'none') throw new Error('AEROCODES_ENGINE is none');
  const bytes = fs.readFileSync(path.join(__dirname, 'fallback.wasm'));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const give = (input) => {
    const at = exports.room(input.length);
    new Uint8Array(exports.memory.buffer, at, input.length).set(input);
  };
  const take = (at) => {
    const length = new DataView(exports.memory.buffer).getUint32(at, true);
    return decoder.decode(new Uint8Array(exports.memory.buffer, at + 4, length));
  };
  return {
    recognize(text, bareWords) {
      give(encoder.encode(text));
      return findings().findingsIn(text, take(exports.recognize(bareWords ? 1 : 0)));
    },
    pieces(bareWords) {
      const stream = exports.open(bareWords ? 1 : 0);
      return {
        feed(bytes, last) {
          give(bytes);
          return findings().findingsOf(JSON.parse(take(exports.feed(stream, last ? 1 : 0))));
        },
        close: () => exports.close(stream),
      };
    },
  };
}

exports.engine = function engine() {
  if (state.engine !== undefined) return state.engine || undefined;
  const reasons = [];
  for (const [kind, load] of [
    ['native', loadNative],
    ['wasm', loadWasm],
  ]) {
    try {
      state.engine = load();
      state.kind = kind;
      break;
    } catch (error) {
      reasons.push(error.message);
    }
  }
  state.engine ??= false;
  state.reason = reasons.length > 0 ? reasons.join('; ') : undefined;
  return state.engine || undefined;
};

/** Which engine serves bulk work, and why not the native one: `{ kind: 'native' | 'wasm' | 'none', package, reason }`. */
exports.engineInfo = function engineInfo() {
  exports.engine();
  return { kind: state.kind, package: state.package ?? platformPackage(), reason: state.reason };
};

exports.platformFolder = platformFolder;
exports.platformPackage = platformPackage;
