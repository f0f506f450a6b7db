import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StoppedBot } from '../../src/page/stopped-bot.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { repository } from '../support/run-pertybot.js';

jest.setTimeout(60_000);

const botFile = '# mine\nplugins:\n  - use: gpio # the pins\n    config:\n      gadgets: {}\n';
const manifest = '{ "name": "bot", "private": true }\n';
const fixtures = join(__dirname, '..', 'fixtures');
const fan = join(fixtures, 'fan');
const { PATH } = process.env;

let folder: TestFolder;
let desk: StoppedBot['plugins'];
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': botFile, 'package.json': manifest });
  await mkdir(folder.file('node_modules/@pertybot'), { recursive: true });
  await symlink(join(repository, 'packages', 'core'), folder.file('node_modules/@pertybot/core'));
  process.env.PATH = `${join(fixtures, 'fake-npm')}${delimiter}${PATH}`;
  desk = new StoppedBot(folder.path).plugins;
});
afterEach(async () => {
  process.env.PATH = PATH;
  delete process.env.FAKE_NPM;
  await folder.remove();
});

const read = (name: string) => readFile(folder.file(name), 'utf8');

describe('plugins that are added at the page', () => {
  it('are ours without a question, and come below the others', async () => {
    expect(await desk.add('texts')).toMatchObject({
      done: true,
      text: expect.stringContaining('Added texts to plugins.yaml.'),
    });
    expect(await read('plugins.yaml')).toMatch(/^# mine[\s\S]*# the pins[\s\S]*- use: texts/);
  });

  it('are somebody else’s only when the owner has agreed to what was shown', async () => {
    const first = await desk.add(fan);
    expect(first).toMatchObject({
      done: false,
      ask: expect.stringContaining('pertybot-plugin-fan'),
    });
    expect(first.ask).not.toContain('\u001b');
    expect(await read('plugins.yaml')).toBe(botFile);
    expect(await read('package.json')).toBe(manifest);
    expect(await desk.add(fan, 'something else')).toMatchObject({ done: false, ask: first.ask });
    expect(await read('plugins.yaml')).toBe(botFile);
    expect(await desk.add(fan, first.ask)).toMatchObject({ done: true });
    expect(await read('plugins.yaml')).toContain('- use: pertybot-plugin-fan');
  });

  it('leave everything as it was when npm fails, and say why in a sentence', async () => {
    process.env.FAKE_NPM = 'E404';
    expect(await desk.add('pertybot-plugin-fan')).toEqual({
      done: false,
      text: expect.stringContaining('The npm registry has no such package.'),
    });
    expect(await read('plugins.yaml')).toBe(botFile);
    expect(await read('package.json')).toBe(manifest);
  });

  it.each(['', 'no such name', '../../etc', '--global', 'gpio'])(
    'are not what "%s" names, and nothing changes',
    async (name) => {
      expect(await desk.add(name)).toMatchObject({ done: false });
      expect(await read('plugins.yaml')).toBe(botFile);
    },
  );

  it('say what has to be filled in before they run', async () => {
    await writeFile(
      folder.file('dice.js'),
      "import { definePlugin, v } from '@pertybot/core';\n" +
        "export default definePlugin({ name: 'dice', config: v.object({ sides: v.number() }) });\n",
    );
    const added = await desk.add('./dice.js');
    expect(added.text).toMatch(/Added \.\/dice\.js to plugins\.yaml\. Before it runs, mend/);
  });
});

describe('plugins that are removed at the page', () => {
  it('go out of the file, and all else in it stays', async () => {
    const { ask } = await desk.add(fan);
    await desk.add(fan, ask);
    expect(await desk.remove('fan')).toMatchObject({
      done: true,
      text: expect.stringContaining('uninstalled pertybot-plugin-fan'),
    });
    expect(await read('plugins.yaml')).toContain('# the pins');
    expect(await read('plugins.yaml')).not.toContain('fan');
    expect(await desk.remove('nobody')).toMatchObject({ done: false });
  });
});
