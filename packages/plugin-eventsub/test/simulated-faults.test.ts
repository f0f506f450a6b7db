import { describe, expect, it, jest } from '@jest/globals';
import { SimulatedRig } from './simulated-rig.js';

jest.setTimeout(60_000);

const channel = 'streamer';
const post = 'POST eventsub/subscriptions';

let viewers = 0;

/** What looks at a bot before a Twitch of its own, which end with it: all of them wait at the same time. */
function withRig<Case extends readonly unknown[]>(
  look: (rig: SimulatedRig, ...given: Case) => Promise<void>,
): (...given: Case) => Promise<void> {
  return async (...given) => {
    const rig = await SimulatedRig.start({
      hears: ['follow', 'pollEnd', 'streamOnline'],
      // Silence is heard within seconds.
      simulator: { eventSub: { leastKeepalive: 2, reconnectWithin: 5_000 } },
    });
    try {
      await rig.live();
      await look(rig, ...given);
    } finally {
      await rig.stop();
    }
  };
}

/** Waits until all events come, over connections that were not there before. */
async function back(rig: SimulatedRig, before: readonly object[]): Promise<void> {
  const { eventSub } = rig.twitch;
  await rig.until(() => eventSub.sessions.some((each) => !before.includes(each)), 'it is back');
  await rig.live();
}

/** Each event that happens now is heard, once. */
async function hears(rig: SimulatedRig): Promise<void> {
  viewers += 1;
  const login = `viewer${viewers}`;
  const count = () => rig.events('follow').filter(({ user }) => user.login === login).length;
  rig.twitch.channels.follow({ channel, as: { login } });
  await rig.until(() => count() > 0, `${login} is heard`);
  rig.twitch.channels.goLive({ channel });
  await rig.until(() => rig.events('streamOnline').length > 0, 'the stream is heard');
  expect(count()).toBe(1);
}

describe('before a simulated Twitch, the plugin', () => {
  it.concurrent.each([4000, 4002, 4003, 4004, 4005, 4006, 4007, 1000, 'cut'] as const)(
    'comes back after %s, and hears each event once',
    withRig(async (rig, how) => {
      const before = rig.twitch.eventSub.sessions;
      rig.twitch.eventSub.faults.drop(how);
      await back(rig, before);
      await hears(rig);
      expect(rig.health.lastGap).toBeDefined();
    }),
  );

  it.concurrent.each(['silence', 'freeze'] as const)(
    'hears a %s, and comes back',
    withRig(async (rig, how) => {
      const before = rig.twitch.eventSub.sessions;
      rig.twitch.eventSub.faults.drop(how);
      await back(rig, before);
      await hears(rig);
    }),
  );

  it.concurrent(
    'takes a connection without keepalives for dead',
    withRig(async (rig) => {
      const before = rig.twitch.eventSub.sessions;
      const undo = rig.twitch.eventSub.faults.stopKeepalives();
      await rig.until(() => rig.health.state !== 'ok', 'the silence is heard');
      undo();
      await back(rig, before);
      await hears(rig);
    }),
  );

  it.concurrent(
    'lives through many cuts in a row',
    withRig(async (rig) => {
      for (let turn = 0; turn < 4; turn++) {
        const before = rig.twitch.eventSub.sessions;
        rig.twitch.eventSub.faults.drop('cut');
        await back(rig, before);
      }
      await hears(rig);
    }),
  );

  it.concurrent(
    'waits for a late welcome, and begins anew where none comes',
    withRig(async (rig) => {
      const { faults } = rig.twitch.eventSub;
      faults.next('welcome', { delay: 1_000 });
      const before = rig.twitch.eventSub.sessions;
      faults.drop(4000);
      await back(rig, before);
      await hears(rig);
    }),
  );

  it.concurrent(
    'begins anew when the address of a move is bad',
    withRig(async (rig) => {
      const before = rig.twitch.eventSub.sessions;
      rig.twitch.eventSub.faults.reconnect({ url: 'bad' });
      await back(rig, before);
      await hears(rig);
    }),
  );

  it.concurrent.each([401, 403, 409, 429, 500, 503])(
    'asks again after %i for each',
    withRig(async (rig, status) => {
      rig.twitch.helix.faults.next(post, { status, message: 'a fault' }, 3);
      // A refused token is exchanged as the login would do it.
      const token = rig.tokens.asked.length;
      expect(token).toBeGreaterThan(0);
      await rig.login('streamer').then(async (next) => {
        const current = await rig.tokens.get({ account: 'broadcaster', channel });
        rig.tokens.next.set(next, { ...current });
        rig.tokens.next.set(current.token, { ...current });
      });
      const before = rig.twitch.eventSub.sessions;
      rig.twitch.eventSub.faults.drop(4000);
      await back(rig, before);
      await hears(rig);
    }),
  );

  it.concurrent.each([
    { connection: 'drop' },
    { connection: 'lose-answer' },
    { body: 'html', status: 502 },
    { body: 'empty' },
  ] as const)(
    'gets what it wants though an answer goes wrong: %p',
    withRig(async (rig, fault) => {
      rig.twitch.helix.faults.next(post, fault, 2);
      const before = rig.twitch.eventSub.sessions;
      rig.twitch.eventSub.faults.drop(4000);
      await back(rig, before);
      await hears(rig);
    }),
  );

  it.concurrent(
    'is told that its login is dead, and goes on with the next one',
    withRig(async (rig) => {
      const { faults } = rig.twitch.eventSub;
      const old = await rig.tokens.get({ account: 'broadcaster', channel });
      expect(faults.revoke('authorization_revoked')).toBe(3);
      await rig.until(() => rig.health.state === 'down', 'it is seen');
      expect(rig.tokens.invalidated).toContain(old.token);
      expect(rig.health.subscriptions.every(({ hint }) => hint?.includes('pertybot login'))).toBe(
        true,
      );
      await rig.login('streamer');
      await rig.live();
      await hears(rig);
    }),
  );

  it.concurrent(
    'does without what Twitch takes away, and keeps the rest',
    withRig(async (rig) => {
      rig.twitch.eventSub.faults.revoke('version_removed', 'channel.poll.end');
      await rig.until(() => rig.health.state === 'degraded', 'it is seen');
      await hears(rig);
      const missing = rig.health.subscriptions.filter(({ on }) => !on);
      expect(missing.map(({ event }) => event)).toEqual(['pollEnd']);
    }),
  );

  it.concurrent(
    'does not mind a wrong clock, frames that nobody knows, and those that make no sense',
    withRig(async (rig) => {
      const { faults } = rig.twitch.eventSub;
      faults.skewClock(-30 * 86_400_000);
      faults.raw('{"metadata":{"message_type":"session_party"},"payload":{}}');
      faults.raw('no JSON');
      await hears(rig);
      faults.skewClock(30 * 86_400_000);
      await hears(rig);
      faults.skewClock(0);
      await hears(rig);
      expect(rig.health.state).toBe('ok');
    }),
  );

  it.concurrent(
    'leaves by a close frame, and Twitch holds nothing of it',
    withRig(async (rig) => {
      const { eventSub } = rig.twitch;
      await rig.bot.stop();
      await rig.until(() => eventSub.sessions.length === 0, 'it has left');
      expect(eventSub.subscriptions.filter(({ status }) => status === 'enabled')).toEqual([]);
    }),
  );
});
