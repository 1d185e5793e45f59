// The one small program, in JavaScript: see examples/README.md. node explain.mjs CODES TRACE

import { readFileSync } from 'node:fs';
import { advise, dialect, recognize, translate } from 'aerocodes';

const [codes, trace] = process.argv.slice(2);
if (trace === undefined) {
  console.error('usage: explain CODES TRACE');
  process.exit(2);
}
for (const line of readFileSync(codes, 'utf8').split('\n').filter(Boolean)) {
  const [key, value] = line.split(' ');
  const reading = dialect(key).lookup(Number(value));
  console.log(`${reading.code} ${reading.name ?? '-'} = ${reading.condition?.name ?? '-'} [${reading.category}]`);
  console.log(`  ${reading.summary || '-'}`);
  const a = advise(reading, { operation: 'write' });
  console.log(`  write: retry ${a.retryable}, applied ${a.maybeApplied}, safe ${a.retryableNotApplied}`);
  const t = translate(reading, 'go');
  console.log(`  go: ${t.kind} ${t.targets.map((r) => r.value).join(', ') || '-'}`);
}
for (const f of recognize(readFileSync(trace, 'utf8'))) {
  console.log(`${f.nested ? '  ' : ''}found ${f.dialect ?? '?'}:${f.value ?? '-'} ${f.condition?.name ?? '-'}`);
}
