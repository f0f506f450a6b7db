import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { ConfigError } from '@pertybot/core/host';
import { startTestBot } from '@pertybot/core/testing';
import texts, { textsConfigSchema } from '../src/index.js';

const start = (config: unknown) => startTestBot([{ plugin: texts, config }]);

describe('texts', () => {
  it('declares the commands that it registers', async () => {
    for (const commands of [{}, { discord: 'Join us', Deaths: 'Died {count} times' }]) {
      const bot = await start({ commands });
      expect(await bot.undeclared('texts')).toEqual([]);
      await bot.stop();
    }
  });

  it('answers with the text of a command', async () => {
    const bot = await start({ commands: { discord: 'Join us, {user}: example.org/{args}' } });
    await bot.hear('!discord now please', { as: 'Alice' });
    expect(bot.replies).toEqual(['Join us, Alice: example.org/now please']);
    await bot.stop();
  });

  it('counts how often a command was used', async () => {
    const bot = await start({ commands: { deaths: 'Died {count} times' } });
    await bot.hear('!deaths');
    await bot.clock.advance('5s');
    await bot.hear('!deaths');
    expect(bot.replies).toEqual(['Died 1 times', 'Died 2 times']);
    await bot.stop();
  });

  it('picks one of several texts', async () => {
    const bot = await start({ commands: { coin: '{random: heads | tails}' } });
    for (let i = 0; i < 40; i++) await bot.hear('!coin', { roles: ['moderator'] });
    expect(new Set(bot.replies)).toEqual(new Set(['heads', 'tails']));
    await bot.stop();
  });

  it("takes nothing in a viewer's words for a template or a command", async () => {
    const bot = await start({ commands: { echo: '{args}' } });
    for (const words of ['{count} {user}', '/ban alice', '!so alice']) {
      await bot.hear(`!echo ${words}`, { roles: ['moderator'] });
    }
    expect(bot.replies).toEqual(['\u200B{count} {user}', '\u200B/ban alice', '\u200B!so alice']);
    await bot.stop();
  });

  it('says a timed text when chat was busy enough', async () => {
    const bot = await start({ timers: [{ every: '20m', after: '2 messages', say: 'Drink!' }] });
    await bot.hear('one');
    await bot.clock.advance('20m');
    expect(bot.replies).toEqual([]);
    await bot.hear('two');
    await bot.clock.advance('20m');
    await bot.clock.advance('20m');
    expect(bot.replies).toEqual(['Drink!']);
    await bot.stop();
  });

  it('says a timed text without chat when nothing else is asked', async () => {
    const bot = await start({ timers: [{ every: '10s', say: 'Round {count}' }] });
    await bot.clock.advance('25s');
    expect(bot.replies).toEqual(['Round 1', 'Round 2']);
    await bot.stop();
  });

  it.each(['stop', 'EStop'])('leaves the word %s to the stops', async (name) => {
    await expect(start({ commands: { [name]: 'Stop it, {user}!' } })).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining('expected another name: this one is reserved'),
          position: { line: expect.any(Number), column: expect.any(Number) },
        },
      ],
    });
  });

  it('names an unknown placeholder', async () => {
    const failure = start({ commands: { hi: 'Hello {name}' } });
    await expect(failure).rejects.toThrow(ConfigError);
    await expect(start({ commands: { hi: 'Hello {name}' } })).rejects.toThrow(
      'commands.hi: expected {user}, {args}, {count} or {random: a | b} in place of {name}',
    );
  });

  it.each([
    '{args}',
    ' {args}',
    '{random: | }{args}',
    '\u200b {args}',
    '{random:|}{random: | } {args}',
    '!{args}',
    '{random: ! | $ }{args}',
    '{user}{args}',
  ])('lets no viewer command other bots by %j', async (text) => {
    const bot = await start({ commands: { echo: text } });
    for (let index = 0; index < 20; index++) {
      await bot.hear('!echo !so evil', { as: 'ＡＢＣ', roles: ['moderator'] });
    }
    for (const reply of bot.replies) expect(reply.trimStart()).toMatch(/^[\u200b\p{L}]/u);
    await bot.stop();
  });

  it("leaves the owner's own words as they are", async () => {
    const bot = await start({ commands: { so: '!so {args}', rage: '{random: !rage} {args}' } });
    await bot.hear('!so alice', { roles: ['moderator'] });
    await bot.hear('!rage bob', { roles: ['moderator'] });
    expect(bot.replies).toEqual(['!so alice', '!rage bob']);
    await bot.stop();
  });

  it('answers each viewer once in five seconds, and is silent between', async () => {
    const bot = await start({ commands: { deaths: 'Died {count} times' } });
    for (let index = 0; index < 1_000; index++) await bot.hear('!deaths', { as: 'alice' });
    await bot.hear('!deaths', { as: 'bob' });
    expect(bot.replies[0]).toBe('Died 1 times');
    expect(bot.replies.at(-1)).toBe('Died 2 times');
    expect(bot.replies.length).toBeLessThanOrEqual(3);
    await bot.clock.advance('5s');
    await bot.hear('!deaths', { as: 'alice' });
    expect(bot.replies.at(-1)).toBe('Died 3 times');
    await bot.stop();
  });

  it("keeps to the owner's cooldown", async () => {
    const plugin = { plugin: texts, config: { commands: { hi: 'Hello' } } };
    const bot = await startTestBot([{ ...plugin, commands: { hi: { cooldown: 0 } } }]);
    for (let index = 0; index < 5; index++) await bot.hear('!hi');
    expect(bot.replies).toHaveLength(5);
    await bot.stop();
  });
});

describe('the texts plugin', () => {
  it('says before it starts to which events it will listen', () => {
    const hears = (config: object) => texts.hears?.(v.parse(textsConfigSchema, config));
    expect(hears({})).toEqual([]);
    const events = { follow: 'Hi {user}', raid: [{ min: 5, text: 'Wow' }] };
    expect(hears({ events })?.toSorted()).toEqual(['follow', 'raid']);
  });
});
