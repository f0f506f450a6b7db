import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from '@pertybot/core';
import { ScriptedBrowser } from '@pertybot/twitch-simulator';
import { createOAuthServices } from '../src/oauth-services.js';
import { eventually, OAuthFixture } from './oauth-fixture.js';

describe('createOAuthServices', () => {
  let fixture: OAuthFixture;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ account: 'pertybot', simulator: { deviceInterval: 1 } });
  });

  afterEach(() => fixture.stop());

  function services(browser: Browser = fixture.browser({ as: 'pertybot' }), config = {}) {
    const { folders, clock, logger: log, prompt, scopes: requestedScopes } = fixture;
    const settings = { ...fixture.config, ...config };
    return createOAuthServices({
      config: settings,
      folders,
      requestedScopes,
      clock,
      log,
      browser,
      prompt,
    });
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
    const { login, store, validator } = services();
    expect(await login.run()).toMatchObject({ login: 'pertybot' });
    const grant = await store.read();
    expect(await validator.validate(grant?.accessToken ?? '')).toMatchObject({
      status: 'valid',
      missing: [],
    });
  });

  it('takes the device code flow over SSH', async () => {
    approveDevices();
    expect(await services(noBrowser).login.run()).toMatchObject({ login: 'pertybot' });
    expect(fixture.count('device')).toBe(1);
  });

  it('takes the device code flow without a client secret', async () => {
    approveDevices();
    const publicClient = { id: 'public', redirectUris: [fixture.config.redirectUri] };
    fixture.twitch.id.addClient(publicClient);
    const { login } = services(undefined, { clientId: 'public', clientSecret: undefined });
    await login.run();
    expect(fixture.count('authorize')).toBe(0);
  });

  it('takes the flow that the owner names', async () => {
    approveDevices();
    await services().login.run({ method: 'device' });
    expect(fixture.count('authorize')).toBe(0);
    const link = /https?:\S+authorize\S+/;
    fixture.twitch.id.approveAs('pertybot');
    fixture.prompt.ask = async () => {
      const url = link.exec(fixture.shown.at(-1) ?? '')?.[0] ?? '';
      return (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '';
    };
    await services(noBrowser).login.run({ method: 'browser' });
    expect(fixture.count('device')).toBe(1);
  });

  it('says that a login in the browser needs a secret', async () => {
    const { login } = services(undefined, { clientSecret: undefined });
    await expect(login.run({ method: 'browser' })).rejects.toMatchObject({
      code: 'OAUTH_CLIENT_SECRET_MISSING',
    });
  });

  it('gives up after the time that its caller allows', async () => {
    const { login } = services({ open: async () => true });
    await expect(login.run({ timeout: 50 })).rejects.toMatchObject({
      code: 'OAUTH_LOGIN_TIMED_OUT',
    });
    await expect(fetch(fixture.config.redirectUri)).rejects.toThrow();
  });

  it('ends when its caller calls it off', async () => {
    const ended = new AbortController();
    const running = services({ open: async () => true }).login.run({ signal: ended.signal });
    await eventually(() => fixture.logger.lines.length > 0);
    ended.abort(new Error('called off'));
    await expect(running).rejects.toThrow('called off');
  });

  it('counts a login at the page of another process of the same bot', async () => {
    const bot = services({ open: async () => true }).login.run();
    await eventually(() => fixture.logger.lines.length > 0);
    const opened: string[] = [];
    const cli = services({ open: async (url) => opened.push(url) > 0 }).login.run();
    await eventually(() => opened.length === 1);
    await new ScriptedBrowser({ as: 'pertybot' }).visit(opened[0] ?? '');
    const [one, other] = await Promise.all([bot, cli]);
    expect(one?.token).toBe(other?.token);
    expect(fixture.count('token')).toBe(1);
  });

  it('says how the login stands, and never shows the token', async () => {
    const { login, status, store } = services();
    expect(await status()).toEqual({ status: 'none' });
    const token = await login.run();
    fixture.scopes.change([
      { scope: 'chat:read', account: 'bot', plugins: ['irc'] },
      { scope: 'bits:read', account: 'bot', plugins: ['wheel'] },
    ]);
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
    expect((await store.read())?.accessToken).toBe(token?.token);
  });

  it('says how a token of the owner’s own stands', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'streamer' });
    const own = services(undefined, { accessToken, account: undefined });
    expect(await own.status()).toMatchObject({
      status: 'valid',
      login: 'streamer',
      ownToken: true,
    });
    fixture.twitch.id.revoke(accessToken);
    expect(await own.status()).toEqual({ status: 'invalid', refreshable: false, ownToken: true });
  });

  it('ends the login at Twitch and forgets it here', async () => {
    const { login, store, logout } = services();
    const token = await login.run();
    expect(await logout()).toEqual({ found: true, revoked: true });
    expect(fixture.twitch.id.describe(token?.token ?? '')?.live).toBe(false);
    expect(await store.read()).toBeUndefined();
    expect(await logout()).toEqual({ found: false, revoked: false });
  });

  it('forgets a login also where Twitch does not hear of it', async () => {
    const { login, store, logout } = services();
    await login.run();
    fixture.twitch.id.faults.next('revoke', { connection: 'drop' });
    expect(await logout()).toEqual({ found: true, revoked: false });
    expect(await store.read()).toBeUndefined();
  });
});
