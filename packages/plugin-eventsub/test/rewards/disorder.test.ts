import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { channel, RewardLife, RewardWorld, until, wantedReward } from './reward-fixture.js';

const settling = 'PATCH channel_points/custom_rewards/redemptions';
const removing = 'DELETE channel_points/custom_rewards';

let world: RewardWorld;
let lives: RewardLife[];

const live = async (...wanted: readonly string[]) => {
  const life = new RewardLife(
    world,
    wanted.map((name) => wantedReward(name)),
  );
  lives.push(life);
  return life.begin();
};

beforeEach(async () => {
  lives = [];
  world = await RewardWorld.start();
});
afterEach(async () => {
  for (const life of lives) await life.stop().catch(() => {});
  await world.twitch.stop();
});

describe('a redemption', () => {
  it('whose end Twitch tells before its beginning does not run', async () => {
    const life = await live('a');
    const { id, reward, user } = world.twitch.channels.redeem({
      ...{ channel, as: { login: 'alice' }, reward: 'a' },
    });
    world.twitch.channels.settle(channel, id, 'CANCELED');
    const viewer = { ...user, roles: ['everyone'], badges: {}, monthsSubscribed: 0 } as const;
    life.office.settledElsewhere({
      ...{ channel, rewardId: reward.id, redemptionId: id, title: 'a', status: 'canceled' },
      user: viewer,
    });
    life.tell(id, reward.id, user);
    life.redeems('bob', 'a');
    await until(() => world.redemptions[1] === 'bob FULFILLED');
    expect(life.redeemed).toEqual(['bob a']);
  });

  it('is not lost with its reward when the bot stops before Twitch has given it back', async () => {
    for (let n = 0; n < 49; n += 1) {
      world.twitch.channels.addReward({ channel, title: `other ${n}`, cost: 1 });
    }
    const life = await live('a');
    world.twitch.channels.redeem({ channel, as: { login: 'alice' }, reward: 'a' });
    world.twitch.helix.faults.always(settling, { status: 503 });
    life.want([wantedReward('b')]);
    await until(() => world.calls(settling) > 0);
    await life.stop();
    expect(world.calls(removing)).toBe(0);
    expect(world.redemptions).toEqual(['alice UNFULFILLED']);
    world.twitch.helix.faults.clear();
    await live('b');
    await until(() => world.redemptions[0] === 'alice CANCELED');
    await until(() => world.open.includes('b'));
  });
});
