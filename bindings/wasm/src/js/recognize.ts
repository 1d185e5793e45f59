// Codes found in text: by the module, or where that is blocked by a plain look for names and marked numbers.

import type { Condition, Reading, Table } from "./model.js";

/** One raised error, found in a text. */
export class Finding {
  /** First character of what identifies the error, in UTF-16 units: `text.slice(start, end)` is it. */
  readonly start!: number;
  /** One past the last. */
  readonly end!: number;
  /** The dialect's key, when the shape of the text tells; else see `candidates`. */
  readonly dialect: string | undefined;
  /** The keys of the dialects that the shape allows. */
  readonly candidates!: string[];
  /** The number, written in the text or following from a name. */
  readonly value: number | undefined;
  /** The spelling in the text. */
  readonly name: string | undefined;
  /** What happened, when all candidates agree. */
  readonly condition: Condition | undefined;
  /** What is known about its code, when dialect and number are known. */
  readonly reading: Reading | undefined;
  readonly subcode: number | undefined;
  /** The client's in-doubt flag. */
  readonly inDoubt: boolean | undefined;
  readonly node: string | undefined;
  /** The attempt, as the text numbers it. */
  readonly iteration: number | undefined;
  /** Whether it stands inside another finding. */
  readonly nested!: boolean;
  /** First and last release of the client whose messages have this shape. */
  readonly release: { first: string | undefined; last: string | undefined } | undefined;
  /** How sure it is, from 0 to 1. */
  readonly confidence!: number;
  /** The reason in a short sentence. */
  readonly why!: string;

  /** @internal */
  constructor(fields: Omit<Finding, "toString" | "toJSON">) {
    Object.assign(this, fields);
  }
  /** `java:9 TIMEOUT`, `?:22 FORBIDDEN`. */
  toString(): string {
    return `${this.dialect ?? "?"}:${this.value ?? "-"} ${this.condition ?? "-"}`;
  }
  /** The shape that all of aerocodes gives; the offsets stay UTF-16 units. */
  toJSON(): Record<string, unknown> {
    const { reading, dialect, candidates, condition, release, confidence, start, end, nested } = this;
    return {
      ...reading?.toJSON(),
      dialect: dialect ?? null,
      ...(dialect === undefined && { candidates }),
      value: this.value ?? null,
      name: this.name ?? reading?.name ?? null,
      condition: condition?.name ?? null,
      start, end,
      subcode: this.subcode ?? null,
      in_doubt: this.inDoubt ?? null,
      node: this.node ?? null,
      iteration: this.iteration ?? null,
      nested,
      release: release ? [release.first ?? null, release.last ?? null] : null,
      confidence,
    };
  }
}

/** A finding as the module writes it; offsets in UTF-8 bytes, an absent number an empty string. */
type Found = [
  start: number, end: number, dialect: number, value: number | "", name: string, condition: number, subcode: number | "",
  inDoubt: number | "", node: string, iteration: number | "", nested: number, first: string | 0, last: string | 0,
  confidence: number, why: string, ...candidates: number[],
];

const number = (n: number | ""): number | undefined => (n === "" ? undefined : n);

/** Offsets of ascending UTF-8 bytes in UTF-16 units. */
const units = (bytes: Uint8Array) => {
  let at = 0;
  let unit = 0;
  // A lead byte begins one unit, that of four bytes two; bytes that follow begin none.
  const weigh = (b: number) => (b >> 6 === 2 ? 0 : b >= 0xf0 ? 2 : 1);
  return (byte: number): number => {
    while (at < byte) unit += weigh(bytes[at++]!);
    while (at > byte) unit -= weigh(bytes[--at]!);
    return unit;
  };
};

/** What the module found. */
export const findings = (table: Table, bytes: Uint8Array, json: string): Finding[] => {
  const at = units(bytes);
  return (JSON.parse(json) as Found[]).map(([start, end, d, value, name, c, subcode, doubt, node, iteration, nested, first, last, level, why, ...candidates]) => {
    const dialect = table.dialects[d];
    return new Finding({
      start: at(start),
      end: at(end),
      dialect: dialect?.key,
      candidates: candidates.map((i) => table.dialects[i]!.key),
      value: number(value),
      name: name || undefined,
      condition: table.conditions[c - 1],
      reading: dialect && value !== "" ? dialect.lookup(value) : undefined,
      subcode: number(subcode),
      inDoubt: doubt === "" ? undefined : doubt > 0,
      node: node || undefined,
      iteration: number(iteration),
      nested: nested > 0,
      release: first || last ? { first: first || undefined, last: last || undefined } : undefined,
      confidence: level / 1000,
      why,
    });
  });
};

/** Names that some dialect has, and numbers that a word such as `error` or `code` stands before. */
export const plainFindings = (table: Table, text: string, limit: number): Finding[] => {
  const out: Finding[] = [];
  for (const m of text.matchAll(/\b(?:error|code|result|status)\b[ :=(]{1,3}(-?\d{1,9})\b|\b[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+\b/gi)) {
    const named = m[1] ? undefined : table.named(m[0]).filter((r) => r.name === m[0]);
    if (named?.length === 0) continue;
    const value = m[1] ? +m[1] : named!.every((r) => r.value === named![0]!.value) ? named![0]!.value : undefined;
    const rows = named ?? table.readings.filter((r) => r.value === value && !r.wrong);
    const dialects = [...new Set(rows.map((r) => r.numbering))];
    const condition = rows.length && rows.every((r) => r.condition === rows[0]!.condition) ? rows[0]!.condition : undefined;
    const dialect = dialects.length === 1 && named ? dialects[0] : undefined;
    const end = m.index + m[0].length;
    out.push(new Finding({
      start: m[1] ? end - m[1].length : m.index, end, dialect: dialect?.key, candidates: dialects.map((d) => d.key), value, name: named && m[0], condition,
      reading: dialect && value !== undefined ? dialect.lookup(value) : undefined,
      subcode: undefined, inDoubt: undefined, node: undefined, iteration: undefined, nested: false, release: undefined,
      confidence: named ? 0.6 : 0.3,
      why: named ? "a name that the table has" : "a number behind a word such as error",
    }));
    if (out.length >= limit) break;
  }
  return out;
};
