// Must type-check with strict, isolatedModules and verbatimModuleSyntax, under TypeScript 5 and 7.
import * as aero from 'aerocodes';
import { advise, codes, conditions, decode, dialect, explain, find, lookup, recognize, retryIf, scan, translate } from 'aerocodes';
import type { Answer, Code, Condition, KnownDialect, Reading, ScanResult } from 'aerocodes';
import { fromLegacy, status, status6, statusOf } from 'aerocodes/legacy';
import { annotate } from 'aerocodes/stream';

const timeout: 9 = codes.java.TIMEOUT;
const legacy: 602 = status.AEROSPIKE_ERR_RECORD_NOT_FOUND;
const modern: 2 = status6.ERR_RECORD_NOT_FOUND;
const open: Code = 12345;
const known: Code<'nodejs-1.0'> = 602;
const newer: Reading = lookup('a dialect of tomorrow', open);
const r = dialect('java').lookup(timeout);
if (r.known) {
  const c: Condition = r.condition;
  const same: boolean = c === conditions.TIMEOUT;
  void same;
} else {
  const nothing: undefined = r.condition;
  void nothing;
}
const e = explain(new Error('x'), { operation: 'read' });
switch (e.kind) {
  case 'reading': void e.advice.maybeApplied; break;
  case 'readings': void e.readings[0]?.condition.name; break;
  case 'findings': void e.findings[0]?.start; break;
  case 'conditions': void e.conditions[0]?.cause; break;
  case 'unknown': void e.reason; break;
}
const answer: Answer = advise('java:9', { operation: 'idempotent-write', inDoubt: true }).retryable;
const kind: 'exact' | 'folded' | 'none' = translate({ dialect: 'nodejs-1.0', value: known }, 'go').kind;
const t = translate('java:9', 'go');
if (t.kind === 'none') {
  const none: readonly [] = t.targets;
  void none;
} else {
  const best: string | undefined = t.targets[0].name;
  void best;
}
const ids: Uint8Array = decode('c', new Int32Array(3));
const result: ScanResult = await scan('app.log', { signal: new AbortController().signal, onProgress: ({ bytes, total }) => void (bytes / total) });
for await (const finding of scan('app.log')) void finding.reading?.name;
void scan(new URL('file:///app.log'));
const predicate: (context: unknown) => boolean = retryIf({ depends: true });
const numbers: Readonly<Record<string, number>> = statusOf('5.2.0');
process.stdin.pipe(annotate({ format: (findings) => findings[0]?.name }));
const keys: KnownDialect[] = ['java', 'nodejs-1.0'];
void [newer, legacy, modern, answer, kind, ids, result, predicate, numbers, keys, find('x'), recognize('x'), fromLegacy(602).name, aero.lookup];

// @ts-expect-error a name that does not exist
void codes.java.NO_SUCH;
// @ts-expect-error a string is no code
lookup('java', '9');
// @ts-expect-error no such answer
const wrong: Answer = 'maybe';
// @ts-expect-error readings do not change
r.value = 3;
void wrong;
