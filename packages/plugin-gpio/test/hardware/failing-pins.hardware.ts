import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePinsSafe } from '../../src/guardian/make-pins-safe.js';
import { levelAt } from './header-bench.js';
import {
  failAt,
  isThere,
  type OutputsBot,
  persist,
  pulses,
  startOutputsBot,
  timeUntil,
} from './start-outputs-bot.js';

const lamp = 17;
const horn = 22;

/** The kernel refuses to change a pin, for a while or for long. */
describe.each(['chardev', 'onoff'] as const)('a pin that fails on the %s driver', (driver) => {
  let bot: OutputsBot;

  beforeEach(async () => {
    persist(true);
    bot = await startOutputsBot(driver);
  });

  afterEach(async () => {
    for (const place of [lamp, horn, 'flag'] as const) failAt(place, 0);
    if (bot.process.exitCode === null) bot.process.kill('SIGKILL');
    await timeUntil(() => !isThere(bot.guardian()));
    await makePinsSafe(bot.pinsFile.path, { botIsDead: true });
    persist(false);
  });

  const switchOn = async () => {
    bot.tell('!lamp on');
    await timeUntil(() => levelAt(lamp) === 1);
  };

  it('goes off after off has failed', async () => {
    await switchOn();
    failAt(lamp, 2);
    bot.tell('!lamp off');
    // Two pauses, 150 ms together, and ten times that where the machine has much else to do.
    expect(await timeUntil(() => levelAt(lamp) === 0)).toBeLessThan(1_500);
  });

  it('goes off after the end of maxOn has failed, also where an off comes meanwhile', async () => {
    await switchOn();
    failAt(lamp, -1);
    await timeUntil(() => false, 3_000).catch(() => {});
    bot.tell('!lamp off');
    bot.tell('!lamp on');
    await bot.heard('refused pin.fault');
    failAt(lamp, 0);
    expect(await timeUntil(() => levelAt(lamp) === 0)).toBeLessThan(5_500);
  });

  it.each(['EIO', 'ENODEV', 'EBADF'])(
    'goes off after a beep whose end failed by %s',
    async (error) => {
      bot.tell('!horn beep');
      await timeUntil(() => levelAt(horn) === 1);
      failAt(horn, 2, error);
      expect(await timeUntil(() => levelAt(horn) === 0)).toBeLessThan(4_000);
    },
  );

  it('lets the servo go after the end of its move has failed', async () => {
    bot.tell('!flag 90');
    await timeUntil(pulses);
    failAt('flag', 2);
    expect(await timeUntil(() => !pulses())).toBeLessThan(3_000);
  });

  it('goes off by its guardian after the bot was killed, however often that fails first', async () => {
    await switchOn();
    failAt(lamp, 4);
    bot.process.kill('SIGKILL');
    expect(await timeUntil(() => levelAt(lamp) === 0)).toBeLessThan(3_000);
    await timeUntil(() => !isThere(bot.guardian()));
  });

  it('is named at the stop, left to its guardian, and off when that is done', async () => {
    await switchOn();
    failAt(lamp, -1);
    bot.tell('stop');
    expect(await bot.heard('left')).toContain('\\"lamp\\" (GPIO17) may be on: ');
    expect(await bot.heard('left')).not.toContain('GPIO22');
    if (bot.process.exitCode === null) await once(bot.process, 'exit');
    expect([levelAt(lamp), isThere(bot.guardian())]).toEqual([1, true]);
    expect(bot.pinsFile.read().pins).not.toEqual([]);
    failAt(lamp, 0);
    await timeUntil(() => levelAt(lamp) === 0);
    await timeUntil(() => !isThere(bot.guardian()));
  });
});
