import { describe, expect, it } from '@jest/globals';
import { happeningsOf, lineOf, toSpeakerRole } from '../../../src/page/chat/spoken-line.js';

describe('lineOf', () => {
  it.each([
    [{ text: '!lamp on', name: '', as: 'broadcaster' }, '!lamp on'],
    [{ text: '!lamp on', name: '', as: 'viewer' }, 'alice: !lamp on'],
    [{ text: '!lamp on', name: ' @Bob ', as: 'mod' }, 'bob[mod]: !lamp on'],
    [{ text: 'hi', name: 'bob', as: 'viewer' }, 'bob: hi'],
  ] as const)('writes %j as the prompt takes it', (spoken, line) => {
    expect(lineOf(spoken)).toBe(line);
  });

  it('takes a role that is none for a viewer', () => {
    expect([toSpeakerRole('vip'), toSpeakerRole('king')]).toEqual(['vip', 'viewer']);
  });
});

describe('happeningsOf', () => {
  const examples = ['alice cheers 100', 'bob raids 50', 'mod refunds REWARD', 'go live'];

  it('puts them in groups, one for each reward of the bot', () => {
    expect(happeningsOf(examples, ['Lamp', 'Fan'])).toEqual([
      { group: 'Viewers', line: 'alice cheers 100' },
      { group: 'Viewers', line: 'bob raids 50' },
      { group: 'Moderators', line: 'mod refunds Lamp' },
      { group: 'Moderators', line: 'mod refunds Fan' },
      { group: 'The channel', line: 'go live' },
    ]);
  });

  it('lets whoever is named do them, and leaves out rewards where there are none', () => {
    expect(happeningsOf(examples, [], '@Carla').map(({ line }) => line)).toEqual([
      'carla cheers 100',
      'carla raids 50',
      'go live',
    ]);
  });
});
