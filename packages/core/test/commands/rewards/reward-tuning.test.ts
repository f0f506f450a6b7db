import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import {
  rewardPauseSchema,
  rewardTuningSchema,
} from '../../../src/commands/rewards/reward-tuning.js';

const faultsOf = (value: unknown) =>
  v.safeParse(rewardTuningSchema, value).issues?.map(({ message }) => message) ?? [];

describe('what plugins.yaml says of a reward', () => {
  it('may be all that there is, and has its times in milliseconds', () => {
    const said = {
      title: '  Lamp for a minute ',
      cost: 500,
      prompt: '',
      input: true,
      maxPerStream: 10,
      maxPerUser: 1,
      color: '#9146FF',
      onlyLive: false,
      run: ' lamp on 1m ',
      cooldown: '2m',
      approve: 'nobody',
      allow: ['vip', '@alice'],
      enabled: false,
    };
    expect(v.parse(rewardTuningSchema, said)).toEqual({
      ...said,
      title: 'Lamp for a minute',
      run: 'lamp on 1m',
      cooldown: 120_000,
    });
    expect(v.parse(rewardTuningSchema, {})).toEqual({});
  });

  it.each([
    [{ cost: 0 }, 'expected a whole number of points, at least 1'],
    [{ cost: 1.5 }, 'expected a whole number of points, at least 1'],
    [{ cost: '500' }, 'expected a whole number of points, at least 1'],
    [{ cost: 3_000_000_000 }, 'expected at most 2147483647 points'],
    [{ maxPerUser: 0 }, 'expected a whole number of redemptions, at least 1'],
    [{ title: '   ' }, 'expected a title, such as "Lamp for a minute"'],
    [{ title: 5 }, 'expected a text in quotes'],
    [{ title: 'x'.repeat(46) }, 'expected at most 45 characters, not 46'],
    [{ title: '🎉'.repeat(46) }, 'expected at most 45 characters, not 46'],
    [{ prompt: 'x'.repeat(201) }, 'expected at most 200 characters, not 201'],
    [{ color: 'purple' }, 'expected a colour such as "#9146ff", in quotes'],
    [{ color: '#fff' }, 'expected a colour such as "#9146ff", in quotes'],
    [{ run: ' ' }, 'expected a command with its arguments, such as lamp on 1m'],
    [{ run: null }, 'expected a command with its arguments, such as lamp on 1m'],
    [{ approve: 'vip' }, 'expected moderator or nobody, who must say yes'],
    [{ enabled: 'no' }, 'expected true or false'],
  ])('is refused as %j', (value, message) => {
    expect(faultsOf(value)).toContain(message);
  });

  it('counts characters as people do, and takes as many as Twitch', () => {
    expect(faultsOf({ title: '🎉'.repeat(45), prompt: '🎉'.repeat(200) })).toEqual([]);
    expect(faultsOf({ title: `  ${'x'.repeat(45)}  ` })).toEqual([]);
  });

  it.each(['1s', '7d', 0, '0s', 1_000, { user: '10ms' }, { everyone: '30d' }])(
    'may have the pause %j',
    (cooldown) => {
      expect(faultsOf({ cooldown })).toEqual([]);
    },
  );

  it.each(['999ms', '8d', 1, 30])('has no pause %j that Twitch would not keep', (cooldown) => {
    expect(faultsOf({ cooldown })).toContain('expected a pause from 1s to 7d, which Twitch keeps');
    expect(v.safeParse(rewardPauseSchema(), cooldown).success).toBe(false);
  });

  it('knows no other key', () => {
    expect(faultsOf({ costs: 5 })).toHaveLength(1);
  });

  it('says of each key what it means, for editors', () => {
    for (const [key, entry] of Object.entries(rewardTuningSchema.entries)) {
      expect({ key, said: v.getDescription(entry)?.endsWith('.') }).toEqual({ key, said: true });
    }
  });
});
