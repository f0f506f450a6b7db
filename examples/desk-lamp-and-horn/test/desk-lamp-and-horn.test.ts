import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GadgetTestBot, makeUser, startTestBot } from '@pertybot/testing';

describe('desk lamp and horn', () => {
  let bot: GadgetTestBot;
  beforeEach(async () => {
    bot = await startTestBot([], { folder: path.join(__dirname, '..') });
  });
  afterEach(() => bot.stop());

  it('opens the relay off, and switches it for everybody', async () => {
    expect(bot.pins.GPIO5.level).toBe(1);
    await bot.hear('!lamp on', { as: 'alice' });
    expect(bot.pins.GPIO5.level).toBe(0);
    await bot.clock.advance('10s');
    await bot.hear('!light off', { as: 'alice' });
    expect(bot.pins.GPIO5.level).toBe(1);
    expect(bot.replies).toEqual(['Let there be light!', 'Good night, lamp.']);
  });

  it('switches the lamp off by itself after half an hour', async () => {
    await bot.hear('!lamp on');
    await bot.clock.advance('29m');
    expect(bot.pins.GPIO5.level).toBe(0);
    await bot.clock.advance('1m');
    expect(bot.pins.GPIO5.level).toBe(1);
  });

  it('sounds the horn for subscribers alone', async () => {
    await bot.hear('!horn', { as: 'alice' });
    expect(bot.pins.GPIO27.levels).toEqual([]);
    await bot.hear('!horn 2', { as: 'bob', roles: ['subscriber'] });
    await bot.clock.advance('1s');
    expect(bot.pins.GPIO27.levels).toEqual([1, 0, 1, 0]);
  });

  it('welcomes a raid', async () => {
    bot.emit('raid', { channel: 'streamer', user: makeUser({ as: 'friend' }), viewers: 12 });
    await bot.clock.advance('2s');
    expect(bot.pins.GPIO27.levels).toEqual([1, 0, 1, 0]);
    expect(bot.pins.GPIO5.level).toBe(0);
    await bot.clock.advance('3s');
    expect(bot.pins.GPIO5.level).toBe(1);
  });
});
