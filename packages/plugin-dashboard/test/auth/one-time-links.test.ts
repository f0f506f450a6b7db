import { describe, expect, it } from '@jest/globals';
import { makeOneTime, OneTimeLinks } from '../../src/auth/one-time-links.js';

const now = 1_000_000;

describe('OneTimeLinks', () => {
  it('lets the bearer of a word in once', () => {
    const links = new OneTimeLinks('key');
    const word = makeOneTime('key', 'operator', now);
    expect(links.take(word, now)).toBe('operator');
    expect(links.take(word, now)).toBeUndefined();
  });

  it('takes none that is old, or that was made for later', () => {
    const links = new OneTimeLinks('key');
    const word = makeOneTime('key', 'owner', now);
    expect(links.take(word, now + 120_001)).toBeUndefined();
    expect(links.take(word, now - 1)).toBeUndefined();
    expect(links.take(word, now + 120_000)).toBe('owner');
  });

  it('takes none of another key, none that was changed, and no nonsense', () => {
    const links = new OneTimeLinks('key');
    const word = makeOneTime('key', 'viewer', now);
    expect(links.take(makeOneTime('other', 'owner', now), now)).toBeUndefined();
    expect(links.take(word.replace('viewer', 'owner'), now)).toBeUndefined();
    for (const nonsense of ['', '...', 'owner.NaN.x.y', `${word}.more`, word.slice(0, -1)]) {
      expect(links.take(nonsense, now)).toBeUndefined();
    }
    expect(links.take(word, now)).toBe('viewer');
  });
});
