import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePinsSafe } from '../../src/guardian/make-pins-safe.js';

const program = 'packages/plugin-gpio/test/hardware/fixtures/sysfs-bot.mjs';
const channel = '/sys/class/pwm/pwmchip0/pwm2';
const led = '/sys/class/leds/ACT';

const read = (file: string) => readFileSync(file, 'utf8').trim();
const states = () => [read(`${channel}/enable`), read(`${led}/brightness`)];

describe.each(['chardev', 'onoff'])('a PWM channel and the LED that are on, on %s', (driver) => {
  let folder: string;
  let pinsFile: string;
  let bot: ChildProcess;
  let guardian: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sysfs-'));
    pinsFile = join(folder, 'pins.json');
    const child = spawn(process.execPath, [program, driver, pinsFile], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    bot = child;
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    guardian = Number(String((await lines.next()).value).replace('on ', ''));
    expect(states()).toEqual(['1', '1']);
  });

  afterEach(async () => {
    bot.kill('SIGKILL');
    await makePinsSafe(pinsFile, { botIsDead: true });
    expect(existsSync(channel)).toBe(false);
    rmSync(folder, { recursive: true, maxRetries: 9 });
  });

  it('go off when the bot is killed', async () => {
    bot.kill('SIGKILL');
    expect(await timeUntilOff('kill -9')).toBeLessThan(500);
  });

  it('go off when the bot stands still', async () => {
    bot.kill('SIGSTOP');
    expect(await timeUntilOff('SIGSTOP')).toBeLessThan(2_500);
  });

  it('go off at the next start when the guardian died too', async () => {
    process.kill(guardian, 'SIGKILL');
    bot.kill('SIGKILL');
    await once(bot, 'exit');
    while (existsSync(`/proc/${guardian}`)) await sleep(5);
    expect(states()).toEqual(['1', '1']);
    expect(await makePinsSafe(pinsFile, { botIsDead: true })).toMatchObject([
      { name: 'GPIO18', outcome: 'set' },
      { name: 'ACT', outcome: 'set' },
    ]);
    expect(read(`${led}/brightness`)).toBe('0');
  });
});

/** Milliseconds until both are off; printed, since the reader wants to know. */
async function timeUntilOff(after: string): Promise<number> {
  const start = performance.now();
  while (states().includes('1')) {
    if (performance.now() - start > 4_000) throw new Error('They did not go off.');
    await sleep(5);
  }
  const time = performance.now() - start;
  console.error(`PWM and LED off ${time.toFixed(0)} ms after ${after}`);
  return time;
}
