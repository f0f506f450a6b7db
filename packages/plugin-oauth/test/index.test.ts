import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens, definePlugin } from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import oauth from '../src/index.js';
import { eventually, OAuthFixture } from './oauth-fixture.js';

const chatty = definePlugin({ name: 'chatty', scopes: ['chat:read', 'chat:edit'], start() {} });

describe('the oauth plugin', () => {
  let fixture: OAuthFixture;
  let bot: TestBot | undefined;

  beforeEach(async () => {
    fixture = await OAuthFixture.start({ account: 'pertybot' });
  });

  afterEach(async () => {
    await bot?.stop();
    bot = undefined;
    await fixture.stop();
  });

  async function startBot(
    config: Record<string, unknown> = {},
    browser = fixture.browser({ as: 'pertybot' }),
  ) {
    bot = await startTestBot([oauth, chatty], {
      realClock: true,
      config: { oauth: { ...JSON.parse(JSON.stringify(fixture.config)), ...config } },
      folders: fixture.folders,
      browser,
      prompt: fixture.prompt,
    });
    return bot;
  }

  function stateOf(running: TestBot) {
    return running.plugins.find(({ id }) => id === 'oauth')?.state;
  }

  it('logs in by the authorization code flow and hands out the token', async () => {
    const running = await startBot();
    expect(stateOf(running)).toEqual({ name: 'running' });
    const token = await running.find(AccessTokens)?.get({ scopes: ['chat:edit'] });
    expect(token).toMatchObject({ login: 'pertybot', clientId: 'client-of-the-bot' });
    expect(fixture.twitch.id.describe(token?.token ?? '')?.live).toBe(true);
  });

  it('starts from the stored token without a login the second time', async () => {
    await (await startBot()).stop();
    const running = await startBot();
    expect(stateOf(running)).toEqual({ name: 'running' });
    expect(fixture.count('authorize')).toBe(2);
    expect(fixture.count('token')).toBe(1);
  });

  it('refreshes a stored token that has expired meanwhile', async () => {
    const first = await startBot();
    const old = await first.find(AccessTokens)?.get();
    await first.stop();
    fixture.twitch.id.expire(old?.token ?? '');
    const running = await startBot();
    const token = await running.find(AccessTokens)?.get();
    expect(token?.token).not.toBe(old?.token);
    expect(fixture.count('token', 'refresh_token')).toBe(1);
  });

  it('fails with the cure when the client secret is wrong, and keeps the tokens', async () => {
    const first = await startBot();
    const old = await first.find(AccessTokens)?.get();
    await first.stop();
    fixture.twitch.id.expire(old?.token ?? '');
    const failed = await startBot({ clientSecret: 'a-wrong-secret' });
    expect(stateOf(failed)).toMatchObject({
      name: 'failed',
      error: { code: 'OAUTH_CLIENT_SECRET_WRONG' },
    });
    await failed.stop();
    const running = await startBot();
    expect(stateOf(running)).toEqual({ name: 'running' });
  });

  it('withdraws a dead grant while it runs, and comes back after a login', async () => {
    const browser = fixture.browser({ as: 'pertybot' });
    const running = await startBot({}, browser);
    const tokens = running.find(AccessTokens);
    const heard: (string | undefined)[] = [];
    tokens?.onChange((token) => void heard.push(token?.login));
    const old = await tokens?.get();
    const stored = JSON.parse(await fixture.storedText());
    fixture.twitch.id.killGrant(stored.grant.refreshToken);
    await tokens?.invalidate(old?.token ?? '');
    const token = await tokens?.get();
    expect(token?.token).not.toBe(old?.token);
    await eventually(() => heard.length === 2);
    expect(heard).toEqual([undefined, 'pertybot']);
  });

  it('stops after a refresh that is under way has reached the disk', async () => {
    const first = await startBot({ timeout: 10_000 });
    const old = await first.find(AccessTokens)?.get();
    const letThrough = fixture.twitch.id.faults.hold('token');
    const asked = fixture.twitch.id.waitFor('request', ({ path }) => path.endsWith('/token'));
    fixture.twitch.id.expire(old?.token ?? '');
    await first.find(AccessTokens)?.invalidate(old?.token ?? '');
    await asked;
    const stopped = first.stop();
    // Longer than a plugin has that asks for no more.
    const late = new Promise((resolve) => setTimeout(() => resolve('late'), 2_500));
    expect(await Promise.race([stopped, late])).toBe('late');
    letThrough();
    await stopped;
    const stored = JSON.parse(await fixture.storedText());
    expect(stored.grant.accessToken).not.toBe(old?.token);
    expect(fixture.twitch.id.describe(stored.grant.accessToken)?.live).toBe(true);
    expect(first.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
