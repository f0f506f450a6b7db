import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, win32 } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPluginRequest, usePath } from '../../src/plugins/plugin-request.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'request-'));
  await mkdir(join(folder, 'plugins', 'fan'), { recursive: true });
  await mkdir(join(folder, 'package'));
  await writeFile(join(folder, 'plugins', 'dice.ts'), '');
  await writeFile(join(folder, 'dice.ts'), '');
  await writeFile(join(folder, 'fan-1.0.0.tgz'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

const read = (what: string, workingFolder = folder) =>
  readPluginRequest(what, {
    folder,
    workingFolder,
    packageNameOf: (path) => (path === join(folder, 'package') ? 'some-package' : undefined),
  });

describe('readPluginRequest', () => {
  it('knows our own plugins by their short names', () => {
    const name = '@pertybot/plugin-gpio';
    expect(read('gpio')).toEqual({ kind: 'package', name, spec: name });
    expect(read('gpio@0.1.0')).toEqual({ kind: 'package', name, spec: `${name}@0.1.0` });
  });

  it('takes full names as they are', () => {
    expect(read('@me/plugin-fan@^1')).toEqual({
      kind: 'package',
      name: '@me/plugin-fan',
      spec: '@me/plugin-fan@^1',
    });
    expect(read('pertybot-plugin-fan')).toMatchObject({ kind: 'package' });
  });

  it('only guesses at a stranger’s short name', () => {
    expect(read('fan@2')).toEqual({
      kind: 'short',
      name: 'fan',
      guess: 'pertybot-plugin-fan',
      spec: 'pertybot-plugin-fan@2',
    });
  });

  it('uses a file or a folder of the bot where it is', () => {
    expect(read('./plugins/dice.ts')).toEqual({ kind: 'local', use: './plugins/dice.ts' });
    expect(read('./dice.ts', join(folder, 'plugins'))).toEqual({
      kind: 'local',
      use: './plugins/dice.ts',
    });
    expect(read(join(folder, 'plugins', 'fan'))).toEqual({ kind: 'local', use: './plugins/fan' });
  });

  it('installs tarballs and folders that are packages', () => {
    expect(read('./fan-1.0.0.tgz')).toMatchObject({ kind: 'files', folder: false });
    expect(read('fan-1.0.0.tgz')).toMatchObject({ kind: 'files', folder: false });
    expect(read('./package')).toMatchObject({ kind: 'files', folder: true });
  });

  it.each([
    ['./missing.ts', 'There is no file or folder "./missing.ts".'],
    ['missing.tgz', 'There is no file or folder "missing.tgz".'],
    ['a b', '"a b" is no name of a package and no path.'],
    ['--save', '"--save" is no name of a package and no path.'],
    ['dice.ts', '"dice.ts" is a file, but written like a package.'],
  ])('says what is wrong with %j', (what, message) => {
    expect(() => read(what)).toThrow(message);
  });
});

describe('usePath', () => {
  it('begins at the bot, with slashes, also on Windows', () => {
    expect(usePath('C:\\bot', 'C:\\bot\\plugins\\a.ts', win32)).toBe('./plugins/a.ts');
    expect(usePath('C:\\bot', 'C:\\a.ts', win32)).toBe('../a.ts');
    expect(usePath('C:\\bot', 'D:\\plugins\\a.ts', win32)).toBe('D:/plugins/a.ts');
  });
});
