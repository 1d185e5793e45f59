import type { Code, Detected, KnownReading, Reading, Translation } from './index.js';
import type { Status1, Status1_0, Status2, Status3, Status4, Status5, Status6 } from './codes.js';

export type { Status1, Status1_0, Status2, Status3, Status4, Status5, Status6 };

/** `aerospike.status` of the client 1.0.0 to 1.0.19: the drop-in for code that compares with legacy numbers. Frozen. */
export const status: Status1_0;
export const status1_0: Status1_0;
export const status1: Status1;
export const status2: Status2;
export const status3: Status3;
export const status4: Status4;
export const status5: Status5;
export const status6: Status6;

/** What a release exported as `aerospike.status`, of a line (`1.0`, `1` … `6`) or of a whole release (`5.2.0`). Frozen. */
export function statusOf(release: string): Readonly<Record<string, number>>;

/** A translation between the legacy numbering and today's. */
export type LegacyTranslation = Translation & {
  /** The reading that was translated. */
  readonly legacy: Reading;
  /** The number and name on the other side, when there is just one. */
  readonly value: number | undefined;
  readonly name: string | undefined;
  /** What is known to be wrong about the number in documents or builds. */
  readonly notes: string[];
  /** Readings that documents give for the number although the software never had them. */
  readonly alternatives: KnownReading[];
};

/** A legacy number in today's terms. */
export function fromLegacy(value: Code<'nodejs-1.0'>): LegacyTranslation;
/** One of today's numbers or names in legacy terms. */
export function toLegacy(value: Code<'nodejs'> | string): LegacyTranslation;
/** Which numbering an error object speaks, whatever the client's age. */
export function detectDialect(error: unknown): Detected;
