import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@pertybot/core';
import { startTestBot } from '@pertybot/core/testing';
import texts from '../src/index.js';

const start = (config: unknown) => startTestBot([{ plugin: texts, config }]);

describe('texts', () => {
  it('answers with the text of a command', async () => {
    const bot = await start({ commands: { discord: 'Join us, {user}: example.org/{args}' } });
    await bot.hear('!discord now please', { as: 'Alice' });
    expect(bot.replies).toEqual(['Join us, Alice: example.org/now please']);
    await bot.stop();
  });

  it('counts how often a command was used', async () => {
    const bot = await start({ commands: { deaths: 'Died {count} times' } });
    await bot.hear('!deaths');
    await bot.hear('!deaths');
    expect(bot.replies).toEqual(['Died 1 times', 'Died 2 times']);
    await bot.stop();
  });

  it('picks one of several texts', async () => {
    const bot = await start({ commands: { coin: '{random: heads | tails}' } });
    for (let i = 0; i < 40; i++) await bot.hear('!coin');
    expect(new Set(bot.replies)).toEqual(new Set(['heads', 'tails']));
    await bot.stop();
  });

  it("takes nothing in a viewer's words for a template or a command", async () => {
    const bot = await start({ commands: { echo: '{args}' } });
    await bot.hear('!echo {count} {user}');
    await bot.hear('!echo /ban alice');
    await bot.hear('!echo !so alice');
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
});
