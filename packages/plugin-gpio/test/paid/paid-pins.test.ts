import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin, type Plugin } from '@pertybot/core';
import type { RedemptionOutcome } from '@pertybot/core/host';
import { Gpio } from '../../src/gpio.js';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const gadgets = {
  lamp: { type: 'light', pin: 'GPIO17', maxOn: '10m' },
  other: { type: 'light', pin: 'GPIO18', maxOn: '10m' },
  horn: { type: 'buzzer', pin: 'GPIO27', maxOn: '10s', busy: 'queue(2)', minOff: '0s' },
  both: { type: 'group', gadgets: ['lamp', 'other'] },
  show: { type: 'sequence', steps: ['lamp on 5s', 'wait 10s', 'other on 1s'] },
  live: { type: 'light', pin: 'GPIO23', onlyLive: true },
  dry: { type: 'light', pin: 'GPIO22', maxOn: '1m', mode: 'dry-run' },
};

const rewards = {
  Minute: { cost: 500, run: 'lamp on 1m' },
  On: { cost: 500, run: 'lamp on' },
  Off: { cost: 500, run: 'lamp off' },
  Blink: { cost: 500, run: 'lamp blink 20' },
  Beep: { cost: 500, run: 'horn beep 10' },
  Both: { cost: 500, run: 'both on 1m' },
  Show: { cost: 500, run: 'show play' },
  Dry: { cost: 500, run: 'dry on 10s' },
  Live: { cost: 500, run: 'live on' },
  Much: { cost: 500, run: 'lamp on 11m' },
};

const moved = { moved: true };
const refused = (reason: string, text: unknown = expect.any(String)) => ({
  moved: false,
  refusal: expect.objectContaining({ reason, text }),
});

/** A plugin with a pin of its own. */
const cannon = definePlugin({
  name: 'cannon',
  needs: { gpio: Gpio },
  async start({ gpio, reward, clock }) {
    const pin = await gpio.output('GPIO5', { maxOn: '1m', kind: 'motor' });
    const sleep = (time: number) =>
      new Promise<void>((resolve) => {
        clock.after(time, resolve);
      });
    reward('fire', { cost: 1 }, async () => {
      await pin.on({ for: '10s' });
    });
    reward('hold', { cost: 1 }, async () => {
      await pin.on();
      await sleep(10_000);
      await pin.off();
    });
    reward('die', { cost: 1 }, async () => {
      await pin.on({ for: '10s' });
      throw new Error('jammed');
    });
    reward('late', { cost: 1 }, async () => {
      await sleep(70_000);
      await pin.on({ for: '1s' });
    });
    reward('talk', { cost: 1 }, ({ say }) => say('hello'));
  },
});

