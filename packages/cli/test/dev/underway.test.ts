import { describe, expect, it } from '@jest/globals';
import type { BotEvents } from '@pertybot/core';
import { Arrival, HandledMessages, HeardEvents, RepliesUnderway } from '../../src/dev/underway.js';

describe('Arrival', () => {
  const reward = { title: 'Horn', onlyLive: false, away: undefined };

  it.each<[string, object, object[], boolean]>([
    ['is open', reward, [{ title: 'Horn', paused: false }], true],
    ['is paused', reward, [{ title: 'Horn', paused: true }], false],
    ['is not there yet', reward, [], false],
    [
      'waits for the stream',
      { ...reward, onlyLive: true },
      [{ title: 'Horn', paused: true }],
      true,
    ],
    ['is away', { ...reward, away: 'stopped' }, [{ title: 'Horn', paused: true }], true],
  ])('of a bot is judged by its reward, which %s', async (_, wanted, there, has) => {
    const bot = { find: () => ({ subscriptions: [{ on: true }] }), rewards: { list: [wanted] } };
    const twitch = { channels: { rewards: () => there } };
    // Of both only what is asked for here.
    const arrival = new Arrival(bot as never, twitch as never);
    expect(arrival.hears(['mychannel'])).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 550));
    expect(arrival.hears(['mychannel'])).toBe(has);
  });
});

describe('HandledMessages', () => {
  let tell: (messageId: string) => void = () => {};
  const bot = {
    // Only `handled` is listened to.
    on: ((_: string, listener: (data: { messageId: string }) => void) => {
      tell = (messageId) => listener({ messageId });
      return () => {};
    }) as never,
  };

  it('waits until a message is handled', async () => {
    const messages = new HandledMessages(bot);
    const waiting = messages.wait('1', 1_000);
    tell('0');
    tell('1');
    expect(await waiting).toBe(true);
  });

  it('knows what was handled before anybody asked', async () => {
    const messages = new HandledMessages(bot);
    tell('1');
    expect(await messages.wait('1', 1_000)).toBe(true);
  });

  it('gives up after its time', async () => {
    expect(await new HandledMessages(bot).wait('1', 5)).toBe(false);
  });
});

describe('RepliesUnderway', () => {
  it('waits for what was written and has not arrived', async () => {
    const replies = new RepliesUnderway();
    replies.written();
    let arrived = false;
    const waiting = replies.wait(1_000).then(() => {
      expect(arrived).toBe(true);
    });
    arrived = true;
    replies.received();
    await waiting;
  });

  it('waits for nothing else, and not for ever', async () => {
    const replies = new RepliesUnderway();
    await replies.wait(60_000);
    replies.written();
    await replies.wait(5);
    await replies.wait(60_000);
  });
});

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
    expect(bot.size).toBeGreaterThan(30);
    heard.stop();
    expect(bot.size).toBe(0);
  });
});

describe('RepliesUnderway', () => {
  it('waits for nothing while nothing is underway', async () => {
    const replies = new RepliesUnderway();
    await replies.wait(60_000);
    replies.written();
    replies.received();
    await replies.wait(60_000);
  });

  it('waits until all has arrived', async () => {
    const replies = new RepliesUnderway();
    let isOver = false;
    for (let count = 0; count < 3; count += 1) replies.written();
    const waiting = Promise.all([replies.wait(60_000), replies.wait(60_000)]).then(() => {
      isOver = true;
    });
    replies.received();
    replies.received();
    await Promise.resolve();
    expect(isOver).toBe(false);
    replies.received();
    await waiting;
  });

  it('gives up what was lost, and counts anew', async () => {
    const replies = new RepliesUnderway();
    replies.written();
    await replies.wait(1);
    await replies.wait(60_000);
  });

  it('takes more arrivals than it knows of for none underway: a long text comes in parts', async () => {
    const replies = new RepliesUnderway();
    replies.written();
    replies.received();
    replies.received();
    await replies.wait(60_000);
  });
});
