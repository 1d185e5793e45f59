import type { Transform } from 'node:stream';
import type { Finding } from './index.js';

/** How lines are annotated. */
export interface AnnotateOptions {
  /**
   * What is written behind a line that completes errors; nothing when it returns undefined. `text` is that line with the lines of
   * its event before it: what the findings' offsets count in.
   */
  format?: ((findings: Finding[], text: string) => string | undefined) | undefined;
  /** Whether a known name counts wherever it stands. */
  bareWords?: boolean | undefined;
}

/** Passes log lines on at once and writes a line of its own behind each that completes Aerospike errors. */
export function annotate(options?: AnnotateOptions): Transform;