describe('a redemption that drives pins', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  async function start(...plugins: readonly Plugin[]) {
    bot = await startGpioBot({ chatLostAfter: 'never', gadgets }, { plugins, rewards });
  }

  const level = (pin: number) => bot.board.level(pin);

  /** What became of a redemption so far. */
  function watch(outcome: Promise<RedemptionOutcome>) {
    const seen: { outcome?: RedemptionOutcome } = {};
    void outcome.then((result) => {
      seen.outcome = result;
    });
    return seen;
  }

  it('is told before the first write, which waits for it', async () => {
    await start();
    const told: unknown[] = [];
    const willMove = (what?: string) => void told.push([what, level(17)]);
    const outcome = bot.redeem('Minute', { willMove });
    await bot.clock.advance('1s');
    expect(told).toEqual([['lamp (GPIO17)', 0]]);
    expect(level(17)).toBe(1);
    await bot.clock.advance('30s');
    await expect(outcome).resolves.toEqual(moved);
  });

  it('moves nothing that could not be noted down', async () => {
    await start();
    const willMove = () => {
      throw new Error('the disk is full');
    };
    await expect(bot.redeem('Minute', { willMove })).resolves.toEqual(refused('unnoted'));
    expect(bot.levels(17)).toEqual([]);
  });

  it('is decided when half of its time has run', async () => {
    await start();
    const seen = watch(bot.redeem('Minute'));
    await bot.clock.advance('29s');
    expect(seen.outcome).toBeUndefined();
    await bot.clock.advance('2s');
    expect(seen.outcome).toEqual(moved);
    expect(level(17)).toBe(1);
  });

  it.each([
    ['somebody', () => bot.hear('!lamp off', { as: 'Bob' })],
    ['a shorter wish', () => bot.hear('!lamp on 1s', { as: 'Bob' })],
    ['the emergency stop', async () => bot.emergencyStop.engage('Bob')],
    ['a stop', async () => bot.emergencyStop.end()],
    ['the stop of the bot', () => bot.stop()],
    ['the stop of its plugin', () => bot.restart('gpio')],
  ])('is given back when %s cuts it short', async (_, cut) => {
    await start();
    const outcome = bot.redeem('Minute');
    await bot.clock.advance('5s');
    expect(level(17)).toBe(1);
    await cut();
    await bot.clock.advance('2s');
    await expect(outcome).resolves.toEqual({
      moved: false,
      refusal: expect.objectContaining({ refused: true, text: expect.any(String) }),
    });
  });

  it('keeps the points when half of it had run', async () => {
    await start();
    const outcome = bot.redeem('Both');
    await bot.clock.advance('40s');
    bot.emergencyStop.engage('Bob');
    await expect(outcome).resolves.toEqual(moved);
  });

  it('is decided at once without a time, also when it switches off', async () => {
    await start();
    await expect(bot.redeem('On')).resolves.toEqual(moved);
    await expect(bot.redeem('Off')).resolves.toEqual(moved);
    await expect(bot.redeem('Off')).resolves.toEqual(
      refused('pin.alreadyOff', 'lamp is off already.'),
    );
  });

  it('pays for nothing that is on already, is refused, or only tried', async () => {
    await start();
    await bot.hear('!lamp on');
    await expect(bot.redeem('Minute')).resolves.toEqual(
      refused('pin.already', 'lamp is on already.'),
    );
    await bot.hear('!lamp off');
    await expect(bot.redeem('Much')).resolves.toEqual({
      moved: false,
      refusal: expect.objectContaining({ reason: expect.stringContaining('pin.') }),
    });
    await expect(bot.redeem('Dry')).resolves.toEqual(refused('pin.dryRun'));
  });

  it('says in chat that something is done only where it is', async () => {
    await start();
    const minute = bot.redeem('Minute');
    await bot.clock.advance('31s');
    await minute;
    await bot.redeem('Minute', { as: 'Bob' });
    await bot.redeem('Dry', { as: 'Carol' });
    await bot.redeem('Off', { as: 'Dave' });
    expect(bot.replies).toEqual(['@viewer lamp is on', '@Dave lamp is off']);
  });

  it('judges work of many movements as a whole', async () => {
    await start();
    const seen = watch(bot.redeem('Blink'));
    await bot.clock.advance('3s');
    expect(seen.outcome).toBeUndefined();
    await bot.hear('!lamp off', { as: 'Bob' });
    await bot.clock.advance(0);
    expect(seen.outcome).toEqual(refused('cut'));
    const second = watch(bot.redeem('Blink'));
    await bot.clock.advance('6s');
    expect(second.outcome).toEqual(moved);
  });

  it('judges what a sequence leaves on, and what cuts it short', async () => {
    await start();
    const seen = watch(bot.redeem('Show'));
    await bot.clock.advance('4s');
    await bot.hear('!show off', { as: 'Bob' });
    await bot.clock.advance(0);
    expect(seen.outcome).toEqual(refused('cut'));
    const outcome = bot.redeem('Show');
    await bot.clock.advance('20s');
    await expect(outcome).resolves.toEqual(moved);
  });

  it('waits for its turn at a gadget', async () => {
    await start();
    const all = ['a', 'b', 'c', 'd'].map((as) => watch(bot.redeem('Beep', { as })));
    await bot.clock.advance('1s');
    expect(all.map(({ outcome }) => outcome)).toEqual([
      undefined,
      undefined,
      undefined,
      refused('gadget.queue'),
    ]);
    await bot.clock.advance('3s');
    expect(all.slice(0, 3).map(({ outcome }) => outcome)).toEqual([moved, undefined, undefined]);
    await bot.hear('!horn off', { as: 'Bob' });
    await bot.clock.advance(0);
    expect(all.slice(1, 3).map(({ outcome }) => outcome)).toEqual([
      refused('cut'),
      refused('gadget.ended', 'horn was switched off.'),
    ]);
  });

  it('decides what the pins of another plugin did', async () => {
    await start(cannon);
    const fired = bot.redeem('fire', { as: 'a' });
    await bot.clock.advance('6s');
    await expect(fired).resolves.toEqual(moved);
    await bot.clock.advance('10s');
    const held = watch(bot.redeem('hold', { as: 'a' }));
    await bot.clock.advance('5s');
    expect(held.outcome).toBeUndefined();
    bot.emergencyStop.end();
    await bot.clock.advance('6s');
    expect(held.outcome).toEqual(refused('cut'));
    await expect(bot.redeem('talk', { as: 'b' })).resolves.toEqual(moved);
  });

  it('keeps the points of what moved before its plugin failed, and gives them back when it was cut', async () => {
    await start(cannon);
    const first = watch(bot.redeem('die', { as: 'a' }));
    await bot.clock.advance('4s');
    expect(first.outcome).toBeUndefined();
    await bot.clock.advance('2s');
    expect(first.outcome).toEqual(moved);
    await bot.clock.advance('10s');
    const second = bot.redeem('fire', { as: 'b' });
    await bot.clock.advance('2s');
    await bot.restart('cannon');
    await expect(second).resolves.toEqual(refused('stopping'));
    expect(level(5)).toBe(0);
  });

  it('leaves a gadget alone until the stream is live, but for what switches it off', async () => {
    await start();
    await expect(bot.redeem('Live')).resolves.toEqual(refused('offline'));
    await bot.hear('!live on');
    expect(bot.refusals.at(-1)?.reason).toBe('offline');
    expect(bot.rewards.list.find(({ name }) => name === 'Live')?.onlyLive).toBe(true);
    bot.setLive(true);
    await expect(bot.redeem('Live')).resolves.toEqual(moved);
    bot.setLive(undefined);
    await bot.hear('!live off');
    expect(level(23)).toBe(0);
  });

  it('never moves what was given back', async () => {
    await start(cannon);
    const late = bot.redeem('late');
    await bot.clock.advance('61s');
    await expect(late).resolves.toEqual(refused('timeout'));
    await bot.clock.advance('20s');
    expect(bot.levels(5)).toEqual([]);
  });
});
