import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BotEvents } from '@pertybot/core';
import { eventTypes } from '../../src/events/event-types.js';
import { SimulatedRig } from '../simulated-rig.js';

const channel = 'streamer';
const as = { login: 'alice', displayName: 'Alice' };
const alice = {
  ...{ id: expect.any(String), login: 'alice', displayName: 'Alice', roles: ['everyone'] },
  ...{ badges: {}, monthsSubscribed: 0 },
};
const bob = { id: expect.any(String), login: 'bob', displayName: expect.any(String) };
const time = expect.any(Number);
const id = expect.any(String);

let rig: SimulatedRig;

beforeAll(async () => {
  const hears = [...new Set(eventTypes.map(({ event }) => event)), 'eventsub' as const];
  rig = await SimulatedRig.start({ hears });
  await rig.live();
});

afterAll(() => rig.stop());

/** Lets something happen, and gives the data of an event that it brings. */
async function after<Event extends keyof BotEvents>(
  event: Event,
  happen: () => unknown,
): Promise<BotEvents[Event] | undefined> {
  const before = rig.events(event).length;
  happen();
  await rig.until(() => rig.events(event).length > before, `"${event}" is heard`);
  return rig.events(event).at(-1);
}

describe('what happens on a simulated channel', () => {
  it('is all subscribed, over one connection, at no cost', () => {
    const { eventSub } = rig.twitch;
    expect(eventSub.sessions).toHaveLength(1);
    expect(eventSub.subscriptions).toHaveLength(eventTypes.length);
    expect(rig.health.subscriptions.every(({ on }) => on)).toBe(true);
  });

  it('is a follow', async () => {
    const { channels } = rig.twitch;
    const data = await after('follow', () => channels.follow({ channel, as }));
    expect(data).toEqual({ channel, user: alice, followedAt: time });
    expect(Math.abs((data?.followedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('is a redemption, and what becomes of it', async () => {
    const { channels } = rig.twitch;
    channels.addReward({ channel, title: 'Confetti', cost: 500, inputRequired: true });
    const data = await after('redeem', () =>
      channels.redeem({ channel, as, reward: 'Confetti', text: 'hello' }),
    );
    expect(data).toEqual({
      ...{ channel, user: alice, rewardId: id, redemptionId: id, title: 'Confetti', cost: 500 },
      ...{ text: 'hello', status: 'unfulfilled', redeemedAt: time },
    });
    const update = await after('redeemUpdate', () =>
      channels.settle(channel, data?.redemptionId ?? '', 'CANCELED'),
    );
    expect(update).toEqual({
      ...{ channel, user: alice, title: 'Confetti', status: 'canceled' },
      ...{ rewardId: data?.rewardId, redemptionId: data?.redemptionId },
    });
  });

  it('is one of Twitch’s own rewards', async () => {
    const reward = 'send_highlighted_message';
    const data = await after('automaticReward', () =>
      rig.twitch.channels.automaticReward({ channel, as, reward, text: 'look' }),
    );
    expect(data).toEqual({ channel, user: alice, reward, cost: time, text: 'look' });
  });

  it('is a power-up, of Twitch’s own or of the channel’s, once', async () => {
    const { channels } = rig.twitch;
    const own = await after('powerUp', () =>
      channels.powerUp({ channel, as, kind: 'celebration' }),
    );
    expect(own).toEqual({ channel, user: alice, kind: 'celebration', bits: 30, text: '' });
    const custom = await after('powerUp', () =>
      channels.customPowerUp({ channel, as, title: 'Rain', bits: 70, text: 'hi' }),
    );
    expect(custom).toMatchObject({ kind: 'custom', bits: 70, text: 'hi', title: 'Rain' });
    await after('follow', () => channels.follow({ channel, as: { login: 'carol' } }));
    expect(rig.events('powerUp')).toHaveLength(2);
  });

  it('is no cheer: chat brings those', async () => {
    const { channels, chat } = rig.twitch;
    const before = rig.events('powerUp').length;
    chat.say({ channel, as, text: 'Cheer100 great', bits: 100 });
    await after('follow', () => channels.follow({ channel, as: { login: 'dave' } }));
    expect(rig.events('powerUp')).toHaveLength(before);
  });

  it('is the end of a subscription', async () => {
    const data = await after('subscriptionEnd', () =>
      rig.twitch.channels.endSubscription({ channel, as }),
    );
    expect(data).toEqual({ channel, user: alice, tier: '1', gift: expect.any(Boolean) });
  });

  it('is a hype train, from its beginning to its end', async () => {
    const { channels } = rig.twitch;
    const data = await after('hypeTrainBegin', () => channels.hypeTrain({ channel, level: 3 }));
    expect(data).toEqual({
      ...{ channel, id, kind: 'regular', level: time, total: time },
      ...{ progress: time, goal: time, endsAt: time },
    });
    const end = await after('hypeTrainEnd', () => channels.hypeTrain({ channel, level: 1 }).end());
    expect(end).toEqual({ channel, id, kind: 'regular', level: time, total: time, endsAt: time });
    expect(rig.events('hypeTrainProgress').length).toBeGreaterThan(0);
  });

  it('is a poll, with its winner', async () => {
    const { channels } = rig.twitch;
    const poll = channels.poll({ channel, title: 'Which?', choices: ['red', 'blue'] });
    poll.vote('red', 3);
    await after('pollProgress', () => poll.report());
    const end = await after('pollEnd', () => poll.end('completed'));
    expect(rig.events('pollBegin')).toMatchObject([
      { title: 'Which?', choices: [{ title: 'red', votes: 0 }, { title: 'blue' }], endsAt: time },
    ]);
    expect(rig.events('pollBegin')[0]).not.toHaveProperty('winner');
    expect(end).toMatchObject({ status: 'completed', winner: 'red', endsAt: time });
  });

  it('is a prediction, with what won', async () => {
    const { channels } = rig.twitch;
    const prediction = channels.prediction({ channel, title: 'Will it?', outcomes: ['yes', 'no'] });
    prediction.predict({ as, outcome: 'yes', points: 100 });
    await after('predictionProgress', () => prediction.report());
    await after('predictionLock', () => prediction.lock());
    const end = await after('predictionEnd', () => prediction.resolve('yes'));
    expect(rig.events('predictionBegin')).toHaveLength(1);
    expect(rig.events('predictionLock')).toMatchObject([{ endsAt: time, title: 'Will it?' }]);
    expect(end).toMatchObject({
      ...{ status: 'resolved', winner: 'yes' },
      outcomes: [{ title: 'yes', users: 1, points: 100 }, { title: 'no' }],
    });
  });

  it('is an advertisement, a shoutout, a raid, a shield', async () => {
    const { channels } = rig.twitch;
    const ad = await after('adBreak', () => channels.adBreak({ channel }));
    expect(ad).toEqual({
      channel,
      duration: time,
      automatic: expect.any(Boolean),
      startedAt: time,
    });
    expect((ad?.duration ?? 0) % 1_000).toBe(0);
    const sent = await after('shoutoutSent', () => channels.shoutout({ channel, to: 'bob' }));
    expect(sent).toEqual({ channel, other: bob, viewers: time });
    const got = await after('shoutoutReceived', () =>
      channels.shoutout({ channel: 'bob', to: channel }),
    );
    expect(got).toEqual({ channel, other: bob, viewers: time });
    const raid = await after('raidOut', () => channels.raidOut({ channel, to: 'bob', viewers: 7 }));
    expect(raid).toEqual({ channel, to: bob, viewers: 7 });
    const up = await after('shieldModeBegin', () => channels.shieldMode({ channel, on: true }));
    expect(up).toMatchObject({ channel, moderator: { login: channel } });
    await after('shieldModeEnd', () => channels.shieldMode({ channel, on: false }));
  });

  it('is a goal, and what is given to charity', async () => {
    const { channels } = rig.twitch;
    const end = await after('goalEnd', () =>
      channels.goal({ channel, target: 1, description: 'one more' }).advance(),
    );
    expect(end).toMatchObject({ description: 'one more', current: 1, target: 1, achieved: true });
    expect(rig.events('goalBegin')).toHaveLength(1);
    const charity = channels.charity({ channel, charity: 'Lamps', target: 100 });
    const gift = await after('charityDonation', () => charity.donate({ as, amount: 12.5 }));
    expect(gift).toEqual({
      ...{ channel, user: alice, charity: 'Lamps', amount: { value: 12.5, currency: 'USD' } },
    });
    const stopped = await after('charityEnd', () => charity.stop());
    expect(stopped).toMatchObject({
      ...{ charity: 'Lamps', current: { value: 12.5, currency: 'USD' }, target: { value: 100 } },
    });
    expect(rig.events('charityBegin')).toHaveLength(1);
    expect(rig.events('charityProgress').length).toBeGreaterThan(0);
  });

  it('is the stream, and its title', async () => {
    const { channels } = rig.twitch;
    const on = await after('streamOnline', () => channels.goLive({ channel }));
    expect(on).toEqual({ channel, id, kind: 'live', startedAt: time });
    const update = await after('channelUpdate', () =>
      channels.update({ channel, title: 'Blinking', category: 'Makers' }),
    );
    expect(update).toMatchObject({ channel, title: 'Blinking', category: 'Makers' });
    const off = await after('streamOffline', () => channels.goOffline({ channel }));
    expect(off).toEqual({ channel, id });
  });

  it('is handed on as it came, with fields and values that are new', async () => {
    const { channels, eventSub } = rig.twitch;
    eventSub.faults.next('notification', {
      fields: { type: 'rerun_of_a_kind', mood: { good: 1 } },
    });
    const on = await after('streamOnline', () => channels.goLive({ channel }));
    expect(on?.kind).toBe('rerun_of_a_kind');
    expect(rig.events('eventsub').at(-1)).toMatchObject({
      ...{ channel, type: 'stream.online', version: '1' },
      data: { broadcaster_user_login: channel, mood: { good: 1 } },
    });
  });

  it('is dropped, and counted, where it makes no sense', async () => {
    const { channels, eventSub } = rig.twitch;
    eventSub.faults.next('notification', { fields: { user_login: null, followed_at: 'soon' } });
    channels.follow({ channel, as: { login: 'erin' } });
    await rig.until(() => rig.health.malformedEvents === 1, 'it is counted');
    await after('follow', () => channels.follow({ channel, as: { login: 'frank' } }));
    expect(rig.events('follow').at(-1)?.user.login).toBe('frank');
  });

  it('counts once where Twitch sends it twice', async () => {
    const { channels, eventSub } = rig.twitch;
    const before = rig.events('follow').length;
    eventSub.faults.next('notification', { duplicate: 3 });
    channels.follow({ channel, as: { login: 'grace' } });
    await after('follow', () => channels.follow({ channel, as: { login: 'heidi' } }));
    await rig.until(() => rig.health.duplicateMessages === 3, 'the copies are counted');
    expect(rig.events('follow')).toHaveLength(before + 2);
  });

  it('moves to another server without a loss, also while both bring it', async () => {
    const { channels, eventSub } = rig.twitch;
    const before = rig.events('follow').length;
    const [old] = eventSub.sessions;
    eventSub.faults.reconnect();
    for (let turn = 0; turn < 20; turn++) {
      eventSub.faults.next('notification', { bothSockets: true });
      channels.follow({ channel, as: { login: `viewer${turn}` } });
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await rig.until(() => rig.events('follow').length === before + 20, 'all are heard');
    await rig.until(() => eventSub.sessions.length === 1 && eventSub.sessions[0] !== old, 'moved');
    expect(rig.health.state).toBe('ok');
    expect(rig.health.lastGap).toBeUndefined();
  });
});
