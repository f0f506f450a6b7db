import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { v } from '@pertybot/core';

const manifestSchema = v.object({ version: v.string() });

/** URL of this package's folder, however deep its modules lie as they are built. */
function packageUrl(): URL {
  let url = new URL('./', import.meta.url);
  while (!existsSync(new URL('package.json', url))) url = new URL('../', url);
  return url;
}

/**
 * A file of this package, as it is installed.
 * @param name such as `bin/run.js`
 * @returns its absolute path
 */
export function ownFile(name: string): string {
  return fileURLToPath(new URL(name, packageUrl()));
}

/** The version of this `pertybot`, which its packages share. */
export function ownVersion(): string {
  const text = readFileSync(ownFile('package.json'), 'utf8');
  return v.parse(manifestSchema, JSON.parse(text)).version;
}
