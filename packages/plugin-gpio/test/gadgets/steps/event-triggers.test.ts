import { afterEach, describe, expect, it } from '@jest/globals';
import { makeMessage, makeUser } from '@pertybot/core/testing';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('on:', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const gadgets = { lamp: { type: 'light', pin: 17 }, horn: { type: 'buzzer', pin: 27 } };
  const user = makeUser({ as: 'alice' });
  const channel = 'test';

  it('plays steps when a raid comes', async () => {
    bot = await startGpioBot({ gadgets, on: { raid: ['lamp on', 'wait 2s', 'lamp off'] } });
    bot.emit('raid', { channel, user, viewers: 3 });
    await bot.clock.advance('1s');
    expect(bot.board.level(17)).toBe(1);
    await bot.clock.advance('1s');
    expect(bot.board.level(17)).toBe(0);
  });

  it('looks at how many there are', async () => {
    bot = await startGpioBot({ gadgets, on: { cheer: { min: 100, do: ['horn beep'] } } });
    const message = makeMessage('cheer', { as: 'alice' });
    bot.emit('cheer', { channel, user, message, bits: 99 });
    await bot.clock.advance('1s');
    expect(bot.levels(27)).toEqual([]);
    bot.emit('cheer', { channel, user, message, bits: 100 });
    await bot.clock.advance('1s');
    expect(bot.levels(27)).toEqual([1, 0]);
  });

  it('looks at which reward is redeemed', async () => {
    bot = await startGpioBot({ gadgets, on: { redeem: { reward: 'honk', do: ['horn beep'] } } });
    const message = makeMessage('honk!', { as: 'alice' });
    bot.emit('redeem', { channel, user, message, rewardId: 'other', text: '' });
    bot.emit('redeem', { channel, user, message, rewardId: 'honk', text: '' });
    await bot.clock.advance('1s');
    expect(bot.levels(27)).toEqual([1, 0]);
  });

  it('plays one event after the other', async () => {
    bot = await startGpioBot({
      gadgets,
      on: { raid: ['lamp on', 'wait 1s', 'lamp off', 'wait 1s'] },
    });
    for (let raid = 0; raid < 3; raid++) bot.emit('raid', { channel, user, viewers: 1 });
    await bot.clock.advance('10s');
    const times = bot.board.history.map(({ at }) => at);
    expect(times).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000]);
  });

  it('names the step that is wrong', async () => {
    const on = { raid: ['wait long'], cheer: { do: ['tuba play'] } };
    await expect(startGpioBot({ gadgets, on })).rejects.toMatchObject({
      problems: [
        { message: 'on.raid.0: expected a time, such as wait 500ms, received "wait long"' },
      ],
    });
    await expect(startGpioBot({ gadgets, on: { cheer: on.cheer } })).rejects.toMatchObject({
      problems: [
        {
          message:
            'on.cheer.do.0: expected a gadget of this list (lamp, horn), received "tuba play"',
        },
      ],
    });
    bot = await startGpioBot();
  });
});
