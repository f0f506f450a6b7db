import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileAtomically, writeFileAtomicallySync } from '../../src/host.js';
import { BotFolder } from '../bot-folder.js';

let folder: BotFolder;

beforeEach(async () => {
  folder = await BotFolder.make();
});

afterEach(() => folder.remove());

type Write = typeof writeFileAtomically;
const atOnce: Write = async (...given) => writeFileAtomicallySync(...given);

describe.each([
  ['writeFileAtomically', writeFileAtomically],
  ['writeFileAtomicallySync', atOnce],
])('%s', (_, write) => {
  it('makes the file and its folders, for the owner alone', async () => {
    await write(folder.path('a/b/c.json'), '{}');
    expect(await readFile(folder.path('a/b/c.json'), 'utf8')).toBe('{}');
    expect((await stat(folder.path('a/b/c.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder.path('a/b'))).toEqual(['c.json']);
  });

  it('replaces a file with the rights that it is given', async () => {
    await folder.write({ 'c.yaml': 'old' });
    await write(folder.path('c.yaml'), 'new', { mode: 0o644 });
    expect(await readFile(folder.path('c.yaml'), 'utf8')).toBe('new');
    expect((await stat(folder.path('c.yaml'))).mode & 0o777).toBe(0o644);
  });

  it('leaves whole contents when many write at once', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(50_000));
    await Promise.all(texts.map((text) => write(folder.path('x'), text)));
    expect(texts).toContain(await readFile(folder.path('x'), 'utf8'));
    expect((await readdir(folder.folder)).filter((name) => name.includes('x.'))).toEqual([]);
  });

  it('leaves nothing behind when it fails', async () => {
    await mkdir(folder.path('in-the-way/full'), { recursive: true });
    await expect(write(folder.path('in-the-way'), 'x')).rejects.toMatchObject({
      code: expect.stringMatching(/^(EISDIR|ENOTEMPTY|EEXIST|EPERM)$/),
    });
    expect((await readdir(folder.folder)).sort()).toEqual([
      'in-the-way',
      'node_modules',
      'package.json',
    ]);
  });
});
