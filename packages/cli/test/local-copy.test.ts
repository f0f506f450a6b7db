import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findLocalCopy } from '../src/local-copy.js';

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'local-copy-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function install(at: string): Promise<string> {
  const dist = join(at, 'node_modules', 'pertybot', 'dist');
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, 'main.js'), '');
  return join(dist, 'main.js');
}

describe('findLocalCopy', () => {
  it('finds the copy of the bot in which it is called', async () => {
    const main = await install(folder);
    expect(await findLocalCopy(['dev'], folder)).toBe(pathToFileURL(main).href);
  });

  it('finds it from a folder further down', async () => {
    const main = await install(folder);
    const deep = join(folder, 'plugins', 'mine');
    await mkdir(deep, { recursive: true });
    expect(await findLocalCopy(['dev'], deep)).toBe(pathToFileURL(main).href);
  });

  it.each([{ words: ['dev', '--dir', 'bot'] }, { words: ['--dir=bot', 'dev'] }])(
    'follows --dir in $words',
    async ({ words }) => {
      const main = await install(join(folder, 'bot'));
      expect(await findLocalCopy(words, folder)).toBe(pathToFileURL(main).href);
    },
  );

  it('does not hand over to itself', async () => {
    const main = await install(folder);
    expect(await findLocalCopy(['dev'], folder, main)).toBeUndefined();
  });

  it('stays where there is no other copy', async () => {
    expect(await findLocalCopy(['dev'], folder)).toBeUndefined();
  });
});
