import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from '@pertybot/core';
import { ScriptedBrowser } from '@pertybot/twitch-simulator';
import { botAccount } from '../../src/token/account.js';
import { borrowServices, eventually, OAuthFixture } from '../oauth-fixture.js';

describe('the services beside a bot', () => {
  let fixture: OAuthFixture;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ account: 'pertybot', simulator: { deviceInterval: 1 } });
  });

  afterEach(() => fixture.stop());

  function services(browser: Browser = fixture.browser({ as: 'pertybot' }), config = {}) {
    return borrowServices(fixture, { browser, config });
  }

  const noBrowser: Browser = { open: async () => false };

  /** Approves every device code that is shown. */
  function approveDevices() {
    fixture.prompt.show = (text) => {
      fixture.shown.push(text);
      const code = /type the code +(\S+)/.exec(text)?.[1];
      if (code !== undefined) fixture.twitch.id.approveDevice(code, { as: 'pertybot' });
    };
  }

  it('logs in before the bot ever ran, and validates', async () => {
    const { login, store, validator } = await services();
    expect(await login.run()).toMatchObject({ token: { login: 'pertybot' } });
    const grant = await store.read(botAccount);
    expect(await validator.validate(grant?.accessToken ?? '', botAccount)).toMatchObject({
      status: 'valid',
      missing: [],
    });
  });

  it('takes the device code flow over SSH', async () => {
    approveDevices();
    expect(await (await services(noBrowser)).login.run()).toMatchObject({
      token: { login: 'pertybot' },
    });
    expect(fixture.count('device')).toBe(1);
  });

  it('takes the device code flow without a client secret', async () => {
    approveDevices();
    const publicClient = { id: 'public', redirectUris: [fixture.config.redirectUri] };
    fixture.twitch.id.addClient(publicClient);
    const { login } = await services(undefined, { clientId: 'public', clientSecret: undefined });
    await login.run();
    expect(fixture.count('authorize')).toBe(0);
  });

  it('takes the flow that the owner names', async () => {
    approveDevices();
    await (await services()).login.run({ method: 'device' });
    expect(fixture.count('authorize')).toBe(0);
    const link = /https?:\S+authorize\S+/;
    fixture.twitch.id.approveAs('pertybot');
    fixture.prompt.ask = async () => {
      const url = link.exec(fixture.shown.at(-1) ?? '')?.[0] ?? '';
      return (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    };
    await (await services(noBrowser)).login.run({ method: 'browser' });
    expect(fixture.count('device')).toBe(1);
  });

  it('says that a login in the browser needs a secret', async () => {
    const { login } = await services(undefined, { clientSecret: undefined });
    await expect(login.run({ method: 'browser' })).rejects.toMatchObject({
      code: 'OAUTH_CLIENT_SECRET_MISSING',
    });
  });

  it('gives up after the time that its caller allows', async () => {
    const { login } = await services({ open: async () => true });
    await expect(login.run({ timeout: 50 })).rejects.toMatchObject({
      code: 'OAUTH_LOGIN_TIMED_OUT',
    });
    await expect(fetch(fixture.config.redirectUri)).rejects.toThrow();
  });

  it('ends when its caller calls it off', async () => {
    const ended = new AbortController();
    const { login, log } = await services({ open: async () => true });
    const running = login.run({ signal: ended.signal });
    await eventually(() => log.length > 0);
    ended.abort(new Error('called off'));
    await expect(running).rejects.toThrow('called off');
  });

  it('counts a login at the page of another process of the same bot', async () => {
    const first = await services({ open: async () => true });
    const bot = first.login.run();
    await eventually(() => first.log.length > 0);
    const opened: string[] = [];
    const cli = (await services({ open: async (url) => opened.push(url) > 0 })).login.run();
    await eventually(() => opened.length === 1);
    await new ScriptedBrowser({ as: 'pertybot' }).visit(opened[0] ?? '');
    const [one, other] = await Promise.all([bot, cli]);
    expect(one?.token.token).toBe(other?.token.token);
    expect(fixture.count('token')).toBe(1);
  });

  it('says how the login stands, and never shows the token', async () => {
    const { login, logins: before, store } = await services();
    expect(await before.status(botAccount)).toEqual({ status: 'none' });
    const token = (await login.run())?.token;
    const { logins } = await borrowServices(fixture, {
      scopes: { irc: ['chat:read'], wheel: ['bits:read'] },
    });
    const status = () => logins.status(botAccount);
    expect(await status()).toEqual({
      status: 'valid',
      login: 'pertybot',
      userId: token?.userId,
      expiresIn: expect.any(Number),
      ownToken: false,
      scopes: [
        { scope: 'chat:read', plugins: ['irc'], granted: true },
        { scope: 'bits:read', plugins: ['wheel'], granted: false },
        { scope: 'chat:edit', plugins: [], granted: true },
      ],
    });
    expect(JSON.stringify(await status())).not.toContain(token?.token);
    fixture.twitch.id.expire(token?.token ?? '');
    expect(await status()).toEqual({ status: 'invalid', refreshable: true, ownToken: false });
    expect((await store.read(botAccount))?.accessToken).toBe(token?.token);
  });

  it('says how a token of the owner’s own stands', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'streamer' });
    const { logins } = await services(undefined, { accessToken, account: undefined });
    expect(await logins.status(botAccount)).toMatchObject({
      status: 'valid',
      login: 'streamer',
      ownToken: true,
    });
    fixture.twitch.id.revoke(accessToken);
    expect(await logins.status(botAccount)).toEqual({
      status: 'invalid',
      refreshable: false,
      ownToken: true,
    });
  });

  it('ends the login at Twitch and forgets it here', async () => {
    const { login, store, logins } = await services();
    const token = (await login.run())?.token;
    expect(await logins.logout(botAccount)).toEqual({ found: true, revoked: true });
    expect(fixture.twitch.id.describe(token?.token ?? '')?.live).toBe(false);
    expect(await store.read(botAccount)).toBeUndefined();
    expect(await logins.logout(botAccount)).toEqual({ found: false, revoked: false });
  });

  it('forgets a login also where Twitch does not hear of it', async () => {
    const { login, store, logins } = await services();
    await login.run();
    fixture.twitch.id.faults.next('revoke', { connection: 'drop' });
    expect(await logins.logout(botAccount)).toEqual({ found: true, revoked: false });
    expect(await store.read(botAccount)).toBeUndefined();
  });

  it('takes the owner through the flow once for each account, one after the other', async () => {
    const opened: string[] = [];
    const people = ['pertybot', 'streamer'];
    const { login, store } = await services({
      open: async (url) => {
        opened.push(url);
        return fixture.browser({ as: people.shift() ?? '' }).open(url);
      },
    });
    const streamer = { account: 'broadcaster', channel: 'streamer' } as const;
    const both = await Promise.all([login.run(), login.run({ account: streamer })]);
    expect(both.map((valid) => valid?.token.login)).toEqual(['pertybot', 'streamer']);
    expect(opened).toHaveLength(2);
    expect(await store.accounts()).toHaveLength(2);
    expect(fixture.count('validate')).toBe(2);
  });

  it('does not keep a login waiting that is called off before its turn', async () => {
    const { login } = await services({ open: async () => true });
    const [first, second] = [new AbortController(), new AbortController()];
    const running = login.run({ signal: first.signal });
    const waiting = login.run({ signal: second.signal });
    second.abort(new Error('called off'));
    await expect(waiting).rejects.toThrow('called off');
    first.abort(new Error('over'));
    await expect(running).rejects.toThrow('over');
  });

  it('finds out whose channel it is where no broadcaster was named', async () => {
    const { login, store } = await services(fixture.browser({ as: 'streamer' }));
    await login.run({ account: { account: 'broadcaster' } });
    expect(await store.accounts()).toEqual([{ account: 'broadcaster', channel: 'streamer' }]);
  });

  it('names the broadcasters that a plugin waits for, and no one else', async () => {
    const accounts = async (config = {}, scope = true) => {
      const options = scope
        ? { scopes: { points: [{ scope: 'bits:read', account: 'broadcaster' } as const] } }
        : {};
      const { logins } = await borrowServices(fixture, { config, ...options });
      return (await logins.accounts()).slice(1);
    };
    const alice = { account: 'broadcaster', channel: 'alice' };
    expect(await accounts()).toEqual([{ account: 'broadcaster' }]);
    expect(await accounts({}, false)).toEqual([]);
    expect(await accounts({ broadcasters: ['alice'] })).toEqual([alice]);
    expect(await accounts({ broadcasters: ['alice'] }, false)).toEqual([]);
    // The bot's own login serves both.
    expect(await accounts({ broadcasters: ['pertybot'] })).toEqual([]);
  });

  it('knows by its scopes that the bot’s login serves the broadcaster, too', async () => {
    const scopes = {
      irc: ['chat:read'],
      points: [{ scope: 'bits:read', account: 'broadcaster' } as const],
    };
    const { logins, login, store } = await borrowServices(fixture, { scopes });
    const issued = fixture.twitch.id.issueToken({
      login: 'pertybot',
      scopes: ['chat:read', 'bits:read'],
    });
    const grant = { clientId: fixture.config.clientId, ...issued };
    await store.write(botAccount, { ...grant, scopes: ['chat:read', 'bits:read'] });
    expect(await logins.accounts()).toEqual([botAccount]);
    expect(await logins.status(botAccount)).toMatchObject({
      scopes: [
        { scope: 'chat:read', plugins: ['irc'], granted: true },
        { scope: 'bits:read', plugins: ['points'], granted: true },
      ],
    });
    // Who logs in again keeps what both need.
    expect((await login.run())?.token.scopes).toEqual(['bits:read', 'chat:read']);
  });

  it('logs in once for both where the only broadcaster is the bot itself', async () => {
    const scopes = {
      irc: ['chat:read'],
      points: [{ scope: 'bits:read', account: 'broadcaster' } as const],
    };
    const config = { broadcasters: ['pertybot'] };
    const { login, store } = await borrowServices(fixture, { scopes, config });
    const valid = await login.run({ account: { account: 'broadcaster' } });
    expect(valid?.token.scopes).toEqual(['bits:read', 'chat:read']);
    expect(await store.accounts()).toEqual([botAccount]);
  });
});
