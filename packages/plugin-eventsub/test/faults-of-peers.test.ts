import { afterEach, describe, expect, it } from '@jest/globals';
import { EventSubRig, follow } from './event-sub-rig.js';
import { makeToken } from './fake-tokens.js';
import { allScopes } from './plugin-rig.js';

let rig: EventSubRig;
afterEach(() => rig.stop());

const transports = { status: 429, message: 'number of websocket transports limit exceeded' };

/** A follow that only a living subscription brings. */
async function hears(count = 1): Promise<void> {
  rig.twitch.notify('channel.follow', follow);
  await rig.until(() => rig.events('follow').length === count, `${count} follows are heard`);
}

/** Resolves when a connection is there that was not before, with all that is wanted. */
async function back(sessions: number): Promise<void> {
  await rig.until(() => rig.twitch.sessions.length === sessions, 'it connects again', 200);
  await rig.live();
}

/** Keeps the connection alive while the clock goes on. */
async function whileAlive(condition: () => boolean, what: string): Promise<void> {
  let last = rig.bot.clock.now();
  const step = () => {
    if (rig.bot.clock.now() - last > 3_000) {
      last = rig.bot.clock.now();
      rig.twitch.send('session_keepalive', {});
    }
    return condition();
  };
  await rig.until(step, what, 100);
}

describe('what goes wrong with other clients does not here:', () => {
  it.each([401, 409, 429, 500, 503])(
    'a subscription that failed once, with %i, is never tried again and looks healthy',
    async (status) => {
      rig = await EventSubRig.start({ hears: [] });
      rig.twitch.refusals = [{ status, message: 'no', type: 'channel.follow' }];
      rig.tokens.next.set('token-of-alice', makeToken('alice', 'second', allScopes));
      rig.hear('follow');
      rig.hear('pollEnd');
      let wasGreen = false;
      const isOn = () => rig.twitch.subscriptions.some(({ type }) => type === 'channel.follow');
      await whileAlive(() => {
        wasGreen ||= rig.health.state === 'ok' && !isOn();
        return isOn();
      }, 'it is on');
      expect(wasGreen).toBe(false);
      await rig.live();
      await hears();
    },
  );

  it('409 is taken for success while the subscription belongs to a dead session', async () => {
    rig = await EventSubRig.start({ hears: [] });
    const condition = { broadcaster_user_id: 'id-of-alice', moderator_user_id: 'id-of-alice' };
    rig.twitch.subscriptions.push({
      ...{ id: 'twin', type: 'channel.follow', version: '2', condition, status: 'enabled' },
      transport: { session_id: 'dead' },
    });
    rig.twitch.refusals = [{ status: 409, id: 'twin' }];
    rig.hear('follow');
    await rig.live();
    expect(rig.twitch.deleted).toEqual(['twin']);
    await hears();
  });

  it('the token is captured once', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    for (const turn of [1, 2, 3]) {
      rig.tokens.set('alice', makeToken('alice', `rotated-${turn}`, allScopes));
      rig.twitch.open.socket.close(4000);
      await back(turn + 1);
      expect(rig.twitch.bearers.at(-1)).toBe(`Bearer rotated-${turn}`);
    }
  });

  it('subscriptions are forgotten after a change of the token, then 4003 for ever', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    rig.tokens.set('alice', makeToken('alice', 'rotated', allScopes));
    await hears();
    expect(rig.twitch.sessions).toHaveLength(1);
    rig.twitch.open.socket.close(4003);
    await back(2);
    await hears(2);
  });

  it('there is only one attempt to come back', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    rig.twitch.closesWith = 4000;
    rig.twitch.open.socket.close(4000);
    await rig.until(() => rig.twitch.sessions.length === 12, 'it has tried eleven times', 2_000);
    rig.twitch.closesWith = undefined;
    await rig.until(() => rig.health.state === 'ok', 'it is back', 500);
    await hears();
  });

  it('it gives up at 4003', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    for (const sessions of [2, 3, 4]) {
      rig.twitch.open.socket.close(4003);
      await back(sessions);
    }
    await hears();
  });

  it('a message that comes twice counts twice', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    for (let turn = 0; turn < 5; turn += 1) {
      rig.twitch.notify('channel.follow', follow, { messageId: 'twin' });
    }
    rig.twitch.notify('channel.follow', follow, { messageId: 'other' });
    await rig.until(() => rig.events('follow').length === 2, 'both are heard');
    expect(rig.health.duplicateMessages).toBe(4);
  });

  it('each remembered message has a timer', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    const before = rig.bot.clock.pending;
    for (let turn = 0; turn < 2_000; turn += 1) rig.twitch.notify('channel.follow', follow);
    await rig.until(() => rig.events('follow').length === 2_000, 'all are heard', 1);
    expect(rig.bot.clock.pending).toBeLessThanOrEqual(before + 2);
  });

  it('the old socket is closed before the new welcome', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    const old = rig.twitch.open;
    rig.twitch.welcomes = false;
    rig.twitch.reconnect();
    await rig.until(() => rig.twitch.sessions.length === 2, 'it moves');
    await rig.bot.clock.advance('5s');
    expect(old.closedWith).toBeUndefined();
    rig.twitch.welcome(rig.twitch.open);
    await rig.until(() => old.closedWith === 1000, 'the old one is closed');
    await hears();
  });

  it('each consumer has a connection, and the fourth gets 429', async () => {
    rig = await EventSubRig.start({
      hears: ['follow', 'pollEnd', 'redeem', 'goalEnd', 'adBreak', 'streamOnline', 'powerUp'],
    });
    rig.hear('follow');
    rig.hear('follow');
    await rig.live();
    expect(rig.twitch.sessions).toHaveLength(1);
    const types = rig.twitch.typesOf(rig.twitch.open);
    expect(new Set(types).size).toBe(types.length);
  });

  it('a dead socket keeps the slot, and a storm of attempts sees 429 for minutes', async () => {
    rig = await EventSubRig.start({ hears: [] });
    rig.twitch.refusals = Array.from({ length: 6 }, () => transports);
    rig.hear('follow');
    const start = rig.bot.clock.now();
    await rig.until(() => rig.health.state === 'down', 'it is said');
    await whileAlive(() => rig.health.subscriptions[0]?.problem !== undefined, 'it is told why');
    expect(rig.health.subscriptions[0]?.problem).toContain(transports.message);
    expect(rig.health.subscriptions[0]?.hint).not.toBe('');
    await whileAlive(() => rig.health.state === 'ok', 'it is on');
    const minutes = (rig.bot.clock.now() - start) / 60_000;
    expect(rig.twitch.asked).toHaveLength(7);
    expect(minutes).toBeGreaterThan(0.5);
    expect(rig.log('warn').filter((line) => line.includes('"follow"'))).toHaveLength(1);
    await hears();
  });

  it('it is connected but deaf, and green all the same', async () => {
    rig = await EventSubRig.start({ hears: ['redeem', 'follow'] });
    await rig.live();
    rig.twitch.revoke(
      'channel.channel_points_custom_reward_redemption.add',
      'authorization_revoked',
    );
    await rig.until(() => rig.health.state !== 'ok', 'it is seen');
    const redeem = rig.health.subscriptions.find(({ event }) => event === 'redeem');
    expect(redeem).toMatchObject({ on: false, hint: expect.stringContaining('pertybot login') });
    // Chat may tell of redemptions again.
    await rig.until(() => !rig.isBrought('alice'), 'chat may tell');
  });
});
