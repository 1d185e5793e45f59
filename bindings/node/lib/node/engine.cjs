'use strict';
// The fast paths of Node.js: the native build of this platform; where none loads, WebAssembly for recognition and a loop in
// JavaScript for decoding. The answers are the same.

const fs = require('node:fs');
const path = require('node:path');
const { version } = require('../../package.json');

const findings = () => require('./findings.cjs');

/** The platform package that is in use and the reasons why others are not, for `engineInfo`. */
const state = { engine: undefined, kind: 'none', reason: undefined, package: undefined };

/** The platform packages that may fit. For Linux there is one for each C library; npm installs the right one, and the other does not load. */
function platformPackages() {
  const name = `@aerocodes/${process.platform}-${process.arch}`;
  return process.platform === 'linux' ? [`${name}-gnu`, `${name}-musl`] : [name];
}

/** Those that are installed beside this one: `[name, folder]` each. */
function installed() {
  return platformPackages().flatMap((name) => {
    try {
      return [[name, path.dirname(require.resolve(`${name}/package.json`))]];
    } catch {
      return [];
    }
  });
}

/** The addon of the first package that loads and is of this version. */
function addon() {
  const reasons = [];
  for (const [name, folder] of installed()) {
    try {
      const native = require(path.join(folder, 'aerocodes.node'));
      if (native.version() === version) {
        state.package = name;
        return native;
      }
      reasons.push(`${name} is of version ${native.version()}, and aerocodes is of version ${version}`);
    } catch (error) {
      reasons.push(error.message);
    }
  }
  throw new Error(reasons.length > 0 ? reasons.join('; ') : `the package ${platformPackages().join(' or ')} is not installed`);
}

function loadNative() {
  const wanted = process.env.AEROCODES_ENGINE;
  if (wanted !== undefined && wanted !== '' && wanted !== 'native') {
    throw new Error(`AEROCODES_ENGINE is ${wanted}`);
  }
  const native = addon();
  return {
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
  return { kind: state.kind, package: state.package ?? platformPackages().join(' or '), reason: state.reason };
};

exports.installed = installed;
exports.platformPackages = platformPackages;
