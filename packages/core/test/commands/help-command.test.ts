import { describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../src/index.js';
import { startTestBot, type TestBotOptions } from '../../src/testing/index.js';

const gadgets = definePlugin({
  name: 'gadgets',
  start({ command }) {
    command('lamp <state:on|off>', { about: 'Switches the lamp', aliases: ['licht'] }, () => {});
    command('horn', { allow: 'subscriber' }, () => {});
    command('alarm', { allow: 'moderator', about: 'Switches everything off' }, () => {});
    command('secret', {}, () => {});
  },
});

const start = (options: TestBotOptions = {}) =>
  startTestBot([{ plugin: gadgets, commands: { secret: { enabled: false } } }], options);

describe('!help', () => {
  it('lists what the asker may use', async () => {
    const bot = await start();
    await bot.hear('!help');
    await bot.hear('!help', { as: 'sub', roles: ['subscriber'] });
    await bot.hear('!HELP', { as: 'mod', roles: ['moderator'] });
    expect(bot.replies).toEqual([
      'Commands: !lamp',
      'Commands: !horn !lamp',
      'Commands: !alarm !horn !lamp',
    ]);
    await bot.stop();
  });

  it('explains one command by name or alias, with or without the prefix', async () => {
    const bot = await start();
    for (const name of ['lamp', '!Licht', 'horn', 'secret', 'lmap'])
      await bot.hear(`!help ${name}`);
    await bot.hear('!help horn', { as: 'sub', roles: ['subscriber'] });
    expect(bot.replies).toEqual([
      '!lamp <state:on|off> · Switches the lamp',
      '!lamp <state:on|off> · Switches the lamp',
      'There is no command !horn.',
      'There is no command !secret.',
      'There is no command !lmap.',
      '!horn · for example !horn',
    ]);
    await bot.stop();
  });

  it('speaks the language of the owner', async () => {
    const replies = { help: 'Befehle: {commands}', helpUnknown: 'Was ist {command}?' };
    const bot = await start({ replies, prefix: '?' });
    await bot.hear('?help');
    await bot.hear('?help x');
    expect(bot.replies).toEqual(['Befehle: ?lamp', 'Was ist ?x?']);
    await bot.stop();
  });

  it('says so when there is nothing', async () => {
    const bot = await startTestBot([]);
    await bot.hear('!help');
    expect(bot.replies).toEqual(['There are no commands for you.']);
    await bot.stop();
  });

  it('leaves its name to a plugin', async () => {
    const own = definePlugin({
      name: 'own',
      start: ({ command }) => void command('help', {}, ({ reply }) => reply('mine')),
    });
    const bot = await startTestBot([own]);
    await bot.hear('!help');
    expect(bot.replies).toEqual(['mine']);
    await bot.stop();
  });
});
