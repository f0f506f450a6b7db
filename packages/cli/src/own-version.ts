import { readFileSync } from 'node:fs';
import { v } from '@pertybot/core';
import { ownFile } from './own-package.js';

const manifestSchema = v.object({ version: v.string() });

/** The version of this `pertybot`, which its packages share. */
export function ownVersion(): string {
  const text = readFileSync(ownFile('package.json'), 'utf8');
  return v.parse(manifestSchema, JSON.parse(text)).version;
}
