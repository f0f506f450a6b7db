import { describe, expect, it } from '@jest/globals';
import { channelLines } from '../../../src/dev/lines/channel-lines.js';
import { parseEvent } from '../../../src/dev/lines/parse-event.js';
import { viewerVerbs } from '../../../src/dev/lines/viewer-verbs.js';

const alice = { login: 'alice', roles: [] };

describe('what happens to a channel', () => {
  it.each([
    ['go live', { kind: 'goLive' }],
    ['Go Offline', { kind: 'goOffline' }],
    ['raid 50', { kind: 'raid', by: { login: 'raider', roles: [] }, viewers: 50 }],
    ['raid 50 by alice', { kind: 'raid', by: alice, viewers: 50 }],
    ['raid out bob 7', { kind: 'raidOut', to: 'bob', viewers: 7 }],
    ['hype train', { kind: 'hypeTrain', level: 1 }],
    ['hype train 3', { kind: 'hypeTrain', level: 3 }],
    ['hype train ends', { kind: 'hypeTrainEnd' }],
    ['poll Which one?: red, blue', { kind: 'poll', title: 'Which one?', choices: ['red', 'blue'] }],
    ['poll votes: red', { kind: 'vote', choice: 'red', votes: 1 }],
    ['poll votes 5: red', { kind: 'vote', choice: 'red', votes: 5 }],
    ['poll ends', { kind: 'pollEnd' }],
    [
      'prediction Will it: yes, no',
      { kind: 'prediction', title: 'Will it', outcomes: ['yes', 'no'] },
    ],
    ['prediction locks', { kind: 'predictionLock' }],
    ['prediction resolves: yes', { kind: 'predictionEnd', outcome: 'yes' }],
    ['prediction is canceled', { kind: 'predictionEnd' }],
    ['ads 60', { kind: 'adBreak', seconds: 60 }],
    ['goal 10: more', { kind: 'goal', target: 10, description: 'more' }],
    ['goal advances 3', { kind: 'goalAdvance', amount: 3 }],
    ['charity 500: Lamps', { kind: 'charity', target: 500, charity: 'Lamps' }],
    ['charity stops', { kind: 'charityStop' }],
    ['shield on', { kind: 'shieldUp' }],
    ['shoutout bob', { kind: 'shoutout', to: 'bob' }],
    ['title is Soldering: part 2', { kind: 'update', title: 'Soldering: part 2' }],
    ['alice follows', { kind: 'follow', by: alice }],
    ['alice unsubs', { kind: 'unsubscribe', by: alice }],
    ['alice powers up: wow', { kind: 'powerUp', by: alice, bits: 30, text: 'wow' }],
    ['alice highlights: look', { kind: 'highlight', by: alice, text: 'look' }],
    ['alice donates 10', { kind: 'donate', by: alice, amount: 10 }],
    ['alice praises us', { kind: 'praise', by: alice }],
    ['mod refunds Two Words', { kind: 'settle', reward: 'Two Words', status: 'CANCELED' }],
    ['alice redeems Two Words: hi', { kind: 'redeem', by: alice, reward: 'Two Words', text: 'hi' }],
    ['alice redeems Confetti', { kind: 'redeem', by: alice, reward: 'Confetti', text: '' }],
  ])('reads %j', (line, event) => {
    expect(parseEvent(line)).toEqual(event);
  });

  it.each([
    'go live now',
    'raid 0',
    'raid out bob',
    'hype train 0',
    'hype train 101',
    'poll Which: red',
    'prediction Will it',
    'ads 181',
    'goal many: more',
    'charity 500',
    'shoutout 5',
    'alice follows bob',
    'alice donates',
  ])('says what to write instead of %j', (line) => {
    expect(parseEvent(line)).toMatchObject({ fault: expect.stringContaining(' takes ') });
  });

  it.each([
    'raid: hello',
    'poll: hi',
    'going live',
    'raid',
    'alice: go live',
    'what a title is this',
  ])('leaves %j to chat', (line) => {
    expect(parseEvent(line)).toBeUndefined();
  });

  it.each([...channelLines, ...viewerVerbs].map(({ example }) => example))(
    'has an example that works: %s',
    (example) => {
      const event = parseEvent(example);
      expect(event).toBeDefined();
      expect(event).not.toHaveProperty('fault');
    },
  );
});
