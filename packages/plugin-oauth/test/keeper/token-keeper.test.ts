import { mkdir, rename, rmdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { botAccount } from '../../src/token/account.js';
import { eventually } from '../oauth-fixture.js';
import { KeeperRig } from './keeper-rig.js';

let rig: KeeperRig;
beforeEach(async () => {
  rig = await KeeperRig.make();
});
afterEach(() => rig.end());

describe('TokenKeeper', () => {
  it('publishes a stored token once Twitch has said that it is valid', async () => {
    const { accessToken } = await rig.grant();
    await rig.start();
    expect((await rig.tokens.get()).token).toBe(accessToken);
    expect(rig.fixture.count('validate')).toBe(1);
    expect(rig.login.runs).toHaveLength(0);
  });

  it('validates every hour for as long as it runs', async () => {
    await rig.grant({ expiresIn: 30 * 24 * 3_600 });
    await rig.start();
    for (let hour = 1; hour <= 5; hour += 1) {
      await eventually(() => rig.clock.pending > 0);
      await rig.clock.advance('1h');
      await eventually(() => rig.fixture.count('validate') >= hour + 1);
    }
    rig.stop.abort();
    await rig.life;
    await rig.clock.advance('2h');
    expect(rig.fixture.count('validate')).toBe(6);
  });

  it('replaces a token before it runs out, and hands the old one out meanwhile', async () => {
    const { accessToken } = await rig.grant({ expiresIn: 3_600 });
    await rig.start();
    rig.twitch.now += 3_400_000;
    const letThrough = rig.fixture.twitch.id.faults.hold('token');
    await eventually(() => rig.clock.pending > 0);
    const request = rig.fixture.twitch.id.waitFor('request', ({ path }) => path.endsWith('/token'));
    await rig.clock.advance('1h');
    await request;
    expect((await rig.tokens.get()).token).toBe(accessToken);
    letThrough();
    await eventually(() => rig.heard.length === 2);
    expect(rig.heard[0]).toBe(accessToken);
    expect(rig.heard[1]).not.toBe(accessToken);
  });

  it.each([
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['half a JSON', { body: 'malformed' }],
    ['a cut connection', { connection: 'drop' }],
    ['silence', { connection: 'stall' }],
  ] as const)(
    'keeps the token in use when the hourly validation meets %s',
    async (_kind, fault) => {
      const { accessToken } = await rig.grant();
      await rig.start();
      await eventually(() => rig.clock.pending > 0);
      rig.fixture.twitch.id.faults.next('validate', fault);
      await rig.clock.advance('1h');
      await eventually(() => rig.lines('warn').length === 1);
      expect((await rig.tokens.get()).token).toBe(accessToken);
      await rig.clock.advance('10s');
      await eventually(() => rig.fixture.count('validate') === 3);
      expect(rig.heard).toEqual([accessToken]);
      expect(rig.login.runs).toHaveLength(0);
    },
  );

  it('starts without a network, waits, and comes through when there is one', async () => {
    const { accessToken } = await rig.grant();
    rig.fixture.twitch.id.faults.next('validate', { connection: 'drop' }, 4);
    const started = rig.start();
    await eventually(() => rig.waits.includes('network'));
    for (let tries = 1; tries <= 4; tries += 1) {
      await eventually(() => rig.faults().length >= tries && rig.clock.pending > 0);
      await rig.clock.advance('20s');
    }
    await started;
    expect((await rig.tokens.get()).token).toBe(accessToken);
    await eventually(() => rig.waits.length === 0);
    expect(rig.faults().map(({ level }) => level)).toEqual(['warn', 'debug', 'debug', 'debug']);
    expect(rig.lines('info').map(({ message }) => message)).toEqual([
      'The fault is over: the login is kept up again.',
    ]);
  });

  it('keeps the grant over faults of a refresh, and comes through', async () => {
    const { accessToken } = await rig.grant();
    rig.fixture.twitch.id.expire(accessToken);
    rig.fixture.twitch.id.faults.next('token', { status: 429, headers: { 'retry-after': '60' } });
    const started = rig.start();
    await eventually(() => rig.lines('warn').length === 1 && rig.clock.pending > 0);
    expect(rig.lines('warn')[0]?.fields).toMatchObject({ retryInSeconds: 60 });
    await rig.clock.advance('59s');
    expect(rig.fixture.count('token')).toBe(1);
    await rig.clock.advance('1s');
    await started;
    expect(rig.fixture.twitch.id.describe((await rig.tokens.get()).token)?.live).toBe(true);
  });

  it('fails at start with a wrong secret, and keeps the grant', async () => {
    const { accessToken } = await rig.grant();
    rig.fixture.twitch.id.expire(accessToken);
    await expect(rig.start({ clientSecret: 'wrong' })).rejects.toMatchObject({
      code: 'OAUTH_CLIENT_SECRET_WRONG',
    });
    expect((await rig.store.read(botAccount))?.accessToken).toBe(accessToken);
  });

  it('gives another token after chat refused one, even while Twitch calls it valid', async () => {
    const { accessToken } = await rig.grant();
    await rig.start();
    await rig.tokens.invalidate(accessToken);
    const next = await rig.tokens.get();
    expect(next.token).not.toBe(accessToken);
    await rig.tokens.invalidate(accessToken);
    expect((await rig.tokens.get()).token).toBe(next.token);
    expect(rig.fixture.count('token')).toBe(1);
  });

  it('stands by a young token that Twitch calls valid, however often chat refuses it', async () => {
    const { accessToken } = await rig.grant();
    await rig.start();
    await rig.tokens.invalidate(accessToken);
    const { token } = await rig.tokens.get();
    for (let refusal = 1; refusal <= 5; refusal += 1) {
      await rig.tokens.invalidate(token);
      expect((await rig.tokens.get()).token).toBe(token);
    }
    expect(rig.fixture.count('token')).toBe(1);
    await rig.clock.advance('10m');
    await rig.tokens.invalidate(token);
    expect((await rig.tokens.get()).token).not.toBe(token);
    expect(rig.fixture.count('token')).toBe(2);
  });

  it('exchanges a token that dies twice within a minute at once, and blames Twitch for nothing', async () => {
    let { accessToken } = await rig.grant();
    await rig.start();
    for (let death = 1; death <= 3; death += 1) {
      rig.fixture.twitch.id.revoke(accessToken);
      await rig.tokens.invalidate(accessToken);
      const next = await rig.tokens.get();
      expect(next.token).not.toBe(accessToken);
      accessToken = next.token;
    }
    expect(rig.fixture.count('token')).toBe(3);
    expect(rig.lines('warn')).toEqual([]);
  });

  it('waits for a store that cannot be read, and looks at it again', async () => {
    const { accessToken } = await rig.grant();
    await rename(rig.fixture.tokenFile, `${rig.fixture.tokenFile}.away`);
    await mkdir(rig.fixture.tokenFile);
    const started = rig.start();
    await eventually(() => rig.waits.includes('stored login'));
    expect(rig.lines('error')[0]?.fields).toMatchObject({ code: 'TOKEN_STORE_UNREADABLE' });
    expect(rig.login.runs).toHaveLength(0);
    await rmdir(rig.fixture.tokenFile);
    await rename(`${rig.fixture.tokenFile}.away`, rig.fixture.tokenFile);
    await eventually(() => rig.clock.pending > 0);
    await rig.clock.advance('5m');
    await started;
    expect((await rig.tokens.get()).token).toBe(accessToken);
    await eventually(() => rig.waits.length === 0);
  });

  it('does not hand out again what chat refused while Twitch was being asked', async () => {
    const { accessToken } = await rig.grant();
    await rig.start();
    await eventually(() => rig.clock.pending > 0);
    const letThrough = rig.fixture.twitch.id.faults.hold('validate');
    const asked = rig.fixture.twitch.id.waitFor('request', ({ path }) =>
      path.endsWith('/validate'),
    );
    await rig.clock.advance('1h');
    await asked;
    await rig.tokens.invalidate(accessToken);
    letThrough();
    expect((await rig.tokens.get()).token).not.toBe(accessToken);
  });

  it('does not care what the wall clock says', async () => {
    const { accessToken } = await rig.grant();
    const wallClock = jest.spyOn(Date, 'now').mockReturnValue(0);
    await rig.start();
    wallClock.mockReturnValue(4_000_000_000_000);
    await eventually(() => rig.clock.pending > 0);
    await rig.clock.advance('1h');
    await eventually(() => rig.fixture.count('validate') === 2);
    wallClock.mockRestore();
    expect((await rig.tokens.get()).token).toBe(accessToken);
    expect(rig.fixture.count('token')).toBe(0);
    expect(await rig.fixture.storedText()).not.toMatch(/expire|time|date|obtained/i);
  });

  it('pauses when Twitch refuses the very token that it has just given', async () => {
    const { accessToken } = await rig.grant();
    rig.fixture.twitch.id.expire(accessToken);
    rig.fixture.twitch.id.faults.always('validate', {
      status: 401,
      message: 'invalid access token',
    });
    void rig.start().catch(() => {});
    await eventually(() => rig.lines('warn').length === 1);
    expect(rig.fixture.count('token')).toBe(1);
    expect(rig.lines('warn')[0]?.message).toBe('Twitch refuses the token that it has just given.');
  });
});
