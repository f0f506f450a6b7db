import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import gpio from '@pertybot/plugin-gpio';
import { createDriver } from '../../src/drivers/find-driver.js';
import { OwnLines } from '../../src/drivers/own-lines.js';
import { levelAt } from './header-bench.js';

const number = Number(process.env.GPIO_BASE) + 17;
const line = `/sys/class/gpio/gpio${number}`;
const chip = '/sys/class/pwm/pwmchip0';
const write = (file: string, text: string | number) => writeFileSync(file, String(text));
const read = (file: string) => readFileSync(file, 'utf8').trim();

describe('what another program has exported', () => {
  let state: string;
  let bot: TestBot | undefined;
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'owners-'));
    bot = undefined;
  });
  afterEach(async () => {
    await bot?.stop();
    if (existsSync(line)) write('/sys/class/gpio/unexport', number);
    if (existsSync(`${chip}/pwm2`)) write(`${chip}/unexport`, 2);
    rmSync(state, { recursive: true, maxRetries: 9 });
  });

  async function start(driver: string, gadgets: Record<string, unknown>, folder = state) {
    const folders = { bot: folder, state: folder };
    const entry = { plugin: gpio, config: { driver, gadgets } };
    const started = await startTestBot([entry], { realClock: true, folders, start: false });
    await started.start();
    // A pin that is not free costs its gadget alone.
    const told = started.log.find(({ level }) => level === 'error');
    return { started, error: told?.fields.error };
  }

  it('is left as it is by onoff, and named with its program', async () => {
    write('/sys/class/gpio/export', number);
    write(`${line}/direction`, 'high');
    const heating: ChildProcess = spawn('sleep', ['60'], {
      stdio: ['ignore', 'ignore', 'ignore', openSync(`${line}/value`, 'r')],
    });
    try {
      const { started, error } = await start('onoff', { lamp: { type: 'light', pin: 17 } });
      bot = started;
      expect(error).toMatchObject({
        code: 'GPIO_PIN_BUSY',
        message: expect.stringMatching(
          /^Pin "GPIO17" is in use by sleep \(pid \d+\), which exported/,
        ),
      });
      await bot.stop();
      expect([existsSync(line), levelAt(17)]).toEqual([true, 1]);
    } finally {
      heating.kill('SIGKILL');
      await once(heating, 'exit');
    }
  });

  it('is left as it is where it is a PWM channel', async () => {
    write(`${chip}/export`, 2);
    write(`${chip}/pwm2/period`, 1_000_000);
    write(`${chip}/pwm2/duty_cycle`, 500_000);
    write(`${chip}/pwm2/enable`, 1);
    for (const driver of ['chardev', 'onoff']) {
      const { started, error } = await start(driver, {
        flag: { type: 'servo', pin: 18, chip: 'pwm-sim' },
      });
      bot = started;
      expect(error).toMatchObject({ code: 'GPIO_PIN_BUSY', isElsewhere: true });
      await bot.stop();
      expect([read(`${chip}/pwm2/enable`), read(`${chip}/pwm2/period`)]).toEqual(['1', '1000000']);
    }
  });

  it.each(['chardev', 'onoff'])('is so, too, where it is another bot on %s', async (driver) => {
    const other = mkdtempSync(join(tmpdir(), 'owners-other-'));
    const first = await start(driver, { fan: { type: 'relay', pin: 17 } }, other);
    await first.started.hear('!fan on');
    expect(levelAt(17)).toBe(1);
    const { started, error } = await start(driver, { fan: { type: 'relay', pin: 17 } });
    bot = started;
    expect(error).toMatchObject({ code: 'GPIO_PIN_BUSY', isElsewhere: true });
    await bot.stop();
    expect(levelAt(17)).toBe(1);
    await first.started.hear('!fan off');
    expect(levelAt(17)).toBe(0);
    await first.started.stop();
    rmSync(other, { recursive: true, maxRetries: 9 });
  });

  it('is taken over where this bot has left it behind', async () => {
    new OwnLines(state).add(line);
    write('/sys/class/gpio/export', number);
    const next = await createDriver('onoff', { ownLines: new OwnLines(state) });
    const input = await next.claimInput(17, { pull: 'none', debounce: 0 });
    input.release();
    expect(existsSync(line)).toBe(false);
  });
});
