import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repository } from './support/run-pertybot.js';

describe('docs/security.md', () => {
  const text = readFileSync(join(repository, 'docs', 'security.md'), 'utf8');
  const [, table = ''] = text.split('## What is promised, and the test that shows it');
  const [section = ''] = table.split('\n## ');
  const rows = [...section.matchAll(/^\| ([^|]+) \| (.+) \|$/gm)].slice(1);

  it('names for each promise a test that is there', () => {
    expect(rows.length).toBeGreaterThan(1);
    for (const [, promise, cell = ''] of rows) {
      const files = [...cell.matchAll(/`([\w./-]+\.(?:test|hardware|browser)\.ts)`/g)].map(
        ([, file]) => file,
      );
      const missing = files.filter((file) => !existsSync(join(repository, 'packages', file ?? '')));
      expect({ promise, missing, none: files.length === 0 }).toEqual({
        promise,
        missing: [],
        none: false,
      });
    }
  });
});
