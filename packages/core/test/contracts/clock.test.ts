import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, it } from '@jest/globals';
import { turnOf } from '../../src/contracts/clock.js';
import { SystemClock } from '../../src/host.js';
import { sleep } from '../../src/index.js';
import { ManualClock } from '../../src/testing/index.js';

describe('sleep', () => {
  it('ends with its time', async () => {
    const clock = new ManualClock();
    let awake = false;
    const slept = sleep(clock, 1_000).then(() => {
      awake = true;
    });
    await clock.advance(999);
    expect(awake).toBe(false);
    await clock.advance(1);
    await slept;
    expect(awake).toBe(true);
  });

  it('ends with its signal and leaves no timer', async () => {
    const clock = new ManualClock();
    const abort = new AbortController();
    const slept = sleep(clock, 1_000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
    await expect(sleep(clock, 1_000, abort.signal)).rejects.toThrow('enough');
    expect(clock.pending).toBe(0);
  });
});

describe('turnOf', () => {
  it('has all meet that come again each second, whenever they began', () => {
    for (const { delay, slack } of [
      { delay: 900, slack: 200 },
      { delay: 800, slack: 200 },
      { delay: 1_000, slack: 200 },
      { delay: 1_900, slack: 300 },
    ]) {
      for (let begun = 0; begun < 10_000; begun += 1.7) {
        let now = begun;
        for (let turn = 0; turn < 24; turn++) {
          const due = now + delay;
          now = turnOf(due, due + slack);
          if (now < due || now > due + slack) throw new Error(`${begun}: ${now} is not in time.`);
        }
        if (now % 1_000 !== 0) throw new Error(`${begun}, ${delay}: still alone at ${now}.`);
      }
    }
  });

  it('is what was asked for where nothing may wait, and for the longest times', () => {
    expect([turnOf(0, 0), turnOf(1_500, 1_500), turnOf(1_500, 1_700)]).toEqual([0, 1_500, 1_650]);
    expect(turnOf(10, 5_500)).toBe(5_000);
    expect(turnOf(1e15 + 1, 1e15 + 900)).toBeLessThan(1e15 + 900);
  });
});

describe('SystemClock', () => {
  it('runs what may wait a little together, each as its own, and never early', async () => {
    const clock = new SystemClock();
    const begun = clock.now();
    const ran: { name: string; at: number; by: string | undefined }[] = [];
    const whose = new AsyncLocalStorage<string>();
    const add = (name: string, delay: number) =>
      new Promise<void>((resolve) => {
        const task = () => {
          ran.push({ name, at: clock.now() - begun, by: whose.getStore() });
          resolve();
        };
        whose.run(name, () => clock.after(delay, task, 2_000));
      });
    clock.after(30, () => ran.push({ name: 'taken back', at: 0, by: '' }), 1_000)();
    const all = Promise.all([add('b', 60), add('c', 40)]);
    await whose.run('a', () => new Promise<void>((resolve) => void clock.after(80, resolve, 20)));
    await all;
    expect(ran.map(({ name, by }) => [name, by])).toEqual([
      ['b', 'b'],
      ['c', 'c'],
    ]);
    expect(Math.min(...ran.map(({ at }) => at))).toBeGreaterThanOrEqual(60);
    expect(Math.max(...ran.map(({ at }) => at))).toBeLessThan(1_900);
  });

  it('wakes the machine once for what may wait, by whichever clock', async () => {
    // One that meets others at a full second goes before these.
    while (new SystemClock().now() % 1_000 > 800) await sleep(new SystemClock(), 50);
    const turns: number[] = [];
    let turn = 0;
    const look = () => void turns.push(turn);
    for (const delay of [20, 25, 30]) new SystemClock().after(delay, look, 40);
    await sleep(new SystemClock(), 5);
    const counting = setInterval(() => {
      turn += 1;
    }, 0);
    while (turns.length < 3) await sleep(new SystemClock(), 5);
    clearInterval(counting);
    expect(new Set(turns).size).toBe(1);
  });

  it('never goes back, and runs a task once', async () => {
    const clock = new SystemClock();
    const before = clock.now();
    await new Promise<void>((resolve) => {
      clock.after(5, resolve);
    });
    expect(clock.now() - before).toBeGreaterThanOrEqual(5);
    expect(Math.abs(clock.date().getTime() - Date.now())).toBeLessThan(1_000);
  });

  it('takes back a task, also one that is months away', async () => {
    const clock = new SystemClock();
    let ran = false;
    const cancel = [5, 2 ** 40].map((delay) =>
      clock.after(delay, () => {
        ran = true;
      }),
    );
    for (const each of cancel) each();
    await sleep(clock, 20);
    expect(ran).toBe(false);
  });

  it('does not run a task that is months away at once', async () => {
    const clock = new SystemClock();
    let ran = false;
    const cancel = clock.after(2 ** 33, () => {
      ran = true;
    });
    await sleep(clock, 20);
    cancel();
    expect(ran).toBe(false);
  });
});
