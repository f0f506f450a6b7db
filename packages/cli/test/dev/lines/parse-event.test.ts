import { describe, expect, it } from '@jest/globals';
import { eventVerbs } from '../../../src/dev/lines/event-verbs.js';
import { parseEvent } from '../../../src/dev/lines/parse-event.js';

const alice = { login: 'alice', roles: [] };

describe('parseEvent', () => {
  it.each([
    ['alice cheers 100', { kind: 'cheer', by: alice, bits: 100, text: '' }],
    ['alice cheers 1: so great: yes', { kind: 'cheer', by: alice, bits: 1, text: 'so great: yes' }],
    ['@Alice CHEERS 5 :x', { kind: 'cheer', by: alice, bits: 5, text: 'x' }],
    ['alice subscribes', { kind: 'subscribe', by: alice, plan: '1000', text: '' }],
    ['alice subs prime', { kind: 'subscribe', by: alice, plan: 'Prime', text: '' }],
    ['alice resubscribes 12', { kind: 'subscribe', by: alice, plan: '1000', months: 12, text: '' }],
    [
      'alice resubs 2 Tier 3: still here',
      { kind: 'subscribe', by: alice, plan: '3000', months: 2, text: 'still here' },
    ],
    ['alice gifts 5', { kind: 'gift', by: alice, plan: '1000', to: 5 }],
    ['alice gifts @Bob tier 2', { kind: 'gift', by: alice, plan: '2000', to: 'bob' }],
    ['anonymous gifts 100', { kind: 'gift', plan: '1000', to: 100 }],
    ['alice raids 50', { kind: 'raid', by: alice, viewers: 50 }],
    ['alice raids with 50', { kind: 'raid', by: alice, viewers: 50 }],
    ['alice redeems a-b-c: pink', { kind: 'redeem', by: alice, reward: 'a-b-c', text: 'pink' }],
    ['alice announces: hi', { kind: 'announce', by: alice, color: 'primary', text: 'hi' }],
    ['alice announces purple: hi', { kind: 'announce', by: alice, color: 'purple', text: 'hi' }],
    ['alice times out bob', { kind: 'timeout', login: 'bob', seconds: 600 }],
    ['alice times out bob 60', { kind: 'timeout', login: 'bob', seconds: 60 }],
    ['alice bans bob', { kind: 'ban', login: 'bob' }],
    ['alice deletes bob', { kind: 'delete', login: 'bob' }],
    ['alice clears chat', { kind: 'clear' }],
  ])('reads %j', (line, event) => {
    expect(parseEvent(line)).toEqual(event);
  });

  it.each([
    ['raid 50 by alice', { kind: 'raid', by: alice, viewers: 50 }],
    ['cheer 100 by alice: wow', { kind: 'cheer', by: alice, bits: 100, text: 'wow' }],
    ['subscription by alice', { kind: 'subscribe', by: alice, plan: '1000', text: '' }],
    ['gift 5 by anonymous', { kind: 'gift', plan: '1000', to: 5 }],
  ])('takes %j for the same', (line, event) => {
    expect(parseEvent(line)).toEqual(event);
  });

  it('knows the roles of who does it, and those that are none', () => {
    expect(parseEvent('alice[mod, sub] cheers 1')).toMatchObject({
      by: { login: 'alice', roles: ['moderator', 'subscriber'] },
    });
    expect(parseEvent('alice[king] cheers 1')).toMatchObject({
      fault: 'The role "king" is unknown.',
    });
  });

  it.each([
    'alice cheers',
    'alice cheers 0',
    'alice cheers -1',
    'alice cheers 1.5',
    'alice cheers 100001',
    'alice cheers 99999999999999999999',
    'alice cheers loudly',
    'alice cheers 1 2',
    'alice subscribes 12',
    'alice subscribes: hi',
    'alice subscribes tier 4',
    'alice subscribes constructor',
    'alice resubscribes',
    'alice resubscribes 0',
    'alice gifts',
    'alice gifts 101',
    'alice gifts bob carl',
    'alice gifts 1: hi',
    'bob raids',
    'bob raids us: now',
    'alice redeems: pink',
    'alice redeems',
    'alice redeems : pink',
    'mod announces',
    'mod announces red: hi',
    'mod times out',
    'mod times out bob 0',
    'mod times out bob 99999999',
    'mod bans',
    'mod bans bob carl',
    'mod clears',
  ])('says what to write instead of %j', (line) => {
    const reading = parseEvent(line);
    expect(reading).toMatchObject({ fault: expect.stringContaining(' takes ') });
    expect(reading && 'hint' in reading && reading.hint).toMatch(/^Write such as .+: …$/);
  });

  it.each([
    ['alice chers 100', 'alice cheers 100'],
    ['alice cheer 100: x', 'alice cheers 100: x'],
    ['alice[vip] gift 5', 'alice[vip] gifts 5'],
    ['bob raid 50', 'bob raids 50'],
    ['alice subscribe', 'alice subscribes'],
    ['mod bann bob', 'mod bans bob'],
    ['alice reedems paint: x', 'alice redeems paint: x'],
  ])('knows what %j was meant to be', (line, meant) => {
    expect(parseEvent(line)).toMatchObject({
      hint: expect.stringContaining(`Did you mean "${meant}"?`),
    });
  });

  it.each([
    'hello',
    'hello there',
    'the raid was nice',
    'alice: cheers 100',
    'alice[mod]: raids 5',
    '!lamp on',
    'look: https://example.com',
    'see https://example.com',
    'what a gift by you',
    'a very long name_that_twitch_would_never_take cheers 1',
    '',
    'söder cheers 100',
    'do it by tomorrow',
  ])('leaves %j to chat', (line) => {
    expect(parseEvent(line)).toBeUndefined();
  });

  it.each(eventVerbs)('takes the example of "$verb"', ({ example }) => {
    expect(parseEvent(example)).toHaveProperty('kind');
  });

  it('leaves what is longer than any event to chat, and does not ponder on it', () => {
    for (const filler of ['x', ' ', 'by ', 'a: ', '[']) {
      expect(parseEvent(`alice cheers 1: ${filler.repeat(500_000)}`)).toBeUndefined();
    }
    expect(parseEvent(`alice ${' '.repeat(800)}cheers 1`)).toMatchObject({ bits: 1 });
  });
});
