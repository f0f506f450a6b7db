import { describe, expect, it } from '@jest/globals';
import { makeCookie, readCookie } from '../../src/auth/cookie.js';
import { fingerprint, isSameSecret, makeSecret } from '../../src/auth/secret.js';

const id = makeSecret();

describe('the cookie of a session', () => {
  it('is read back among others, by the port of its bot', () => {
    const cookie = makeCookie(id, { port: 7272, secure: false }).split(';')[0] ?? '';
    expect(readCookie(`a=b; ${cookie}; c=d`, 7272)).toBe(id);
    expect(readCookie(cookie, 7273)).toBeUndefined();
    expect(readCookie(undefined, 7272)).toBeUndefined();
  });

  it.each([
    '',
    'short',
    'a'.repeat(200),
    'x y',
    `${'a'.repeat(30)}"`,
    '../../etc/passwd'.repeat(2),
  ])('is none with the value "%s"', (value) => {
    expect(readCookie(`pertybot-7272=${value}`, 7272)).toBeUndefined();
  });

  it('is for nobody’s scripts and no other site; by https for https alone', () => {
    const plain = makeCookie(id, { port: 1, secure: false });
    expect(plain).toMatch(/; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/);
    expect(makeCookie(id, { port: 1, secure: true })).toMatch(/; Secure$/);
  });

  it('is taken away at once', () => {
    expect(makeCookie(undefined, { port: 1, secure: false })).toMatch(/^pertybot-1=; .*Max-Age=0;/);
  });
});

describe('secrets', () => {
  it('are long, safe in an address, and never the same', () => {
    const all = new Set(Array.from({ length: 100 }, makeSecret));
    expect(all.size).toBe(100);
    for (const each of all) expect(each).toMatch(/^[\w-]{43}$/);
  });

  it('are compared whole, also when their lengths differ', () => {
    expect(isSameSecret(id, id)).toBe(true);
    expect(isSameSecret(id, id.slice(1))).toBe(false);
    expect(isSameSecret('', id)).toBe(false);
    expect(fingerprint(id)).not.toContain(id);
  });
});
