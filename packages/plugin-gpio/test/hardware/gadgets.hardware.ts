import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import gpio from '@pertybot/plugin-gpio';
import type { DriverName } from '../../src/drivers/gpio-driver.js';
import { driveAt, levelAt } from './header-bench.js';

/** How long a slow kernel may take, in milliseconds. */
const patience = 5_000;

/** A file of the channel of GPIO18 on the simulated PWM chip. */
const read = (name: string) => readFileSync(`/sys/class/pwm/pwmchip0/pwm2/${name}`, 'utf8').trim();

async function until(happened: () => boolean): Promise<void> {
  const deadline = performance.now() + patience;
  while (!happened()) {
    if (performance.now() > deadline) throw new Error(`It did not happen: ${happened}`);
    await sleep(2);
  }
}

describe.each<DriverName>(['chardev', 'onoff'])('gadgets on the %s driver', (driver) => {
  let bot: TestBot;
  let state: string;
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'gadgets-'));
  });
  afterEach(async () => {
    await bot.stop();
    rmSync(state, { recursive: true, maxRetries: 9 });
  });

  async function start(gadgets: Record<string, unknown>): Promise<void> {
    const folders = { bot: state, state };
    const plugin = { plugin: gpio, config: { driver, gadgets } };
    bot = await startTestBot([plugin], { realClock: true, folders });
    expect(bot.plugins.find(({ id }) => id === 'gpio')?.state).toEqual({ name: 'running' });
  }

  /** Levels that the pin has while `work` is done. */
  async function watch(offset: number, wanted: number, work: () => Promise<void>) {
    const seen: number[] = [];
    let last = levelAt(offset);
    await work();
    await until(() => {
      const level = levelAt(offset);
      if (level !== last) seen.push(level);
      last = level;
      return seen.length >= wanted;
    });
    return seen;
  }

  it('lights a light, and blinks it', async () => {
    await start({ lamp: { type: 'light', pin: 17, blinkOn: '200ms', blinkOff: '200ms' } });
    await bot.hear('!lamp on');
    expect(levelAt(17)).toBe(1);
    await bot.hear('!lamp off');
    expect(levelAt(17)).toBe(0);
    await bot.hear('!lamp blink 2');
    expect(await watch(17, 3, async () => {})).toEqual([0, 1, 0]);
  });

  it('switches an active-low relay, which opens off', async () => {
    await start({ fan: { type: 'relay', pin: 5, activeLow: true, maxOn: '300ms' } });
    expect(levelAt(5)).toBe(1);
    await bot.hear('!fan on');
    expect(levelAt(5)).toBe(0);
    await until(() => levelAt(5) === 1);
  });

  it('sounds a buzzer', async () => {
    await start({ horn: { type: 'buzzer', pin: 27, beep: '80ms', pause: '80ms' } });
    expect(await watch(27, 4, () => bot.hear('!horn 2'))).toHaveLength(4);
    expect(levelAt(27)).toBe(0);
  });

  it('shows colours', async () => {
    await start({ mood: { type: 'rgb', red: 17, green: 27, blue: 22 } });
    await bot.hear('!mood yellow');
    expect([levelAt(17), levelAt(27), levelAt(22)]).toEqual([1, 1, 0]);
    await bot.hear('!mood purple', { as: 'bob' });
    expect(await watch(22, 6, async () => {})).toHaveLength(6);
    await bot.hear('!mood off');
    expect([levelAt(17), levelAt(27), levelAt(22)]).toEqual([0, 0, 0]);
  });

  it('turns a motor both ways', async () => {
    await start({ arm: { type: 'motor', forward: 23, backward: 24 } });
    await bot.hear('!arm forward');
    expect([levelAt(23), levelAt(24)]).toEqual([1, 0]);
    await bot.hear('!arm backward');
    expect([levelAt(23), levelAt(24)]).toEqual([0, 1]);
    await bot.hear('!arm stop');
    expect([levelAt(23), levelAt(24)]).toEqual([0, 0]);
  });

  it('turns a servo by hardware PWM, and lets it go', async () => {
    await start({ flag: { type: 'servo', pin: 18, chip: 'pwm-sim', move: '300ms' } });
    expect([read('enable'), read('period')]).toEqual(['0', '20000000']);
    await bot.hear('!flag 90');
    expect([read('enable'), read('duty_cycle')]).toEqual(['1', '1500000']);
    await until(() => read('enable') === '0');
  });

  it('dims a light by hardware PWM', async () => {
    await start({ star: { type: 'light', pin: 18, dimmable: true, chip: 'pwm-sim' } });
    await bot.hear('!star dim 25');
    expect([read('enable'), read('period'), read('duty_cycle')]).toEqual([
      '1',
      '2000000',
      '500000',
    ]);
    await bot.hear('!star on');
    expect(read('duty_cycle')).toBe('2000000');
    await bot.hear('!star off');
    expect(read('enable')).toBe('0');
  });

  it('plays tones by hardware PWM', async () => {
    await start({ horn: { type: 'buzzer', pin: 18, tones: true, chip: 'pwm-sim' } });
    await bot.hear('!horn play 1000hz:4');
    expect([read('enable'), read('period'), read('duty_cycle')]).toEqual([
      '1',
      '1000000',
      '500000',
    ]);
    await until(() => read('enable') === '0');
    await bot.hear('!horn', { as: 'bob' });
    await until(() => read('period') === '500000');
  });

  it('hears a button and a sensor', async () => {
    // Without a pull of the driver's own, as onoff needs it; the wire holds the level.
    driveAt(22, 1);
    driveAt(24, 0);
    await start({
      bell: { type: 'button', pin: 22, pull: 'none', activeLow: true, say: 'Ding!' },
      cat: { type: 'sensor', pin: 24, pull: 'none', say: 'The cat!' },
    });
    driveAt(22, 0);
    await until(() => bot.replies.includes('Ding!'));
    driveAt(24, 1);
    await until(() => bot.replies.includes('The cat!'));
    await bot.hear('!cat');
    expect(bot.replies.at(-1)).toBe('cat is active');
  });

  it.each([
    ['pressed', { activeLow: true }, 0],
    ['closed at rest and its wire is broken', { activeLow: false }, 1],
  ] as const)('is stopped at the start by a button that is %s', async (_, wiring, level) => {
    driveAt(22, level);
    await start({
      panic: { type: 'button', pin: 22, pull: 'none', estop: true, ...wiring },
      lamp: { type: 'light', pin: 17 },
    });
    expect(bot.emergencyStop.engaged?.by).toBe('panic');
    await bot.hear('!lamp on');
    expect(levelAt(17)).toBe(0);
  });

  it('lights the LED on the board, and gives it back', async () => {
    const led = '/sys/class/leds/ACT';
    const readLed = (name: string) => readFileSync(`${led}/${name}`, 'utf8').trim();
    const before = readLed('trigger');
    await start({ led: { type: 'onboard-led' } });
    await bot.hear('!led on');
    expect(readLed('brightness')).toBe('1');
    await bot.stop();
    expect([readLed('brightness'), readLed('trigger')]).toEqual(['0', before]);
  });
});
