import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventStream } from '../../src/live/event-stream.js';
import { Feed } from '../../src/live/feed.js';
import { LastHour } from '../../src/live/last-hour.js';
import { type ReaderOptions, read } from '../../src/live/reader.js';
import { ReportWatch } from '../../src/live/report-watch.js';
import type { Fed } from '../../src/shared/feed.js';
import { FakeControl } from '../fake-control.js';

/** What a reader was told, in its order. */
class FakeStream {
  readonly told: { readonly event: string; readonly data: unknown; readonly id?: string }[] = [];

  send(event: string, data: unknown, id?: string): void {
    this.told.push({ event, data: structuredClone(data), ...(id !== undefined && { id }) });
  }

  of(event: string): readonly unknown[] {
    return this.told.filter((each) => each.event === event).map(({ data }) => data);
  }

  /** Numbers of the events of the bot that it was told. */
  get numbers(): readonly number[] {
    return this.of('feed').flatMap((events) =>
      (events as readonly Fed[]).map((each) => each.number),
    );
  }

  get lastId(): string | undefined {
    return this.told.findLast(({ id }) => id !== undefined)?.id;
  }
}

const reply = (text: string) => ({
  name: 'reply',
  data: { channel: 'c', text, delivery: { status: 'written' } },
});
const pin = { name: 'pin', data: { gadget: 'lamp', pin: 'GPIO17', on: true } };

let control: FakeControl;
let feed: Feed;
let watch: ReportWatch;
beforeEach(() => {
  jest.useFakeTimers();
  control = new FakeControl();
  feed = new Feed(() => 0);
  watch = new ReportWatch(control.report, () => 0);
});
afterEach(() => {
  jest.useRealTimers();
});

function open(options: Partial<ReaderOptions> = {}) {
  const stream = new FakeStream();
  const hour = new LastHour(() => 0);
  const sources = { feed, watch, hour, log: control.log, epoch: 'run', now: () => 0 };
  const who = { role: 'owner' as const, lastId: undefined, ...options };
  // Of a stream, a reader only sends.
  return { stream, stop: read(stream as unknown as EventStream, sources, who) };
}

const rest = (time = 1_000) => jest.advanceTimersByTimeAsync(time);

