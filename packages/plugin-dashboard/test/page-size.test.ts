import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { pageFolder } from '../src/server/static-files.js';

/** Compressed bytes of the scripts that come with `file`, itself among them, but for what it loads late. */
function sizeWith(file: string, seen = new Set<string>()): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const text = readFileSync(path.join(pageFolder(), file), 'utf8');
  const parts = [...text.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)].map(
    ([, name = '']) => name,
  );
  return gzipSync(text).length + parts.reduce((sum, part) => sum + sizeWith(part, seen), 0);
}

describe('the page', () => {
  it('loads at most 60 kB of compressed scripts at first', () => {
    expect(sizeWith('main.js')).toBeLessThan(60_000);
    expect(sizeWith('overlay-main.js')).toBeLessThan(60_000);
  });

  it('has an editor of at most 150 kB, loaded late', () => {
    const editor =
      readdirSync(pageFolder()).find((name) => /^late-editor-.*\.js$/.test(name)) ?? '';
    expect(sizeWith(editor)).toBeLessThan(150_000);
    expect(readFileSync(path.join(pageFolder(), 'main.js'), 'utf8')).not.toContain('cm-content');
  });

  it('asks no other host for anything', () => {
    for (const name of readdirSync(pageFolder()).filter((each) => /\.(html|css)$/.test(each))) {
      expect(readFileSync(path.join(pageFolder(), name), 'utf8')).not.toMatch(/https?:\/\/|url\(/);
    }
  });
});
