import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GrantIntake } from '../../src/login/grant-intake.js';
import { botAccount } from '../../src/token/account.js';
import { AccountScopes } from '../../src/token/account-scopes.js';
import { FileTokenStore } from '../../src/token/file-token-store.js';
import { TwitchTokenValidator } from '../../src/token/token-validator.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { FastClock, OAuthFixture } from '../oauth-fixture.js';

describe('GrantIntake', () => {
  let fixture: OAuthFixture;
  let store: FileTokenStore;
  let intake: GrantIntake;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ account: 'pertybot' });
    const client = new TwitchIdClient(fixture.config);
    const clock = new FastClock(100);
    store = new FileTokenStore(fixture.folders, clock, fixture.logger);
    const validator = new TwitchTokenValidator(
      client,
      fixture.config,
      new AccountScopes(fixture.scopes, fixture.config),
    );
    intake = new GrantIntake(store, validator, client, clock, fixture.logger);
  });

  afterEach(() => fixture.stop());

  const { signal } = new AbortController();

  function issue(login: string) {
    const scopes = ['chat:edit', 'chat:read'];
    return {
      clientId: fixture.config.clientId,
      ...fixture.twitch.id.issueToken({ login, scopes }),
      scopes,
    };
  }

  it('stores a grant of the right account', async () => {
    const grant = issue('pertybot');
    expect(await intake.accept(grant, botAccount, signal)).toMatchObject({
      token: { login: 'pertybot' },
    });
    expect(await store.read(botAccount)).toEqual({ ...grant, login: 'pertybot' });
  });

  it('refuses a grant of another account, and has Twitch forget it', async () => {
    const grant = issue('streamer');
    await expect(intake.accept(grant, botAccount, signal)).rejects.toMatchObject({
      code: 'OAUTH_WRONG_ACCOUNT',
    });
    expect(await store.read(botAccount)).toBeUndefined();
    expect(fixture.twitch.id.describe(grant.accessToken)?.live).toBe(false);
  });

  it('says how to disconnect the wrong account where Twitch does not hear of it', async () => {
    fixture.twitch.id.faults.next('revoke', { connection: 'drop' });
    await expect(intake.accept(issue('streamer'), botAccount, signal)).rejects.toMatchObject({
      code: 'OAUTH_WRONG_ACCOUNT',
    });
    expect(fixture.logger.lines[0]?.fields.hint).toContain('twitch.tv/settings/connections');
  });

  it('asks again when Twitch gives no verdict, and rather stores than loses a grant', async () => {
    const grant = issue('pertybot');
    fixture.twitch.id.faults.next('validate', { status: 500 }, 4);
    expect(await intake.accept(grant, botAccount, signal)).toBeUndefined();
    expect(await store.read(botAccount)).toEqual(grant);
    expect(fixture.count('validate')).toBe(4);
  });

  it('does not store a token that Twitch refuses', async () => {
    const grant = issue('pertybot');
    fixture.twitch.id.revoke(grant.accessToken);
    await expect(intake.accept(grant, botAccount, signal)).rejects.toMatchObject({
      code: 'OAUTH_CODE_INVALID',
    });
    expect(await store.read(botAccount)).toBeUndefined();
  });
});
