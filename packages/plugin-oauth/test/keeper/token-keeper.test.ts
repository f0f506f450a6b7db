import { mkdir, rename, rmdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { AccountTokens } from '../../src/keeper/account-tokens.js';
import { TokenKeeper } from '../../src/keeper/token-keeper.js';
import type { Login, LoginRequest } from '../../src/login/login.js';
import { botAccount } from '../../src/token/account.js';
import { AccountScopes } from '../../src/token/account-scopes.js';
import { FileTokenStore } from '../../src/token/file-token-store.js';
import { LockedTokenRefresher } from '../../src/token/token-refresher.js';
import { TwitchTokenValidator, type ValidToken } from '../../src/token/token-validator.js';
import { OAuthError } from '../../src/twitch/oauth-error.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { eventually, OAuthFixture } from '../oauth-fixture.js';

/** A login that ends when the test says so. */
class FakeLogin implements Login {
  readonly runs: { resolve(): void; reject(error: unknown): void; readonly signal: AbortSignal }[] =
    [];

  run({ signal }: LoginRequest = {}): Promise<ValidToken | undefined> {
    return new Promise((resolve, reject) => {
      if (signal === undefined) throw new TypeError('A bot’s login has a signal.');
      signal.addEventListener('abort', () => reject(signal.reason));
      this.runs.push({ resolve: () => resolve(undefined), reject, signal });
    });
  }
}

describe('TokenKeeper', () => {
  let fixture: OAuthFixture;
  let clock: ManualClock;
  let store: FileTokenStore;
  let scopes: AccountScopes;
  let tokens: AccountTokens;
  let login: FakeLogin;
  let waits: string[];
  let heard: (string | undefined)[];
  let stop: AbortController;
  let life: Promise<void>;
  let simulatedNow: number;

  beforeEach(async () => {
    simulatedNow = 0;
    fixture = await OAuthFixture.start({
      account: 'pertybot',
      timeout: 1_500,
      simulator: { now: () => simulatedNow },
    });
    clock = new ManualClock();
    store = new FileTokenStore(fixture.folders, clock, fixture.logger);
    scopes = fixture.accountScopes;
    tokens = new AccountTokens(botAccount, scopes, fixture.logger);
    login = new FakeLogin();
    waits = [];
    heard = [];
    tokens.onChange((token) => void heard.push(token?.token));
    stop = new AbortController();
    life = Promise.resolve();
  });

  afterEach(async () => {
    stop.abort(new Error('the test is over'));
    await life.catch(() => {});
    await fixture.stop();
  });

  /** Stores a grant as a login would. */
  async function store1(options: { scopes?: string[]; login?: string; expiresIn?: number } = {}) {
    const scopes = options.scopes ?? ['chat:edit', 'chat:read'];
    const issued = fixture.twitch.id.issueToken({ login: 'pertybot', ...options, scopes });
    await store.exclusively(() =>
      store.write(botAccount, { clientId: fixture.config.clientId, ...issued, scopes }),
    );
    return issued;
  }

  function start(config = {}): Promise<void> {
    const settings = { ...fixture.config, ...config };
    const client = new TwitchIdClient(settings);
    const validator = new TwitchTokenValidator(client, settings, scopes);
    const refresher = new LockedTokenRefresher(store, client);
    const keeper = new TokenKeeper({
      ...{ account: botAccount, tokens, store, validator, refresher, login, scopes, clock },
      log: fixture.logger,
    });
    const waiting = (reason: string) => {
      waits.push(reason);
      return () => void waits.splice(waits.indexOf(reason), 1);
    };
    return new Promise((resolve, reject) => {
      life = keeper.run({ signal: stop.signal, waiting }, resolve);
      life.catch(reject);
    });
  }

  /** Whatever was tried again. */
  const faults = () => fixture.logger.lines.filter(({ fields }) => 'retryInSeconds' in fields);
  const lines = (level: string) => fixture.logger.lines.filter((line) => line.level === level);

  it('publishes a stored token once Twitch has said that it is valid', async () => {
    const { accessToken } = await store1();
    await start();
    expect((await tokens.get()).token).toBe(accessToken);
    expect(fixture.count('validate')).toBe(1);
    expect(login.runs).toHaveLength(0);
  });

  it('validates every hour for as long as it runs', async () => {
    await store1({ expiresIn: 30 * 24 * 3_600 });
    await start();
    for (let hour = 1; hour <= 5; hour += 1) {
      await eventually(() => clock.pending > 0);
      await clock.advance('1h');
      await eventually(() => fixture.count('validate') >= hour + 1);
    }
    stop.abort();
    await life;
    await clock.advance('2h');
    expect(fixture.count('validate')).toBe(6);
  });

  it('replaces a token before it runs out, and hands the old one out meanwhile', async () => {
    const { accessToken } = await store1({ expiresIn: 3_600 });
    await start();
    simulatedNow += 3_400_000;
    const letThrough = fixture.twitch.id.faults.hold('token');
    await eventually(() => clock.pending > 0);
    const request = fixture.twitch.id.waitFor('request', ({ path }) => path.endsWith('/token'));
    await clock.advance('1h');
    await request;
    expect((await tokens.get()).token).toBe(accessToken);
    letThrough();
    await eventually(() => heard.length === 2);
    expect(heard[0]).toBe(accessToken);
    expect(heard[1]).not.toBe(accessToken);
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
      const { accessToken } = await store1();
      await start();
      await eventually(() => clock.pending > 0);
      fixture.twitch.id.faults.next('validate', fault);
      await clock.advance('1h');
      await eventually(() => lines('warn').length === 1);
      expect((await tokens.get()).token).toBe(accessToken);
      await clock.advance('10s');
      await eventually(() => fixture.count('validate') === 3);
      expect(heard).toEqual([accessToken]);
      expect(login.runs).toHaveLength(0);
    },
  );

  it('starts without a network, waits, and comes through when there is one', async () => {
    const { accessToken } = await store1();
    fixture.twitch.id.faults.next('validate', { connection: 'drop' }, 4);
    const started = start();
    await eventually(() => waits.includes('network'));
    for (let tries = 1; tries <= 4; tries += 1) {
      await eventually(() => faults().length >= tries && clock.pending > 0);
      await clock.advance('20s');
    }
    await started;
    expect((await tokens.get()).token).toBe(accessToken);
    await eventually(() => waits.length === 0);
    expect(faults().map(({ level }) => level)).toEqual(['warn', 'debug', 'debug', 'debug']);
    expect(lines('info').map(({ message }) => message)).toEqual([
      'The fault is over: the login is kept up again.',
    ]);
  });

  it('keeps the grant over faults of a refresh, and comes through', async () => {
    const { accessToken } = await store1();
    fixture.twitch.id.expire(accessToken);
    fixture.twitch.id.faults.next('token', { status: 429, headers: { 'retry-after': '60' } });
    const started = start();
    await eventually(() => lines('warn').length === 1 && clock.pending > 0);
    expect(lines('warn')[0]?.fields).toMatchObject({ retryInSeconds: 60 });
    await clock.advance('59s');
    expect(fixture.count('token')).toBe(1);
    await clock.advance('1s');
    await started;
    expect(fixture.twitch.id.describe((await tokens.get()).token)?.live).toBe(true);
  });

  it('fails at start with a wrong secret, and keeps the grant', async () => {
    const { accessToken } = await store1();
    fixture.twitch.id.expire(accessToken);
    await expect(start({ clientSecret: 'wrong' })).rejects.toMatchObject({
      code: 'OAUTH_CLIENT_SECRET_WRONG',
    });
    expect((await store.read(botAccount))?.accessToken).toBe(accessToken);
  });

  it('does not ask for a login when the secret goes wrong while it runs', async () => {
    const { accessToken } = await store1();
    await start();
    fixture.twitch.id.addClient({
      id: fixture.config.clientId,
      secret: 'a-new-secret',
      redirectUris: [fixture.config.redirectUri],
    });
    fixture.twitch.id.expire(accessToken);
    await eventually(() => clock.pending > 0);
    await clock.advance('1h');
    await eventually(() => lines('error').length === 1);
    expect(lines('error')[0]?.fields).toMatchObject({ code: 'OAUTH_CLIENT_SECRET_WRONG' });
    expect(login.runs).toHaveLength(0);
    expect(heard).toEqual([accessToken, undefined]);
    expect(waits).toEqual(['configuration']);
    expect((await store.read(botAccount))?.accessToken).toBe(accessToken);
  });

  it('asks for a login without a token, and says after a while that it waits for a person', async () => {
    const started = start();
    await eventually(() => login.runs.length === 1);
    expect(waits).toEqual([]);
    expect(lines('warn')).toEqual([]);
    await clock.advance('5s');
    expect(waits).toEqual(['login']);
    await store1();
    login.runs[0]?.resolve();
    await started;
    await eventually(() => waits.length === 0);
    expect(lines('warn')[0]?.message).toBe('The bot must log in to Twitch. There is no login yet.');
  });

  it('withdraws a dead grant and recovers after a login by another process', async () => {
    const { accessToken, refreshToken } = await store1();
    await start();
    fixture.twitch.id.killGrant(refreshToken);
    await eventually(() => clock.pending > 0);
    await clock.advance('1h');
    await eventually(() => heard.length === 2);
    expect(heard).toEqual([accessToken, undefined]);
    await clock.advance('5s');
    expect(waits).toEqual(['login']);
    const { accessToken: another } = await store1();
    await eventually(() => heard.length === 3);
    expect(heard[2]).toBe(another);
    expect(login.runs[0]?.signal.aborted).toBe(true);
    await eventually(() => waits.length === 0);
  });

  it('gives another token after chat refused one, even while Twitch calls it valid', async () => {
    const { accessToken } = await store1();
    await start();
    await tokens.invalidate(accessToken);
    const next = await tokens.get();
    expect(next.token).not.toBe(accessToken);
    await tokens.invalidate(accessToken);
    expect((await tokens.get()).token).toBe(next.token);
    expect(fixture.count('token')).toBe(1);
  });

  it('stands by a young token that Twitch calls valid, however often chat refuses it', async () => {
    const { accessToken } = await store1();
    await start();
    await tokens.invalidate(accessToken);
    const { token } = await tokens.get();
    for (let refusal = 1; refusal <= 5; refusal += 1) {
      await tokens.invalidate(token);
      expect((await tokens.get()).token).toBe(token);
    }
    expect(fixture.count('token')).toBe(1);
    await clock.advance('10m');
    await tokens.invalidate(token);
    expect((await tokens.get()).token).not.toBe(token);
    expect(fixture.count('token')).toBe(2);
  });

  it('exchanges a token that dies twice within a minute at once, and blames Twitch for nothing', async () => {
    let { accessToken } = await store1();
    await start();
    for (let death = 1; death <= 3; death += 1) {
      fixture.twitch.id.revoke(accessToken);
      await tokens.invalidate(accessToken);
      const next = await tokens.get();
      expect(next.token).not.toBe(accessToken);
      accessToken = next.token;
    }
    expect(fixture.count('token')).toBe(3);
    expect(lines('warn')).toEqual([]);
  });

  it('waits for a store that cannot be read, and looks at it again', async () => {
    const { accessToken } = await store1();
    await rename(fixture.tokenFile, `${fixture.tokenFile}.away`);
    await mkdir(fixture.tokenFile);
    const started = start();
    await eventually(() => waits.includes('stored login'));
    expect(lines('error')[0]?.fields).toMatchObject({ code: 'TOKEN_STORE_UNREADABLE' });
    expect(login.runs).toHaveLength(0);
    await rmdir(fixture.tokenFile);
    await rename(`${fixture.tokenFile}.away`, fixture.tokenFile);
    await eventually(() => clock.pending > 0);
    await clock.advance('5m');
    await started;
    expect((await tokens.get()).token).toBe(accessToken);
    await eventually(() => waits.length === 0);
  });

  it('does not hand out again what chat refused while Twitch was being asked', async () => {
    const { accessToken } = await store1();
    await start();
    await eventually(() => clock.pending > 0);
    const letThrough = fixture.twitch.id.faults.hold('validate');
    const asked = fixture.twitch.id.waitFor('request', ({ path }) => path.endsWith('/validate'));
    await clock.advance('1h');
    await asked;
    await tokens.invalidate(accessToken);
    letThrough();
    expect((await tokens.get()).token).not.toBe(accessToken);
  });

  it('does not care what the wall clock says', async () => {
    const { accessToken } = await store1();
    const wallClock = jest.spyOn(Date, 'now').mockReturnValue(0);
    await start();
    wallClock.mockReturnValue(4_000_000_000_000);
    await eventually(() => clock.pending > 0);
    await clock.advance('1h');
    await eventually(() => fixture.count('validate') === 2);
    wallClock.mockRestore();
    expect((await tokens.get()).token).toBe(accessToken);
    expect(fixture.count('token')).toBe(0);
    expect(await fixture.storedText()).not.toMatch(/expire|time|date|obtained/i);
  });

  it('has freed the login page when it ends', async () => {
    void start().catch(() => {});
    await eventually(() => login.runs.length === 1);
    stop.abort(new Error('stopped'));
    await life;
    expect(login.runs[0]?.signal.aborted).toBe(true);
  });

  it('pauses when Twitch refuses the very token that it has just given', async () => {
    const { accessToken } = await store1();
    fixture.twitch.id.expire(accessToken);
    fixture.twitch.id.faults.always('validate', { status: 401, message: 'invalid access token' });
    void start().catch(() => {});
    await eventually(() => lines('warn').length === 1);
    expect(fixture.count('token')).toBe(1);
    expect(lines('warn')[0]?.message).toBe('Twitch refuses the token that it has just given.');
  });

  it('notices a logout by another process', async () => {
    await store1();
    await start();
    await eventually(() => clock.pending > 0);
    await store.exclusively(() => store.clear(botAccount));
    await eventually(() => heard.length === 2);
    expect(heard[1]).toBeUndefined();
    await eventually(() => login.runs.length === 1);
  });

  it('names the plugin that wants a missing scope, asks for a login, and goes on with what it has', async () => {
    const { accessToken } = await store1({ scopes: ['chat:read'] });
    await start();
    expect((await tokens.get({ scopes: ['chat:read'] })).token).toBe(accessToken);
    await eventually(() => login.runs.length === 1);
    expect(lines('warn').map(({ message }) => message)).toEqual([
      'The login lacks the scope "chat:edit", which "irc", "texts" wants.',
    ]);
    const waitingForMore = tokens.get({ scopes: ['chat:edit'] });
    const { accessToken: better } = await store1();
    login.runs[0]?.resolve();
    expect((await waitingForMore).token).toBe(better);
  });

  it('asks again when a reload brings a plugin that wants more', async () => {
    await store1();
    await start();
    fixture.scopes.change([
      ...fixture.scopes.list,
      { scope: 'bits:read', account: 'bot', plugins: ['wheel'] },
    ]);
    await eventually(() => login.runs.length === 1);
    expect(lines('warn')[0]?.message).toBe(
      'The login lacks the scope "bits:read", which "wheel" wants.',
    );
  });

  it('does not ask for ever for a scope that a login does not bring', async () => {
    await store1({ scopes: ['chat:read'] });
    await start();
    await eventually(() => login.runs.length === 1);
    await store1({ scopes: ['chat:read'] });
    login.runs[0]?.resolve();
    await eventually(() => lines('warn').length >= 2);
    await eventually(() => clock.pending > 0);
    await clock.advance('1h');
    await eventually(() => fixture.count('validate') >= 3);
    expect(login.runs).toHaveLength(1);
  });

  it('asks for a login when the stored token is of the wrong account', async () => {
    await store1({ login: 'streamer' });
    void start().catch(() => {});
    await eventually(() => login.runs.length === 1);
    await clock.advance('5s');
    expect(lines('warn')[0]?.message).toContain('logged in as "streamer"');
    expect(heard).toEqual([]);
  });

  it('shows three codes that nobody types, and then waits for "pertybot login"', async () => {
    const started = start();
    for (let run = 0; run < 3; run += 1) {
      await eventually(() => login.runs.length === run + 1);
      login.runs[run]?.reject(new OAuthError('OAUTH_LOGIN_TIMED_OUT', 'The code has expired.'));
    }
    await eventually(() => lines('warn').length === 4);
    expect(lines('warn')[3]?.fields).toEqual({ hint: 'Run "pertybot login" when you are there.' });
    await clock.advance('1h');
    expect(login.runs).toHaveLength(3);
    expect(waits).toEqual(['login']);
    await store1();
    await started;
  });

  it('waits longer and longer for a login that no network lets through, and tells why once', async () => {
    void start().catch(() => {});
    const pauses: unknown[] = [];
    for (let round = 1; round <= 4; round++) {
      await eventually(() => login.runs.length === round);
      login.runs
        .at(-1)
        ?.reject(
          new OAuthError('OAUTH_TWITCH_UNREACHABLE', 'No network.', { hint: 'Check the network.' }),
        );
      await eventually(() => faults().length === round);
      pauses.push(faults().at(-1)?.fields.retryInSeconds);
      await clock.advance('10s');
      await eventually(() => login.runs.length === round + 1);
    }
    expect(pauses.at(-1)).toBeGreaterThan(3);
    expect(lines('warn').map(({ message }) => message)).toEqual([
      'No network.',
      'The bot must log in to Twitch. There is no login yet.',
    ]);
  });

  it('fails at start when the login cannot work', async () => {
    const started = start();
    await eventually(() => login.runs.length === 1);
    login.runs[0]?.reject(new OAuthError('OAUTH_PORT_BUSY', 'Another program uses port "3000".'));
    await expect(started).rejects.toMatchObject({ code: 'OAUTH_PORT_BUSY' });
  });

  it('lives with a damaged file by asking for a login', async () => {
    await store1();
    const { writeFile } = await import('node:fs/promises');
    await writeFile(fixture.tokenFile, '{"version":1,"gra');
    void start().catch(() => {});
    await eventually(() => login.runs.length === 1);
    expect(lines('error')[0]?.message).toContain('damaged');
  });
});
