import { chmod, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileWhole, writeNewFile } from '../../src/bot-folder/write-files.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;

beforeEach(async () => {
  folder = await makeBotFolder({});
});

afterEach(() => folder.remove());

describe('writeFileWhole', () => {
  it('keeps the mode of what it replaces, and leaves nothing else', async () => {
    await writeFile(folder.file('plugins.yaml'), 'before');
    await chmod(folder.file('plugins.yaml'), 0o600);
    await writeFileWhole(folder.file('plugins.yaml'), 'after');
    expect(await readFile(folder.file('plugins.yaml'), 'utf8')).toBe('after');
    expect((await stat(folder.file('plugins.yaml'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder.path)).toEqual(['plugins.yaml']);
  });

  it('makes one that is not there, for all to read', async () => {
    await writeFileWhole(folder.file('new.yaml'), '');
    expect((await stat(folder.file('new.yaml'))).mode & 0o777).toBe(0o644);
  });

  it('says which file cannot be written', async () => {
    await writeFile(folder.file('file'), 'no folder');
    await expect(writeFileWhole(folder.file('file/plugins.yaml'), 'x')).rejects.toThrow(
      `"${folder.file('file/plugins.yaml')}" cannot be written`,
    );
  });
});

describe('writeNewFile', () => {
  it('makes the folders above it, and a file of the mode that it has to have', async () => {
    const secret = { path: 'a/b/.env', text: 'KEY=1\n', mode: 0o600 };
    expect(await writeNewFile(folder.path, secret)).toBe(true);
    expect(await readFile(folder.file('a/b/.env'), 'utf8')).toBe('KEY=1\n');
    expect((await stat(folder.file('a/b/.env'))).mode & 0o777).toBe(0o600);
  });

  it('leaves what is there as it is', async () => {
    await writeFile(folder.file('README.md'), 'mine');
    expect(await writeNewFile(folder.path, { path: 'README.md', text: 'theirs' })).toBe(false);
    expect(await readFile(folder.file('README.md'), 'utf8')).toBe('mine');
  });

  it('writes through no link that leads nowhere', async () => {
    await symlink(folder.file('elsewhere'), folder.file('.env'));
    await expect(writeNewFile(folder.path, { path: '.env', text: 'KEY=1' })).rejects.toThrow(
      'cannot be written',
    );
    expect(await readdir(folder.path)).toEqual(['.env']);
  });

  it('says that a file stands where a folder has to be', async () => {
    await writeFile(folder.file('src'), 'a file');
    const file = { path: 'src/index.ts', text: '' };
    await expect(writeNewFile(folder.path, file)).rejects.toThrow('cannot be written');
  });
});
