import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin, type Refusal, refuse, WantedRewards } from '../../../src/index.js';
import { startTestBot, type TestBot } from '../../../src/testing/index.js';

let isAway: Refusal | undefined;

const shop = definePlugin({
  name: 'shop',
  start({ reward, command, on }) {
    reward('confetti [burst:duration]', { cost: 500, cooldown: '30s', maxPerUser: 2 }, () => {});
    command('lamp <state:on|off>', { onlyLive: true, away: () => isAway }, () => {});
    on('raid', () => {
      throw new Error('boom');
    });
  },
});

const rewards = {
  Confetti: { cost: 600, title: 'Boom!', prompt: 'Loud' },
  Lamp: { cost: 1, run: 'lamp on', approve: 'moderator', color: '#9146ff' },
  Gone: { cost: 2, run: 'horn' },
  Hidden: { cost: 3, run: 'lamp off', enabled: false },
} as const;

describe('the rewards that a bot wants', () => {
  let bot: TestBot;
  afterEach(() => bot.stop());

  async function start() {
    isAway = undefined;
    const lists: string[][] = [];
    const bringer = definePlugin({
      name: 'bringer',
      needs: { wanted: WantedRewards },
      start({ wanted }) {
        wanted.onChange((list) =>
          lists.push(list.map(({ name, away }) => `${name}: ${away ?? 'here'}`)),
        );
      },
    });
    bot = await startTestBot([{ plugin: shop, rewards }, bringer]);
    return lists;
  }

  const awayOf = (name: string) => bot.rewards.list.find((each) => each.name === name)?.away;

  it('are what author and owner said together', async () => {
    await start();
    expect(bot.rewards.list).toEqual([
      {
        name: 'Gone',
        plugin: 'shop',
        title: 'Gone',
        cost: 2,
        prompt: '',
        input: false,
        cooldown: 0,
        approve: false,
        onlyLive: false,
        runs: 'horn',
        away: '"horn" is not there now.',
      },
      {
        name: 'Lamp',
        plugin: 'shop',
        title: 'Lamp',
        cost: 1,
        prompt: '',
        input: false,
        cooldown: 0,
        color: '#9146ff',
        approve: true,
        onlyLive: true,
        runs: 'lamp on',
      },
      {
        name: 'confetti',
        plugin: 'shop',
        title: 'Boom!',
        cost: 600,
        prompt: 'Loud',
        input: true,
        cooldown: 30_000,
        maxPerUser: 2,
        approve: false,
        onlyLive: false,
        runs: 'confetti',
      },
    ]);
  });

  it('are away while everything is stopped, and come back', async () => {
    const lists = await start();
    bot.emergencyStop.engage('Bob');
    await bot.clock.advance(0);
    expect(awayOf('confetti')).toBe('Emergency stop by Bob.');
    expect(lists.at(-1)).toContain('confetti: Emergency stop by Bob.');
    bot.emergencyStop.release();
    await bot.clock.advance(0);
    expect(lists.at(-1)).toContain('confetti: here');
  });

  it('are away while their plugin rests or starts again, and stay in the list', async () => {
    const lists = await start();
    const raid = { channel: 'test', viewers: 1 };
    for (let count = 0; count < 10; count++) {
      const user = { id: `${count}`, login: 'a', displayName: 'A', roles: [], badges: {} };
      bot.emit('raid', { ...raid, user: { ...user, monthsSubscribed: 0 } });
    }
    await bot.clock.advance('1s');
    expect(awayOf('confetti')).toBe('"shop" rests: it failed too often.');
    expect(bot.rewards.list).toHaveLength(3);
    await expect(bot.redeem('confetti')).resolves.toMatchObject({ moved: false });
    await bot.clock.advance('20s');
    expect(awayOf('confetti')).toBeUndefined();
    expect(lists.at(-1)).toContain('confetti: here');
    expect(bot.rewards.list).toHaveLength(3);
  });

  it('are away while what they run says so', async () => {
    const lists = await start();
    isAway = refuse('gadget.rests', { text: 'lamp rests.', retryAfter: 5_000 });
    await bot.hear('!lamp on');
    await bot.clock.advance('1s');
    expect(lists.at(-1)).toContain('Lamp: lamp rests.');
    isAway = undefined;
    await bot.clock.advance('5s');
    expect(lists.at(-1)).toContain('Lamp: here');
  });
});
