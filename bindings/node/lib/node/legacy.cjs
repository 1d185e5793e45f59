'use strict';
const { legacy } = require('./index.cjs')[Symbol.for('aerocodes.internal')];

module.exports = {
  /** `aerospike.status` of the 1.0 client: the drop-in. */
  get status() {
    return legacy.statusLine('1.0');
  },
  get status1_0() {
    return legacy.statusLine('1.0');
  },
  get status1() {
    return legacy.statusLine('1');
  },
  get status2() {
    return legacy.statusLine('2');
  },
  get status3() {
    return legacy.statusLine('3');
  },
  get status4() {
    return legacy.statusLine('4');
  },
  get status5() {
    return legacy.statusLine('5');
  },
  get status6() {
    return legacy.statusLine('6');
  },
  statusOf: legacy.statusOf,
  fromLegacy: legacy.fromLegacy,
  toLegacy: legacy.toLegacy,
  detectDialect: legacy.detectDialect,
};
