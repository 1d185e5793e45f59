#!/usr/bin/env node
'use strict';
// `npx aerocodes …`: runs the command that the platform package carries.

const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { platformFolder, platformPackage } = require('../dist/lib/engine.cjs');

const folder = platformFolder();
if (!folder) {
  console.error(`aerocodes: the command comes with the package ${platformPackage()}, which is not installed here`);
  process.exit(3);
}
const binary = path.join(folder, 'bin', process.platform === 'win32' ? 'aerocodes.exe' : 'aerocodes');
const { status, signal, error } = spawnSync(binary, process.argv.slice(2), { stdio: 'inherit' });
if (error) {
  console.error(`aerocodes: the command cannot be started: ${error.message}`);
  process.exit(3);
}
if (signal) process.kill(process.pid, signal);
else process.exit(status);
