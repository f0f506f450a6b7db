import { describe, expect, it } from '@jest/globals';
import { Twins } from '../../src/host/twins.js';

describe('two machines of one name', () => {
  it('are found when both are heard in turn, and forgotten when one is left', () => {
    const twins = new Twins();
    const seen = ['a', 'b', 'a', 'b', 'a'].map((session, at) => {
      twins.take(session, at * 250);
      return twins.areSeen(at * 250);
    });
    expect(seen).toEqual([false, false, false, false, true]);
    expect([twins.areSeen(10_999), twins.areSeen(11_000)]).toEqual([true, false]);
  });

  it('are not seen in a node that is started anew a thousand times, nor in one message that comes late', () => {
    const twins = new Twins();
    for (let life = 0; life < 1_000; life++) {
      twins.take(String(life), life * 500);
      expect(twins.areSeen(life * 500)).toBe(false);
    }
    for (const session of ['998', '999']) twins.take(session, 500_000);
    expect(twins.areSeen(500_000)).toBe(false);
  });
});
