import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { botAccount } from '../../src/token/account.js';
import { OAuthError } from '../../src/twitch/oauth-error.js';
import { eventually } from '../oauth-fixture.js';
import { KeeperRig } from './keeper-rig.js';

let rig: KeeperRig;
beforeEach(async () => {
  rig = await KeeperRig.make();
});
afterEach(() => rig.end());

describe('a login that TokenKeeper asks for', () => {
  it('does not ask for a login when the secret goes wrong while it runs', async () => {
    const { accessToken } = await rig.grant();
    await rig.start();
    rig.fixture.twitch.id.addClient({
      id: rig.fixture.config.clientId,
      secret: 'a-new-secret',
      redirectUris: [rig.fixture.config.redirectUri],
    });
    rig.fixture.twitch.id.expire(accessToken);
    await eventually(() => rig.clock.pending > 0);
    await rig.clock.advance('1h');
    await eventually(() => rig.lines('error').length === 1);
    expect(rig.lines('error')[0]?.fields).toMatchObject({ code: 'OAUTH_CLIENT_SECRET_WRONG' });
    expect(rig.login.runs).toHaveLength(0);
    expect(rig.heard).toEqual([accessToken, undefined]);
    expect(rig.waits).toEqual(['configuration']);
    expect((await rig.store.read(botAccount))?.accessToken).toBe(accessToken);
  });

  it('asks for a login without a token, and says after a while that it waits for a person', async () => {
    const started = rig.start();
    await eventually(() => rig.login.runs.length === 1);
    expect(rig.waits).toEqual([]);
    expect(rig.lines('warn')).toEqual([]);
    await rig.clock.advance('5s');
    expect(rig.waits).toEqual(['login']);
    await rig.grant();
    rig.login.runs[0]?.resolve();
    await started;
    await eventually(() => rig.waits.length === 0);
    expect(rig.lines('warn')[0]?.message).toBe(
      'The bot must log in to Twitch. There is no login yet.',
    );
  });

  it('withdraws a dead grant and recovers after a login by another process', async () => {
    const { accessToken, refreshToken } = await rig.grant();
    await rig.start();
    rig.fixture.twitch.id.killGrant(refreshToken);
    await eventually(() => rig.clock.pending > 0);
    await rig.clock.advance('1h');
    await eventually(() => rig.heard.length === 2);
    expect(rig.heard).toEqual([accessToken, undefined]);
    await rig.clock.advance('5s');
    expect(rig.waits).toEqual(['login']);
    const { accessToken: another } = await rig.grant();
    await eventually(() => rig.heard.length === 3);
    expect(rig.heard[2]).toBe(another);
    expect(rig.login.runs[0]?.signal.aborted).toBe(true);
    await eventually(() => rig.waits.length === 0);
  });

  it('has freed the login page when it ends', async () => {
    void rig.start().catch(() => {});
    await eventually(() => rig.login.runs.length === 1);
    rig.stop.abort(new Error('stopped'));
    await rig.life;
    expect(rig.login.runs[0]?.signal.aborted).toBe(true);
  });

  it('notices a logout by another process', async () => {
    await rig.grant();
    await rig.start();
    await eventually(() => rig.clock.pending > 0);
    await rig.store.exclusively(() => rig.store.clear(botAccount));
    await eventually(() => rig.heard.length === 2);
    expect(rig.heard[1]).toBeUndefined();
    await eventually(() => rig.login.runs.length === 1);
  });

  it('names the plugin that wants a missing scope, asks for a login, and goes on with what it has', async () => {
    const { accessToken } = await rig.grant({ scopes: ['chat:read'] });
    await rig.start();
    expect((await rig.tokens.get({ scopes: ['chat:read'] })).token).toBe(accessToken);
    await eventually(() => rig.login.runs.length === 1);
    expect(rig.lines('warn').map(({ message }) => message)).toEqual([
      'The login lacks the scope "chat:edit", which "irc", "texts" wants.',
    ]);
    const waitingForMore = rig.tokens.get({ scopes: ['chat:edit'] });
    const { accessToken: better } = await rig.grant();
    rig.login.runs[0]?.resolve();
    expect((await waitingForMore).token).toBe(better);
  });

  it('asks again when a reload brings a plugin that wants more', async () => {
    await rig.grant();
    await rig.start();
    rig.fixture.scopes.change([
      ...rig.fixture.scopes.list,
      { scope: 'bits:read', account: 'bot', plugins: ['wheel'] },
    ]);
    await eventually(() => rig.login.runs.length === 1);
    expect(rig.lines('warn')[0]?.message).toBe(
      'The login lacks the scope "bits:read", which "wheel" wants.',
    );
  });

  it('does not ask for ever for a scope that a login does not bring', async () => {
    await rig.grant({ scopes: ['chat:read'] });
    await rig.start();
    await eventually(() => rig.login.runs.length === 1);
    await rig.grant({ scopes: ['chat:read'] });
    rig.login.runs[0]?.resolve();
    await eventually(() => rig.lines('warn').length >= 2);
    await eventually(() => rig.clock.pending > 0);
    await rig.clock.advance('1h');
    await eventually(() => rig.fixture.count('validate') >= 3);
    expect(rig.login.runs).toHaveLength(1);
  });

  it('asks for a login when the stored token is of the wrong account', async () => {
    await rig.grant({ login: 'streamer' });
    void rig.start().catch(() => {});
    await eventually(() => rig.login.runs.length === 1);
    await rig.clock.advance('5s');
    expect(rig.lines('warn')[0]?.message).toContain('logged in as "streamer"');
    expect(rig.heard).toEqual([]);
  });

  it('shows three codes that nobody types, and then waits for "pertybot login"', async () => {
    const started = rig.start();
    for (let run = 0; run < 3; run += 1) {
      await eventually(() => rig.login.runs.length === run + 1);
      rig.login.runs[run]?.reject(new OAuthError('OAUTH_LOGIN_TIMED_OUT', 'The code has expired.'));
    }
    await eventually(() => rig.lines('warn').length === 4);
    expect(rig.lines('warn')[3]?.fields).toEqual({
      hint: 'Run "pertybot login" when you are there.',
    });
    await rig.clock.advance('1h');
    expect(rig.login.runs).toHaveLength(3);
    expect(rig.waits).toEqual(['login']);
    await rig.grant();
    await started;
  });

  it('waits longer and longer for a login that no network lets through, and tells why once', async () => {
    void rig.start().catch(() => {});
    const pauses: unknown[] = [];
    for (let round = 1; round <= 4; round++) {
      await eventually(() => rig.login.runs.length === round);
      rig.login.runs
        .at(-1)
        ?.reject(
          new OAuthError('OAUTH_TWITCH_UNREACHABLE', 'No network.', { hint: 'Check the network.' }),
        );
      await eventually(() => rig.faults().length === round);
      pauses.push(rig.faults().at(-1)?.fields.retryInSeconds);
      await rig.clock.advance('10s');
      await eventually(() => rig.login.runs.length === round + 1);
    }
    expect(pauses.at(-1)).toBeGreaterThan(3);
    expect(rig.lines('warn').map(({ message }) => message)).toEqual([
      'No network.',
      'The bot must log in to Twitch. There is no login yet.',
    ]);
  });

  it('fails at start when the login cannot work', async () => {
    const started = rig.start();
    await eventually(() => rig.login.runs.length === 1);
    rig.login.runs[0]?.reject(
      new OAuthError('OAUTH_PORT_BUSY', 'Another program uses port "3000".'),
    );
    await expect(started).rejects.toMatchObject({ code: 'OAUTH_PORT_BUSY' });
  });

  it('lives with a damaged file by asking for a login', async () => {
    await rig.grant();
    const { writeFile } = await import('node:fs/promises');
    await writeFile(rig.fixture.tokenFile, '{"version":1,"gra');
    void rig.start().catch(() => {});
    await eventually(() => rig.login.runs.length === 1);
    expect(rig.lines('error')[0]?.message).toContain('damaged');
  });
});
