import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotFolderMemory } from '../../src/plugins/bot-folder-memory.js';

let folder = '';
const file = (name: string) => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'memory-'));
  await writeFile(file('plugins.yaml'), '# mine\nplugins: []\n');
  await writeFile(file('package.json'), '{ "name": "bot" }');
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

describe('BotFolderMemory', () => {
  it('puts changed files back, and takes new ones away', async () => {
    const memory = await BotFolderMemory.take(folder);
    await writeFile(file('plugins.yaml'), 'broken');
    await writeFile(file('package-lock.json'), '{}');
    await memory.restore();
    await memory.forget();
    expect(await readFile(file('plugins.yaml'), 'utf8')).toBe('# mine\nplugins: []\n');
    expect((await readdir(folder)).sort()).toEqual(['.pertybot', 'package.json', 'plugins.yaml']);
    expect(await readdir(file('.pertybot'))).toEqual([]);
  });

  it('does not touch a file that is as it was', async () => {
    const memory = await BotFolderMemory.take(folder);
    const before = await stat(file('plugins.yaml'));
    await memory.restore();
    expect((await stat(file('plugins.yaml'))).ino).toBe(before.ino);
  });

  it('is found by the process after one that was killed', async () => {
    await BotFolderMemory.take(folder);
    await writeFile(file('plugins.yaml'), 'half');
    const left = await BotFolderMemory.leftIn(folder);
    await left?.restore();
    await left?.forget();
    expect(await readFile(file('plugins.yaml'), 'utf8')).toBe('# mine\nplugins: []\n');
    expect(await BotFolderMemory.leftIn(folder)).toBeUndefined();
  });

  it('knows which of the files of npm there were', async () => {
    const memory = await BotFolderMemory.take(folder);
    expect(memory.hadManifest).toBe(true);
    expect(memory.hadLock).toBe(false);
  });
});
