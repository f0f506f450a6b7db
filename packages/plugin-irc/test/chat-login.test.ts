import { expect, test } from '@jest/globals';
import { type AccessTokens, v } from '@pertybot/core';
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

test('gives up waiting when it is told to', async () => {
  const login = new ChatLogin(
    v.parse(ircConfigSchema, { channels: ['streamer'] }),
    tokens,
    new ManualClock(),
  );
  const controller = new AbortController();
  login.watch(() => {});
  await login.token(controller.signal);
  await login.rejected(token);
  await login.rejected(token);
  const waiting = login.token(controller.signal);
  controller.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});
