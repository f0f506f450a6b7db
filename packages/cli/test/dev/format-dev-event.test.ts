import { describe, expect, it } from '@jest/globals';
import type { DevEvent } from '../../src/dev/dev-event.js';
import { formatDevEvent } from '../../src/dev/format-dev-event.js';
import { styleFor } from '../../src/terminal/style.js';

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
