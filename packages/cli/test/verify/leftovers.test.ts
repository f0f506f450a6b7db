import { describe, expect, it } from '@jest/globals';
import type { TestBot } from '@pertybot/core/testing';
import { SimulatedBoard } from '@pertybot/plugin-gpio';
import { watchPins } from '../../src/verify/leftovers.js';

describe('pins that a plugin leaves', () => {
  /** A board of values. */
  function board() {
    const levels = new Map<number, 0 | 1>();
    const holders = new Map<number, string>();
    const simulated = {
      level: (gpio: number) => levels.get(gpio) ?? 0,
      holder: (gpio: number) => holders.get(gpio),
    };
    const outputs = [
      { pin: 'GPIO17', on: true, level: 1, dryRun: false },
      { pin: 'GPIO27', on: false, level: 1, dryRun: false },
      { pin: 'GPIO5', on: true, level: 1, dryRun: true },
    ];
    const find = (token: unknown) => (token === SimulatedBoard ? simulated : { outputs });
    // Nothing else is asked of a bot.
    return { levels, holders, bot: { find } as unknown as TestBot };
  }

  it('are none where each is off, by its own level, and nobody holds one', () => {
    const { levels, bot } = board();
    levels.set(27, 1);
    expect(watchPins(bot)()).toEqual([]);
  });

  it('are those that are still on, and those that are still claimed', () => {
    const { levels, holders, bot } = board();
    const look = watchPins(bot);
    levels.set(17, 1);
    holders.set(5, 'dice');
    expect(look()).toEqual([
      'GPIO17 (still on)',
      // It is off when it is high, and is low.
      'GPIO27 (still on)',
      'GPIO5 (claimed, low)',
    ]);
  });

  it('are none without a board', () => {
    const bot = { find: () => undefined } as unknown as TestBot;
    expect(watchPins(bot)()).toEqual([]);
  });
});
