import { readFileSync } from 'node:fs';
import { v } from '@pertybot/core';

const manifestSchema = v.object({ version: v.string() });

/** The version of this `pertybot`, which its packages share. */
export function ownVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return v.parse(manifestSchema, JSON.parse(text)).version;
}
