// The Node.js client's numbers through its ages: 1.0.0 to 1.0.19 had numbers of their own, 1.0.20 and later have wire numbers.

import { Translation, compareText, dialect, dialectById, fault, shown, statusLines, translate } from './core.js';

/** What a release of the Node.js client exported as `aerospike.status`: frozen, with its own names and numbers. */
export function statusOf(release) {
  if (typeof release !== 'string') throw fault('ERR_AEROCODES_RELEASE', `a release is a string such as 1.0.19, not ${shown(release)}`);
  const line = statusLines().find(([name]) => name === release);
  const at = line ? line[2] : release;
  const [, oldDialect, oldLast] = statusLines()[0];
  const of = dialectById(line ? line[1] : compareText(at, oldLast) <= 0 ? oldDialect : dialect('nodejs').id);
  const names = new Map();
  for (const r of of.readings()) {
    if (r.name === undefined) continue;
    const holds = compareText(r.since, at) <= 0 && (r.until === undefined || compareText(r.until, at) >= 0);
    if (!holds || r.gaps.some(([a, b]) => compareText(a, at) <= 0 && compareText(at, b) <= 0)) continue;
    // A row that is wrong only because a page misprints it shares its name with the true row, which wins.
    const old = names.get(r.name);
    if (!old || (old.wrong && !r.wrong) || (old.wrong === r.wrong && compareText(r.since, old.since) > 0)) names.set(r.name, r);
  }
  return Object.freeze(Object.fromEntries([...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([n, r]) => [n, r.value])));
}

/** Objects made when first read, one for each line of the client. */
const made = {};
export const statusLine = (line) => (made[line] ??= statusOf(line));

/**
 * A legacy number in today's terms: a translation to `nodejs`, with `legacy` (the reading of the number), `value` and `name`
 * when there is just one target, and `notes` on what is known to be wrong about the number in documents or builds.
 */
export function fromLegacy(value) {
  const legacy = dialect('nodejs-1.0');
  const own = legacy.lookup(value);
  // A number without an exported name came from the C client beneath, bare.
  const reading = own.known ? own : dialect('c-3.0').lookup(value);
  return told(reading.known ? reading : own, 'nodejs');
}

/** One of today's numbers (or names) in legacy terms: a translation to `nodejs-1.0`, with the same extras. */
export function toLegacy(value) {
  const modern = dialect('nodejs');
  if (typeof value !== 'string') return told(modern.lookup(value), 'nodejs-1.0');
  const named = modern.find(value).filter((r) => !r.wrong);
  if (named.length === 0) throw fault('ERR_AEROCODES_NAME', `the Node.js client has no status ${shown(value)}`);
  return told(modern.lookup((named.find((r) => !r.retired) ?? named[0]).value), 'nodejs-1.0');
}

/** A translation between the numberings of the Node.js client. */
class LegacyTranslation extends Translation {}

function told(reading, to) {
  const t = translate(reading, to);
  const only = t.targets.length === 1 ? t.targets[0] : undefined;
  const rows = dialect(reading.dialect).of(reading.value);
  const notes = rows.map((r) => r.erratum).filter((e, i, all) => e !== undefined && all.indexOf(e) === i);
  return t.as(LegacyTranslation, { legacy: reading, value: only?.value, name: only?.name, notes, alternatives: rows.filter((r) => r.wrong) });
}
