// Search by words: names, spellings, summaries and keywords, with tolerance for typing errors. Scores as the core does.

import { listOf } from "./model.js";
import type { Condition, Table } from "./model.js";

/** A condition that a search found. */
export interface Hit {
  condition: Condition;
  /** How well it fits, for comparison within one search only; higher is better. */
  score: number;
}

const STOP = new Set("a an and are as at be by can code do does err error exception for from get got i in is it my of on or that the this to was what with".split(" "));

const ASCII = [/([a-z])(?=[A-Z])/g, /[a-z\d]+/g] as const;
const UNICODE = [/(\p{Ll})(?=\p{Lu})/gu, /[\p{Alphabetic}\p{N}]+/gu] as const;

/** Words: runs of letters and digits, a capital after a small letter beginning a new one. */
const tokens = (text: string): string[] => {
  const [hump, run] = /[^\0-\x7f]/.test(text) ? UNICODE : ASCII;
  return text.replace(hump, "$1 ").toLowerCase().match(run) ?? [];
};

/** What all searches share. */
interface Index {
  /** Each word that any condition has: condition and best weight, alternating. */
  words: Map<string, number[]>;
  /** The words of each name. */
  names: string[][];
  /** The conditions that have a keyword. */
  keywords: Map<string, number[]>;
  /** What each word asked for lately fits. */
  asked: Map<string, { scores: Uint8Array; like: Set<string> }>;
}

let index: Index | undefined;

const build = (t: Table): Index => {
  const words = new Map<string, number[]>();
  const keywords = new Map<string, number[]>();
  const names = t.conditions.map((c, i) => {
    // The heaviest field first: it counts for a word that stands in several.
    const field = (weight: number, found: string[]) => {
      for (const w of found) {
        const list = listOf(words, w);
        if (list[list.length - 2] !== i) list.push(i, weight);
      }
    };
    const own = tokens(c.name);
    field(100, own);
    field(90, tokens(c.keywords.join()));
    field(80, tokens([...new Set(c.rows.map((r) => r.name))].join()));
    field(70, tokens(c.summary));
    for (const k of c.keywords) listOf(keywords, k.toLowerCase()).push(i);
    return own;
  });
  return { words, names, keywords, asked: new Map() };
};

/** What fits one word, kept for the next letters of the words behind it. */
const fit = (at: Index, q: string) => {
  let found = at.asked.get(q);
  if (!found) {
    const scores = new Uint8Array(at.names.length);
    found = { scores, like: new Set() };
    for (const [word, list] of at.words) {
      const like = likeness(q, word);
      if (like >= 60) found.like.add(word);
      if (like) for (let i = 0; i < list.length; i += 2) scores[list[i]!] = Math.max(scores[list[i]!]!, (like * list[i + 1]!) / 100);
    }
    // The whole name written as one word.
    if (q.length > 5)
      at.names.forEach((name, i) => {
        const d = distance(q, name.join(""), 2);
        if (d < 3) scores[i] = Math.max(scores[i]!, 100 - 10 * d);
      });
    if (at.asked.size > 99) at.asked.clear();
    at.asked.set(q, found);
  }
  return found;
};

/** From 0 (nothing alike) to 100 (the same). */
const likeness = (q: string, w: string): number => {
  if (q === w) return 100;
  const short = Math.min(q.length, w.length);
  const long = Math.max(q.length, w.length);
  let common = 0;
  while (common < short && q[common] === w[common]) common++;
  if (common === short && short >= 3) return long - short <= 2 ? 90 : short === q.length ? 75 : short * 2 > long ? 60 : 0;
  if (common >= 5 && common + 4 >= long) return 70;
  const allowed = short <= 3 ? 0 : short <= 6 ? 1 : 2;
  const d = allowed ? distance(q, w, allowed) : 9;
  return d > 2 ? 0 : d === 1 ? 75 : 60;
};

const ROWS = [new Uint8Array(32), new Uint8Array(32), new Uint8Array(32)];

/** Edit distance with swaps of neighbours; 9 stands for more than `allowed`. */
const distance = (a: string, b: string, allowed: number): number => {
  const n = b.length;
  if (a.length > 28 || n > 28 || Math.abs(a.length - n) > allowed) return 9;
  let [before, row, next] = ROWS as [Uint8Array, Uint8Array, Uint8Array];
  for (let j = 0; j <= n; j++) row[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let least = (next[0] = i);
    for (let j = 1; j <= n; j++) {
      let d = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + +(a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      next[j] = d;
      if (d < least) least = d;
    }
    if (least > allowed) return 9;
    [before, row, next] = [row, next, before];
  }
  return row[n]! > allowed ? 9 : row[n]!;
};

/** Conditions that fit the words, the best first; at most 24. */
export const searchTable = (table: Table, text: string): Hit[] => {
  const at = (index ??= build(table));
  const all = tokens(text.slice(0, 4096));
  let query = all.filter((w) => !STOP.has(w)).slice(0, 12);
  if (!query.length) query = all.slice(0, 12);
  const n = query.length;
  const fits = query.map((q) => fit(at, q));
  const rarity = fits.map(({ scores }) => 9 - Math.min(31 - Math.clz32(scores.reduce((f, s) => f + +(s >= 40), 0) + 1), 8));
  const typed = text.trim().toLowerCase();
  const keyed = at.keywords.get(typed);
  const named = table.named(typed);
  const hits: Hit[] = [];
  table.conditions.forEach((condition, i) => {
    let total = 0;
    let matched = 0;
    for (let k = 0; k < n; k++) {
      const s = fits[k]!.scores[i]!;
      total += s * rarity[k]!;
      matched += +(s > 0);
    }
    if (!matched || (n > 2 && matched * 3 < n)) return;
    const name = at.names[i]!;
    // A name that holds nothing but the words asked for is what was meant.
    const asked = name.filter((t) => fits.some((f) => f.like.has(t))).length;
    let score = Math.floor((total * (8 + matched)) / (8 + n)) + Math.floor((asked * 60) / name.length);
    // What only superseded numberings know is seldom meant.
    if (!condition.rows.some((r) => !r.retired && r.numbering.kind === "current")) score = Math.floor((score * 3) / 4);
    if (keyed?.includes(i)) score += 3_000;
    if (typed === condition.name.toLowerCase()) score += 10_000;
    else if (named.some((r) => r.condition === condition)) score += 5_000;
    hits.push({ condition, score });
  });
  return hits.sort((a, b) => b.score - a.score).slice(0, 24);
};
