import { describe, expect, it } from '@jest/globals';
import {
  readDeviceCode,
  readMessage,
  readTokenAnswer,
  readTokenInfo,
} from '../../src/twitch/twitch-id-answers.js';

function answer(body: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status: 200, body: text, retryAfter: null };
}

describe('readTokenAnswer', () => {
  const tokens = { access_token: 'a', refresh_token: 'r' };

  it.each([
    ['a list', ['chat:edit', 'Chat:Read'], ['chat:edit', 'chat:read']],
    ['text', 'chat:edit chat:read', ['chat:edit', 'chat:read']],
    ['empty text', '', []],
    ['null', null, undefined],
    ['nothing', undefined, undefined],
  ])('reads scope as %s', (_kind, scope, scopes) => {
    expect(readTokenAnswer(answer({ ...tokens, scope }))).toEqual({
      accessToken: 'a',
      refreshToken: 'r',
      scopes,
    });
  });

  it('needs neither refresh_token nor expires_in', () => {
    expect(readTokenAnswer(answer({ access_token: 'a' })).refreshToken).toBeUndefined();
  });

  it.each([
    '',
    'null',
    '[]',
    '{"access_token":""}',
    '{"access_token":5}',
    '<html>',
    '{"access_tok',
  ])('refuses %p and does not quote it', (body) => {
    const read = () => readTokenAnswer(answer(body));
    expect(read).toThrow("Twitch's answer is not a token.");
    expect(read).toThrow(expect.objectContaining({ code: 'OAUTH_TWITCH_UNAVAILABLE' }));
  });
});

describe('readTokenInfo', () => {
  it('reads null scopes as none and compares in lower case', () => {
    const body = { client_id: 'c', login: 'PertyBot', user_id: '1', scopes: null, expires_in: 60 };
    expect(readTokenInfo(answer(body))).toEqual({
      clientId: 'c',
      login: 'pertybot',
      userId: '1',
      scopes: [],
      expiresIn: 60_000,
    });
  });

  it.each([0, null, undefined])(
    'takes expires_in %p for a token that never expires',
    (expires_in) => {
      expect(readTokenInfo(answer({ client_id: 'c', expires_in })).expiresIn).toBeUndefined();
    },
  );
});

describe('readDeviceCode', () => {
  it('fills in the documented times where Twitch leaves them out', () => {
    const body = {
      device_code: 'd',
      user_code: 'U',
      verification_uri: 'https://www.twitch.tv/activate',
    };
    expect(readDeviceCode(answer(body))).toMatchObject({ expiresIn: 1_800_000, interval: 5_000 });
  });
});

describe('readMessage', () => {
  it.each([
    [{ status: 400, message: 'Invalid refresh token' }, 'Invalid refresh token'],
    [
      { error: 'Bad Request', status: 400, message: 'Invalid refresh token' },
      'Invalid refresh token',
    ],
    [{ error: 'slow_down' }, 'slow_down'],
    ['<html>', ''],
    ['null', ''],
  ])('reads %j', (body, message) => {
    expect(readMessage(answer(body))).toBe(message);
  });
});
