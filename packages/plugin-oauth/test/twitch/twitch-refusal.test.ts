import { describe, expect, it } from '@jest/globals';
import { endsGrant, toOAuthError, toPlainText } from '../../src/twitch/twitch-refusal.js';

function answer(status: number, message: string, retryAfter: string | null = null) {
  return { status, body: JSON.stringify({ status, message }), retryAfter };
}

describe('endsGrant', () => {
  it.each([
    [400, 'Invalid refresh token', true],
    [400, 'invalid REFRESH token', true],
    [401, 'unauthorized', true],
    [401, '', false],
    [401, 'invalid client secret', false],
    [400, 'missing client secret', false],
    [403, 'invalid client secret', false],
    [429, 'Invalid refresh token', false],
    [500, 'Invalid refresh token', false],
  ])('%i "%s": %p', (status, message, dead) => {
    expect(endsGrant(answer(status, message))).toBe(dead);
  });
});

it('no grant ends by the page of a portal', () => {
  const page = { status: 401, body: '<html>Log in to this hotel</html>', retryAfter: null };
  expect(endsGrant(page)).toBe(false);
  expect(toOAuthError(page, [])).toMatchObject({
    code: 'OAUTH_TWITCH_UNAVAILABLE',
    transient: true,
  });
});

describe('toOAuthError', () => {
  it.each([
    [403, 'invalid client secret', 'OAUTH_CLIENT_SECRET_WRONG', false],
    [400, 'missing client secret', 'OAUTH_CLIENT_SECRET_MISSING', false],
    [400, 'invalid client', 'OAUTH_CLIENT_ID_WRONG', false],
    [400, 'Parameter redirect_uri does not match registered URI', 'OAUTH_REDIRECT_MISMATCH', false],
    [400, 'Invalid authorization code', 'OAUTH_CODE_INVALID', false],
    [400, 'something new', 'OAUTH_REQUEST_REFUSED', false],
    [302, '', 'OAUTH_TWITCH_UNAVAILABLE', true],
    [404, 'not found', 'OAUTH_TWITCH_UNAVAILABLE', true],
    [429, 'slow down', 'OAUTH_TWITCH_UNAVAILABLE', true],
    [503, '', 'OAUTH_TWITCH_UNAVAILABLE', true],
  ])('%i "%s" is %s', (status, message, code, transient) => {
    expect(toOAuthError(answer(status, message), [])).toMatchObject({ code, transient });
  });

  it('passes on how long Twitch asks to wait', () => {
    expect(toOAuthError(answer(429, '', '7'), []).retryAfter).toBe(7_000);
    expect(toOAuthError(answer(429, '', '1e12'), []).retryAfter).toBe(600_000);
    expect(toOAuthError(answer(429, '', 'Thu, 01 Jan 1970'), []).retryAfter).toBeUndefined();
  });

  it('never repeats a secret that Twitch repeats', () => {
    const error = toOAuthError(answer(400, 'no such code: abcdef'), ['abcdef']);
    expect(error.message).toContain('no such code: …');
  });

  it('repeats no piece of a secret where the text is cut', () => {
    const secret = 'secret-'.repeat(5);
    const { message } = toOAuthError(answer(400, `${'x'.repeat(190)} ${secret}`), [secret]);
    expect(message).not.toContain('sec');
  });
});

describe('toPlainText', () => {
  it('takes out what moves a cursor or turns text round', () => {
    expect(toPlainText('a\u001b[2Jb\u202ec')).toBe('a [2Jb c');
  });
});
