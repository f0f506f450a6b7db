import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import {
  channel,
  RewardLife,
  RewardWorld,
  refuses,
  until,
  wantedReward,
} from './reward-fixture.js';

let world: RewardWorld;
let life: RewardLife;

beforeEach(async () => {
  world = await RewardWorld.start();
  life = await new RewardLife(world, [wantedReward('a')]).begin();
});
afterEach(async () => {
  await life.stop();
  await world.twitch.stop();
});

const onTwitch = () => world.twitch.channels.rewards(channel)[0];
const told = () => life.log.lines.filter(({ level }) => level === 'warn').map((l) => l.message);

describe('a reward that somebody edited in the dashboard', () => {
  it.each([
    ['that it skips the queue, so that nothing could be given back', { skipsQueue: true }],
    ['its price', { cost: 1 }],
    ['its title', { title: 'b' }],
  ])('is set right by the first redemption that shows it: %s', async (_, edit) => {
    const { title, cost, skipsQueue } = world.twitch.channels.changeReward(channel, 'a', edit);
    const { id, reward, user } = world.twitch.channels.redeem({
      ...{ channel, as: { login: 'alice' }, reward: title },
    });
    life.tell(id, reward.id, user, '', {
      ...{ title, cost, status: skipsQueue ? 'fulfilled' : 'unfulfilled' },
    });
    await until(() => told().length > 0);
    expect(onTwitch()).toMatchObject({ title: 'a', cost: 500, skipsQueue: false });
    expect(told()).toEqual(['Somebody edited "a" in #streamer: it is as the bot wants it again.']);
  });

  it('is told of once, and not where the bot itself changes its mind', async () => {
    life.want([wantedReward('a', { cost: 700 })]);
    await until(() => onTwitch()?.cost === 700);
    life.stopEverything('alice');
    await until(() => world.open.length === 0);
    life.stopEverything(undefined);
    await until(() => world.open.length === 1);
    expect(told()).toEqual([]);
  });
});

it('a redemption that Twitch does not tell of any more is settled within seconds', async () => {
  await life.stop();
  const clock = new ManualClock();
  const going = setInterval(() => void clock.advance('1s'), 5);
  life = new RewardLife(world, [wantedReward('a')], refuses('No.'), clock);
  life.isTold = false;
  try {
    await life.begin();
    await until(() => world.open.length === 1);
    const since = clock.now();
    world.twitch.channels.redeem({ channel, as: { login: 'bob' }, reward: 'a' });
    await until(() => world.redemptions[0] === 'bob CANCELED');
    expect(clock.now() - since).toBeLessThan(60_000);
    expect(told()).toEqual([]);
  } finally {
    clearInterval(going);
  }
});
