// The entry of the package: imports, so that the bundler puts one flat file together, and `module.exports`, so that the two
// objects that are dear to build can be getters.
import * as core from '../core.js';
import * as errors from '../errors.js';
import * as findings from '../findings.js';
import * as legacy from '../legacy.js';
import { search } from '../search.js';

// Loaded when first needed: a program that only looks codes up pays for none of them.
core.useTexts(() => require('./texts.cjs'));
core.useEngine(() => require('./engine.cjs').engine());

module.exports = {
  lookup: core.lookup,
  readings: core.readings,
  find: core.find,
  search,
  translate: core.translate,
  advise: core.advise,
  decode: core.decode,
  recognize: errors.recognize,
  explain: errors.explain,
  parse: core.parse,
  retryable: errors.retryable,
  retryIf: errors.retryIf,
  detectDialect: errors.detectDialect,
  scan: (path, options) => require('./scan.cjs').scan(path, options),
  engineInfo: () => require('./engine.cjs').engineInfo(),
  dialect: core.dialect,
  dialects: core.dialects,
  condition: core.condition,
  operations: core.operations,
  get conditions() {
    return core.conditionsByName();
  },
  get codes() {
    return core.codesByDialect();
  },
  Reading: core.Reading,
  Condition: core.Condition,
  Dialect: core.Dialect,
  Advice: core.Advice,
  Finding: findings.Finding,
};
// For the other entry points of this package, which share its one state.
Object.defineProperty(module.exports, Symbol.for('aerocodes.internal'), { value: { core, errors, findings, legacy } });
