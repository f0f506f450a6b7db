import { afterEach, describe, expect, it } from '@jest/globals';
import { readWrittenEntries } from '../../src/bot-file/bot-file.js';
import { BotFolder } from '../bot-folder.js';

let bot: BotFolder;

afterEach(() => bot.remove());

describe('the written entries of a plugins.yaml', () => {
  it('are read without loading a plugin, its config as it stands there', async () => {
    bot = await BotFolder.make({
      'plugins.yaml':
        'plugins:\n  - use: gone\n    config: { pin: 17 }\n  - use: ./none.ts\n    enabled: false\n',
    });
    expect(await readWrittenEntries(bot.folder, {})).toEqual([
      { id: 'gone', use: 'gone', enabled: true, config: { pin: 17 } },
      { id: 'none', use: './none.ts', enabled: false, config: undefined },
    ]);
  });

  it('have the variables of .env and of the environment, and bear those that are missing', async () => {
    bot = await BotFolder.make({
      '.env': 'PIN=GPIO5\nOTHER=GPIO6\n',
      'plugins.yaml': `plugins:\n  - use: a\n    config: ["\${PIN}", "\${OTHER}", "\${NONE}"]\n`,
    });
    const [entry] = await readWrittenEntries(bot.folder, { OTHER: 'GPIO7' });
    expect(entry?.config).toEqual(['GPIO5', 'GPIO7', `\${NONE}`]);
  });

  it('are there although other parts of the file are wrong', async () => {
    bot = await BotFolder.make({
      'plugins.yaml': 'prefx: "?"\nplugins:\n  - 17\n  - use: a\n    enbled: true\n    config: 1\n',
    });
    expect(await readWrittenEntries(bot.folder, {})).toMatchObject([{ use: 'a', config: 1 }]);
  });

  it.each([
    ['is no YAML', 'plugins: [\n'],
    ['has no list', 'plugins: 17\n'],
    ['has aliases without end', `a: &a [1,1,1,1,1,1,1,1,1]\nplugins:\n${'  - *a\n'.repeat(200)}`],
  ])('are an error where the file %s', async (_, text) => {
    bot = await BotFolder.make({ 'plugins.yaml': text });
    await expect(readWrittenEntries(bot.folder, {})).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });

  it('are an error where there is no file', async () => {
    bot = await BotFolder.make();
    await expect(readWrittenEntries(bot.folder, {})).rejects.toMatchObject({
      code: 'CONFIG_MISSING',
    });
  });
});
