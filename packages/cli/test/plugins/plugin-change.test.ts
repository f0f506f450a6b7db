import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeBotLock } from '../../src/bot-process/bot-lock.js';
import { BotFolderMemory } from '../../src/plugins/bot-folder-memory.js';
import { changePlugins } from '../../src/plugins/plugin-change.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

const botFile = '# mine\nplugins:\n  - use: texts # these\n  - use: gpio\n    id: pins\n';
const manifest = '{ "name": "bot", "private": true }\n';

let folder: TestFolder;
let told: string[];
let signal: AbortController;
const { PATH } = process.env;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': botFile, 'package.json': manifest });
  told = [];
  signal = new AbortController();
  // No npm is found there, and none is started.
  process.env.PATH = folder.file('nowhere');
});
afterEach(async () => {
  process.env.PATH = PATH;
  await folder.remove();
});

const read = (name: string) => readFile(folder.file(name), 'utf8');
const tell = (text: string) => void told.push(text);
const options = () => ({
  folder: folder.path,
  command: 'pertybot plugins add',
  signal: signal.signal,
  tell,
});
const state = async () =>
  (await readdir(folder.file('.pertybot'))).filter((name) => name.startsWith('plugins-'));

async function spoil(): Promise<void> {
  await writeFile(folder.file('plugins.yaml'), 'plugins: []\n');
  await writeFile(folder.file('package.json'), '{}');
  await writeFile(folder.file('package-lock.json'), '{}');
}

async function isAsBefore(): Promise<void> {
  expect(await read('plugins.yaml')).toBe(botFile);
  expect(await read('package.json')).toBe(manifest);
  await expect(stat(folder.file('package-lock.json'))).rejects.toMatchObject({ code: 'ENOENT' });
}

describe('a change of plugins', () => {
  it('gives what its work gives, and leaves nothing of its own', async () => {
    expect(
      await changePlugins(options(), async () => {
        await writeFile(folder.file('plugins.yaml'), 'plugins: []\n');
        return 7;
      }),
    ).toBe(7);
    expect(await read('plugins.yaml')).toBe('plugins: []\n');
    expect(await state()).toEqual([]);
    expect(told).toEqual([]);
  });

  it('is put back when its work fails half-way, whatever it had done', async () => {
    const work = changePlugins(options(), async () => {
      await spoil();
      throw new TypeError('half-way');
    });
    await expect(work).rejects.toThrow('half-way');
    await isAsBefore();
    expect(await state()).toEqual([]);
  });

  it('is put back when its owner interrupts it, also after the last step', async () => {
    const work = changePlugins(options(), async () => {
      await spoil();
      signal.abort(new Error('enough'));
    });
    await expect(work).rejects.toThrow('enough');
    await isAsBefore();
  });

  it('takes away packages where there were none before', async () => {
    const work = changePlugins(options(), async (change) => {
      await mkdir(folder.file('node_modules/pertybot-plugin-fan'), { recursive: true });
      await spoil();
      await change.npm(['install', 'pertybot-plugin-fan']);
    });
    await expect(work).rejects.toMatchObject({ code: 'CLI_NPM_FAILED' });
    await isAsBefore();
    expect(await readdir(folder.path)).not.toContain('node_modules');
    expect(told).toEqual(['Putting everything back as it was …']);
  });

  it('says what is left to do where npm cannot tidy up, and puts the files back all the same', async () => {
    await mkdir(folder.file('node_modules'));
    const work = changePlugins(options(), async (change) => {
      await spoil();
      await change.npm(['install', 'x']);
    });
    await expect(work).rejects.toThrow('npm was not found.');
    await isAsBefore();
    expect(told).toContainEqual(expect.stringContaining('run npm install in the bot’s folder'));
    expect(await state()).toEqual([]);
  });

  it('is put back first by the next one where its process was killed', async () => {
    await BotFolderMemory.take(folder.path);
    await spoil();
    await changePlugins(options(), isAsBefore);
    expect(told[0]).toContain('An earlier change of the plugins was cut off');
    expect(await state()).toEqual([]);
  });

  it.each(['', '{', '[]', 'null', '{"plugins.yaml":7}'])(
    'is not made on top of one whose memory the disk has made %j',
    async (text) => {
      await mkdir(folder.file('.pertybot'), { mode: 0o700 });
      await writeFile(folder.file('.pertybot/plugins-before.json'), text);
      let worked = false;
      const work = changePlugins(options(), async () => {
        worked = true;
      });
      await expect(work).rejects.toMatchObject({
        code: 'CLI_FOLDER_LOCKED',
        message: expect.stringContaining('is damaged'),
        hint: expect.stringContaining('rm "'),
      });
      expect(worked).toBe(false);
      expect(await read('plugins.yaml')).toBe(botFile);
    },
  );

  it('keeps its memory for the next one where even putting back fails', async () => {
    const work = changePlugins(options(), async () => {
      await spoil();
      // Nobody can write a file where a folder is.
      await rm(folder.file('package.json'));
      await mkdir(folder.file('package.json/in-the-way'), { recursive: true });
      throw new TypeError('half-way');
    });
    await expect(work).rejects.toThrow('half-way');
    expect(told.join('\n')).toMatch(/Not everything could be put back[\s\S]+will do it first/);
    expect(await state()).toContain('plugins-before.json');
    await rm(folder.file('package.json'), { recursive: true });
    await changePlugins(options(), isAsBefore);
  });

  it('waits for nobody: a second one at the same time is refused', async () => {
    await changePlugins(options(), async () => {
      await expect(changePlugins(options(), async () => {})).rejects.toMatchObject({
        code: 'CLI_BOT_RUNS',
        message: expect.stringContaining('are being changed by process'),
      });
    });
  });

  it('frees its lock, however it ends', async () => {
    const failing = changePlugins(options(), () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    const lock = await takeBotLock(folder.file('.pertybot'), 'next', 'plugins');
    await lock.release();
  });

  it('is not begun in a folder that is no bot’s', async () => {
    await rm(folder.file('plugins.yaml'));
    await expect(changePlugins(options(), async () => {})).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
    });
    expect(await readdir(folder.path)).toEqual(['package.json']);
  });

  it('makes a package.json of the bot’s own, so that npm installs nowhere above', async () => {
    await rm(folder.file('package.json'));
    const work = changePlugins(options(), async (change) => {
      await change.npm(['install', 'x']).catch(() => undefined);
      return JSON.parse(await read('package.json'));
    });
    expect(await work).toEqual({
      name: expect.stringMatching(/^[a-z0-9-]+$/),
      private: true,
      type: 'module',
    });
  });
});
