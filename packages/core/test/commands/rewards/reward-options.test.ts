import { describe, expect, it } from '@jest/globals';
import { checkRewardOptions } from '../../../src/commands/rewards/reward-options.js';
import { definePlugin, type PluginContext } from '../../../src/index.js';
import { startTestBot } from '../../../src/testing/index.js';

const check = (options: unknown) => () => checkRewardOptions('two', 'boom', options);

describe('the options of a reward', () => {
  it.each([
    { cost: 1 },
    { cost: 500, title: 'x'.repeat(45), prompt: 'y'.repeat(200), input: true, cooldown: '7d' },
    { cost: 1, cooldown: 1_000, maxPerStream: 1, maxPerUser: 1, color: '#00FF00' },
    { cost: 1, approve: 'moderator', onlyLive: true, types: { color: () => 'red' } },
    { cost: 1, title: undefined, cooldown: 0 },
  ])('may be %j', (options) => {
    expect(check(options)).not.toThrow();
  });

  it.each([
    [{}, 'cost: '],
    [{ cost: 0 }, 'cost: expected a whole number of points, at least 1'],
    [{ cost: 1.5 }, 'cost: expected a whole number of points'],
    [{ cost: '5' }, 'cost: expected a whole number of points'],
    [{ cost: 3e9 }, 'cost: expected at most'],
    [{ cost: 1, titel: 'x' }, 'there is no option "titel", did you mean "title"?'],
    [{ cost: 1, allow: 'vip' }, 'there is no option "allow"'],
    [{ cost: 1, title: '' }, 'title: expected a title'],
    [{ cost: 1, title: 'x'.repeat(46) }, 'title: expected at most 45 characters, not 46'],
    [{ cost: 1, prompt: 'x'.repeat(201) }, 'prompt: expected at most 200 characters, not 201'],
    [{ cost: 1, cooldown: '8d' }, 'cooldown: expected a '],
    [{ cost: 1, cooldown: '999ms' }, 'cooldown: expected a pause from 1s to 7d'],
    [{ cost: 1, cooldown: 'soon' }, 'cooldown: expected a duration'],
    [{ cost: 1, color: 'red' }, 'color: expected a colour'],
    [{ cost: 1, approve: 'vip' }, 'approve: expected "moderator"'],
    [{ cost: 1, maxPerUser: 0 }, 'maxPerUser: expected a whole number of redemptions'],
    [{ cost: 1, types: { x: 1 } }, 'types.x: expected a function that reads a word'],
  ])('cannot be %j', (options, message) => {
    expect(check(options)).toThrow(
      expect.objectContaining({
        code: 'REWARD_OPTIONS_INVALID',
        message: expect.stringContaining(message),
      }),
    );
  });

  it.each<[string, (context: PluginContext) => void, string]>([
    ['no handler', ({ reward }) => reward('a', { cost: 1 }, undefined as never), 'no handler'],
    [
      'no options',
      ({ reward }) => reward('a', (() => {}) as never, undefined as never),
      'no options',
    ],
    ['null', ({ reward }) => reward('a', null as never, () => {}), 'no handler'],
    ['no signature', ({ reward }) => reward(5 as never, { cost: 1 }, () => {}), 'is a text'],
    ['a wrong one', ({ reward }) => reward('a <b', { cost: 1 }, () => {}), 'has no ">"'],
    [
      'a name twice',
      ({ reward }) => {
        reward('a', { cost: 1 }, () => {});
        reward('A', { cost: 1, title: 'Other' }, () => {});
      },
      'is twice that of the plugin "two"',
    ],
    [
      'a title twice',
      ({ reward }) => {
        reward('a', { cost: 1, title: 'Boom' }, () => {});
        reward('b', { cost: 1, title: 'BOOM' }, () => {});
      },
      'The title "BOOM" of a reward is twice that',
    ],
  ])('fail a plugin with %s', async (_, start, message) => {
    const bot = await startTestBot([definePlugin({ name: 'two', start })]);
    const failed = bot.plugins.find(({ id }) => id === 'two')?.state;
    expect(failed).toMatchObject({
      name: 'failed',
      error: { message: expect.stringContaining(message) },
    });
    await bot.stop();
  });

  it('leave the reward of two plugins with the one that stands first, and say so once', async () => {
    const make = (name: string) =>
      definePlugin({
        name,
        start: ({ reward }) => void reward('boom', { cost: 1 }, ({ say }) => say(name)),
      });
    const bot = await startTestBot([make('one'), make('two')]);
    await expect(bot.redeem('boom')).resolves.toEqual({ moved: true });
    expect(bot.replies).toEqual(['one']);
    const told = bot.log.filter(({ message }) => message.includes('is that of the plugin "one"'));
    expect(told).toHaveLength(1);
    await bot.stop();
  });
});
