import { describe, expect, test } from '@jest/globals';
import { type AccessToken, type AccessTokens, v } from '@pertybot/core';
import { ManualClock } from '@pertybot/core/testing';
import { ChatLogin } from '../src/chat-login.js';
import { ircConfigSchema } from '../src/irc-config.js';

const token = { token: 't', clientId: 'c', userId: '1', login: 'pertybot', scopes: [] };
const tokens: AccessTokens = {
  get: async () => token,
  invalidate: async () => {},
  onChange: () => () => {},
};

test('lets no more than 20 logins through in 10 s', async () => {
  const clock = new ManualClock();
  const config = v.parse(ircConfigSchema, { channels: ['streamer'] });
  const login = new ChatLogin(config, tokens, clock);
  const { signal } = new AbortController();
  let given = 0;
  const ask = async () => {
    for (;;) {
      await login.token(signal);
      given++;
    }
  };
  void ask();
  await clock.advance('10s');
  expect(given).toBe(20);
  await clock.advance('1s');
  expect(given).toBe(40);
});

describe('after refusals', () => {
  const rig = () => {
    const listeners: ((token: AccessToken | undefined) => void)[] = [];
    const asked: string[] = [];
    const provider: AccessTokens = {
      get: async () => token,
      invalidate: async (refused) => void asked.push(refused),
      onChange: (listener) => {
        listeners.push(listener);
        return () => {};
      },
    };
    const clock = new ManualClock();
    const config = v.parse(ircConfigSchema, { channels: ['streamer'] });
    const login = new ChatLogin(config, provider, clock);
    const waits: string[] = [];
    login.tellWaiting((reason) => {
      waits.push(reason);
      return () => void waits.splice(waits.indexOf(reason), 1);
    });
    login.watch(() => {});
    const announce = () => {
      for (const listener of listeners) listener({ ...token, token: 'new' });
    };
    return { login, clock, asked, waits, announce };
  };

  test('rests not at all, and then longer each time, to a minute', async () => {
    const { login, asked, waits } = rig();
    const delays: number[] = [];
    for (let refusal = 0; refusal < 12; refusal++) delays.push(await login.rejected(token));
    expect(delays[0]).toBe(0);
    delays.slice(1).forEach((delay, index) => {
      const longest = Math.min(60_000, 2_000 * 2 ** index);
      expect(delay).toBeGreaterThanOrEqual(Math.max(1_000, longest / 2));
      expect(delay).toBeLessThanOrEqual(longest);
    });
    expect(asked).toHaveLength(12);
    expect(waits).toEqual(['login refused by chat']);
    login.accepted();
    expect(waits).toEqual([]);
  });

  test('goes on with the pauses when the login is taken for a moment only', async () => {
    const { login } = rig();
    await login.rejected(token);
    login.accepted();
    expect(await login.rejected(token)).toBeGreaterThan(0);
    login.trusted();
    expect(await login.rejected(token)).toBe(0);
  });

  test('ends a rest when somebody logs in, but not by the answer to the refusal', async () => {
    const { login, clock, announce } = rig();
    let rested = false;
    const rest = login.rest(60_000, new AbortController().signal).then(() => {
      rested = true;
    });
    announce();
    await clock.advance('6s');
    expect(rested).toBe(false);
    announce();
    await rest;
    expect(clock.pending).toBe(0);
  });

  test('ends a rest when the bot stops', async () => {
    const { login, clock } = rig();
    for (const before of ['1s', '30s'] as const) {
      const stop = new AbortController();
      const rest = login.rest(60_000, stop.signal);
      const failure = expect(rest).rejects.toThrow('stopped');
      await clock.advance(before);
      stop.abort(new Error('stopped'));
      await failure;
      expect(clock.pending).toBe(0);
    }
  });
});
