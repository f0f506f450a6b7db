import { describe, expect, it } from '@jest/globals';
import { v } from '@pertybot/core';
import { oauthConfigSchema, staticTokenOf } from '../../src/twitch/oauth-config.js';
import { plainConfig } from '../oauth-fixture.js';

function issuesOf(config: unknown): readonly string[] {
  const result = v.safeParse(oauthConfigSchema, config);
  return result.success
    ? []
    : result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
}

describe('oauthConfigSchema', () => {
  it('fills in what most bots leave out', () => {
    expect(v.parse(oauthConfigSchema, { clientId: ' abc ' })).toMatchObject({
      clientId: 'abc',
      redirectUri: 'http://localhost:3000/',
      idUrl: 'https://id.twitch.tv/oauth2',
      login: 'auto',
      timeout: 10_000,
    });
  });

  it('takes an empty client secret for none, as in a copied .env.example', () => {
    expect(
      v.parse(oauthConfigSchema, { clientId: 'abc', clientSecret: '' }).clientSecret,
    ).toBeUndefined();
  });

  it('writes the account as Twitch does', () => {
    expect(v.parse(oauthConfigSchema, { clientId: 'abc', account: '@PertyBot' }).account).toBe(
      'pertybot',
    );
  });

  it('keeps the redirect URI to the character', () => {
    const redirectUri = 'http://localhost:3000/Auth';
    expect(v.parse(oauthConfigSchema, { clientId: 'abc', redirectUri }).redirectUri).toBe(
      redirectUri,
    );
  });

  it('wants a client id, unless the owner brings a token', () => {
    expect(issuesOf({})).toEqual([
      'clientId: expected the client id of your application at dev.twitch.tv/console',
    ]);
    expect(issuesOf({ accessToken: 'oauth:abc' })).toEqual([]);
  });

  it('drops the oauth: that many tools put before a token', () => {
    expect(v.parse(oauthConfigSchema, { accessToken: 'OAuth:abc' }).accessToken).toBe('abc');
  });

  it.each(['not a url', 'ftp://localhost/', 'http://localhost/#part'])(
    'refuses "%s" as redirect URI',
    (redirectUri) => {
      expect(issuesOf({ clientId: 'abc', redirectUri })).toHaveLength(1);
    },
  );

  it('sends the client secret to another machine by https alone', () => {
    expect(issuesOf({ clientId: 'abc', idUrl: 'http://example.com/oauth2' })).toEqual([
      'idUrl: expected https://, since the client secret is sent there',
    ]);
    expect(issuesOf({ clientId: 'abc', idUrl: 'http://127.0.0.1:4000/oauth2/' })).toEqual([]);
  });

  it('wants key and certificate together', () => {
    expect(issuesOf({ clientId: 'abc', key: 'key.pem' })).toEqual([
      'key: expected both key and cert, or neither',
    ]);
  });

  it('refuses keys that it does not know', () => {
    expect(issuesOf({ clientId: 'abc', clientsecret: 'x' })).toHaveLength(1);
  });
});

describe('staticTokenOf', () => {
  it('takes the one of the configuration first, then the one of the environment', () => {
    const env = { TWITCH_ACCESS_TOKEN: ' oauth:from-env ' };
    expect(staticTokenOf({ ...plainConfig, accessToken: 'from-config' }, env)).toBe('from-config');
    expect(staticTokenOf(plainConfig, env)).toBe('from-env');
    expect(staticTokenOf(plainConfig, { TWITCH_ACCESS_TOKEN: '' })).toBeUndefined();
  });

  it('never sends the true token to a simulated Twitch', () => {
    const config = { ...plainConfig, idUrl: 'http://127.0.0.1:4000/oauth2' };
    expect(staticTokenOf(config, { TWITCH_ACCESS_TOKEN: 'true-token' })).toBeUndefined();
  });
});
