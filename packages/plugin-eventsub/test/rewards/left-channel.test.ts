import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { channel, RewardLife, RewardWorld, until, wantedReward } from './reward-fixture.js';

let world: RewardWorld;
let life: RewardLife;

beforeEach(async () => {
  world = await RewardWorld.start();
  life = await new RewardLife(world, [wantedReward('a')]).begin();
  await until(() => world.open.length === 1);
});
afterEach(async () => {
  await life.stop();
  await world.twitch.stop();
});

it('nobody pays in a channel that the bot has left, and what nobody heard of is given back', async () => {
  world.twitch.channels.redeem({ channel, as: { login: 'bob' }, reward: 'a' });
  life.office.leave(channel);
  await until(() => world.open.length === 0 && world.redemptions[0] === 'bob CANCELED');
  expect(life.redeemed).toEqual([]);
  expect(life.office.list).toMatchObject([
    { name: 'a', state: 'paused', why: 'The bot is not in the channel.' },
  ]);
});

it('the rewards of a channel are open again when the bot is back', async () => {
  life.office.leave(channel);
  await until(() => world.open.length === 0);
  await life.office.open(channel);
  await until(() => world.open.length === 1);
  life.redeems('bob', 'a');
  await until(() => world.redemptions[0] === 'bob FULFILLED');
});
