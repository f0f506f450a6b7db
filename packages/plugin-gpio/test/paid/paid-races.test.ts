import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const gadgets = {
  lamp: { type: 'light', pin: 'GPIO17' },
  other: { type: 'light', pin: 'GPIO18' },
  both: { type: 'group', gadgets: ['lamp', 'other'] },
  show: { type: 'sequence', steps: ['lamp on 5s', 'wait 10s', 'other on 1s'] },
};
const rewards = {
  Both: { cost: 500, run: 'both on 1m' },
  Show: { cost: 500, run: 'show play' },
};

describe('a redemption that another viewer ends as it begins', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  /** Redeems again and again, with ever more turns until Bob says `line`. @returns the reasons of the refunds */
  async function race(reward: string, line: string) {
    bot = await startGpioBot({ chatLostAfter: 'never', gadgets }, { rewards });
    const reasons = new Set<string>();
    for (let turns = 0; turns < 25; turns++) {
      await bot.hear('!lamp on 2m', { as: 'bob' });
      const outcome = bot.redeem(reward);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      void bot.hear(line, { as: 'bob' });
      await bot.clock.advance('1m');
      const what = await outcome;
      reasons.add(what.moved ? 'paid' : what.refusal.reason);
      await bot.hear('!both off', { as: 'bob' });
      await bot.clock.advance('10s');
    }
    return [...reasons].filter(
      (reason) => !['cut', 'gadget.ended', 'pin.already'].includes(reason),
    );
  }

  it('is never paid for, where the group that it switched on was switched off at once', async () => {
    expect(await race('Both', '!other off')).toEqual([]);
  });

  it('is never told to have failed, where the sequence that it began was ended', async () => {
    expect(await race('Show', '!show off')).toEqual([]);
  });
});
