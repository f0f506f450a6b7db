import { afterEach, describe, expect, it } from '@jest/globals';
import { EventSubRig, follow } from '../event-sub-rig.js';
import { makeToken } from '../fake-tokens.js';
import { allScopes } from '../plugin-rig.js';

let rig: EventSubRig;
afterEach(() => rig.stop());

const login = 'Run: pertybot login --broadcaster --channel alice';

describe('what is subscribed', () => {
  it('is what plugins listen to, and the events of it reach them', async () => {
    rig = await EventSubRig.start({ hears: ['follow', 'hypeTrainBegin'] });
    await rig.live();
    expect(rig.twitch.typesOf(rig.twitch.open)).toEqual([
      'channel.follow',
      'channel.hype_train.begin',
    ]);
    expect(rig.twitch.subscriptions[0]?.condition).toEqual({
      broadcaster_user_id: 'id-of-alice',
      moderator_user_id: 'id-of-alice',
    });
    rig.twitch.notify('channel.follow', follow);
    await rig.until(() => rig.heard.length > 0, 'the follow is heard');
    expect(rig.events('follow')).toMatchObject([
      { channel: 'alice', user: { id: '42', login: 'bob', displayName: 'Bob' } },
    ]);
  });

  it('is nothing where nobody listens: no connection, no scope, nobody is asked to log in', async () => {
    rig = await EventSubRig.start({ hears: ['message', 'cheer', 'raid'], scopes: undefined });
    await rig.bot.clock.advance('1m');
    expect(rig.twitch.sessions).toEqual([]);
    expect(rig.requested).toEqual([]);
    expect(rig.tokens.asked).toEqual([]);
    expect(rig.health.state).toBe('idle');
  });

  it('grows and shrinks on the open connection, as listeners come and go', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    const undo = rig.hear('pollEnd');
    await rig.until(() => rig.twitch.subscriptions.length === 2, 'polls are subscribed');
    expect(rig.twitch.typesOf(rig.twitch.open)).toEqual(['channel.follow', 'channel.poll.end']);
    undo();
    await rig.until(() => rig.twitch.deleted.length === 1, 'polls are dropped');
    expect(rig.twitch.typesOf(rig.twitch.open)).toEqual(['channel.follow']);
    expect(rig.twitch.sessions).toHaveLength(1);
  });

  it('ends with the last listener, by a close frame, and begins with the next', async () => {
    rig = await EventSubRig.start({ hears: [] });
    const undo = rig.hear('follow');
    await rig.live();
    undo();
    await rig.until(() => rig.twitch.sessions[0]?.closedWith === 1000, 'the connection is closed');
    expect(rig.requested).toEqual([]);
    rig.hear('follow');
    await rig.live();
    expect(rig.twitch.sessions).toHaveLength(2);
    expect(rig.health.lastGap).toBeUndefined();
  });

  it('asks the broadcaster for the scopes of that alone, in the name of who listens', async () => {
    rig = await EventSubRig.start({ hears: ['redeem', 'streamOnline'] });
    await rig.live();
    expect(rig.requested).toEqual([
      { scope: 'channel:read:redemptions', account: 'broadcaster', plugins: ['listener'] },
    ]);
    rig.scopes?.want([
      { scope: 'channel:manage:redemptions', account: 'broadcaster', plugins: ['listener'] },
    ]);
    const undo = rig.hear('follow');
    const asked = () => rig.requested.map(({ scope }) => scope);
    await rig.until(() => asked().includes('moderator:read:followers'), 'the scopes are others');
    // The greater scope holds the lesser one.
    expect(asked()).toEqual(['channel:manage:redemptions', 'moderator:read:followers']);
    undo();
  });

  it('goes over one connection for an account, whoever listens to whatever', async () => {
    rig = await EventSubRig.start({ hears: ['follow', 'streamOnline', 'raidOut', 'pollBegin'] });
    await rig.live();
    expect(rig.twitch.sessions).toHaveLength(1);
    expect(rig.twitch.subscriptions).toHaveLength(4);
    expect(new Set(rig.twitch.bearers)).toEqual(new Set(['Bearer token-of-alice']));
  });

  it('needs no login of the broadcaster for what needs no scope', async () => {
    rig = await EventSubRig.start({ hears: ['streamOnline', 'raidOut'], scopes: undefined });
    await rig.live();
    expect(rig.tokens.asked.every(({ account }) => account !== 'broadcaster')).toBe(true);
    expect(rig.twitch.subscriptions.map(({ condition }) => condition)).toEqual(
      expect.arrayContaining([
        { broadcaster_user_id: 'id-of-alice' },
        { from_broadcaster_user_id: 'id-of-alice' },
      ]),
    );
  });

  it('is of no channel that there is not, and says so', async () => {
    rig = await EventSubRig.start({
      hears: ['streamOnline'],
      scopes: undefined,
      config: { channels: ['nobody'] },
    });
    await rig.until(() => rig.health.subscriptions[0]?.problem !== undefined, 'it is missed');
    expect(rig.health.subscriptions[0]?.problem).toBe('There is no channel "nobody".');
  });
});

