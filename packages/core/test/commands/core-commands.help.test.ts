import { describe, expect, it } from '@jest/globals';
import { definePlugin } from '../../src/index.js';
import {
  type HearOptions,
  startTestBot,
  type TestBot,
  type TestBotOptions,
} from '../../src/testing/index.js';

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

/** Asks when nobody's cooldown runs. */
const ask = async (bot: TestBot, text: string, options: HearOptions = {}) => {
  await bot.clock.advance('10s');
  await bot.hear(text, options);
};

describe('!help', () => {
  it('lists what the asker may use', async () => {
    const bot = await start();
    await ask(bot, '!help');
    await ask(bot, '!help', { as: 'sub', roles: ['subscriber'] });
    await ask(bot, '!HELP', { as: 'mod', roles: ['moderator'] });
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
      await ask(bot, `!help ${name}`);
    await ask(bot, '!help horn', { as: 'sub', roles: ['subscriber'] });
    expect(bot.replies).toEqual([
      '!lamp <state:on|off> · Switches the lamp',
      '!lamp <state:on|off> · Switches the lamp',
      ...Array(3).fill('There is no such command.'),
      '!horn · for example !horn',
    ]);
    await bot.stop();
  });

  it('speaks the language of the owner', async () => {
    const replies = { help: 'Befehle: {commands}', helpUnknown: 'Was ist {command}?' };
    const bot = await start({ replies, prefix: '?' });
    await ask(bot, '?help');
    await ask(bot, '?help x');
    expect(bot.replies).toEqual(['Befehle: ?lamp', 'Was ist ?…?']);
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

  it('never says again what a viewer wrote', async () => {
    const replies = { unknown: 'No {command}. {usage}', helpUnknown: 'No {command}.' };
    const bot = await start({ replies });
    await ask(bot, '!help "buy followers at https://evil.example now"');
    await ask(bot, '!help buy followers');
    await ask(bot, '!https://evil.example');
    expect(bot.replies).toEqual(['No !….', 'No !….', 'No !…. !…']);
    await bot.stop();
  });

  it('is one message, however many commands there are', async () => {
    const many = definePlugin({
      name: 'many',
      start({ command }) {
        for (let index = 100; index < 300; index++) command(`command${index}`, () => {});
        command('long', { about: 'long '.repeat(200) }, () => {});
      },
    });
    const bot = await startTestBot([many]);
    await ask(bot, '!help');
    await ask(bot, '!help long');
    expect(bot.replies[0]).toMatch(/^Commands: !command100 .* … \+\d+$/);
    expect(Math.max(...bot.replies.map(({ length }) => length))).toBeLessThan(500);
    await bot.stop();
  });

  it('answers each viewer once in ten seconds, and all once in three, and is silent between', async () => {
    const bot = await start();
    const times: number[] = [];
    bot.on('reply', () => times.push(bot.clock.now() / 1_000));
    for (let second = 0; second < 20; second++) {
      await bot.hear('!help', { as: 'mallory' });
      if (second < 5) await bot.hear('!help', { as: 'alice' });
      await bot.clock.advance('1s');
    }
    expect(times).toEqual([0, 3, 10]);
    await bot.stop();
  });
});
