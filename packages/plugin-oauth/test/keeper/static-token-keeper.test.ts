import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { AccountTokens } from '../../src/keeper/account-tokens.js';
import { StaticTokenKeeper } from '../../src/keeper/static-token-keeper.js';
import { botAccount } from '../../src/token/account.js';
import { AccountScopes } from '../../src/token/account-scopes.js';
import { TwitchTokenValidator } from '../../src/token/token-validator.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { eventually, OAuthFixture } from '../oauth-fixture.js';

describe('StaticTokenKeeper', () => {
  let fixture: OAuthFixture;
  let clock: ManualClock;
  let tokens: AccountTokens;
  let waits: string[];
  let stop: AbortController;
  let token: string;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ clientId: '' });
    clock = new ManualClock();
    tokens = new AccountTokens(botAccount, fixture.accountScopes, fixture.logger);
    waits = [];
    stop = new AbortController();
    token = fixture.twitch.id.issueToken({ login: 'pertybot' }).accessToken;
  });

  afterEach(async () => {
    stop.abort();
    await fixture.stop();
  });

  function start(): Promise<void> {
    const client = new TwitchIdClient(fixture.config);
    const validator = new TwitchTokenValidator(
      client,
      fixture.config,
      new AccountScopes(fixture.scopes, fixture.config),
    );
    const log = fixture.logger;
    const keeper = new StaticTokenKeeper({ token, tokens, validator, clock, log });
    const waiting = (reason: string) => {
      waits.push(reason);
      return () => void waits.splice(waits.indexOf(reason), 1);
    };
    return new Promise((resolve, reject) => {
      keeper.run({ signal: stop.signal, waiting }, resolve).catch(reject);
    });
  }

  it('hands out a valid token without ever refreshing it', async () => {
    await start();
    expect((await tokens.get({ scopes: ['chat:edit'] })).token).toBe(token);
    await eventually(() => clock.pending > 0);
    await clock.advance('1h');
    await eventually(() => fixture.count('validate') === 2);
    expect(fixture.count('token')).toBe(0);
  });

  it('refuses to start with a token that is no good', async () => {
    fixture.twitch.id.revoke(token);
    await expect(start()).rejects.toMatchObject({
      code: 'OAUTH_ACCESS_TOKEN_INVALID',
      hint: expect.stringContaining('TWITCH_ACCESS_TOKEN'),
    });
  });

  it('says clearly that the token is at its end, and withdraws it', async () => {
    await start();
    const heard: unknown[] = [];
    tokens.onChange((each) => heard.push(each));
    fixture.twitch.id.expire(token);
    await tokens.invalidate(token);
    await eventually(() => waits.length === 1);
    expect(heard).toEqual([undefined]);
    expect(waits).toEqual(['a new TWITCH_ACCESS_TOKEN']);
    expect(fixture.logger.lines.at(-1)).toMatchObject({
      level: 'error',
      message: 'Twitch no longer accepts the access token that you manage yourself.',
    });
  });

  it('goes on after a refused login while Twitch calls the token valid', async () => {
    await start();
    await tokens.invalidate(token);
    expect((await tokens.get()).token).toBe(token);
  });

  it('waits for the network', async () => {
    fixture.twitch.id.faults.next('validate', { connection: 'drop' });
    const started = start();
    await eventually(() => waits.includes('network') && clock.pending > 0);
    await clock.advance('2s');
    await started;
    expect(waits).toEqual([]);
  });

  it('names scopes that are missing', async () => {
    token = fixture.twitch.id.issueToken({ login: 'pertybot', scopes: ['chat:read'] }).accessToken;
    await start();
    expect(fixture.logger.lines[0]?.message).toBe('The access token lacks the scopes "chat:edit".');
  });
});
