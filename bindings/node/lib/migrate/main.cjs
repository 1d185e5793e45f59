#!/usr/bin/env node
'use strict';
// aerocodes-migrate: comparisons with legacy status numbers become comparisons with today's constants.

const fs = require('node:fs');
const { STATUS_CODES } = require('node:http');
const path = require('node:path');
const { analyze } = require('./analyze.cjs');

const aero = require('../dist/index.cjs');
const legacy = require('../dist/lib/legacy.cjs');

const USAGE = `Usage: aerocodes-migrate [--write] [--json] PATH...

Finds comparisons with the status numbers of the Node.js client 1.0.0 to 1.0.19 in JavaScript and TypeScript files (folders are
searched, node_modules left out), and shows today's constants, those of client 3.0 and later, as a diff.

  --write   rewrite what is sure
  --json    one JSON object: { files: [{ path, edits, unsure, error }] }
  --help    this text
  --version the version

Exit status: 0 nothing to do, or all of it done; 1 something is to be changed or looked at; 2 not understood; 3 a file could not
be read, parsed or written.
`;

const FILE = /\.(?:[mc]?[jt]s|[jt]sx)$/i;

/** What is known about numbers and names, for the analysis. */
const codes = {
  isLegacy: (n) => aero.lookup('nodejs-1.0', n).known || aero.lookup('c-3.0', n).known,
  /** Whether a number speaks for itself: no status of today's client, none of HTTP, and with one successor. */
  isTelling: (n) => STATUS_CODES[n] === undefined && codes.judge(n).kind === 'exact',
  describe(n) {
    const t = legacy.fromLegacy(n);
    return t.targets.length > 0 ? t.targets.map((r) => `${r.name ?? r.condition.name} (${r.value})`).join(' or ') : `${t.legacy.name ?? n}, for which the client has no constant any more`;
  },
  judge(n) {
    if (!Number.isInteger(n) || (n | 0) !== n || !codes.isLegacy(n)) return { kind: 'none' };
    const t = legacy.fromLegacy(n);
    const today = aero.lookup('nodejs', n);
    if (today.known) {
      if (today.condition === t.legacy.condition) return { kind: 'none' };
      return { kind: 'unsure', reason: `${n} was ${t.legacy.name ?? t.legacy.condition.name} and is ${today.name ?? today.condition.name} today; which of the two is meant cannot be told` };
    }
    if (t.alternatives.length > 0) {
      const misprint = t.alternatives.map((r) => r.name).join(', ');
      return { kind: 'unsure', legacyOnly: true, reason: `${n} was ${t.legacy.name}, but the 1.x status page prints it for ${misprint}; which of the two is meant cannot be told` };
    }
    if (t.kind === 'exact' && t.name) return { kind: 'exact', name: t.name, legacyOnly: true };
    return { kind: 'unsure', legacyOnly: true, reason: `${n} (${t.legacy.name ?? t.legacy.condition.name}) stood for several conditions or has no code of its own today: ${codes.describe(n)}` };
  },
  gone(name) {
    const now = legacy.statusLine('6');
    if (Object.hasOwn(now, name) || !Object.hasOwn(legacy.statusLine('1.0'), name)) return undefined;
    return `today's client does not export ${name}; it was ${codes.describe(legacy.statusLine('1.0')[name])}`;
  },
};

function* filesIn(place, problems) {
  let stat;
  try {
    stat = fs.lstatSync(place);
  } catch (error) {
    problems.push({ path: place, error: error.message });
    return;
  }
  if (stat.isFile()) yield place;
  else if (stat.isDirectory()) yield* folder(place, problems);
  else problems.push({ path: place, error: 'neither a file nor a folder' });
}

function* folder(dir, problems) {
  let entries;
  try {
    entries = fs.readdirSync(dir, { withFileTypes: true });
  } catch (error) {
    problems.push({ path: dir, error: error.message });
    return;
  }
  for (const e of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const place = path.join(dir, e.name);
    // Links are not followed: what they lead to is found where it is, or is not this folder's.
    if (e.isDirectory() && e.name !== 'node_modules' && !e.name.startsWith('.')) yield* folder(place, problems);
    else if (e.isFile() && FILE.test(e.name) && !/\.min\.[mc]?js$/i.test(e.name)) yield place;
  }
}

