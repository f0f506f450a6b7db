import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type GadgetTestBot, makeUser, startTestBot } from '@pertybot/testing';
import fairyLights from '../plugins/fairy-lights.js';

describe('the Christmas lights', () => {
  let bot: GadgetTestBot;
  beforeEach(async () => {
    bot = await startTestBot([fairyLights], { folder: path.join(__dirname, '..') });
  });
  afterEach(() => bot.stop());

  const strings = () => [bot.pins.GPIO17.level, bot.pins.GPIO27.level, bot.pins.GPIO22.level];

  it('do what most want, after the vote', async () => {
    await bot.hear('!tree twinkle', { as: 'alice' });
    await bot.hear('!tree chase 1', { as: 'bob' });
    await bot.hear('!tree chase 1', { as: 'carol' });
    expect(strings()).toEqual([0, 0, 0]);
    await bot.clock.advance('15s');
    expect(bot.replies.at(-1)).toBe('"chase 1" wins with 2 of 3: tree: the lights run');
    const seen = [strings()];
    for (let step = 0; step < 3; step++) {
      await bot.clock.advance('300ms');
      seen.push(strings());
    }
    expect(seen).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });

  it('twinkle and go out again', async () => {
    await bot.hear('!tree twinkle 2', { as: 'alice' });
    await bot.clock.advance('15s');
    expect(strings()).toEqual([0, 1, 1]);
    await bot.clock.advance('10s');
    expect(strings()).toEqual([0, 0, 0]);
  });

  it('show the colour of whoever is drawn', async () => {
    await bot.hear('!star red', { as: 'alice' });
    await bot.clock.advance('10s');
    expect(bot.replies.at(-1)).toBe('alice is drawn: star is red');
    expect([bot.pins.GPIO5.level, bot.pins.GPIO6.level, bot.pins.GPIO16.level]).toEqual([1, 0, 0]);
  });

  it('run for gifts without a vote', async () => {
    const user = makeUser({ as: 'alice' });
    bot.emit('giftSubscription', { channel: 'streamer', user, tier: '1', count: 5 });
    await bot.clock.advance('1s');
    expect(bot.pins.GPIO17.levels).toContain(1);
  });
});
