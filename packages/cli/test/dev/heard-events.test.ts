import { describe, expect, it } from '@jest/globals';
import type { BotEvents } from '@pertybot/core';
import { HeardEvents } from '../../src/dev/heard-events.js';

function createBot() {
  const listeners = new Map<string, () => void>();
  return {
    on<Event extends keyof BotEvents>(event: Event, listener: (data: BotEvents[Event]) => void) {
      // What is told of an event does not matter here.
      listeners.set(event, () => listener(undefined as never));
      return () => void listeners.delete(event);
    },
    emit: (event: string) => listeners.get(event)?.(),
    get size() {
      return listeners.size;
    },
  };
}

describe('HeardEvents', () => {
  it('waits for as many of a type as are to come', async () => {
    const bot = createBot();
    const heard = new HeardEvents(bot);
    let done = false;
    const wait = heard.wait('giftSubscription', 3, 5_000).then((inTime) => {
      done = true;
      return inTime;
    });
    for (let count = 0; count < 2; count++) bot.emit('giftSubscription');
    bot.emit('raid');
    await Promise.resolve();
    expect(done).toBe(false);
    bot.emit('giftSubscription');
    expect(await wait).toBe(true);
  });

  it('counts an event for whoever waits longest', async () => {
    const bot = createBot();
    const heard = new HeardEvents(bot);
    const order: string[] = [];
    const first = heard.wait('raid', 1, 5_000).then(() => order.push('first'));
    const second = heard.wait('raid', 1, 5_000).then(() => order.push('second'));
    bot.emit('raid');
    await first;
    expect(order).toEqual(['first']);
    bot.emit('raid');
    await second;
  });

  it('gives up when nothing comes, and is not mistaken later', async () => {
    const bot = createBot();
    const heard = new HeardEvents(bot);
    expect(await heard.wait('raid', 1, 1)).toBe(false);
    const next = heard.wait('raid', 1, 5_000);
    bot.emit('raid');
    expect(await next).toBe(true);
  });

  it('hears nothing once stopped', () => {
    const bot = createBot();
    const heard = new HeardEvents(bot);
    expect(bot.size).toBe(5);
    heard.stop();
    expect(bot.size).toBe(0);
  });
});
