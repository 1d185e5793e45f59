'use strict';
const { fromLegacy, statusLine, statusOf, toLegacy } = require('./lib/legacy.cjs');

module.exports = {
  /** `aerospike.status` of the 1.0 client: the drop-in. */
  get status() {
    return statusLine('1.0');
  },
  get status1_0() {
    return statusLine('1.0');
  },
  get status1() {
    return statusLine('1');
  },
  get status2() {
    return statusLine('2');
  },
  get status3() {
    return statusLine('3');
  },
  get status4() {
    return statusLine('4');
  },
  get status5() {
    return statusLine('5');
  },
  get status6() {
    return statusLine('6');
  },
  statusOf,
  fromLegacy,
  toLegacy,
  detectDialect: (error) => require('./lib/errors.cjs').detectDialect(error),
};
