import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mqttReplies } from '../src/replies.js';

const page = readFileSync(path.join(import.meta.dirname, '../../../docs/replies.md'), 'utf8');

describe('docs/replies.md', () => {
  it.each(Object.entries(mqttReplies))('has %s, in German too', (key, { text }) => {
    expect(page).toContain(`| \`${key}\` | \`${text}\` | what refusals know |`);
    expect(page).toMatch(new RegExp(`^  ${key.replace('.', '\\.')}: ".+"$`, 'm'));
  });

  it('has no sentence that nobody says', () => {
    const rows = [...page.matchAll(/^\| `(mqtt\.\w+)`/gm)].map(([, key]) => key);
    expect(rows).toEqual(Object.keys(mqttReplies));
  });
});
