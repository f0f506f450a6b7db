import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { RefundTeller, toRefundLine } from '../../src/rewards/refund-teller.js';

const refund = (
  user: string,
  more: { channel?: string; title?: string; because?: string } = {},
) => ({
  ...{ channel: 'alice', user, title: 'Confetti', because: 'The cannon rests for 20 s' },
  ...more,
});

describe('the teller of refunds', () => {
  it('gathers what comes within 5 s into one line for each channel', async () => {
    const said: string[] = [];
    const clock = new ManualClock();
    const teller = new RefundTeller({
      clock,
      say: (channel, text) => said.push(`${channel} ${text}`),
    });
    teller.tell(refund('Bob'));
    await clock.advance('4s');
    teller.tell(refund('Carol'));
    teller.tell(refund('Dave', { channel: 'erin' }));
    expect(said).toEqual([]);
    await clock.advance('1s');
    expect(said).toEqual([
      'alice Points of 2 redemptions are back (Bob, Carol): "Confetti": The cannon rests for 20 s.',
    ]);
    await clock.advance('4s');
    expect(said).toHaveLength(2);
    teller.tell(refund('Bob'));
    teller.flushAll();
    expect(said[2]).toBe(
      'alice @Bob your points for "Confetti" are back: The cannon rests for 20 s.',
    );
    expect(clock.pending).toBe(0);
  });

  it('names ten viewers, each once, and counts the others', () => {
    const all = Array.from({ length: 1_000 }, (_, n) => refund(`viewer${n % 500}`));
    const line = toRefundLine(all);
    expect(line).toMatch(
      /^Points of 1000 redemptions are back \(viewer0, .*, viewer9 and 490 more\)/,
    );
    expect(line.length).toBeLessThan(500);
  });

  it('tells the most frequent reasons', () => {
    const line = toRefundLine([
      refund('a', { because: 'rare' }),
      ...['b', 'c'].map((user) => refund(user, { because: 'often!' })),
      ...['d', 'e'].map((user) => refund(user, { because: 'twice', title: user })),
    ]);
    expect(line).toBe(
      'Points of 5 redemptions are back (a, b, c, d, e): "Confetti": often! "d" and others: twice.',
    );
  });

  it('says nothing of none', () => expect(toRefundLine([])).toBe(''));
});
