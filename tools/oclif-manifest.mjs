// Writes packages/cli/oclif.manifest.json, from which oclif reads names and help of all commands
// without loading one of them. Only a packed command has it: beside the sources it would hide new
// commands, so it is removed once the tarball is made.
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';

const root = path.join(
  path.dirname(path.dirname(fileURLToPath(import.meta.url))),
  'packages',
  'cli',
);
const file = path.join(root, 'oclif.manifest.json');

if (process.argv[2] === 'remove') {
  rmSync(file, { force: true });
} else {
  const plugin = new Plugin({ root, errorOnManifestCreate: true, ignoreManifest: true });
  await plugin.load();
  writeFileSync(file, `${JSON.stringify(plugin.manifest)}\n`);
}