describe('a reader of the page', () => {
  it('is told what is remembered, then what happens, each once and in order', async () => {
    feed.hear(reply('1'));
    const { stream, stop } = open();
    feed.hear(reply('2'));
    feed.hear(reply('3'));
    await rest();
    expect(stream.told[0]).toMatchObject({ event: 'hello', data: { whole: true } });
    expect(stream.numbers).toEqual([1, 2, 3]);
    expect(stream.lastId).toBe('run-3');
    stop();
    feed.hear(reply('4'));
    await rest();
    expect(stream.numbers).toEqual([1, 2, 3]);
  });

  it('goes on where it left off, unless more was missed than is remembered', async () => {
    for (let count = 1; count <= 10; count++) feed.hear(reply(`${count}`));
    const back = open({ lastId: 'run-8' }).stream;
    expect(back.told[0]).toMatchObject({ data: { whole: false } });
    expect(back.numbers).toEqual([9, 10]);
    for (let count = 11; count <= 2_000; count++) feed.hear(reply(`${count}`));
    const late = open({ lastId: 'run-8' }).stream;
    expect(late.told[0]).toMatchObject({ data: { whole: true } });
    expect(late.numbers).toEqual(Array.from({ length: 500 }, (_, index) => 1_501 + index));
  });

  it.each(['other-8', 'run-', 'run-99', 'run--1', 'run-1e9', 'nonsense', 'run-8\nrun-9'])(
    'is told all anew with the id "%s", which is none of this run',
    (lastId) => {
      for (let count = 1; count <= 10; count++) feed.hear(reply(`${count}`));
      expect(open({ lastId }).stream.told[0]).toMatchObject({ data: { whole: true } });
    },
  );

  it('is told at once of what happens now and then, and of a flood in few parts', async () => {
    const { stream } = open();
    await rest();
    feed.hear(pin);
    await rest(25);
    expect(stream.numbers).toEqual([1]);
    for (let turn = 0; turn < 500; turn++) {
      for (let count = 0; count < 10; count++) feed.hear(reply('x'));
      await rest(2);
    }
    await rest();
    expect(stream.of('feed').length).toBeLessThan(8);
    expect(stream.numbers.at(-1)).toBe(5_001);
    feed.hear(pin);
    await rest(1_000);
    feed.hear(pin);
    await rest(25);
    expect(stream.numbers.at(-1)).toBe(5_003);
  });

  it('asks nothing of a flood but its first line until it tells the next part', async () => {
    const { stream, stop } = open();
    const arm = jest.spyOn(globalThis, 'setTimeout');
    for (let count = 0; count < 10_000; count++) feed.hear(reply('x'));
    expect(arm).toHaveBeenCalledTimes(1);
    await rest(25);
    expect(stream.numbers.at(-1)).toBe(10_000);
    stop();
    arm.mockClear();
    feed.hear(reply('x'));
    expect(arm).not.toHaveBeenCalled();
  });

  it('is shown by an overlay what happened to gadgets, and no name, chat or log', async () => {
    control.tell({ time: '', level: 'info', message: 'secret' });
    const { stream } = open({ role: 'viewer', isOverlay: true });
    feed.hear(reply('hi'));
    feed.hear(pin);
    await rest();
    expect(stream.numbers).toEqual([2]);
    expect(stream.of('log')).toEqual([]);
    expect(Object.keys(stream.of('report')[0] ?? {}).sort()).toEqual(['gadgets', 'outputs']);
  });

  it('is told the log as its owner, and not as anybody else', async () => {
    control.tell({ time: '', level: 'info', message: 'one' });
    const { stream, stop } = open();
    const operator = open({ role: 'operator' }).stream;
    control.tell({ time: '', level: 'info', message: 'two' });
    expect(stream.of('log').flat()).toMatchObject([{ message: 'one' }, { message: 'two' }]);
    expect(operator.of('log')).toEqual([]);
    stop();
    control.tell({ time: '', level: 'info', message: 'three' });
    expect(stream.of('log').flat()).toHaveLength(2);
  });
});

describe('what is looked at while somebody looks', () => {
  it('is told whole at first, then what changed, then what is gone', async () => {
    const { stream } = open();
    await rest();
    expect(stream.of('report')).toHaveLength(1);
    control.current = { ...control.current, estop: 'alice' };
    watch.touch();
    await rest();
    expect(stream.of('report')[1]).toEqual({ estop: 'alice' });
    const { estop: _, ...released } = control.current;
    control.current = released;
    await rest();
    expect(stream.of('report')[2]).toEqual({ estop: null });
  });

  it('is not looked at while nobody looks', async () => {
    let looks = 0;
    const counted = new ReportWatch(
      () => {
        looks += 1;
        return control.report();
      },
      () => 0,
    );
    counted.touch();
    await rest(5_000);
    expect(looks).toBe(0);
    const stop = counted.watch(() => {});
    await rest(5_000);
    expect(looks).toBeGreaterThan(5);
    stop();
    const before = looks;
    counted.touch();
    await rest(5_000);
    expect(looks).toBe(before);
  });

  it('is looked at a few times, however often something may have changed', async () => {
    let looks = 0;
    const counted = new ReportWatch(
      () => {
        looks += 1;
        return control.report();
      },
      () => 0,
    );
    const stop = counted.watch(() => {});
    for (let turn = 0; turn < 100; turn++) {
      for (let count = 0; count < 100; count++) counted.touch();
      await rest(1);
    }
    expect(looks).toBeLessThan(10);
    stop();
  });

  it('outlives a bot that cannot be asked', async () => {
    let broken = true;
    const told: object[] = [];
    const counted = new ReportWatch(
      async () => {
        if (broken) throw new Error('not now');
        return control.report();
      },
      () => 0,
    );
    const stop = counted.watch((change) => told.push(change));
    await rest();
    expect(told).toEqual([]);
    broken = false;
    await rest();
    expect(told).toHaveLength(1);
    stop();
  });
});
