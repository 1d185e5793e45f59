#!/usr/bin/env node
'use strict';
// `npx aerocodes …`: runs the command that the platform package carries.

const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { installed, platformPackages } = require('../dist/lib/engine.cjs');

function fail(message) {
  console.error(`aerocodes: ${message}`);
  process.exit(3);
}

let fault;
for (const [, folder] of installed()) {
  const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'aerocodes.exe' : 'aerocodes');
  const { status, signal, error } = spawnSync(binary, process.argv.slice(2), { stdio: 'inherit' });
  if (!error) {
    if (signal) process.kill(process.pid, signal);
    else process.exit(status);
    return;
  }
  // One for another C library cannot be started here.
  fault ??= error;
}
if (fault) fail(`the command cannot be started: ${fault.message}`);
fail(`the command comes with the package ${platformPackages().join(' or ')}, which is not installed here`);