describe('a broadcaster who is not logged in', () => {
  it('is waited for by what needs it alone, and the log says what that is', async () => {
    rig = await EventSubRig.start({ hears: ['follow', 'streamOnline'], scopes: undefined });
    await rig.until(() => rig.twitch.subscriptions.length === 1, 'the stream is subscribed');
    expect(rig.twitch.typesOf(rig.twitch.open)).toEqual(['stream.online']);
    // Twitch has it a moment before the answer is read.
    await rig.until(() => rig.health.state === 'degraded', 'the one that is open is known');
    expect(rig.health.subscriptions).toContainEqual({
      ...{ channel: 'alice', event: 'follow', type: 'channel.follow', on: false },
      ...{ problem: '"alice" is not logged in.', hint: login },
    });
    expect(rig.log('warn')).toContain('"alice" must log in for "follow"; all else goes on.');
    rig.tokens.set('alice', makeToken('alice', 'late', allScopes));
    await rig.live();
    // One connection is enough from now on.
    await rig.until(() => rig.twitch.sessions[0]?.closedWith === 1000, 'the first one is closed');
    await rig.until(() => rig.twitch.typesOf(rig.twitch.open).length === 2, 'all is there');
  });

  it('who lacks a scope gets what the others allow, and the rest as soon as it is granted', async () => {
    const scopes = ['moderator:read:followers'];
    rig = await EventSubRig.start({ hears: ['follow', 'pollEnd'], scopes });
    await rig.until(() => rig.twitch.subscriptions.length === 1, 'follows are subscribed');
    expect(rig.twitch.asked).toEqual(['channel.follow']);
    expect(rig.health.subscriptions).toContainEqual({
      ...{ channel: 'alice', event: 'pollEnd', type: 'channel.poll.end', on: false },
      problem: 'The login of "alice" lacks the scope "channel:read:polls".',
      hint: 'Log in again: run "pertybot login --broadcaster --channel alice".',
    });
    rig.tokens.set('alice', makeToken('alice', 'more', [...scopes, 'channel:manage:polls']));
    await rig.live();
    expect(rig.twitch.sessions).toHaveLength(1);
    expect(rig.twitch.bearers.at(-1)).toBe('Bearer more');
  });

  it('has no connection made while nothing could be subscribed', async () => {
    rig = await EventSubRig.start({ scopes: [] });
    await rig.bot.clock.advance('2m');
    expect(rig.twitch.sessions).toEqual([]);
    expect(rig.health.state).toBe('down');
  });
});

describe('a redemption', () => {
  const redemption = {
    ...{ id: 'r1', user_input: 'hi', status: 'unfulfilled', redeemed_at: follow.followed_at },
    reward: { id: 'lamp', title: 'Lamp', cost: 500, prompt: '' },
  };

  it('is brought from here, and chat is told so while it is', async () => {
    rig = await EventSubRig.start({ hears: ['redeem'] });
    const type = 'channel.channel_points_custom_reward_redemption.add';
    await rig.live();
    await rig.until(() => rig.isBrought('alice'), 'chat is told');
    rig.twitch.notify(type, { ...follow, ...redemption });
    await rig.until(() => rig.heard.length > 0, 'it is heard');
    expect(rig.events('redeem')).toMatchObject([
      { redemptionId: 'r1', rewardId: 'lamp', title: 'Lamp', cost: 500, text: 'hi' },
    ]);
    rig.twitch.revoke(type, 'user_removed');
    await rig.until(() => !rig.isBrought('alice'), 'chat brings them again');
  });
});
