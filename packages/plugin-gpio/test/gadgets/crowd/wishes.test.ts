import { describe, expect, it } from '@jest/globals';
import { makeUser } from '@pertybot/core/testing';
import { Wishes } from '../../../src/gadgets/crowd/wishes.js';

function wish(wishes: Wishes, as: string, line: string): void {
  wishes.take({ line, user: makeUser({ as }) });
}

describe('Wishes', () => {
  it('counts the last wish of each viewer', () => {
    const wishes = new Wishes();
    for (const line of ['on', 'off', 'off', 'on']) wish(wishes, 'alice', line);
    wish(wishes, 'bob', 'off');
    wish(wishes, 'carol', 'off');
    expect([wishes.size, wishes.votesFor('on'), wishes.votesFor('off')]).toEqual([3, 1, 2]);
    expect(wishes.mostWished?.line).toBe('off');
  });

  it('takes the first of those with as many votes', () => {
    const wishes = new Wishes();
    wish(wishes, 'alice', 'on');
    wish(wishes, 'bob', 'off');
    expect(wishes.mostWished?.line).toBe('on');
    wish(wishes, 'alice', 'off');
    wish(wishes, 'alice', 'on');
    expect(wishes.mostWished?.line).toBe('on');
  });

  it('has nothing when nobody wished', () => {
    const wishes = new Wishes();
    expect([wishes.mostWished, wishes.draw(0.5), wishes.size]).toEqual([undefined, undefined, 0]);
    wish(wishes, 'alice', 'on');
    expect(wishes.draw(0.99)?.user.login).toBe('alice');
    wishes.clear();
    expect([wishes.mostWished, wishes.votesFor('on')]).toEqual([undefined, 0]);
  });

  it('hears no more than 50,000 viewers', () => {
    const wishes = new Wishes();
    for (let index = 0; index < 60_000; index++) wish(wishes, `viewer${index}`, 'on');
    wish(wishes, 'viewer7', 'off');
    expect([wishes.size, wishes.votesFor('on'), wishes.votesFor('off')]).toEqual([
      50_000, 49_999, 1,
    ]);
  });

  it('decides 30,000 viewers with as many wishes at once', () => {
    const wishes = new Wishes();
    for (let index = 0; index < 30_000; index++) wish(wishes, `viewer${index}`, `blink ${index}`);
    const begun = performance.now();
    expect(wishes.mostWished?.line).toBe('blink 0');
    expect(wishes.draw(0.5)?.line).toBe('blink 15000');
    wishes.clear();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
