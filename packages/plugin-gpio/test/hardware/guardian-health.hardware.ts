import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makePinsSafe } from '../../src/guardian/make-pins-safe.js';
import { levelAt } from './header-bench.js';
import {
  isThere,
  type OutputsBot,
  persist,
  startOutputsBot,
  timeUntil,
} from './start-outputs-bot.js';

const lamp = 17;
const relay = 27;
const groups = '/sys/fs/cgroup';

/** What becomes of outputs when the bot, its guardian or both fail, on a kernel that keeps levels. */
describe.each(['chardev', 'onoff'] as const)('the guardian on the %s driver', (driver) => {
  let bot: OutputsBot;
  let group: string;

  beforeEach(async () => {
    persist(true);
    group = `${groups}/bot-${Date.now()}`;
    mkdirSync(group);
    bot = await startOutputsBot(driver, group);
    bot.tell('!relay on');
    await timeUntil(() => levelAt(relay) === 0);
  });

  afterEach(async () => {
    writeFileSync(`${group}/cgroup.kill`, '1');
    await timeUntil(() => readFileSync(`${group}/cgroup.procs`, 'utf8') === '');
    await makePinsSafe(bot.pinsFile.path, { botIsDead: true });
    persist(false);
  });

  const isOff = () => levelAt(relay) === 1;
  const successor = async (last: number) => {
    await timeUntil(() => bot.guardian() !== last && isThere(bot.guardian()));
    return bot.guardian();
  };

  it('has an active-low relay off when the bot is killed, without the kernel’s help', async () => {
    bot.process.kill('SIGKILL');
    const time = await timeUntil(isOff);
    console.error(`${driver}: bot killed: off after ${time.toFixed(0)} ms`);
    expect(time).toBeLessThan(500);
  });

  it('is replaced when it was stopped, so that the bot may be killed then', async () => {
    const first = bot.guardian();
    process.kill(first, 'SIGSTOP');
    const time = await timeUntil(() => bot.guardian() !== first);
    console.error(`${driver}: guardian stopped: replaced after ${time.toFixed(0)} ms`);
    await timeUntil(() => !isThere(first));
    bot.process.kill('SIGKILL');
    expect(await timeUntil(isOff)).toBeLessThan(500);
  });

  it('is replaced when it was killed, again and again', async () => {
    for (let i = 0; i < 3; i += 1) {
      const last = bot.guardian();
      process.kill(last, 'SIGKILL');
      await successor(last);
    }
    bot.process.kill('SIGKILL');
    expect(await timeUntil(isOff)).toBeLessThan(500);
  });

  it('ends what a bot with a frozen clock leaves on', async () => {
    bot.tell('freeze');
    await bot.heard('frozen');
    bot.tell('!lamp on');
    await timeUntil(() => levelAt(lamp) === 1);
    const time = await timeUntil(() => levelAt(lamp) === 0);
    console.error(`${driver}: clock frozen: off ${time.toFixed(0)} ms after on, of 2000`);
    expect(time).toBeGreaterThan(1_900);
    expect(time).toBeLessThan(3_200);
  });

  it('stays when no other can be started', async () => {
    writeFileSync(`${group}/pids.max`, readFileSync(`${group}/pids.current`, 'utf8').trim());
    const first = bot.guardian();
    bot.tell('claim 23');
    await bot.heard('claimed 23');
    expect([bot.guardian(), isThere(first)]).toEqual([first, true]);
    bot.process.kill('SIGKILL');
    expect(await timeUntil(isOff)).toBeLessThan(500);
  });

  it('is missed while it cannot be started, and nothing goes on until it can', async () => {
    const first = bot.guardian();
    writeFileSync(`${group}/pids.max`, '1');
    process.kill(first, 'SIGKILL');
    await timeUntil(() => !isThere(first));
    bot.tell('!lamp on');
    await bot.heard('refused pin.unguarded');
    expect(levelAt(lamp)).toBe(0);
    writeFileSync(`${group}/pids.max`, 'max');
    await successor(first);
    bot.process.kill('SIGKILL');
    expect(await timeUntil(isOff)).toBeLessThan(500);
  });

  it('dies with its bot when the control group of both is killed; the next start mends that', async () => {
    writeFileSync(`${group}/cgroup.kill`, '1');
    await timeUntil(() => readFileSync(`${group}/cgroup.procs`, 'utf8') === '');
    expect(isOff()).toBe(false);
    const results = await makePinsSafe(bot.pinsFile.path, { botIsDead: true });
    expect(results.every(({ outcome }) => outcome === 'set')).toBe(true);
    expect(isOff()).toBe(true);
  });

  it('outlives the control group of its bot in one of its own', async () => {
    const own = `${group}-guardian`;
    mkdirSync(own);
    writeFileSync(`${own}/cgroup.procs`, String(bot.guardian()));
    writeFileSync(`${group}/cgroup.kill`, '1');
    const time = await timeUntil(isOff);
    console.error(`${driver}: control group killed: off after ${time.toFixed(0)} ms`);
    expect(time).toBeLessThan(500);
  });

  it('is killed after its bot when memory runs out', () => {
    const score = (pid: number | undefined) =>
      Number(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8'));
    expect(score(bot.process.pid)).toBeGreaterThan(score(bot.guardian()));
  });

  it('is 6 MB at most', () => {
    const status = readFileSync(`/proc/${bot.guardian()}/status`, 'utf8');
    expect(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1])).toBeLessThanOrEqual(6 * 1024);
  });
});
