import type { Transform } from 'node:stream';
import type { Finding } from './index.js';

/** How lines are annotated. */
export interface AnnotateOptions {
  /** What is written behind a line with findings; nothing when it returns undefined. */
  format?: ((findings: Finding[], line: string) => string | undefined) | undefined;
  /** Whether a known name counts wherever it stands. */
  bareWords?: boolean | undefined;
}

/** Passes log lines on and writes a line of its own behind each that holds Aerospike errors. */
export function annotate(options?: AnnotateOptions): Transform;
