// Compares the `status` of an installed npm package `aerospike` with ours: node against-client.mjs FOLDER_WITH_NODE_MODULES

import { createRequire } from 'node:module';
import path from 'node:path';
import { statusOf } from 'aerocodes/legacy';

const require = createRequire(path.join(process.argv[2], 'package.json'));
const { version } = require('aerospike/package.json');
const theirs = Object.entries(require('aerospike').status).filter(([, value]) => typeof value !== 'function');
const ours = statusOf(version);
const faults = [];
for (const [name, value] of theirs) {
  // A constant that the release exports without a value is none.
  if (value !== undefined && ours[name] !== value) faults.push(`${name}: the client has ${value}, we have ${ours[name]}`);
}
const names = new Set(theirs.map(([name]) => name));
for (const name of Object.keys(ours)) if (!names.has(name)) faults.push(`${name}: we have ${ours[name]}, the client nothing`);
if (theirs.length < 100) faults.push(`the client exports only ${theirs.length} names`);
console.log(faults.length > 0 ? faults.join('\n') : `aerospike ${version}: ${theirs.length} names and numbers equal`);
process.exitCode = faults.length > 0 ? 1 : 0;
