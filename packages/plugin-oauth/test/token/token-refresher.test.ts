import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Account } from '@pertybot/core';
import { botAccount } from '../../src/token/account.js';
import { FileTokenStore } from '../../src/token/file-token-store.js';
import { LockedTokenRefresher } from '../../src/token/token-refresher.js';
import type { Grant } from '../../src/token/token-store.js';
import { OAuthError } from '../../src/twitch/oauth-error.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { OAuthFixture } from '../oauth-fixture.js';

describe('LockedTokenRefresher', () => {
  let fixture: OAuthFixture;
  let store: FileTokenStore;
  let stale: string;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ client: { refreshTokens: 'one-time' } });
    store = new FileTokenStore(fixture.folders, fixture.clock, fixture.logger);
    const tokens = fixture.twitch.id.issueToken({ login: 'pertybot' });
    stale = tokens.accessToken;
    await store.write(botAccount, {
      clientId: fixture.config.clientId,
      ...tokens,
      scopes: ['chat:edit', 'chat:read'],
    });
  });

  afterEach(() => fixture.stop());

  function refresher(config = {}) {
    return new LockedTokenRefresher(store, new TwitchIdClient({ ...fixture.config, ...config }));
  }

  it('stores a rotated refresh token, and refreshes with it the next time', async () => {
    const one = refresher();
    const first = await one.refresh(botAccount, stale);
    expect(await store.read(botAccount)).toEqual('grant' in first && first.grant);
    const second = await one.refresh(botAccount, 'grant' in first ? first.grant.accessToken : '');
    expect(second.status).toBe('refreshed');
  });

  it('asks Twitch once for all who ask at once', async () => {
    const one = refresher();
    const other = refresher();
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? one : other).refresh(botAccount, stale),
      ),
    );
    const tokens = new Set(results.map((result) => 'grant' in result && result.grant.accessToken));
    expect(tokens.size).toBe(1);
    expect(fixture.count('token')).toBe(1);
  });

  it('does not hand a caller the very token that it calls stale', async () => {
    const one = refresher();
    const first = one.refresh(botAccount, stale);
    const result = await first;
    const next = 'grant' in result ? result.grant.accessToken : '';
    const [late, again] = await Promise.all([
      one.refresh(botAccount, stale),
      one.refresh(botAccount, next),
    ]);
    expect('grant' in late && late.grant.accessToken).toBe(next);
    expect('grant' in again && again.grant.accessToken).not.toBe(next);
  });

  it('keeps the old refresh token where Twitch sends none, and the scopes likewise', async () => {
    const before = await store.read(botAccount);
    fixture.twitch.id.faults.next('token', {
      refreshToken: 'absent',
      scope: 'absent',
      expiresIn: 'absent',
    });
    await refresher().refresh(botAccount, stale);
    const after = await store.read(botAccount);
    expect(after?.refreshToken).toBe(before?.refreshToken);
    expect(after?.scopes).toEqual(before?.scopes);
    expect(after?.accessToken).not.toBe(stale);
  });

  it('says that the grant is dead, and leaves the file alone', async () => {
    const before = await store.read(botAccount);
    fixture.twitch.id.killGrant(before?.refreshToken ?? '');
    expect(await refresher().refresh(botAccount, stale)).toEqual({ status: 'dead' });
    expect(await store.read(botAccount)).toEqual(before);
  });

  it('takes 401 for a dead grant, too', async () => {
    fixture.twitch.id.faults.next('token', { status: 401, message: 'unauthorized' });
    expect(await refresher().refresh(botAccount, stale)).toEqual({ status: 'dead' });
  });

  it.each([
    ['a wrong secret', { clientSecret: 'wrong' }, {}],
    ['a status of 500', {}, { status: 500 }],
    ['a cut connection', {}, { connection: 'drop' }],
  ] as const)('keeps the grant over %s', async (_kind, config, fault) => {
    const before = await store.read(botAccount);
    fixture.twitch.id.faults.next('token', fault);
    await expect(refresher(config).refresh(botAccount, stale)).rejects.toBeInstanceOf(OAuthError);
    expect(await store.read(botAccount)).toEqual(before);
    fixture.twitch.id.faults.clear();
    expect((await refresher().refresh(botAccount, stale)).status).toBe('refreshed');
  });

  it('does not spend a one-time token twice when the disk is full', async () => {
    class FullDisk extends FileTokenStore {
      full = true;

      override async write(account: Account, grant: Grant): Promise<void> {
        if (this.full) throw new OAuthError('TOKEN_STORE_UNWRITABLE', 'The disk is full.');
        await super.write(account, grant);
      }
    }
    const disk = new FullDisk(fixture.folders, fixture.clock, fixture.logger);
    const one = new LockedTokenRefresher(disk, new TwitchIdClient(fixture.config));
    await expect(one.refresh(botAccount, stale)).rejects.toMatchObject({
      code: 'TOKEN_STORE_UNWRITABLE',
    });
    disk.full = false;
    expect((await one.refresh(botAccount, stale)).status).toBe('refreshed');
    expect(fixture.count('token')).toBe(1);
  });
});
