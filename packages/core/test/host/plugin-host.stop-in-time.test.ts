import { describe, expect, it } from '@jest/globals';
import { stopInTime } from '../../src/host/plugin-host.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

interface FakeHost {
  readonly name: string;
  readonly stopLimit: number;
}

const hosts = (count: number, stopLimit = 1_500): readonly FakeHost[] =>
  Array.from({ length: count }, (_, index) => ({ name: `plugin ${index}`, stopLimit }));

const sleep = (clock: ManualClock, span: number) =>
  new Promise<void>((resolve) => void clock.after(span, resolve));

describe('stopInTime', () => {
  it('stops one after the other, in the given order', async () => {
    const told: string[] = [];
    await stopInTime(hosts(3), new ManualClock(), async ({ name }) => {
      told.push(`${name} begins`);
      await Promise.resolve();
      told.push(`${name} ends`);
    });
    expect(told).toEqual(
      ['plugin 0', 'plugin 1', 'plugin 2'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  it('has nothing to do for none', async () => {
    await stopInTime([], new ManualClock(), () => Promise.reject(new TypeError('none to stop')));
  });

  it('goes on to the next when one takes longer than its turn', async () => {
    const clock = new ManualClock();
    const begun: string[] = [];
    let release = () => {};
    const stopping = stopInTime(hosts(2), clock, ({ name }) => {
      begun.push(name);
      return name === 'plugin 0'
        ? new Promise((resolve) => {
            release = resolve;
          })
        : Promise.resolve();
    });
    await clock.advance(0);
    expect(begun).toEqual(['plugin 0']);
    await clock.advance(1_500);
    expect(begun).toEqual(['plugin 0', 'plugin 1']);
    release();
    await stopping;
  });

  it('has a little time for each of many, though the time of all is over', async () => {
    const clock = new ManualClock();
    const limits: number[] = [];
    const stopping = stopInTime(hosts(10), clock, (_, limit) => {
      limits.push(limit);
      return sleep(clock, limit);
    });
    for (let turn = 0; turn < 20; turn += 1) await clock.advance(500);
    await stopping;
    expect(limits.slice(0, 3)).toEqual([1_500, 1_500, 1_500]);
    expect(limits.slice(3)).toEqual(Array.from({ length: 7 }, () => 20));
  });

  it('leaves one that asked for it more time, and lets the others go on', async () => {
    const clock = new ManualClock();
    const limits: number[] = [];
    const [slow, quick] = [{ stopLimit: 10_000 }, { stopLimit: 1_500 }];
    let isOver = false;
    const stopping = stopInTime([slow, quick], clock, (host, limit) => {
      limits.push(limit);
      return host === slow ? sleep(clock, 8_000) : Promise.resolve();
    }).then(() => {
      isOver = true;
    });
    await clock.advance(0);
    await clock.advance(1_500);
    expect(limits).toEqual([10_000, 1_500]);
    expect(isOver).toBe(false);
    await clock.advance(6_500);
    await stopping;
  });
});
