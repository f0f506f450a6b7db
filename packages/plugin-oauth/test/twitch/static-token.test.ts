import { describe, expect, it } from '@jest/globals';
import { staticTokenOf } from '../../src/twitch/static-token.js';
import { plainConfig } from '../oauth-fixture.js';

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
