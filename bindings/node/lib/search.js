// Search by words: the same scores as `crates/aerocodes/src/search.rs`, which the tests hold it to.

import { conditionList, dialect, fault, find, shown, trim } from './core.js';

const MAX_WORDS = 12;
const MAX_HITS = 24;
/** Words that say nothing about which error it is. */
const STOP = new Set(
  'a an and are as at be by can code do does err error exception for from get got i in is it my of on or that the this to was what with'.split(' '),
);

const encoder = new TextEncoder();
const lower = (s) => s.replace(/[A-Z]+/g, (m) => m.toLowerCase());
/** Made when first needed: building the sets of Unicode takes longer than loading everything else. */
const shapes = () => [/[\p{Alphabetic}\p{N}]/u, /\p{Uppercase}/u, /\p{Lowercase}/u];
let made;

/** Words: runs of letters and digits, a capital after a small letter beginning a new one. */
function tokens(text) {
  const [letter, capital, small] = (made ??= shapes());
  const out = [];
  let word = '';
  let lastSmall = false;
  for (const c of text) {
    if (!letter.test(c)) {
      if (word) out.push(word);
      word = '';
    } else if (word && lastSmall && capital.test(c)) {
      out.push(word);
      word = c;
    } else {
      word += c;
    }
    lastSmall = small.test(c);
  }
  if (word) out.push(word);
  return out;
}

/** UTF-8 bytes with small ASCII letters. */
function bytes(word) {
  const b = encoder.encode(word);
  for (let i = 0; i < b.length; i++) if (b[i] >= 65 && b[i] <= 90) b[i] += 32;
  return b;
}

/** Edit distance with swaps of neighbours, if it is at most `allowed` (1 or 2); else -1. */
function distance(a, b, allowed) {
  if (a.length > 28 || b.length > 28) return -1;
  let before = new Array(b.length + 1).fill(0);
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    let least = i;
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      let d = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2] + 1);
      row.push(d);
      least = Math.min(least, d);
    }
    if (least > allowed) return -1;
    before = last;
    last = row;
  }
  return last[b.length] <= allowed ? last[b.length] : -1;
}

/** From 0 (nothing alike) to 100 (the same, whatever the case). */
function likeness(q, w) {
  const shorter = Math.min(q.length, w.length);
  const longer = Math.max(q.length, w.length);
  let common = 0;
  while (common < shorter && q[common] === w[common]) common++;
  if (common === longer) return 100;
  if (common === shorter && shorter >= 3) {
    if (longer - shorter <= 2) return 90;
    return shorter === q.length ? 75 : shorter * 2 > longer ? 60 : 0;
  }
  if (common >= 5 && common + 4 >= longer) return 70;
  if (shorter <= 3) return 0;
  const allowed = shorter <= 6 ? 1 : 2;
  if (longer - shorter > allowed) return 0;
  const d = distance(q, w, allowed);
  return d === 1 ? 75 : d === 2 ? 60 : 0;
}

let fields;
/** Every distinct word of all fields. */
let dictionary;

/** For each condition its distinct words, each with the highest weight of the fields that hold it. */
function index() {
  fields = conditionList().map((c) => ({
    words: new Map(),
    name: tokens(c.name).map(bytes),
    // The whole name written as one word.
    joined: bytes(c.name.replaceAll('_', '').slice(0, 40)),
    keywords: new Set(c.keywords.map(lower)),
    current: false,
  }));
  for (const c of conditionList()) {
    fields[c.id - 1].current = c.readings().some((r) => !r.retired && dialect(r.dialect).kind === 'current');
  }
  dictionary = [];
  const numbers = new Map();
  const add = (id, weight, list) => {
    const { words } = fields[id - 1];
    for (const w of list) {
      const key = lower(w);
      let n = numbers.get(key);
      if (n === undefined) {
        n = dictionary.push(bytes(w)) - 1;
        numbers.set(key, n);
      }
      if (!((words.get(n) ?? 0) >= weight)) words.set(n, weight);
    }
  };
  for (const c of conditionList()) {
    add(c.id, 100, tokens(c.name));
    for (const k of c.keywords) add(c.id, 90, tokens(k));
    for (const r of c.readings()) add(c.id, 80, tokens(r.name ?? ''));
    add(c.id, 70, tokens(c.summary));
    add(c.id, 35, tokens(c.cause));
    add(c.id, 25, tokens(c.remedy));
  }
}

/** Conditions that fit the words, the best first, with comparable scores: `[{ condition, score }]`, at most 24. */
export function search(words) {
  if (typeof words !== 'string') throw fault('ERR_AEROCODES_WORDS', `search takes a string, not ${shown(words)}`);
  const all = tokens(words);
  const telling = all.filter((w) => !STOP.has(lower(w)));
  const query = (telling.length > 0 ? telling : all).slice(0, MAX_WORDS).map(bytes);
  const n = query.length;
  if (n === 0) return [];
  if (!fields) index();
  const frequency = new Array(n).fill(0);
  const like = query.map((q) => dictionary.map((w) => likeness(q, w)));
  const rows = fields.map(({ words: list, joined }) => {
    const best = new Array(n).fill(0);
    for (const [w, weight] of list) {
      for (let i = 0; i < n; i++) {
        const s = Math.trunc((like[i][w] * weight) / 100);
        if (s > best[i]) best[i] = s;
      }
    }
    query.forEach((q, i) => {
      const d = q.length >= 6 ? distance(q, joined, 2) : -1;
      if (d >= 0) best[i] = Math.max(best[i], 100 - 10 * d);
    });
    best.forEach((s, i) => (frequency[i] += s >= 40 ? 1 : 0));
    return best;
  });
  const trimmed = trim(words);
  const same = lower(trimmed);
  const spelled = new Set(find(trimmed).map((r) => r.condition));
  const hits = [];
  conditionList().forEach((c, i) => {
    const row = rows[i];
    const matched = row.filter((s) => s > 0).length;
    if (matched === 0 || (n > 2 && matched * 3 < n)) return;
    let total = 0;
    row.forEach((s, k) => (total += s * (9 - Math.min(Math.floor(Math.log2(frequency[k] + 1)), 8))));
    const own = fields[i].name;
    const spare = own.filter((t) => !query.some((q) => likeness(q, t) >= 60)).length;
    total = Math.trunc((total * (8 + matched)) / (8 + n)) + Math.trunc(((own.length - spare) * 60) / own.length);
    // What only superseded numberings know is seldom meant.
    if (!fields[i].current) total = Math.trunc((total * 3) / 4);
    if (fields[i].keywords.has(same)) total += 3000;
    if (lower(c.name) === same) total += 10000;
    else if (spelled.has(c)) total += 5000;
    hits.push({ condition: c, score: total });
  });
  return hits.sort((a, b) => b.score - a.score).slice(0, MAX_HITS);
}
