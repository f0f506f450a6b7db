import { beforeEach, describe, expect, it } from '@jest/globals';
import { CookieJar } from '../../src/browser/cookie-jar.js';

let jar: CookieJar;
beforeEach(() => {
  jar = new CookieJar();
});

describe('CookieJar', () => {
  it('keeps what one host set for that host alone', () => {
    jar.keep('localhost', ['a=1; Path=/; HttpOnly', 'b=2']);
    jar.keep('127.0.0.1', ['c=3']);
    expect(jar.header('localhost')).toBe('a=1; b=2');
    expect(jar.header('127.0.0.1')).toBe('c=3');
    expect(jar.header('elsewhere')).toBeUndefined();
  });

  it('takes the newest value, with whatever is in it', () => {
    jar.keep('x', ['a=1', 'a=x=y==', 'b=']);
    expect(jar.header('x')).toBe('a=x=y==; b=');
  });

  it.each(['Max-Age=0', 'max-age=0', ' Max-Age=-1 ', 'Path=/; Max-Age=0; Secure'])(
    'lets go of what is over: %s',
    (attribute) => {
      jar.keep('x', ['a=1', 'b=2']);
      jar.keep('x', [`a=; ${attribute}`]);
      expect(jar.header('x')).toBe('b=2');
      jar.keep('x', [`b=; ${attribute}`]);
      expect(jar.header('x')).toBeUndefined();
    },
  );

  it('keeps what lasts, or says nothing of it', () => {
    jar.keep('x', ['a=1; Max-Age=60', 'b=2; Max-Age=0x', 'c=3; Expires=whenever']);
    expect(jar.header('x')).toBe('a=1; b=2; c=3');
    jar.keep('x', []);
    expect(jar.header('x')).toBe('a=1; b=2; c=3');
  });
});
