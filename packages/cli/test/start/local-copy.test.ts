import { chmod, chown, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findLocalCopy as find } from '../../src/start/local-copy.js';

/** An ordinary user; what root made in the tests counts as the system's. */
const user = process.getuid?.() || 1_000;

const findLocalCopy = (words: readonly string[], folder: string, own?: string) =>
  find(words, folder, own, user);

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'local-copy-')));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

async function install(at: string): Promise<string> {
  const lib = join(at, 'node_modules', 'pertybot', 'lib');
  await mkdir(lib, { recursive: true });
  await writeFile(join(lib, 'main.js'), '');
  await writeFile(join(at, 'package.json'), '{ "dependencies": { "pertybot": "^1.0.0" } }');
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

  it('takes none from above the bot, where anybody may have put it', async () => {
    await install(folder);
    await mkdir(join(folder, 'bot'));
    await writeFile(join(folder, 'bot', 'package.json'), '{ "dependencies": { "pertybot": "1" } }');
    expect(await findLocalCopy(['dev'], join(folder, 'bot'))).toBeUndefined();
  });

  it('takes none that the bot’s package.json does not name, such as one of a plugin', async () => {
    await install(folder);
    for (const text of ['{ "dependencies": { "pertybot-plugin-x": "1" } }', '{}', 'null', '[]']) {
      await writeFile(join(folder, 'package.json'), text);
      expect(await findLocalCopy(['dev'], folder)).toBeUndefined();
    }
  });

  it('takes none that others may write, or that belongs to another user', async () => {
    const main = await install(folder);
    await chmod(main, 0o666);
    expect(await findLocalCopy(['dev'], folder)).toBeUndefined();
    await chmod(main, 0o644);
    await chmod(join(folder, 'node_modules'), 0o777);
    expect(await findLocalCopy(['dev'], folder)).toBeUndefined();
    await chmod(join(folder, 'node_modules'), 0o755);
    expect(await findLocalCopy(['dev'], folder)).toBeDefined();
    if (process.getuid?.() !== 0) return;
    await chown(main, 1_001, 1_001);
    expect(await findLocalCopy(['dev'], folder)).toBeUndefined();
  });

  it('takes none for root', async () => {
    await install(folder);
    expect(await find(['status'], folder, undefined, 0)).toBeUndefined();
  });
});
