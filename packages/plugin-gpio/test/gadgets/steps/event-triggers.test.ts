import { afterEach, describe, expect, it } from '@jest/globals';
import { reactingEvents } from '@pertybot/core';
import { makeChannelEvents, makeMessage, makeUser } from '@pertybot/core/testing';
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

  it.each(reactingEvents)('lets %s switch a lamp, and remembers that', async (event) => {
    bot = await startGpioBot({ gadgets, on: { [event]: ['lamp on'] } });
    bot.emit(event, makeChannelEvents()[event]);
    await bot.clock.advance('1s');
    expect(bot.board.level(17)).toBe(1);
    expect(bot.reactions).toMatchObject([{ event, plugin: 'gpio', did: 'lamp on' }]);
  });

  it('plays each of several that fits, in their order', async () => {
    const cheer = [
      { min: 1, max: 99, do: ['lamp on'] },
      { min: 100, do: ['horn beep'] },
      { min: 1_000, do: ['lamp blink'] },
    ];
    bot = await startGpioBot({ gadgets, on: { cheer } });
    bot.emit('cheer', makeChannelEvents().cheer);
    await bot.clock.advance('1s');
    expect([bot.board.level(17), bot.levels(27)]).toEqual([0, [1, 0]]);
    bot.emit('cheer', { ...makeChannelEvents().cheer, bits: 50 });
    await bot.clock.advance('1s');
    expect(bot.board.level(17)).toBe(1);
  });

  it('remembers why an event set nothing off', async () => {
    const subscribe = [
      { min: 12, do: ['lamp on'] },
      { tier: 3, renewed: false, do: ['lamp on'] },
    ];
    bot = await startGpioBot({ gadgets, on: { subscribe, raid: ['lamp on'] } });
    const events = makeChannelEvents();
    bot.emit('subscribe', events.subscribe);
    bot.emergencyStop.engage('test');
    bot.emit('raid', events.raid);
    await bot.clock.advance('1s');
    expect(bot.reactions).toMatchObject([
      {
        event: 'subscribe',
        user: { login: 'alice' },
        reason: 'unfit',
        text: '"min" asks for 12, and it was 5; "tier" asks for 3, and it was 1',
      },
      { event: 'raid', reason: 'estop' },
    ]);
    expect(bot.reactions[0]).not.toHaveProperty('did');
  });

  it('sets nothing off for each receiver of a bundle', async () => {
    bot = await startGpioBot({ gadgets, on: { giftSubscription: ['horn beep'] } });
    const { giftSubscription } = makeChannelEvents();
    bot.emit('giftSubscription', giftSubscription);
    for (let gift = 0; gift < 5; gift++) {
      bot.emit('giftSubscription', { ...giftSubscription, count: 0, user: undefined });
    }
    await bot.clock.advance('5s');
    expect(bot.levels(27)).toEqual([1, 0]);
    expect(bot.reactions).toHaveLength(1);
  });

  it('keeps the queue short in a flood, and remembers no more than 200', async () => {
    bot = await startGpioBot({ gadgets, on: { follow: ['lamp on', 'wait 1s', 'lamp off'] } });
    const { follow } = makeChannelEvents();
    for (let count = 0; count < 1_000; count++) bot.emit('follow', follow);
    await bot.clock.advance('1s');
    expect(bot.reactions).toHaveLength(200);
    const refused = bot.reactions.filter(({ reason }) => reason === 'gadget.queue');
    expect(refused.length).toBeGreaterThan(170);
    await bot.clock.advance('1m');
    expect(bot.levels(17).filter((level) => level === 1)).toHaveLength(21);
  });

  it.each([
    [{ folow: ['lamp on'] }, 'did you mean "follow"'],
    [{ raid: { mni: 3, do: ['lamp on'] } }, 'did you mean "min"'],
    [{ follow: { min: 3, do: ['lamp on'] } }, 'min'],
    [{ redeem: { rewrad: 'x', do: ['lamp on'] } }, 'did you mean "reward"'],
    [{ raid: { min: 'many', do: ['lamp on'] } }, 'expected a number'],
    [{ raid: { min: 3 } }, 'do'],
    [{ raid: [{ min: 3, do: ['lamp on'] }, 'lamp off'] }, 'expected a map such as'],
    [{ raid: [{ min: 3, do: ['lmap on'] }] }, 'did you mean "lamp"'],
    [{ raid: [] }, 'at least one step'],
    [{ raid: 'lamp on' }, 'expected a map such as'],
  ])('refuses %j', async (on, told) => {
    const error = await startGpioBot({ gadgets, on }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(JSON.stringify(error, ['problems', 'message', 'hint']).toLowerCase()).toContain(
      JSON.stringify(told.toLowerCase()).slice(1, -1),
    );
    bot = await startGpioBot();
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
