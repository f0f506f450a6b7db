import { describe, expect, it } from '@jest/globals';
import { badgesOf } from '../../../src/page/parts/badges.js';
import { twitchColor } from '../../../src/page/parts/twitch-color.js';

describe('badgesOf', () => {
  const titles = (badges: Record<string, string>, roles: readonly string[] = []) =>
    badgesOf({ badges, roles }).map(({ title }) => title);

  it('shows them in the order of Twitch, with months and bits', () => {
    expect(titles({ bits: '1000', subscriber: '12', moderator: '1' })).toEqual([
      'Moderator',
      'Subscriber, 12 months',
      'Bits 1000',
    ]);
  });

  it('shows none for a badge that is called as every object has something', () => {
    const badges = { constructor: '1', toString: '1', vip: '1' };
    expect(badgesOf({ roles: [], badges }).map(({ name }) => name)).toEqual(['vip']);
  });

  it('shows no more than three, and none that it does not know', () => {
    const many = { vip: '1', founder: '0', premium: '1', bits: '1', 'glhf-pledge': '1' };
    expect(titles(many)).toEqual(['VIP', 'Founder', 'Prime']);
  });

  it('shows the highest role where nothing is told of badges', () => {
    expect(titles({}, ['subscriber', 'vip', 'moderator'])).toEqual(['Moderator']);
    expect(titles({}, [])).toEqual([]);
  });
});

describe('twitchColor', () => {
  it('takes the chosen colour, and else always the same one', () => {
    expect(twitchColor({ login: 'alice', color: '#AbCdEf' })).toBe('#AbCdEf');
    expect(twitchColor({ login: 'alice' })).toBe(twitchColor({ login: 'alice' }));
    expect(twitchColor({ login: 'alice', color: 'red; background: url(x)' })).toMatch(/^#\w{6}$/);
  });
});
