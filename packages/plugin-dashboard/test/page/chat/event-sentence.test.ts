import { describe, expect, it } from '@jest/globals';
import { eventNames } from '@pertybot/core';
import { eventSentence } from '../../../src/page/chat/event-sentence.js';

const say = (name: string, facts: Parameters<typeof eventSentence>[0]['facts'] = {}) =>
  eventSentence({ name, facts });

describe('eventSentence', () => {
  it.each([
    ['raid', { viewers: 50 }, 'raids with 50 viewers'],
    ['raid', { viewers: 1 }, 'raids with 1 viewer'],
    ['cheer', { bits: 100, message: 'great!' }, 'cheers 100 bits: “great!”'],
    ['redeem', { title: 'Lamp', cost: 500, text: '' }, 'redeems Lamp for 500 points'],
    ['redeem', { text: 'pink' }, 'redeems a reward: “pink”'],
    ['subscribe', { tier: 'prime', months: 1, renewed: false }, 'subscribes with Prime'],
    [
      'subscribe',
      { tier: '2', months: 12, renewed: true, text: 'hi' },
      'subscribes for the 12. month at tier 2: “hi”',
    ],
    ['giftSubscription', { tier: '1', count: 5 }, 'gives 5 subscriptions at tier 1'],
    [
      'giftSubscription',
      { tier: '1', count: 1, recipient: 'Bob' },
      'gives Bob a subscription at tier 1',
    ],
    ['follow', {}, 'follows the channel'],
    ['moderation', { action: 'timeout', login: 'bob', duration: 60 }, 'bob was timed out for 60 s'],
    ['moderation', { action: 'clear' }, 'Chat was cleared'],
    ['adBreak', { duration: 90_000 }, 'Advertisements for 90 s'],
    ['charityDonation', { amount: '10 USD', charity: 'Trees' }, 'gives 10 USD to Trees'],
    ['hypeTrainProgress', { level: 3, total: 900 }, 'The hype train is at level 3, 900 points'],
    ['highlightedThing', { count: 3, someId: 'x', startedAt: 5 }, 'highlighted thing: count 3'],
  ])('says %s %j as %s', (name, facts, sentence) => {
    expect(say(name, facts as Parameters<typeof say>[1])).toBe(sentence);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'has plain words for an event that is called %s',
    (name) => {
      expect(say(name, { count: 3 })).toMatch(/: count 3$/);
      expect(say('moderation', { action: name, login: 'bob' })).toBe(`bob ${name}`);
    },
  );

  it('tells the votes of a poll', () => {
    const choices = [
      { title: 'Red', votes: 3 },
      { title: 'Blue', votes: 1 },
    ];
    expect(eventSentence({ name: 'pollBegin', facts: { title: 'Colour?' }, choices })).toBe(
      'A poll begins: Colour? (Red 3, Blue 1)',
    );
  });

  it('has words of its own for every event that Twitch tells', () => {
    const own = [
      'message',
      'handled',
      'reply',
      'command',
      'refusal',
      'reaction',
      'plugin',
      'estop',
    ];
    const never = ['fault', 'join', 'part', 'roomState', 'notice', 'chatLife'];
    const facts = { nonsense: 'nonsense' };
    const plain = eventNames
      .filter((name) => !own.includes(name) && !never.includes(name))
      .filter((name) => say(name, facts).includes('nonsense'));
    expect(plain).toEqual([]);
  });
});