/** A unified diff: edits never add or remove lines. */
function diff(file, before, after) {
  const shownAs = file.split(path.sep).join('/').replace(/^\/+/, '');
  const [a, b] = [before.split('\n'), after.split('\n')];
  const changed = a.map((_, i) => i).filter((i) => a[i] !== b[i]);
  const hunks = [];
  for (const i of changed) {
    const last = hunks[hunks.length - 1];
    if (last && i - 3 <= last[1] + 1) last[1] = Math.min(i + 3, a.length - 1);
    else hunks.push([Math.max(i - 3, 0), Math.min(i + 3, a.length - 1)]);
  }
  let out = `--- a/${shownAs}\n+++ b/${shownAs}\n`;
  for (const [from, to] of hunks) {
    // A newline at the end of the file leaves an empty last part, which is no line.
    const end = to === a.length - 1 && a[to] === '' ? to - 1 : to;
    const size = end - from + 1;
    out += `@@ -${from + 1},${size} +${from + 1},${size} @@\n`;
    for (let i = from; i <= end; ) {
      if (a[i] === b[i]) {
        out += ` ${a[i++]}\n`;
        continue;
      }
      let j = i;
      while (j <= end && a[j] !== b[j]) j++;
      for (let k = i; k < j; k++) out += `-${a[k]}\n`;
      for (let k = i; k < j; k++) out += `+${b[k]}\n`;
      i = j;
    }
  }
  return out;
}

function apply(source, edits) {
  let out = '';
  let at = 0;
  for (const e of edits) {
    out += source.slice(at, e.start) + e.text;
    at = e.end;
  }
  return out + source.slice(at);
}

function main(args) {
  const flags = new Set(args.filter((a) => a.startsWith('-') && a !== '-'));
  const places = args.filter((a) => !a.startsWith('-'));
  if (flags.has('--help') || flags.has('-h')) return print(USAGE, 0);
  if (flags.has('--version')) return print(`${require('../package.json').version}\n`, 0);
  const unknown = [...flags].filter((f) => !['--write', '--json'].includes(f));
  if (unknown.length > 0 || places.length === 0) {
    process.stderr.write(unknown.length > 0 ? `aerocodes-migrate: unknown option ${unknown.join(' ')}\n` : USAGE);
    return 2;
  }
  const write = flags.has('--write');
  const json = flags.has('--json');
  const problems = [];
  const files = [];
  let [sure, doubts] = [0, 0];
  for (const place of places) {
    for (const file of filesIn(place, problems)) {
      const bytes = fs.readFileSync(file);
      const source = bytes.toString('utf8');
      if (!bytes.equals(Buffer.from(source))) {
        problems.push({ path: file, error: 'not UTF-8; left alone' });
        continue;
      }
      if (!source.includes('aerospike')) continue;
      let found;
      try {
        found = analyze(source, file, codes);
      } catch (error) {
        problems.push({ path: file, error: `does not parse: ${error.message}` });
        continue;
      }
      if (found.edits.length + found.unsure.length === 0) continue;
      const after = apply(source, found.edits);
      if (write && found.edits.length > 0) {
        // Beside the file and then over it, so that a crash leaves one or the other.
        const aside = `${file}.aerocodes-${process.pid}`;
        try {
          fs.writeFileSync(aside, after, { mode: fs.statSync(file).mode });
          fs.renameSync(aside, file);
        } catch (error) {
          fs.rmSync(aside, { force: true });
          problems.push({ path: file, error: error.message });
          continue;
        }
      }
      sure += found.edits.length;
      doubts += found.unsure.length;
      files.push({ path: file, ...found });
      if (!json) {
        if (found.edits.length > 0) process.stdout.write(diff(file, source, after));
        for (const u of found.unsure) process.stdout.write(`${file}:${u.line}:${u.column}: left alone: ${u.text.split('\n')[0]}\n    ${u.reason}\n`);
      }
    }
  }
  if (json) process.stdout.write(`${JSON.stringify({ files: [...files, ...problems] }, null, 2)}\n`);
  for (const p of problems) process.stderr.write(`aerocodes-migrate: ${p.path}: ${p.error}\n`);
  if (!json) process.stderr.write(`${sure} ${write ? 'rewritten' : 'to rewrite'}, ${doubts} left alone\n`);
  if (problems.length > 0) return 3;
  return (sure > 0 && !write) || doubts > 0 ? 1 : 0;
}

function print(text, status) {
  process.stdout.write(text);
  return status;
}

process.stdout.on('error', (error) => {
  // A closed pipe ends it silently.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = main(process.argv.slice(2));
