import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Replies } from '@pertybot/core';
import { allSentences, SpokenReplies } from '@pertybot/core/host';
import { ManualClock } from '@pertybot/core/testing';
import { eventsubReplies } from '../../src/replies.js';
import { type RefundReason, reasonOf } from '../../src/rewards/refund-reason.js';
import { RefundTeller, toRefundLine } from '../../src/rewards/refund-teller.js';

const refund = (
  user: string,
  more: { channel?: string; title?: string; because?: RefundReason } = {},
) => ({
  ...{ channel: 'alice', user, title: 'Confetti', because: 'The cannon rests for 20 s' },
  ...more,
});

const sentences = allSentences([{ replies: eventsubReplies }]);
const english = new SpokenReplies(sentences);
const line = (refunds: Parameters<typeof toRefundLine>[0], replies: Replies = english) =>
  toRefundLine(refunds, replies) ?? '';

describe('the teller of refunds', () => {
  it('gathers what comes within 5 s into one line for each channel', async () => {
    const said: string[] = [];
    const clock = new ManualClock();
    const teller = new RefundTeller({
      clock,
      replies: english,
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
    const text = line(all);
    expect(text).toMatch(
      /^Points of 1000 redemptions are back \(viewer0, .*, viewer9 and 490 more\)/,
    );
    expect(text.length).toBeLessThan(500);
  });

  it('tells the most frequent reasons', () => {
    const text = line([
      refund('a', { because: 'rare' }),
      ...['b', 'c'].map((user) => refund(user, { because: 'often!' })),
      ...['d', 'e'].map((user) => refund(user, { because: 'twice', title: user })),
    ]);
    expect(text).toBe(
      'Points of 5 redemptions are back (a, b, c, d, e): "Confetti": often! "d" and others: twice.',
    );
  });

  it('says nothing of none, and nothing where the owner wants it so', () => {
    expect(toRefundLine([], english)).toBeUndefined();
    const silent = new SpokenReplies(sentences, { 'points.back': '', 'points.reason': '' });
    expect(toRefundLine([refund('Bob')], silent)).toBeUndefined();
    expect(line([refund('Bob'), refund('Carol')], silent)).toBe(
      'Points of 2 redemptions are back (Bob, Carol): ',
    );
  });

  it('takes names, titles and reasons for what they are', () => {
    const hostile = { title: '{why} {user}', because: '{title}{constructor}' };
    expect(line([refund('{title}', hostile)])).toBe(
      '@{title} your points for "{why} {user}" are back: {title}{constructor}.',
    );
    const two = line([refund('__proto__', hostile), refund('{count}', hostile)]);
    expect(two).toBe(
      'Points of 2 redemptions are back (__proto__, {count}): "{why} {user}": {title}{constructor}.',
    );
  });
});

describe('what is said of points', () => {
  const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/replies.md'), 'utf8');
  const [, block = ''] =
    /## A bot that speaks German[\s\S]*?```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const replies: Readonly<Record<string, string>> = Object.fromEntries(
    [...block.matchAll(/^ {2}([\w.]+): (".*")$/gm)].map(([, key, text = '']) => [
      key,
      JSON.parse(text),
    ]),
  );
  const german = new SpokenReplies(sentences, replies);

  it('stands in the docs, in English and in German', () => {
    const [, table = ''] = /## Points that come back\n([\s\S]*?)\n## /.exec(page) ?? [];
    const rows = [...table.matchAll(/^\| `([^`]+)` \| `([^`]+)` \|/gm)];
    expect(rows.map(([, key, text]) => [key, text])).toEqual(
      Object.entries(eventsubReplies).map(([key, { text }]) => [key, text]),
    );
    const own = Object.keys(replies).filter((key) => key.startsWith('points.'));
    expect(own).toEqual(Object.keys(eventsubReplies));
  });

  it('is all in the owner’s words', () => {
    const because = (key: string) => ({ because: reasonOf(key, 'Konfetti'), title: 'Konfetti' });
    expect(line([refund('Bob', because('points.late'))], german)).toBe(
      '@Bob, deine Punkte für „Konfetti“ sind zurück: Es kam, als ich nicht da war.',
    );
    expect(line([refund('Bob', because('reward.offline'))], german)).toBe(
      '@Bob, deine Punkte für „Konfetti“ sind zurück: Konfetti gibt es nur, wenn der Stream läuft.',
    );
    const many = ['points.died', 'points.untold', 'points.died'].map((key, n) =>
      refund(`viewer${n}`, because(key)),
    );
    expect(line(many, german)).toBe(
      'Die Punkte von 3 Einlösungen sind zurück (viewer0, viewer1, viewer2): ' +
        '„Konfetti“: Ich fiel aus, bevor sich etwas bewegt hat. „Konfetti“: Ich fiel aus, bevor Twitch davon wusste.',
    );
  });

  it('has a sentence for a reason that nobody knows', () => {
    expect(line([refund('Bob', { because: reasonOf('reward.strange', 'x') })])).toMatch(
      /: It cannot be done now\.$/,
    );
  });
});
