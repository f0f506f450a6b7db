import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import gpio from '@pertybot/plugin-gpio';
import type { DriverName } from '../../src/drivers/gpio-driver.js';
import { levelAt } from './header-bench.js';

describe.each<DriverName>(['chardev', 'onoff'])('the dead time on the %s driver', (driver) => {
  let bot: TestBot;
  let state: string;
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'dead-time-'));
  });
  afterEach(async () => {
    await bot.stop();
    rmSync(state, { recursive: true, maxRetries: 9 });
  });

  /** Milliseconds for which both pins were seen off, until the second went on. */
  async function pauseWhile(off: number, on: number, work: () => Promise<void>): Promise<number> {
    let since: number | undefined;
    let until: number | undefined;
    let over = false;
    const done = work().finally(() => {
      over = true;
    });
    while (!over || until === undefined) {
      if (levelAt(off) === 1 && levelAt(on) === 1) throw new Error('Both were on.');
      if (since === undefined && levelAt(off) === 0) since = performance.now();
      if (until === undefined && levelAt(on) === 1) until = performance.now();
      await turn();
    }
    await done;
    return until - (since ?? until);
  }

  it('lies between the directions of a motor and the relays of an interlock', async () => {
    const relay = (pin: number) => ({ type: 'relay', pin });
    const arm = { type: 'motor', forward: 17, backward: 27 };
    const gadgets = { pump: relay(5), valve: relay(6), arm };
    const config = { driver, gadgets, interlock: ['pump', 'valve'] };
    const folders = { bot: state, state };
    bot = await startTestBot([{ plugin: gpio, config }], { realClock: true, folders });
    await bot.hear('!arm forward');
    // What is seen is seen a little late, at both ends.
    expect(await pauseWhile(17, 27, () => bot.hear('!arm backward'))).toBeGreaterThan(40);
    await bot.hear('!pump on');
    const change = async () => {
      await bot.hear('!pump off');
      await bot.hear('!valve on');
    };
    expect(await pauseWhile(5, 6, change)).toBeGreaterThan(90);
  });
});
