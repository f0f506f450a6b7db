import { describe, expect, it } from '@jest/globals';
import { checkOAuth } from '../src/plugin.js';
import { plainConfig } from './oauth-fixture.js';

describe('checkOAuth', () => {
  const levelsOf = (config = {}, env = {}) =>
    checkOAuth({ ...plainConfig, ...config }, env).map(({ level }) => level);

  it('finds nothing wrong with an ordinary configuration', () => {
    expect(levelsOf()).toEqual(['ok', 'ok']);
  });

  it('says what a bot without a secret can do', () => {
    expect(levelsOf({ clientSecret: undefined })).toEqual(['info', 'ok']);
    expect(levelsOf({ clientSecret: undefined, login: 'browser' })).toEqual(['error', 'ok']);
  });

  it.each([
    ['http://127.0.0.1:3000/', 'error'],
    ['https://bot.example/', 'warning'],
    ['http://localhost/', 'warning'],
    ['https://localhost:3000/', 'ok'],
  ])('judges the redirect URI %s', (redirectUri, level) => {
    expect(levelsOf({ redirectUri })).toEqual(['ok', level]);
  });

  it('says that a token of the owner’s own is used, without showing it', () => {
    const findings = checkOAuth(plainConfig, { TWITCH_ACCESS_TOKEN: 'oauth:abcdef' });
    expect(findings).toMatchObject([{ level: 'info', subject: 'login' }]);
    expect(JSON.stringify(findings)).not.toContain('abcdef');
  });
});
