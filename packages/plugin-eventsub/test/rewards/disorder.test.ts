import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  channel,
  moves,
  type Redeem,
  RewardLife,
  RewardWorld,
  refuses,
  until,
  wantedReward,
} from './reward-fixture.js';

const settling = 'PATCH channel_points/custom_rewards/redemptions';
const making = 'POST channel_points/custom_rewards';
const changing = 'PATCH channel_points/custom_rewards';
const removing = 'DELETE channel_points/custom_rewards';

let world: RewardWorld;
let lives: RewardLife[];

const live = async (wanted: readonly string[], redeem: Redeem = moves) => {
  const rewards = wanted.map((name) => wantedReward(name));
  const life = new RewardLife(world, rewards, redeem);
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
    const life = await live(['a']);
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
    const life = await live(['a'], refuses('No.'));
    world.twitch.channels.redeem({ channel, as: { login: 'alice' }, reward: 'a' });
    world.twitch.helix.faults.always(settling, { status: 503 });
    life.want([wantedReward('b')]);
    await until(() => world.calls(settling) > 0);
    await life.stop();
    expect(world.calls(removing)).toBe(0);
    expect(world.redemptions).toEqual(['alice UNFULFILLED']);
    world.twitch.helix.faults.clear();
    await live(['b']);
    await until(() => world.redemptions[0] === 'alice CANCELED');
    await until(() => world.open.includes('b'));
  });
});

it('a redemption of a reward that goes is given back by the next bot where this one could not', async () => {
  const life = await live(['a', 'b'], refuses('No.'));
  world.twitch.channels.redeem({ channel, as: { login: 'alice' }, reward: 'a' });
  world.twitch.helix.faults.always(settling, { status: 503 });
  life.want([wantedReward('b')]);
  await until(() => world.calls(settling) > 0);
  await life.stop();
  world.twitch.helix.faults.clear();
  await live(['b']);
  await until(() => world.redemptions[0] === 'alice CANCELED');
});

describe('a reward', () => {
  it.each([
    ['no JSON', { body: 'html' }],
    ['nothing', { body: 'empty' }],
    ['a portal of the network', { status: 403, body: 'html' }],
  ] as const)('is made though Twitch answers %s at first', async (_what, fault) => {
    world.twitch.helix.faults.next(making, fault, 2);
    const life = await live(['a']);
    await until(() => life.office.list[0]?.state === 'open');
    const told = JSON.stringify(life.log.lines);
    expect(told).not.toMatch(/Twitch refused the reward|plugins\.yaml|Invalid type/);
    life.redeems('alice', 'a');
    await until(() => world.redemptions[0] === 'alice FULFILLED');
  });

  it('is made anew when somebody has deleted it just before it was to change', async () => {
    const life = await live(['a']);
    world.twitch.helix.faults.next(changing, { status: 404, message: 'There is none.' });
    life.want([wantedReward('a', { cost: 900 })]);
    await until(() => world.twitch.channels.rewards(channel)[0]?.cost === 900);
    expect(life.log.lines.filter(({ message }) => message.includes('refused'))).toEqual([]);
  });
});
