import { expect, it } from '@jest/globals';
import type { RewardReport } from '../../src/control/control-protocol.js';
import { formatRewards } from '../../src/rewards/list-rewards.js';
import { styleFor } from '../../src/terminal/style.js';

const reward = (more: Partial<RewardReport[number]> = {}): RewardReport[number] => ({
  ...{ name: 'confetti', title: 'Confetti', cost: 500, channel: 'streamer', plugin: 'gpio' },
  ...{ runs: 'confetti', state: 'open', redemptions: 0, underWay: [] },
  ...more,
});

const format = (...rewards: RewardReport) => formatRewards(rewards, styleFor({}, {}));

it('shows each reward with its cost, how it stands, and what it runs', () => {
  expect(
    format(
      reward({ redemptions: 3 }),
      reward({ title: 'Lamp for a minute', cost: 10, runs: 'lamp on 1m', state: 'coming' }),
    ),
  ).toBe(
    [
      'Confetti           500  open, 3 under way  confetti',
      'Lamp for a minute   10  not yet there      lamp on 1m',
    ].join('\n'),
  );
});

it('says why one cannot be redeemed, and what mends it', () => {
  const text = format(
    reward({ state: 'missing', why: 'The title is taken.', hint: 'Delete it.' }),
    reward({ state: 'paused', why: 'The stream is offline.' }),
  );
  expect(text).toContain('  The title is taken. Delete it.\n');
  expect(text.endsWith('  The stream is offline.')).toBe(true);
});

it('names the channel where there are several', () => {
  expect(format(reward(), reward({ channel: 'other' }))).toMatch(
    /^#streamer Confetti .*\n#other Conf/,
  );
});

it('lets nothing that came from elsewhere speak to the terminal', () => {
  expect(format(reward({ title: '\u001b[2JBoo' }))).not.toContain('\u001b');
});

it('says so where there are none', () => expect(format()).toMatch(/^The bot has no rewards\./));
