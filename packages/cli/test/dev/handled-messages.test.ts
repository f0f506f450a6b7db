import { describe, expect, it } from '@jest/globals';
import { HandledMessages } from '../../src/dev/handled-messages.js';
import { RepliesUnderway } from '../../src/dev/replies-underway.js';

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
