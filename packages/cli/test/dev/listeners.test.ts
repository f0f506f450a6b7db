import { describe, expect, it } from '@jest/globals';
import type { Bot, PluginState } from '@pertybot/core/host';
import { makeChannelEvents, makeMessage, makeUser } from '@pertybot/core/testing';
import type { TwitchSimulator } from '@pertybot/twitch-simulator';
import type { DevEvent } from '../../src/dev/dev-event.js';
import { listenToBot, listenToTwitch } from '../../src/dev/listeners.js';
import { formatDevEvent } from '../../src/dev/screen/format-dev-event.js';
import { CliError } from '../../src/terminal/cli-error.js';
import { plainStyle } from '../../src/terminal/style.js';
import { harmlessLines, hostile } from '../support/hostile.js';

/** Somebody to listen to, who says what a test says. */
class Talker {
  private readonly listeners = new Map<string, Set<(data: never) => void>>();

  readonly on = (name: string, listener: (data: never) => void) => {
    const all = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, all.add(listener));
    return () => void all.delete(listener);
  };

  say(name: string, data: unknown): void {
    // What it is said is what its name stands for.
    for (const listener of this.listeners.get(name) ?? []) listener(data as never);
  }

  get heardBy(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

function listen(hosted: readonly object[] = []) {
  const talker = new Talker();
  const events: DevEvent[] = [];
  const bot = { on: talker.on, folder: '/bot', hosted };
  // Of a bot nothing else is asked.
  const undo = listenToBot(bot as unknown as Bot, (event) => events.push(event));
  return { talker, events, undo };
}

const at = new Date(2026, 0, 2, 3, 4, 5);
const alice = makeUser({ as: 'Alice' });

describe('what happens in a bot', () => {
  it('is told by the login of whoever did it, and no more of him', () => {
    const { talker, events } = listen();
    talker.say('message', makeMessage('!lamp on', { as: 'Alice' }));
    expect(events).toEqual([
      expect.objectContaining({
        type: 'message',
        user: alice.login,
        displayName: 'Alice',
        text: '!lamp on',
      }),
    ]);
    const refusal = { reason: 'cooldown', command: 'lamp', channel: 'test', messageId: '1' };
    talker.say('refusal', { ...refusal, user: alice });
    const redemption = { id: 'x', reward: 'r', title: 'Lamp', cost: 500 };
    talker.say('refusal', { ...refusal, user: alice, redemption });
    expect(events[1]).toEqual({ type: 'refusal', ...refusal, user: alice.login });
    expect(events[2]).toMatchObject({ redemption: { title: 'Lamp', cost: 500 } });
  });

  it('is told of pins, and which of them are left alone', () => {
    const { talker, events } = listen();
    const pin = { gadget: 'lamp', pin: 'GPIO17', level: 1, on: true };
    talker.say('pin', { ...pin, dryRun: false, plugin: 'gpio' });
    talker.say('pin', { ...pin, dryRun: true });
    expect(events).toEqual([
      { type: 'pin', ...pin },
      { type: 'pin', ...pin, dryRun: true },
    ]);
  });

  const plugin = (state: PluginState, hosted: readonly object[] = []) => {
    const { talker, events } = listen(hosted);
    talker.say('plugin', { plugin: 'dice', state });
    return events;
  };
  const failed = (error: Error): PluginState => ({ name: 'failed', error });

  it('is told of plugins, with what they wait for', () => {
    expect(plugin({ name: 'running' })).toEqual([
      { type: 'plugin', plugin: 'dice', state: 'running' },
    ]);
    expect(plugin({ name: 'waiting', reason: 'login' })).toMatchObject([{ reason: 'login' }]);
  });

  it('says of one that failed why, where in its author’s code, and what mends it', () => {
    const error = new TypeError('no dice');
    error.stack = 'TypeError: no dice\n    at roll (file:///bot/plugins/dice.ts:7:5)';
    expect(plugin(failed(error))).toEqual([
      {
        type: 'plugin',
        plugin: 'dice',
        state: 'failed',
        error: 'no dice',
        place: 'plugins/dice.ts:7:5',
      },
    ]);
    const known = new CliError('CLI_NO_LOGS', 'It is busy.', { hint: 'Take another pin.' });
    known.stack = 'CliError: It is busy.';
    expect(plugin(failed(known))).toMatchObject([
      { error: 'It is busy.', hint: 'Take another pin.' },
    ]);
  });

  it('leaves out what runs beside the plugins of plugins.yaml, unless it fails', () => {
    const beside = [{ id: 'dice', path: [] }];
    expect(plugin({ name: 'running' }, beside)).toEqual([]);
    expect(plugin(failed(new Error('no port')), beside)).toHaveLength(1);
    expect(plugin({ name: 'running' }, [{ id: 'dice', path: ['plugins', 0] }])).toHaveLength(1);
  });

  it('is not listened to any more once it was undone', () => {
    const { talker, events, undo } = listen();
    expect(talker.heardBy).toBeGreaterThan(30);
    undo();
    expect(talker.heardBy).toBe(0);
    talker.say('message', makeMessage('late'));
    expect(events).toEqual([]);
  });
});

describe('what happens in a channel', () => {
  const all = Object.entries(makeChannelEvents());

  it.each(all)('is told when it is: %s', (name, data) => {
    const { talker, events } = listen();
    talker.say(name, data);
    expect(events).toHaveLength(1);
    expect(events[0]?.type).toBe(name);
    // A user's roles and id are nobody's business there.
    expect(JSON.stringify(events)).not.toContain('displayName":"Alice');
  });

  it.each(all)('is a line that people can read, without colours, when it is: %s', (name, data) => {
    const { talker, events } = listen();
    talker.say(name, data);
    const [event] = events;
    const text = event && formatDevEvent(event, at, plainStyle);
    expect(text).toMatch(/^03:04:05 {2}★ \S/);
    expect(text).not.toMatch(/undefined|\[object|NaN|null/);
  });

  it.each(Object.entries(makeChannelEvents(hostile)))(
    'lets no viewer speak to the terminal when it is: %s',
    (name, data) => {
      const { talker, events } = listen();
      const [words = ''] = [hostile];
      const evil = Object.fromEntries(
        Object.entries(data).map(([key, value]) => [
          key,
          typeof value === 'string' ? words : value,
        ]),
      );
      talker.say(name, { ...evil, channel: 'test' });
      const [event] = events;
      if (event !== undefined && name !== 'moderation') {
        expect(harmlessLines(formatDevEvent(event, at, plainStyle) ?? '')).toHaveLength(1);
      }
    },
  );
});

describe('what the bot wrote', () => {
  function twitch() {
    const talker = new Talker();
    const roles: string[] = [];
    const events: DevEvent[] = [];
    const chat = {
      on: talker.on,
      setRoles: (channel: string, login: string, given: readonly string[]) =>
        roles.push(`${login} is ${given.join()} in ${channel}`),
    };
    // Nothing but its chat is listened to.
    const simulator = { chat } as unknown as TwitchSimulator;
    const undo = listenToTwitch(simulator, 'pertybot', (event) => events.push(event));
    return { talker, roles, events, undo };
  }

  it('is told as it arrived, and nothing that others wrote', () => {
    const { talker, events, undo } = twitch();
    const line = { channel: 'test', text: 'lamp is on.', replyTo: '1' };
    talker.say('message', { ...line, login: 'pertybot' });
    talker.say('message', { ...line, login: 'alice' });
    expect(events).toEqual([{ type: 'reply', ...line }]);
    undo();
    expect(talker.heardBy).toBe(0);
  });

  it('makes it a moderator where it comes, and nobody else', () => {
    const { talker, roles } = twitch();
    talker.say('join', { login: 'alice', channel: 'test' });
    talker.say('join', { login: 'pertybot', channel: 'test' });
    expect(roles).toEqual(['pertybot is moderator in test']);
  });
});
