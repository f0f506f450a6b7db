import { existsSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePinsSafe } from '../../src/guardian/make-pins-safe.js';
import { levelAt } from './header-bench.js';
import { restHeader } from './rest-header.js';
import {
  isThere,
  type OutputsBot,
  persist,
  pulses,
  startOutputsBot,
  timeUntil,
} from './start-outputs-bot.js';

const lamp = 17;
const line = `/sys/class/gpio/gpio${Number(process.env.GPIO_BASE) + lamp}`;
const isOff = () => levelAt(lamp) === 0;
const unexport = () => writeFileSync('/sys/class/gpio/unexport', line.replace(/\D+/, ''));
const unexportFlag = () => writeFileSync('/sys/class/pwm/pwmchip0/unexport', '2');

/** What the package onoff does in another program for the same pin: it shares the line in silence. */
const shareTurned = () => {
  writeFileSync(`${line}/direction`, 'in');
  writeFileSync(`${line}/active_low`, '1');
  writeFileSync(`${line}/direction`, 'high');
};

/** Some program, such as one that tidies up, takes the export of what is on away: the kernel leaves it on. */
describe('what another program meddles with in sysfs while it is on', () => {
  let bot: OutputsBot;

  beforeEach(async () => {
    persist(true);
    bot = await startOutputsBot('onoff');
    bot.tell('!lamp on');
    await timeUntil(() => levelAt(lamp) === 1);
  });

  afterEach(async () => {
    if (bot.process.exitCode === null) bot.process.kill('SIGKILL');
    await timeUntil(() => !isThere(bot.guardian()));
    await makePinsSafe(bot.pinsFile.path, { botIsDead: true });
    restHeader();
    persist(false);
  });

  it('goes off when it is told to though it was unexported, and on again', async () => {
    unexport();
    bot.tell('!lamp off');
    await timeUntil(isOff);
    bot.tell('!lamp on');
    await timeUntil(() => levelAt(lamp) === 1);
  });

  it('goes off at the end of its time', async () => {
    unexport();
    expect(await timeUntil(isOff)).toBeLessThan(4_000);
  });

  it('goes off by the guardian when the bot is killed', async () => {
    unexport();
    bot.process.kill('SIGKILL');
    expect(await timeUntil(isOff)).toBeLessThan(1_500);
  });

  it('goes off when the bot stops, and is given back', async () => {
    unexport();
    bot.tell('stop');
    expect(await bot.heard('left')).toBe('left []');
    expect([isOff(), existsSync(line)]).toEqual([true, false]);
  });

  it('goes off by the next start when the guardian was killed, too', async () => {
    unexport();
    process.kill(bot.guardian(), 'SIGKILL');
    bot.process.kill('SIGKILL');
    const results = await makePinsSafe(bot.pinsFile.path, { botIsDead: true });
    expect(results.every(({ outcome }) => outcome === 'set')).toBe(true);
    expect([isOff(), existsSync(line)]).toEqual([true, false]);
  });

  it.each([
    ['when it is told to', () => bot.tell('!lamp off')],
    ['at the end of its time', () => {}],
    ['when the bot is killed', () => bot.process.kill('SIGKILL')],
    [
      'by the next start when all is killed',
      () => {
        process.kill(bot.guardian(), 'SIGKILL');
        bot.process.kill('SIGKILL');
        void makePinsSafe(bot.pinsFile.path, { botIsDead: true });
      },
    ],
  ])('goes off %s though another program has turned it upside down', async (_, act) => {
    shareTurned();
    act();
    await timeUntil(isOff);
  });

  it.each([
    ['at the end of its move', () => {}],
    ['by the guardian when the bot is killed', () => bot.process.kill('SIGKILL')],
  ])('goes off as a channel of PWM, too, %s', async (_, act) => {
    bot.tell('!flag 90');
    await timeUntil(pulses);
    unexportFlag();
    expect(pulses()).toBe(true);
    act();
    await timeUntil(() => !pulses());
  });
});
