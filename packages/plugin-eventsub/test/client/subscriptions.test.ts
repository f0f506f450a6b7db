import { afterEach, describe, expect, it } from '@jest/globals';
import { EventSubRig, follow } from '../event-sub-rig.js';
import { makeToken } from '../fake-tokens.js';
import { allScopes } from '../plugin-rig.js';

let rig: EventSubRig;
afterEach(() => rig.stop());

/** Starts with answers to the first POSTs of follows; a poll is wanted, too. */
async function startWith(...refusals: { status: number; message?: string; id?: string }[]) {
  rig = await EventSubRig.start({ hears: [] });
  rig.twitch.refusals = refusals.map((each) => ({ ...each, type: 'channel.follow' }));
  rig.hear('follow');
  rig.hear('pollEnd');
}

/** Waits until the poll is on. */
function others(): Promise<void> {
  return rig.until(
    () => rig.twitch.subscriptions.some(({ type }) => type === 'channel.poll.end'),
    'the others are on',
  );
}

function problem(): string | undefined {
  return rig.health.subscriptions.find(({ event }) => event === 'follow')?.problem;
}

/** Keeps the connection alive while the clock goes on. */
async function untilAlive(condition: () => boolean, what: string): Promise<void> {
  let last = rig.bot.clock.now();
  await rig.until(
    () => {
      if (rig.bot.clock.now() - last > 3_000) {
        last = rig.bot.clock.now();
        rig.twitch.send('session_keepalive', {});
      }
      return condition();
    },
    what,
    100,
  );
}

describe('a subscription that Twitch refuses', () => {
  it.each([
    [401, 'Invalid OAuth token'],
    [403, 'subscription missing proper authorization'],
    [409, 'subscription already exists'],
    [429, 'number of websocket transports limit exceeded'],
    [429, 'maximum subscriptions with type and condition exceeded'],
    [500, ''],
    [503, 'Service Unavailable'],
  ])(
    'with %i "%s" stops no other, is told, and is tried until it is on',
    async (status, message) => {
      const refusal = { status, message };
      await startWith(...Array.from({ length: 3 }, () => refusal));
      rig.tokens.next.set('token-of-alice', makeToken('alice', 'second', allScopes));
      rig.tokens.next.set('second', makeToken('alice', 'third', allScopes));
      rig.tokens.next.set('third', makeToken('alice', 'fourth', allScopes));
      await rig.until(() => rig.health.state === 'degraded', 'the others are on');
      await rig.until(() => problem() !== undefined, 'it is missed');
      expect(problem()).toMatch(/^Twitch refuses "channel.follow 2 alice": /);
      if (message !== '') expect(problem()).toContain(message);
      expect(rig.log('warn').filter((line) => line.includes('"follow" of "alice"'))).toHaveLength(
        1,
      );
      await untilAlive(() => rig.health.state === 'ok', 'it is on');
      expect(rig.log('info')).toContain('The events "follow" of "alice" come again.');
      expect(rig.twitch.sessions).toHaveLength(1);
    },
  );

  it.each([
    [400, 'The combination of values in the type and version fields is not valid'],
    [410, 'This subscription type is not available.'],
  ])('for good, with %i, is not asked for again on this connection', async (status, message) => {
    await startWith({ status, message });
    await others();
    await rig.until(() => problem() !== undefined, 'it is missed');
    await untilAlive(() => rig.bot.clock.now() > 20_000, 'time goes by');
    expect(rig.twitch.asked.filter((type) => type === 'channel.follow')).toHaveLength(1);
    expect(rig.health.state).toBe('degraded');
  });

  it('because its session is dead makes a new session, with all of them', async () => {
    const message = 'websocket transport session does not exist or has already disconnected';
    await startWith({ status: 400, message });
    await rig.live();
    expect(rig.twitch.sessions).toHaveLength(2);
    expect(rig.twitch.typesOf(rig.twitch.open)).toEqual(['channel.follow', 'channel.poll.end']);
  });

  it('is asked for with the token of the moment', async () => {
    await startWith({ status: 500 });
    await rig.until(() => problem() !== undefined, 'it is missed');
    rig.tokens.set('alice', makeToken('alice', 'rotated', allScopes));
    await rig.live();
    expect(rig.twitch.bearers.at(-1)).toBe('Bearer rotated');
  });
});

describe('a subscription that Twitch has already', () => {
  function hold(session_id: string): string {
    const condition = { broadcaster_user_id: 'id-of-alice', moderator_user_id: 'id-of-alice' };
    rig.twitch.subscriptions.push({
      ...{ id: 'twin', type: 'channel.follow', version: '2', condition, status: 'enabled' },
      transport: { session_id },
    });
    return 'twin';
  }

  it.each([true, false])(
    'of a dead session is deleted and asked for anew (the answer names it: %s)',
    async (isNamed) => {
      rig = await EventSubRig.start({ hears: [] });
      const id = hold('dead');
      rig.twitch.refusals = [{ status: 409, ...(isNamed && { id }) }];
      rig.hear('follow');
      await rig.live();
      expect(rig.twitch.deleted).toEqual(['twin']);
      expect(rig.twitch.typesOf(rig.twitch.open)).toEqual(['channel.follow']);
      rig.twitch.notify('channel.follow', follow);
      await rig.until(() => rig.heard.length === 1, 'its events come');
    },
  );

  it('of this session is taken', async () => {
    rig = await EventSubRig.start({ hears: ['pollEnd'] });
    await rig.live();
    rig.twitch.refusals = [{ status: 409, id: hold(rig.twitch.open.id) }];
    rig.hear('follow');
    await rig.until(() => rig.health.subscriptions.length === 2, 'it is wanted');
    await rig.live();
    expect(rig.twitch.deleted).toEqual([]);
    rig.twitch.notify('channel.follow', follow);
    await rig.until(() => rig.heard.length === 1, 'its events come');
  });
});

describe('a revoked subscription', () => {
  it.each([
    ['user_removed', 'the account is gone'],
    ['version_removed', 'this kind of event is gone'],
    ['moderator_removed', 'the account is no moderator any more'],
    ['beta_maintenance', 'this kind of event is being changed'],
    ['something_new', '"something_new"'],
  ])('for "%s" is told, and not asked for again', async (status, meaning) => {
    rig = await EventSubRig.start({ hears: ['follow', 'pollEnd'] });
    await rig.live();
    rig.twitch.revoke('channel.follow', status);
    await rig.until(() => problem() !== undefined, 'it is missed');
    expect(problem()).toBe(`Twitch has ended it: ${meaning}.`);
    expect(rig.health.state).toBe('degraded');
    await untilAlive(() => rig.bot.clock.now() > 15_000, 'time goes by');
    expect(rig.twitch.asked).toHaveLength(2);
    expect(rig.tokens.invalidated).toEqual([]);
  });

  it('whose login is ended asks for a login, and is asked for with the next one', async () => {
    rig = await EventSubRig.start();
    await rig.live();
    rig.twitch.revoke('channel.follow', 'authorization_revoked');
    await rig.until(() => rig.tokens.invalidated.length > 0, 'the login is doubted');
    expect(rig.tokens.invalidated).toEqual(['token-of-alice']);
    expect(rig.health.state).toBe('down');
    await rig.bot.clock.advance('9s');
    expect(rig.twitch.asked).toHaveLength(1);
    rig.tokens.set('alice', makeToken('alice', 'anew', allScopes));
    await rig.live();
    expect(rig.twitch.bearers).toEqual(['Bearer token-of-alice', 'Bearer anew']);
  });
});
