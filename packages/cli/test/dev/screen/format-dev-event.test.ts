import { describe, expect, it } from '@jest/globals';
import type { ChannelDevEvent, DevEvent } from '../../../src/dev/dev-event.js';
import { formatDevEvent } from '../../../src/dev/screen/format-dev-event.js';
import { formatChannelEvent } from '../../../src/dev/screen/told-sentence.js';
import { styleFor } from '../../../src/terminal/style.js';

const at = new Date(2026, 0, 2, 3, 4, 5);
const format = (event: DevEvent) => formatDevEvent(event, at, styleFor({}, {}));

const message = {
  type: 'message',
  id: '1',
  channel: 'streamer',
  user: 'alice',
  displayName: 'Alice',
  roles: ['everyone'],
  text: '!lamp on',
} as const;

const ready = {
  type: 'ready',
  bot: 'pertybot',
  channels: ['streamer'],
  plugins: [
    { id: 'irc', state: 'running' },
    { id: 'dice', state: 'disabled' },
  ],
  commands: [],
  outputs: [],
} as const;

describe('formatDevEvent', () => {
  it('shows who says what, with the highest role', () => {
    expect(format(message)).toBe('03:04:05  Alice !lamp on');
    expect(format({ ...message, roles: ['everyone', 'subscriber', 'moderator'] })).toBe(
      '03:04:05  Alice[mod] !lamp on',
    );
  });

  it('never lets chat steer the terminal', () => {
    const shown = format({ ...message, displayName: '\u001b[2JEve', text: 'a\u0007b\nc' });
    expect(shown).toBe('03:04:05  Eve ab c');
  });

  it('shows pins with what the level means', () => {
    const pin = { type: 'pin', gadget: 'plug', pin: 'GPIO5', level: 0, on: true } as const;
    expect(format(pin)).toBe('03:04:05  ◉ plug on  GPIO5 is low');
    expect(format({ ...pin, level: 1, on: false })).toBe('03:04:05  ○ plug off  GPIO5 is high');
  });

  it('tells a pin of a dry-run apart', () => {
    const pin = { type: 'pin', gadget: 'plug', pin: 'GPIO5', level: 1, dryRun: true } as const;
    expect(format({ ...pin, on: true })).toBe(
      '03:04:05  ◉ plug on  GPIO5 would be high, in dry-run',
    );
    expect(format({ ...pin, on: false, level: 0 })).toBe(
      '03:04:05  ○ plug off  GPIO5 would be low, in dry-run',
    );
  });

  it('shows why a command did not run, and when it may', () => {
    const refusal = {
      type: 'refusal',
      command: 'horn',
      user: 'alice',
      channel: 'streamer',
      messageId: '1',
    } as const;
    expect(format({ ...refusal, reason: 'cooldown', retryAfter: 7_000 })).toBe(
      '03:04:05  ✗ horn by alice did not run: on cooldown, again in 7 s',
    );
    expect(format({ ...refusal, reason: 'pin.maxOn' })).toContain('did not run: pin.maxOn');
    const text = 'blink takes a number from 1 to 20.';
    expect(format({ ...refusal, reason: 'gadget.value', text })).toContain(`did not run: ${text}`);
    expect(format({ ...refusal, reason: 'unsaid', text: 'the queue is full' })).toBe(
      '03:04:05  ✗ horn by alice ran, but its answer was not said: the queue is full',
    );
  });

  it('says what is ready, and what is not', () => {
    expect(format(ready)).toBe('03:04:05  Ready  pertybot in #streamer, 1 plugin');
    const plugins = [...ready.plugins, { id: 'gpio', state: 'failed' } as const];
    expect(format({ ...ready, plugins })).toContain('but gpio is failed');
  });

  it('keeps quiet about plugins that wait for each other at the start', () => {
    const plugin = { type: 'plugin', plugin: 'irc' } as const;
    expect(format({ ...plugin, state: 'waiting', reason: 'needs AccessTokens' })).toBeUndefined();
    expect(format({ ...plugin, state: 'running' })).toBeUndefined();
    expect(format({ ...plugin, state: 'waiting', reason: 'login' })).toContain('irc waits (login)');
    expect(format({ ...plugin, state: 'failed', error: 'why' })).toContain('irc failed: why');
  });
});

const by = { channel: 'streamer', user: 'alice' };
const sub = { ...by, type: 'subscribe', tier: '1', months: 1, renewed: false, text: '' } as const;
const gift = { ...by, type: 'giftSubscription', tier: '2', count: 5 } as const;

const cases: [ChannelDevEvent, string][] = [
  [{ ...by, type: 'cheer', bits: 1, messageId: '1' }, 'alice cheers 1 bit'],
  [{ ...by, type: 'cheer', bits: 100, messageId: '1' }, 'alice cheers 100 bits'],
  [
    { ...by, type: 'redeem', rewardId: 'a-b', text: 'pink', messageId: '1' },
    'alice redeems a-b: pink',
  ],
  [sub, 'alice subscribes, tier 1'],
  [{ ...sub, tier: 'prime' }, 'alice subscribes, by Prime'],
  [
    { ...sub, renewed: true, months: 12, text: 'hi' },
    'alice subscribes again, for 12 months, tier 1: hi',
  ],
  [gift, 'alice gifts 5 subscriptions, tier 2'],
  [{ ...gift, user: undefined, count: 1 }, 'somebody gifts 1 subscription, tier 2'],
  [{ ...gift, count: 1, recipient: 'bob' }, 'alice gifts a subscription to bob, tier 2'],
  [{ ...gift, count: 0, recipient: 'bob' }, 'alice gifts a subscription to bob, tier 2, of those'],
  [{ ...by, type: 'raid', viewers: 50 }, 'alice raids with 50 viewers'],
  [{ ...by, type: 'announcement', text: 'hi', color: 'blue' }, 'alice announces: hi'],
  [
    { ...by, type: 'moderation', action: 'timeout', duration: 60 },
    'alice is timed out for 60 seconds',
  ],
  [{ ...by, type: 'moderation', action: 'ban' }, 'alice is banned'],
  [{ ...by, type: 'moderation', action: 'delete' }, 'a line of alice is deleted'],
  [{ type: 'moderation', channel: 'streamer', action: 'clear' }, 'the chat is cleared'],
];

describe('formatChannelEvent', () => {
  it.each(cases)('shows %j', (event, text) => {
    expect(formatChannelEvent(event, styleFor({}, {}))).toBe(`★ ${text}`);
  });

  it('never lets chat steer the terminal', () => {
    const event = { ...sub, user: 'e\u001b[2Jve', text: '\u001b[1mbig\u0007' };
    const shown = formatChannelEvent(event, styleFor({}, {}));
    for (const control of ['\u0007', '\u001b']) expect(shown).not.toContain(control);
  });
});
