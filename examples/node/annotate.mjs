// Annotates a log in a pipe: tail -f app.log | node annotate.mjs

import { pipeline } from 'node:stream/promises';
import { annotate } from 'aerocodes/stream';

await pipeline(process.stdin, annotate(), process.stdout).catch((error) => {
  // The reader has left: nothing to complain about.
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
});
