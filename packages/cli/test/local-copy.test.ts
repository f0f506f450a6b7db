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
  const lib = join(at, 'node_modules', 'pertybot', 'lib');
  await mkdir(lib, { recursive: true });
  await writeFile(join(lib, 'main.js'), '');
  return join(lib, 'main.js');
}

describe('findLocalCopy', () => {
  it('finds the copy of the bot in which it is called', async () => {
    const main = await install(folder);
    expect(await findLocalCopy(['dev'], folder)).toEqual({
      url: pathToFileURL(main).href,
      remark: undefined,
    });
  });

  it('finds it from a folder further down', async () => {
    const main = await install(folder);
    const deep = join(folder, 'plugins', 'mine');
    await mkdir(deep, { recursive: true });
    expect(await findLocalCopy(['dev'], deep)).toEqual({
      url: pathToFileURL(main).href,
      remark: undefined,
    });
  });

  it.each([{ words: ['dev', '--dir', 'bot'] }, { words: ['--dir=bot', 'dev'] }])(
    'follows --dir in $words',
    async ({ words }) => {
      const main = await install(join(folder, 'bot'));
      expect(await findLocalCopy(words, folder)).toEqual({
        url: pathToFileURL(main).href,
        remark: undefined,
      });
    },
  );

  it('says so when the copy is of another version', async () => {
    const main = await install(folder);
    const own = await install(join(folder, 'global'));
    const manifest = (version: string) => JSON.stringify({ version });
    await writeFile(join(main, '..', '..', 'package.json'), manifest('2.0.0'));
    await writeFile(join(own, '..', '..', 'package.json'), manifest('1.0.0'));
    expect(await findLocalCopy(['dev'], folder, own)).toMatchObject({
      remark: 'This bot runs with its own pertybot 2.0.0; you called 1.0.0.',
    });
  });

  it('does not hand over to itself', async () => {
    const main = await install(folder);
    expect(await findLocalCopy(['dev'], folder, main)).toBeUndefined();
  });

  it('stays where there is no other copy', async () => {
    expect(await findLocalCopy(['dev'], folder)).toBeUndefined();
  });
});
