import { describe, expect, it } from '@jest/globals';
import { CookieJar } from '../../src/browser/cookie-jar.js';
import { findNextStep } from '../../src/browser/scripted-page.js';

const base = 'http://localhost:3000/login?x=1';
const approve = { approve: true };

describe('findNextStep', () => {
  it.each([
    ['<a id="login" href="/go">', 'http://localhost:3000/go'],
    ["<a data-login href='?a=1&amp;b=2'>", 'http://localhost:3000/login?a=1&b=2'],
    ['<A class=x ID=login HREF=http://other/>', undefined],
    ['<a href="/no">no</a><a href="/yes" id=login>', 'http://localhost:3000/yes'],
    [
      '<a id="login" href="/&#x41;&#66;&lt;&constructor;">',
      'http://localhost:3000/AB%3C&constructor;',
    ],
    ['<a id="login" href="/&#x110000;&#99999999;">', 'http://localhost:3000/&#x110000;&#99999999;'],
    ['<a id="login">no address</a>', undefined],
    [
      '<form id="login" action="/post" method="get"><input type="hidden" name="a" value="1"></form>',
      'http://localhost:3000/post?a=1',
    ],
    ['<form id="other" action="/no"></form>', undefined],
    ['', undefined],
  ])('finds what to press in %j', (html, url) => {
    expect(findNextStep(html, base, approve)?.url).toBe(url);
  });

  const consent = `<form id="consent" action="/decide" method="POST">
    <input type="hidden" name="state" value="a&quot;b"><input type="text" name="typed" value="x">
    <input type="radio" name="login" value="one"><input type="radio" name="login" value="two" checked>
    </form>`;

  it('answers a consent form with the account that is chosen, or another one', () => {
    const step = findNextStep(consent, base, approve);
    expect([step?.url, step?.form?.toString()]).toEqual([
      'http://localhost:3000/decide',
      'state=a%22b&login=two&decision=approve',
    ]);
    expect(findNextStep(consent, base, { approve: true, as: 'one' })?.form?.get('login')).toBe(
      'one',
    );
    expect(findNextStep(consent, base, { approve: false })?.form?.get('decision')).toBe('deny');
  });

  it('goes through a page of a million characters', () => {
    const html = `${'<p>x</p>'.repeat(125_000)}<a id="login" href="/go">`;
    expect(findNextStep(html, base, approve)?.url).toBe('http://localhost:3000/go');
  });
});

describe('CookieJar', () => {
  it('keeps cookies by host, takes new values, and lets go of those that are over', () => {
    const jar = new CookieJar();
    expect(jar.header('a')).toBeUndefined();
    jar.keep('a', ['one=1; Path=/', 'two=x=y; HttpOnly', 'three']);
    jar.keep('b', ['one=2']);
    expect(jar.header('a')).toBe('one=1; two=x=y; three=');
    jar.keep('a', ['one=9', 'two=; Max-Age=0', 'three=; max-age=-1 ']);
    expect([jar.header('a'), jar.header('b')]).toEqual(['one=9', 'one=2']);
    jar.keep('b', ['one=; Max-Age=0']);
    expect(jar.header('b')).toBeUndefined();
  });
});
