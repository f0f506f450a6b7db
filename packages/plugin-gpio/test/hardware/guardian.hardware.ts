import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDriver } from '../../src/drivers/find-driver.js';
import { makePinsSafe } from '../../src/guardian/make-pins-safe.js';
import { driveAt, levelAt } from './header-bench.js';

const lamp = 17;
const relay = 27;
const bot = 'packages/plugin-gpio/test/hardware/fixtures/guarded-bot.mjs';
const pinsFile = join(tmpdir(), 'pertybot-guardian', 'pins.json');

describe.each(['chardev', 'onoff'] as const)('a bot with outputs on, on the %s driver', (name) => {
  beforeEach(() => {
    // A line that the kernel resets would show these levels, and they are not the safe ones.
    driveAt(lamp, 1);
    driveAt(relay, 0);
  });

  afterEach(async () => {
    await endKeepers();
    await makePinsSafe(pinsFile, { botIsDead: true });
    rmSync(pinsFile, { force: true });
  });

  it('leaves them off when it is killed', async () => {
    const { process, guardian } = await startBot(name, 'keep');
    expect([levelAt(lamp), levelAt(relay)]).toEqual([1, 0]);
    process.kill('SIGKILL');
    expect(await timeUntilSafe('kill -9')).toBeLessThan(500);
    await untilGone(guardian);
  });

  it('leaves them off when it is killed after its guardian was asked to end', async () => {
    const { process, guardian } = await startBot(name, 'keep');
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) kill(guardian, signal);
    process.kill('SIGKILL');
    expect(await timeUntilSafe('kill -9 after SIGTERM')).toBeLessThan(500);
  });

  it('has them off when it stands still, and learns of it', async () => {
    const { process, said } = await startBot(name);
    process.kill('SIGSTOP');
    expect(await timeUntilSafe('SIGSTOP')).toBeLessThan(2_500);
    process.kill('SIGCONT');
    expect(await said()).toBe('stalled');
    process.kill('SIGTERM');
    await once(process, 'exit');
  });

  it('has them off at once when another process asks, even if it stands still', async () => {
    const { process } = await startBot(name);
    process.kill('SIGSTOP');
    await makePinsSafe(pinsFile);
    expect(await timeUntilSafe('another process')).toBeLessThan(500);
    process.kill('SIGKILL');
  });

  it('tells the next start what to make safe when the guardian died too', async () => {
    const { process, guardian } = await startBot(name);
    kill(guardian, 'SIGKILL');
    process.kill('SIGKILL');
    await Promise.all([untilGone(guardian), once(process, 'exit')]);
    driveAt(lamp, 0);
    driveAt(relay, 1);
    if (name === 'onoff') expect([levelAt(lamp), levelAt(relay)]).toEqual([1, 0]);
    expect(await makePinsSafe(pinsFile, { botIsDead: true })).toEqual([
      { offset: lamp, name: 'GPIO17', safe: 0, outcome: 'set' },
      { offset: relay, name: 'GPIO27', safe: 1, outcome: 'set' },
    ]);
    expect([levelAt(lamp), levelAt(relay)]).toEqual([0, 1]);
    expect(existsSync(pinsFile)).toBe(false);
    const driver = await createDriver('chardev');
    await expect(driver.claimOutput(lamp, 0)).resolves.toMatchObject({ offset: lamp });
    await driver.close();
  });

  it('keeps a guardian of at most 6 MB, and lets it go when it stops', async () => {
    const { process, guardian } = await startBot(name);
    const status = readFileSync(`/proc/${guardian}/status`, 'utf8');
    const kilobytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]);
    expect(kilobytes).toBeGreaterThan(0);
    console.error(`guardian: ${kilobytes} kB`);
    expect(kilobytes).toBeLessThanOrEqual(6 * 1024);
    process.kill('SIGTERM');
    await once(process, 'exit');
    expect(existsSync(`/proc/${guardian}`)).toBe(false);
    expect(existsSync(pinsFile)).toBe(false);
  });
});

/** Processes that hold lines so that the kernel does not reset them. */
const keepers: number[] = [];

async function endKeepers(): Promise<void> {
  for (const pid of keepers.splice(0)) {
    kill(pid, 'SIGKILL');
    await untilGone(pid);
  }
}

/** Starts the bot, and resolves when its outputs are on. */
async function startBot(driver: string, ...more: string[]) {
  const child = spawn(process.execPath, [bot, driver, pinsFile, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async () => String((await lines.next()).value);
  const [guardian, keeper] = (await said()).replace('on ', '').split(' ').map(Number);
  if (guardian === undefined) throw new Error('The bot named no guardian.');
  if (keeper) keepers.push(keeper);
  return { process: child, guardian, said };
}

/** Milliseconds until a meter shows the safe levels; printed, since the reader wants to know. */
async function timeUntilSafe(after: string): Promise<number> {
  const start = performance.now();
  while (levelAt(lamp) !== 0 || levelAt(relay) !== 1) {
    if (performance.now() - start > 4_000) throw new Error('The pins did not become safe.');
    await sleep(5);
  }
  const time = performance.now() - start;
  console.error(`safe ${time.toFixed(0)} ms after ${after}`);
  return time;
}

async function untilGone(pid: number): Promise<void> {
  while (existsSync(`/proc/${pid}`)) await sleep(5);
}

/** Signals a guardian, which is nobody's child here. */
function kill(pid: number, signal: NodeJS.Signals): void {
  process.kill(pid, signal);
}
