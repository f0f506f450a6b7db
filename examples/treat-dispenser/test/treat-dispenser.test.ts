import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GadgetTestBot, startTestBot } from '@pertybot/testing';
import treatCount from '../plugins/treat-count.js';

describe('the treat dispenser', () => {
  let bot: GadgetTestBot;
  beforeEach(async () => {
    bot = await startTestBot([treatCount], { folder: path.join(__dirname, '..') });
  });
  afterEach(() => bot.stop());

  it('opens the flap for a moment, and lets the servo go', async () => {
    await bot.hear('!treat', { as: 'alice' });
    expect(bot.replies).toEqual(['Here comes a treat!']);
    await bot.clock.advance('5s');
    expect(bot.pins.GPIO18.levels).toEqual([1, 0, 1, 0]);
  });

  it('counts the treats', async () => {
    await bot.hear('!treat', { as: 'alice' });
    await bot.clock.advance('1m');
    await bot.hear('!treat', { as: 'bob' });
    await bot.hear('!treats');
    expect(bot.replies.at(-1)).toBe('2 treats so far.');
  });

  it('gives ten, and no more until the bot starts again', async () => {
    for (let viewer = 1; viewer <= 11; viewer++) {
      await bot.hear('!treat', { as: `viewer${viewer}` });
      await bot.clock.advance('1m');
    }
    expect(bot.pins.GPIO18.levels).toHaveLength(40);
    expect(bot.replies.at(-1)).toContain('has been used 20 times');
    await bot.hear('!treats');
    expect(bot.replies.at(-1)).toBe('10 treats so far.');
  });

  it('says whether there is something in the bowl', async () => {
    bot.pins.GPIO24.press();
    await bot.clock.advance('50ms');
    await bot.hear('!bowl');
    expect(bot.replies).toEqual(['bowl is full']);
  });
});
