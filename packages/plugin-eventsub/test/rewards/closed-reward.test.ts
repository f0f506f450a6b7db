import { describe, expect, it } from '@jest/globals';
import { whyClosed, whyGiveBack } from '../../src/rewards/closed-reward.js';
import { inPlainWords } from '../../src/rewards/refund-reason.js';
import { wantedReward } from './reward-fixture.js';

const calm = { isStopping: false, engaged: undefined, isLive: true };

describe('a reward', () => {
  it.each([
    [
      'the bot stops',
      {},
      { isStopping: true },
      'The bot is being stopped.',
      'Horn is being stopped.',
    ],
    [
      'everything is stopped',
      { away: 'It is away.' },
      { engaged: { by: '@mod in chat', at: '' } },
      'Emergency stop by @mod in chat.',
      'Everything was stopped.',
    ],
    [
      'the bot is not in the channel',
      {},
      { hasLeft: true },
      'The bot is not in the channel.',
      'There is no such reward now.',
    ],
    ['its gadget is away', { away: 'Horn is away.' }, {}, 'Horn is away.', 'Horn is away.'],
    [
      'the stream is offline, where it is only for that',
      { onlyLive: true },
      { isLive: false },
      'The stream is offline.',
      'Horn waits for the stream to be live.',
    ],
  ])('is closed while %s, for the owner and for the viewer', (_, more, situation, why, told) => {
    const closed = whyClosed(wantedReward('Horn', more), { ...calm, ...situation });
    expect(closed?.why).toBe(why);
    expect(inPlainWords(closed?.because ?? '')).toBe(told);
  });

  it.each([
    ['nothing is the matter', {}, {}],
    ['the stream is offline, and it does not mind', {}, { isLive: false }],
    ['it is only for a stream that is live', { onlyLive: true }, {}],
  ])('is open while %s', (_, more, situation) => {
    expect(whyClosed(wantedReward('Horn', more), { ...calm, ...situation })).toBeUndefined();
  });
});

describe('a redemption that nobody has heard of', () => {
  const found = { age: 1_000, mayRun: true, isLive: true, closed: undefined };

  it.each([0, 1_000, 60_000, -60_000])('runs at an age of %i ms', (age) => {
    expect(whyGiveBack({ title: 'Horn' }, { ...found, age })).toBeUndefined();
  });

  it.each([
    ['it is older than a minute', { age: 60_001 }, 'The bot heard of it too late.'],
    ['it seems to come from the future', { age: -3_600_000 }, 'The bot heard of it too late.'],
    ['its age is not known', { age: Number.NaN }, 'The bot heard of it too late.'],
    ['the machine went down', { mayRun: false }, 'It came before the machine was started again.'],
    ['the stream is offline', { isLive: false }, 'Horn waits for the stream to be live.'],
    [
      'the reward is closed',
      { closed: { why: 'for the owner', because: 'It rests.' } },
      'It rests.',
    ],
  ])('is given back where %s', (_, more, why) => {
    const reason = whyGiveBack({ title: 'Horn' }, { ...found, ...more });
    expect(reason).toBeDefined();
    expect(inPlainWords(reason ?? '')).toBe(why);
  });
});
