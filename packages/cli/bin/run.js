#!/usr/bin/env node
// Old syntax on purpose, and nothing imported before the check: an old Node must be able to read
// this file and say what it lacks.
const version = process.versions.node.split('.').map(Number);

if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(`PertyBot needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  console.error(
    'Install a newer Node, for example from https://nodejs.org/en/download, and try again.',
  );
  process.exitCode = 1;
} else {
  void import('../lib/main.js').then((program) => program.main());
}
