import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens, type Account, definePlugin, injectable } from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import { registerOAuth, startOAuth } from '../src/plugin.js';
import { type Grant, TokenStore } from '../src/token/token-store.js';
import { type OAuthConfig, oauthConfigSchema } from '../src/twitch/oauth-config.js';
import { OAuthFixture } from './oauth-fixture.js';

/** A store as somebody else might write it. */
@injectable()
class MemoryTokenStore implements TokenStore {
  private readonly grants = new Map<string, Grant>();

  async read({ account }: Account) {
    return this.grants.get(account);
  }

  async write({ account }: Account, grant: Grant) {
    this.grants.set(account, grant);
  }

  async clear({ account }: Account) {
    this.grants.delete(account);
  }

  async accounts() {
    return [];
  }

  exclusively<Result>(task: () => Promise<Result>): Promise<Result> {
    return task();
  }

  onChange() {
    return () => {};
  }
}

const replaced = definePlugin({
  name: 'oauth-in-memory',
  config: oauthConfigSchema,
  provides: [AccessTokens],
  register(container, config) {
    registerOAuth(container, config);
    container.registerSingleton(MemoryTokenStore);
    container.register(TokenStore, { useToken: MemoryTokenStore });
  },
  start: startOAuth,
});

describe('registerOAuth', () => {
  let fixture: OAuthFixture;
  let bot: TestBot | undefined;

  beforeEach(async () => {
    fixture = await OAuthFixture.start();
  });

  afterEach(async () => {
    await bot?.stop();
    await fixture.stop();
  });

  function start(config: Partial<OAuthConfig> = {}) {
    return startTestBot([replaced], {
      realClock: true,
      config: { 'oauth-in-memory': JSON.parse(JSON.stringify({ ...fixture.config, ...config })) },
      folders: fixture.folders,
      browser: fixture.browser({ as: 'pertybot' }),
    });
  }

  it('lets another plugin put a part of its own in the place of one', async () => {
    bot = await start();
    expect((await bot.find(AccessTokens)?.get())?.login).toBe('pertybot');
    await expect(fixture.storedText()).resolves.not.toContain('accessToken');
  });

  it('uses a token of the owner’s own', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'streamer' });
    bot = await start({ clientId: '', accessToken });
    expect((await bot.find(AccessTokens)?.get())?.token).toBe(accessToken);
    expect(fixture.count('authorize')).toBe(0);
  });
});
