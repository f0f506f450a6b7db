import { describe, expect, it } from '@jest/globals';
import { newsOf } from '../../../src/page/overlay/news-of.js';
import { somebody, Told } from '../told.js';

describe('newsOf', () => {
  const user = somebody('alice');
  const redemption = { id: 'r', reward: 'lamp', title: 'Lamp', cost: 500 };

  it('tells viewers who did what, what was refused and what was refunded', () => {
    const { feed } = new Told()
      .run(1, 'alice', 'lamp', 'm')
      .add(2, 'command', { command: 'lamp', plugin: 'p', user, messageId: '', took: 1, redemption })
      .refuse(3, 'bob', 'role', 'm', '!horn is for subscribers.')
      .add(4, 'refusal', {
        reason: 'estop',
        command: 'lamp',
        user,
        messageId: '',
        text: 'Emergency stop.',
        redemption,
      })
      .happen(5, 'raid', { viewers: 50 }, 'dora');
    expect(feed.map((each) => newsOf(each)).map((each) => `${each?.kind} ${each?.text}`)).toEqual([
      'command alice: lamp',
      'command alice got Lamp',
      'refusal bob: !horn is for subscribers.',
      'refund alice has 500 points back: Emergency stop.',
      'event dora raids with 50 viewers',
    ]);
  });

  it('shows a poll with its bars, and nothing of what is no news for viewers', () => {
    const choices = [{ title: 'Red', votes: 3 }];
    const { feed } = new Told()
      .add(1, 'event', { name: 'pollProgress', facts: { title: 'Colour?' }, choices })
      .happen(2, 'moderation', { action: 'ban', login: 'troll' })
      .happen(3, 'redeemUpdate', { redemptionId: 'r' })
      .say(4, 'bob', 'hello');
    expect(feed.map((each) => newsOf(each))).toEqual([
      { number: 1, kind: 'event', text: 'The poll goes on: Colour?', choices },
      undefined,
      undefined,
      undefined,
    ]);
  });
});
