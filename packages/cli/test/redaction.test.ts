import { describe, expect, it } from '@jest/globals';
import { createRedactor } from '../src/redaction.js';

describe('createRedactor', () => {
  const redact = createRedactor({
    TWITCH_CLIENT_SECRET: 'hushhushhush',
    TWITCH_CLIENT_ID: 'public-id-1234',
    SHORT_TOKEN: 'abc',
  });

  it('hides the values of secret variables wherever they stand', () => {
    expect(redact('sent hushhushhush twice: hushhushhush')).toBe('sent [hidden] twice: [hidden]');
  });

  it('leaves public values, and those too short to be a secret, alone', () => {
    expect(redact('public-id-1234 abc')).toBe('public-id-1234 abc');
  });

  it.each([
    ['PASS oauth:abcdefghij0123456789', 'PASS [hidden]'],
    ['authorization: Bearer abcdefghij0123456789', 'authorization: [hidden]'],
    ['GET /?code=abc123&state=xyz', 'GET /?code=[hidden]&state=xyz'],
    [
      'http://localhost/?state=x&access_token=t0k',
      'http://localhost/?state=x&access_token=[hidden]',
    ],
  ])('hides what looks like a secret in %j', (text, hidden) => {
    expect(redact(text)).toBe(hidden);
  });
});
