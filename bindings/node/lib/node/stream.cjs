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

/** How much of an event is kept in mind while its further lines arrive. */
const EVENT = 1 << 14;
/** A line that goes on with the event of the line before it: indented, a closing bracket, or a cause. */
const FURTHER = /^(?:[ \t]|[)\]}]|caused by:)/i;

/**
 * Passes log lines on at once; behind a line that completes an Aerospike error (the line of its number, when it is told over
 * several) it writes a line of its own, `# aerocodes: …`. `format(findings, text)` says what is written instead; nothing when it
 * returns undefined. `text` is the event up to and with this line.
 */
exports.annotate = function annotate(options = {}) {
  const format = options?.format ?? ((findings) => `# aerocodes: ${plain(findings)}`);
  if (typeof format !== 'function') throw fault('ERR_AEROCODES_OPTION', 'format is a function');
  const decoder = new TextDecoder();
  const bareWords = options?.bareWords === true;
  let rest = '';
  /** The lines of the event so far, and the places in it that are annotated. */
  let event = '';
  const told = new Set();
  const line = (text, end) => {
    if (!FURTHER.test(text) || event.length + text.length > EVENT) {
      event = '';
      told.clear();
    }
    event += text;
    const findings = recognize(event, { bareWords }).filter((f) => !told.has(f.start));
    for (const f of findings) told.add(f.start);
    const note = findings.length > 0 ? format(findings, event) : undefined;
    event += end;
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
