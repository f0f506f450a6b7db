import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Live } from '../../../src/page/live/live.js';
import { changed, nothingYet } from '../../../src/page/live/live-state.js';

/** The stream of a bot, as the browser has it. */
class FakeSource {
  static readonly CLOSED = 2;
  static last: FakeSource;
  static opened: string[] = [];
  readyState = 1;
  onerror: () => void = () => {};
  private readonly listeners = new Map<string, (event: object) => void>();

  constructor(readonly address: string) {
    FakeSource.last = this;
    FakeSource.opened.push(address);
  }

  addEventListener(name: string, listener: (event: object) => void): void {
    this.listeners.set(name, listener);
  }

  close(): void {
    this.readyState = FakeSource.CLOSED;
  }

  tell(name: string, data: unknown, lastEventId = ''): void {
    if (this.readyState === FakeSource.CLOSED) return;
    this.listeners.get(name)?.({ data: JSON.stringify(data), lastEventId });
  }
}

const fed = (number: number) => ({ type: 'reply', channel: 'c', text: `${number}`, number, at: 0 });
const hello = { role: 'owner', whole: true, now: 0 };

let live: Live;
let me: unknown;
beforeEach(() => {
  jest.useFakeTimers();
  me = { role: 'owner', pages: [] };
  FakeSource.opened = [];
  Object.assign(globalThis, {
    EventSource: FakeSource,
    fetch: async () => ({ ok: true, json: async () => me }),
  });
  live = new Live('/events');
  live.connect();
});
afterEach(() => {
  jest.useRealTimers();
});

const numbers = () => live.state.feed.map(({ number }) => number);

describe('what the page hears of the bot', () => {
  it('is what the bot tells, each event once', () => {
    FakeSource.last.tell('hello', hello);
    FakeSource.last.tell('feed', [fed(1), fed(2)], 'run-2');
    FakeSource.last.tell('feed', [fed(2), fed(3)], 'run-3');
    expect(live.state.link).toBe('live');
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it('goes on where it was cut off, and begins anew with another run of the bot', async () => {
    FakeSource.last.tell('hello', hello);
    FakeSource.last.tell('feed', [fed(1), fed(2)], 'run-2');
    await jest.advanceTimersByTimeAsync(2_000);
    expect(live.state.link).toBe('lost');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(FakeSource.opened.at(-1)).toBe('/events?last=run-2');
    FakeSource.last.tell('hello', { ...hello, whole: false });
    FakeSource.last.tell('feed', [fed(3)], 'run-3');
    expect(numbers()).toEqual([1, 2, 3]);
    FakeSource.last.tell('hello', hello);
    FakeSource.last.tell('feed', [fed(1)], 'other-1');
    expect(numbers()).toEqual([1]);
  });

  it('is nothing any more two seconds after the last sign of life, and all again with the next', async () => {
    FakeSource.last.tell('hello', hello);
    for (let count = 0; count < 5; count++) {
      await jest.advanceTimersByTimeAsync(1_500);
      FakeSource.last.tell('beat', {});
      expect(live.state.link).toBe('live');
    }
    await jest.advanceTimersByTimeAsync(1_999);
    expect(live.state.link).toBe('lost');
    await jest.advanceTimersByTimeAsync(1_000);
    FakeSource.last.tell('hello', { ...hello, whole: false });
    expect(live.state.link).toBe('live');
  });

  it('ends when nobody is logged in any more', async () => {
    FakeSource.last.tell('hello', hello);
    me = { pages: [] };
    FakeSource.last.close();
    FakeSource.last.onerror();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(live.state.link).toBe('out');
    expect(live.state.feed).toEqual([]);
  });

  it('tells of a flood a few times, not once for each event', async () => {
    FakeSource.last.tell('hello', hello);
    let told = 0;
    live.onChange(() => {
      told += 1;
    });
    for (let number = 1; number <= 1_000; number++) {
      FakeSource.last.tell('feed', [fed(number)], `run-${number}`);
    }
    await jest.advanceTimersByTimeAsync(500);
    expect(told).toBeLessThan(5);
    expect(live.state.feed.length).toBeLessThanOrEqual(500);
    expect(numbers().at(-1)).toBe(1_000);
  });
});

describe('what changes in the report', () => {
  it('is laid over what was known; null takes away', () => {
    const stopped = changed(nothingYet.report, { state: 'ready', estop: 'alice' });
    expect(stopped).toMatchObject({ state: 'ready', estop: 'alice' });
    // As the stream says that something is gone.
    const released = changed(stopped, JSON.parse('{"estop":null}'));
    expect('estop' in released).toBe(false);
    expect(released.state).toBe('ready');
  });
});
