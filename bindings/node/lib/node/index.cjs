'use strict';
// The entry: names only. Each part is loaded by the first call that needs it, so that a program pays for what it uses.

let loadedCore;
const core = () => (loadedCore ??= require('./lib/core.cjs'));
const errors = () => require('./lib/errors.cjs');

module.exports = {
  lookup: (dialect, value, release) => core().lookup(dialect, value, release),
  readings: (value) => core().readings(value),
  find: (name) => core().find(name),
  search: (words) => require('./lib/search.cjs').search(words),
  translate: (code, to) => core().translate(code, to),
  advise: (code, options) => core().advise(code, options),
  decode: (dialect, values, out) => core().decode(dialect, values, out),
  recognize: (text, options) => errors().recognize(text, options),
  explain: (what, options) => errors().explain(what, options),
  parse: (text) => core().parse(text),
  retryable: (error, options) => errors().retryable(error, options),
  retryIf: (options) => errors().retryIf(options),
  detectDialect: (error) => errors().detectDialect(error),
  scan: (path, options) => require('./lib/scan.cjs').scan(path, options),
  engineInfo: () => require('./lib/engine.cjs').engineInfo(),
  dialect: (key) => core().dialect(key),
  dialects: () => core().dialects(),
  condition: (nameOrId) => core().condition(nameOrId),
  get operations() {
    return core().operations;
  },
  get conditions() {
    return core().conditionsByName();
  },
  get codes() {
    return core().codesByDialect();
  },
  get Reading() {
    return core().Reading;
  },
  get Condition() {
    return core().Condition;
  },
  get Dialect() {
    return core().Dialect;
  },
  get Advice() {
    return core().Advice;
  },
  get Translation() {
    return core().Translation;
  },
  get Finding() {
    return require('./lib/findings.cjs').Finding;
  },
};
