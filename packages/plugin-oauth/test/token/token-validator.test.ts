import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { botAccount } from '../../src/token/account.js';
import { AccountScopes } from '../../src/token/account-scopes.js';
import { TwitchTokenValidator } from '../../src/token/token-validator.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { OAuthFixture } from '../oauth-fixture.js';

describe('TwitchTokenValidator', () => {
  let fixture: OAuthFixture;

  beforeEach(async () => {
    fixture = await OAuthFixture.start();
  });

  afterEach(() => fixture.stop());

  function validator(config = {}) {
    const settings = { ...fixture.config, ...config };
    return new TwitchTokenValidator(
      new TwitchIdClient(settings),
      settings,
      new AccountScopes(fixture.scopes, settings),
    );
  }

  it('says whose token it is and how long it lives', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'pertybot', expiresIn: 100 });
    expect(await validator({ account: 'pertybot' }).validate(accessToken, botAccount)).toEqual({
      status: 'valid',
      token: {
        token: accessToken,
        clientId: fixture.config.clientId,
        userId: expect.stringMatching(/^\d+$/),
        login: 'pertybot',
        scopes: ['chat:edit', 'chat:read'],
      },
      expiresIn: expect.any(Number),
      missing: [],
    });
  });

  it('names requested scopes that the token lacks', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'pertybot', scopes: [] });
    expect(await validator().validate(accessToken, botAccount)).toMatchObject({
      status: 'valid',
      missing: ['chat:read', 'chat:edit'],
    });
  });

  it('tells another account and another client from a dead token', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'streamer' });
    expect(await validator({ account: 'pertybot' }).validate(accessToken, botAccount)).toEqual({
      status: 'foreign',
      reason: 'You are logged in as "streamer", but the bot\'s account is "pertybot".',
    });
    expect(
      await validator({ clientId: 'another' }).validate(accessToken, botAccount),
    ).toMatchObject({
      status: 'foreign',
    });
    fixture.twitch.id.revoke(accessToken);
    expect(await validator().validate(accessToken, botAccount)).toEqual({ status: 'invalid' });
  });

  it('takes a token of any client where the owner names none', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'pertybot' });
    expect(await validator({ clientId: '' }).validate(accessToken, botAccount)).toMatchObject({
      status: 'valid',
    });
  });

  it('gives no verdict where Twitch gives none', async () => {
    fixture.twitch.id.faults.next('validate', { status: 429 });
    await expect(validator().validate('token', botAccount)).rejects.toMatchObject({
      transient: true,
    });
  });

  describe('of a broadcaster', () => {
    const judge = async (login: string, channel: string | undefined, config = {}) => {
      const { accessToken } = fixture.twitch.id.issueToken({ login });
      const validation = await validator(config).validate(accessToken, {
        account: 'broadcaster',
        channel,
      });
      return validation.status === 'foreign' ? validation.reason : validation.status;
    };

    it('takes the owner of the channel alone', async () => {
      expect(await judge('streamer', '#Streamer')).toBe('valid');
      expect(await judge('pertybot', 'streamer')).toBe(
        'You are logged in as "pertybot", but the broadcaster is "streamer".',
      );
    });

    it('takes one of those that are configured where none is named', async () => {
      const broadcasters = ['alice', 'streamer'];
      expect(await judge('streamer', undefined, { broadcasters })).toBe('valid');
      expect(await judge('pertybot', undefined, { broadcasters })).toBe(
        'You are logged in as "pertybot", but the broadcaster is "alice" or "streamer".',
      );
    });

    it('takes anybody but the bot where none is known', async () => {
      expect(await judge('streamer', undefined, { account: 'pertybot' })).toBe('valid');
      expect(await judge('pertybot', undefined, { account: 'pertybot' })).toContain(
        "which is the bot's account",
      );
      expect(await judge('pertybot', 'pertybot', { account: 'pertybot' })).toBe('valid');
    });

    it('asks for the scopes that are wanted of it', async () => {
      fixture.scopes.change([
        { scope: 'chat:read', account: 'bot', plugins: ['irc'] },
        { scope: 'bits:read', account: 'broadcaster', plugins: ['wheel'] },
      ]);
      const { accessToken } = fixture.twitch.id.issueToken({ login: 'streamer', scopes: [] });
      const ofBroadcaster = { account: 'broadcaster', channel: 'streamer' } as const;
      expect(await validator().validate(accessToken, ofBroadcaster)).toMatchObject({
        missing: ['bits:read'],
      });
      expect(await validator().validate(accessToken, botAccount)).toMatchObject({
        missing: ['chat:read'],
      });
    });
  });
});
