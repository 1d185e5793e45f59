'use strict';
// A Transform stream that annotates log lines.

const { Transform } = require('node:stream');
const { fault } = require('./lib/core.cjs');
const { recognize } = require('./lib/errors.cjs');

/** A line longer than this is passed on in parts. */
const LONGEST = 1 << 20;

const plain = (findings) =>
  findings
    .map((f) => {
      const retry = f.condition ? `, retry: ${f.condition.retryable}, applied: ${f.condition.maybeApplied}` : '';
      return `${f}${f.condition ? `: ${f.condition.summary}` : ''}${retry}`;
    })
    .join(' | ');

/**
 * Passes log lines on; behind each line that holds Aerospike errors it writes a line of its own, `# aerocodes: …`.
 * `format(findings, line)` says what is written instead; nothing when it returns undefined.
 */
exports.annotate = function annotate(options = {}) {
  const format = options?.format ?? ((findings) => `# aerocodes: ${plain(findings)}`);
  if (typeof format !== 'function') throw fault('ERR_AEROCODES_OPTION', 'format is a function');
  const decoder = new TextDecoder();
  const bareWords = options?.bareWords === true;
  let rest = '';
  const line = (text, end) => {
    const findings = recognize(text, { bareWords });
    const note = findings.length > 0 ? format(findings, text) : undefined;
    return text + end + (note === undefined ? '' : `${end === '' ? '\n' : ''}${note}\n`);
  };
  return new Transform({
    transform(chunk, _, done) {
      try {
        const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))).split('\n');
        rest = lines.pop();
        let out = '';
        for (const text of lines) out += line(text, '\n');
        while (rest.length > LONGEST) {
          out += line(rest.slice(0, LONGEST), '');
          rest = rest.slice(LONGEST);
        }
        done(null, out);
      } catch (error) {
        done(error);
      }
    },
    flush(done) {
      try {
        rest += decoder.decode();
        done(null, rest === '' ? '' : line(rest, ''));
      } catch (error) {
        done(error);
      }
    },
  });
};
