// Search by words: names, spellings, summaries and keywords, with tolerance for typing errors. Scores as the core does.

import type { Condition, Table } from "./model.js";

/** A condition that a search found. */
export interface Hit {
  condition: Condition;
  /** How well it fits, for comparison within one search only; higher is better. */
  score: number;
}

const STOP = new Set("a an and are as at be by can code do does err error exception for from get got i in is it my of on or that the this to was what with".split(" "));

/** Words: runs of letters and digits, a capital after a small letter beginning a new one. */
const tokens = (text: string): string[] => (text.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ").match(/[\p{Alphabetic}\p{N}]+/gu) ?? []).map((t) => t.toLowerCase());

/** Each word that any condition has: condition and best weight, alternating. */
let index: Map<string, number[]> | undefined;
let names: string[][];
/** Each name written as one word. */
let joined: string[];

const build = (t: Table): Map<string, number[]> => {
  const out = new Map<string, number[]>();
  names = t.conditions.map((c) => tokens(c.name));
  joined = names.map((n) => n.join(""));
  t.conditions.forEach((c, i) => {
    const best = new Map<string, number>();
    const field = (weight: number, texts: string[]) => {
      for (const text of texts) for (const w of tokens(text)) best.set(w, Math.max(best.get(w) ?? 0, weight));
    };
    field(100, [c.name]);
    field(90, c.keywords);
    field(80, c.rows.map((r) => r.name ?? ""));
    field(70, [c.summary]);
    for (const [w, weight] of best) {
      const list = out.get(w) ?? [];
      list.push(i, weight);
      out.set(w, list);
    }
  });
  return out;
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
  if (!allowed || long - short > allowed || long > 28) return 0;
  const d = distance(q, w, allowed);
  return d > allowed ? 0 : d === 1 ? 75 : 60;
};

/** Edit distance with swaps of neighbours; anything above `allowed` stands for "more". */
const distance = (a: string, b: string, allowed: number): number => {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let d = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + +(a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      next.push(d);
      least = Math.min(least, d);
    }
    if (least > allowed) return 9;
    before = row;
    row = next;
  }
  return row[b.length]!;
};

/** Conditions that fit the words, the best first; at most 24. */
export const searchTable = (table: Table, words: string): Hit[] => {
  index ??= build(table);
  const all = tokens(words.slice(0, 4096));
  let query = all.filter((w) => !STOP.has(w)).slice(0, 12);
  if (!query.length) query = all.slice(0, 12);
  const n = query.length;
  if (!n) return [];
  const best = query.map(() => new Uint8Array(table.conditions.length));
  for (const [word, list] of index)
    query.forEach((q, k) => {
      const like = likeness(q, word);
      const row = best[k]!;
      if (like) for (let i = 0; i < list.length; i += 2) row[list[i]!] = Math.max(row[list[i]!]!, (like * list[i + 1]!) / 100);
    });
  query.forEach((q, k) => {
    if (q.length < 6 || q.length > 28) return;
    joined.forEach((name, i) => {
      const d = Math.abs(name.length - q.length) > 2 || name.length > 28 ? 9 : distance(q, name, 2);
      if (d <= 2) best[k]![i] = Math.max(best[k]![i]!, 100 - 10 * d);
    });
  });
  const rarity = best.map((row) => 9 - Math.min(31 - Math.clz32(row.reduce((f, s) => f + +(s >= 40), 0) + 1), 8));
  const typed = words.trim().toLowerCase();
  const hits: Hit[] = [];
  table.conditions.forEach((condition, i) => {
    let total = 0;
    let matched = 0;
    best.forEach((row, k) => {
      total += row[i]! * rarity[k]!;
      matched += +(row[i]! > 0);
    });
    if (!matched || (n > 2 && matched * 3 < n)) return;
    const name = names[i]!;
    // A name that holds nothing but the words asked for is what was meant.
    const asked = name.filter((t) => query.some((q) => likeness(q, t) >= 60)).length;
    let score = Math.floor((total * (8 + matched)) / (8 + n)) + Math.floor((asked * 60) / name.length);
    // What only superseded numberings know is seldom meant.
    if (!condition.rows.some((r) => !r.retired && r.numbering.kind === "current")) score = Math.floor((score * 3) / 4);
    if (condition.keywords.some((k) => k.toLowerCase() === typed)) score += 3_000;
    if (typed === condition.name.toLowerCase()) score += 10_000;
    else if (condition.rows.some((r) => r.name?.toLowerCase() === typed)) score += 5_000;
    hits.push({ condition, score });
  });
  return hits.sort((a, b) => b.score - a.score).slice(0, 24);
};
