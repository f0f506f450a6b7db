import { describe, expect, it } from '@jest/globals';
import { RawClient } from '../chat/raw-client.js';
import { EventClient } from '../eventsub/event-client.js';
import { allScopes, HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';

const channel = 'streamer';
const as = { login: 'alice', displayName: 'Alice' };
const points = 'channel.channel_points_custom_reward_redemption';

async function hearing(...types: readonly string[]) {
  const twitch = await simulator({ eventSub: { progressInterval: 20 } });
  const client = await EventClient.subscribed(twitch, allScopes, ...types);
  return { twitch, client };
}

describe('what chat and EventSub both show', () => {
  it('is a cheer: a line, bits, and a step of the hype train', async () => {
    const types = ['channel.bits.use', 'channel.cheer', 'channel.hype_train.progress 2'];
    const { twitch, client } = await hearing(...types);
    twitch.channels.hypeTrain({ channel });
    twitch.chat.say({ channel, as, text: 'Cheer100 wow', bits: 100 });
    expect(await client.event('channel.bits.use')).toMatchObject({
      bits: 100,
      type: 'cheer',
      user_login: 'alice',
      message: {
        text: 'Cheer100 wow',
        fragments: [
          { type: 'cheermote', cheermote: { prefix: 'cheer', bits: 100, tier: 100 } },
          { type: 'text', text: ' wow' },
        ],
      },
    });
    expect(await client.event('channel.cheer')).toMatchObject({ bits: 100, is_anonymous: false });
    expect(await client.event('channel.hype_train.progress')).toMatchObject({ total: 200 });
  });

  it('is a redemption with a text', async () => {
    const { twitch, client } = await hearing(`${points}.add`);
    const bot = await RawClient.join(twitch, 'pertybot', channel);
    const { id } = twitch.channels.addReward({
      channel,
      title: 'Paint',
      cost: 5,
      inputRequired: true,
    });
    twitch.channels.redeem({ channel, as, reward: 'paint', text: 'pink' });
    const line = await bot.heard('custom-reward-id');
    expect(line).toMatch(new RegExp(`custom-reward-id=${id}.* PRIVMSG #streamer :pink`));
    expect(await client.event(`${points}.add`)).toMatchObject({ user_input: 'pink' });
  });

  it('is a subscription, a gift of many, and a raid', async () => {
    const { twitch, client } = await hearing('channel.subscribe', 'channel.subscription.gift');
    const helix = HelixClient.as(twitch, 'streamer');
    const raids = await helix.call('POST', 'eventsub/subscriptions', {
      type: 'channel.raid',
      version: '1',
      condition: { to_broadcaster_user_id: '2002' },
      transport: { method: 'websocket', session_id: client.sessionId },
    });
    expect(raids.status).toBe(202);
    twitch.chat.usernotice({ channel, type: 'sub', as, plan: 'Prime' });
    twitch.chat.usernotice({ channel, type: 'submysterygift', count: 5 });
    twitch.chat.usernotice({ channel, type: 'raid', as: { login: 'bob' }, viewers: 50 });
    expect(await client.event('channel.subscribe')).toMatchObject({ tier: '1000', is_gift: false });
    expect(await client.event('channel.subscription.gift')).toMatchObject({
      total: 5,
      is_anonymous: true,
      user_id: null,
    });
    expect(await client.event('channel.raid')).toMatchObject({
      from_broadcaster_user_login: 'bob',
      to_broadcaster_user_login: 'streamer',
      viewers: 50,
    });
  });
});

describe('rewards in the hands of viewers', () => {
  it.each([
    [{ paused: true }, 'is paused'],
    [{ enabled: false }, 'is disabled'],
    [{ perStream: { enabled: true, value: 0 } }, 'is out of stock'],
    [{ inputRequired: true }, 'asks for a text'],
  ])('are closed by %j', async (settings, why) => {
    const twitch = await simulator();
    twitch.channels.addReward({ channel, title: 'Lamp', cost: 1, ...settings });
    expect(() => twitch.channels.redeem({ channel, as, reward: 'Lamp' })).toThrow(why);
  });

  it('cool down, and are counted for each viewer and stream', async () => {
    let time = 1_800_000_000_000;
    const twitch = await simulator({ now: () => time });
    const redeem = (login: string) =>
      twitch.channels.redeem({ channel, as: { login }, reward: 'Lamp' });
    const cooldown = { enabled: true, value: 60 };
    const perUser = { enabled: true, value: 1 };
    twitch.channels.addReward({ channel, title: 'Lamp', cost: 1, cooldown, perUser });
    redeem('alice');
    expect(() => redeem('bob')).toThrow('is cooling down');
    time += 61_000;
    expect(() => redeem('alice')).toThrow('often enough');
    const { id } = redeem('bob');
    expect(twitch.channels.settle(channel, id, 'CANCELED')).toBe(true);
    expect(twitch.channels.settle(channel, id, 'FULFILLED')).toBe(false);
    time += 61_000;
    redeem('bob');
    twitch.channels.goLive({ channel });
    time += 61_000;
    redeem('alice');
  });

  it('are unknown, or are nobody’s where there are no points', async () => {
    const twitch = await simulator();
    expect(() => twitch.channels.redeem({ channel, as, reward: 'Lamp' })).toThrow('has no reward');
    twitch.channels.addReward({ channel, title: 'Lamp', cost: 1, skipsQueue: true });
    expect(twitch.channels.redeem({ channel, as, reward: 'Lamp' }).status).toBe('FULFILLED');
    twitch.channels.setType(channel, '');
    expect(() => twitch.channels.redeem({ channel, as, reward: 'Lamp' })).toThrow(
      'no channel points',
    );
  });
});

describe('what goes on for a while', () => {
  it('is a hype train, which rises and expires', async () => {
    const { twitch, client } = await hearing(
      'channel.hype_train.begin 2',
      'channel.hype_train.progress 2',
      'channel.hype_train.end 2',
    );
    const train = twitch.channels.hypeTrain({ channel, level: 2, duration: 50 });
    train.contribute({ as, points: 4_000 });
    expect(await client.event('channel.hype_train.end')).toMatchObject({ level: 3 });
    expect(train.running).toBe(false);
    const steps = client.events('channel.hype_train.progress');
    expect(steps.map(({ level }) => level)).toEqual([2, 3]);
    for (const { progress, goal } of steps) expect(Number(progress)).toBeLessThan(Number(goal));
    expect(client.events('channel.hype_train.begin')).toMatchObject([
      { level: 1, all_time_high_level: 5, shared_train_participants: null },
    ]);
  });

  it('is a poll, which tells of votes now and then, and ends by itself', async () => {
    const types = ['begin', 'progress', 'end'].map((stage) => `channel.poll.${stage}`);
    const { twitch, client } = await hearing(...types);
    const poll = twitch.channels.poll({ channel, title: 'x', choices: ['a', 'b'], duration: 300 });
    expect(poll.vote('A', 2)).toBe(true);
    expect(poll.vote(2)).toBe(true);
    expect(poll.vote('c')).toBe(false);
    expect(await client.event('channel.poll.progress')).toMatchObject({
      choices: [{ votes: 2 }, { votes: 1 }],
    });
    expect(await client.event('channel.poll.end')).toMatchObject({ status: 'completed' });
    expect(poll.vote('a')).toBe(false);
    expect(client.events('channel.poll.progress')).toHaveLength(1);
    expect(() => twitch.channels.poll({ channel, title: 'x', choices: ['a'] })).toThrow(
      'two to five',
    );
  });

  it('is a prediction, which locks by itself and shares out what was put in', async () => {
    const types = ['lock', 'end'].map((stage) => `channel.prediction.${stage}`);
    const { twitch, client } = await hearing(...types);
    const options = { channel, title: 'x', outcomes: ['yes', 'no'], window: 100 };
    const prediction = twitch.channels.prediction(options);
    prediction.predict({ as, outcome: 'yes', points: 100 });
    prediction.predict({ as: { login: 'bob' }, outcome: 2, points: 300 });
    await client.event('channel.prediction.lock');
    expect(prediction.predict({ as, outcome: 'yes', points: 1 })).toBe(false);
    expect(prediction.resolve('yes')).toBe(true);
    expect(prediction.cancel()).toBe(false);
    expect(await client.event('channel.prediction.end')).toMatchObject({
      status: 'resolved',
      outcomes: [
        { channel_points: 100, top_predictors: [{ channel_points_won: 400 }] },
        { channel_points: 300, top_predictors: [{ channel_points_won: 0 }] },
      ],
    });
  });

  it('is a stream, whose end has the id of its beginning', async () => {
    const { twitch, client } = await hearing('stream.online', 'stream.offline');
    twitch.channels.goLive({ channel });
    twitch.channels.goLive({ channel });
    twitch.channels.goOffline({ channel });
    twitch.channels.goOffline({ channel });
    const { id } = await client.event('stream.offline');
    expect(client.events('stream.online')).toMatchObject([{ id, type: 'live' }]);
    expect(client.events('stream.offline')).toHaveLength(1);
  });
});

it('has a sample of what has no action, and says so of the rest', async () => {
  const twitch = await simulator();
  expect(() => twitch.channels.sample({ channel, type: 'channel.nonsense' })).toThrow(
    'There is no sample of "channel.nonsense".',
  );
});
