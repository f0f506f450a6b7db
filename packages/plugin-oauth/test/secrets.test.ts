import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens, type Browser, definePlugin } from '@pertybot/core';
import { startTestBot } from '@pertybot/core/testing';
import oauth from '../src/index.js';
import { botAccount } from '../src/token/account.js';
import { borrowServices, eventually, OAuthFixture } from './oauth-fixture.js';

const chatty = definePlugin({ name: 'chatty', scopes: ['chat:read', 'chat:edit'], start() {} });

describe('secrets', () => {
  let fixture: OAuthFixture;
  /** Every value that must stay between the bot and Twitch. */
  let secrets: Set<string>;
  /** Everything that came out, but for tokens.json. */
  let printed: string[];

  beforeEach(async () => {
    fixture = await OAuthFixture.start({
      account: 'pertybot',
      timeout: 1_500,
      simulator: { deviceInterval: 1 },
    });
    secrets = new Set([fixture.config.clientSecret ?? '']);
    printed = [];
    fixture.twitch.id.on('request', ({ form, headers }) => {
      for (const name of ['code', 'refresh_token', 'device_code', 'token', 'client_secret']) {
        const value = form.get(name);
        if (value !== null) secrets.add(value);
      }
      const token = headers.authorization?.split(' ')[1];
      if (token !== undefined) secrets.add(token);
    });
  });

  afterEach(() => fixture.stop());

  async function collectStored(): Promise<void> {
    const text = await fixture.storedText();
    for (const [, value = ''] of text.matchAll(/"(?:access|refresh)Token": "([^"]+)"/g))
      secrets.add(value);
    expect(text).not.toContain(fixture.config.clientSecret);
    // Apart from the tokens that it is there for, the file holds nothing secret.
    printed.push(text.replaceAll(/"(?:access|refresh)Token": "[^"]+"/g, ''));
  }

  function keepError(error: unknown): void {
    printed.push(inspect(error, { depth: 10 }), String(error instanceof Error ? error.stack : ''));
  }

  it('stay out of all that a run prints and stores, whatever goes wrong', async () => {
    const { faults } = fixture.twitch.id;
    const browser = fixture.browser({ as: 'pertybot' });
    const config = { oauth: JSON.parse(JSON.stringify(fixture.config)) };
    const bot = await startTestBot([oauth, chatty], {
      realClock: true,
      config,
      folders: fixture.folders,
      browser,
    });
    await collectStored();
    const tokens = bot.find(AccessTokens);
    for (const fault of [
      { status: 400, message: `Invalid something: ${fixture.config.clientSecret}` },
      { connection: 'lose-answer' },
    ] as const) {
      const token = await tokens?.get();
      faults.next('token', fault);
      fixture.twitch.id.expire(token?.token ?? '');
      await tokens?.invalidate(token?.token ?? '');
      await tokens?.get();
      await collectStored();
    }
    faults.next('validate', { body: 'malformed' });
    await bot.stop();
    printed.push(
      inspect(bot.log, { depth: 10 }),
      inspect(bot.events, { depth: 10 }),
      inspect(bot.plugins, { depth: 10 }),
    );
    for (const visit of browser.visits) printed.push((await visit).html);
    await logInByHand({ open: async () => false });
    printed.push(
      ...fixture.shown,
      inspect(fixture.logger.lines, { depth: 10 }),
      process.title,
      process.argv.join(' '),
    );
    await collectStored();
    expect(secrets.size).toBeGreaterThan(10);
    const text = printed.join('\n');
    expect(text).toContain('OAUTH_CLIENT_SECRET_WRONG');
    expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
  }, 60_000);

  /** Every other way to log in, each with something that goes wrong. */
  async function logInByHand(noBrowser: Browser): Promise<void> {
    const { prompt } = fixture;
    const build = (config = {}) => borrowServices(fixture, { browser: noBrowser, config });
    prompt.show = (text) => {
      fixture.shown.push(text);
      const code = /type the code +(\S+)/.exec(text)?.[1];
      if (code !== undefined) fixture.twitch.id.approveDevice(code, { as: 'pertybot' });
    };
    fixture.twitch.id.faults.next('token', { connection: 'drop' });
    await (await build()).login.run({ method: 'device' });
    fixture.twitch.id.approveAs('streamer');
    let asked = 0;
    prompt.ask = async () => {
      asked += 1;
      if (asked === 4) fixture.twitch.id.approveAs('pertybot');
      if (asked === 1) return 'https://example.com/?code=pasted-into-the-wrong-place';
      if (asked === 2) return `${fixture.config.redirectUri}?code=without-a-state`;
      const url = fixture.shown
        .findLast((text) => text.includes('/authorize?'))
        ?.match(/https?:\S+authorize\S+/)?.[0];
      const callback =
        (await fetch(url ?? '', { redirect: 'manual' })).headers.get('location') ?? '';
      secrets.add(new URL(callback).searchParams.get('code') ?? '');
      return callback;
    };
    secrets.add('pasted-into-the-wrong-place').add('without-a-state');
    await (await build()).login.run({ method: 'browser' });
    await eventually(() => asked >= 4);
    asked = 4;
    const wrong = await build({ clientSecret: 'quite-another-secret' });
    await wrong.login.run({ method: 'browser' }).catch(keepError);
    await wrong.refresher.refresh(botAccount, '').catch(keepError);
    const { store, refresher, logins } = await build();
    for (const fault of [
      { status: 403, message: 'invalid client secret' },
      { status: 400, message: `not ${(await store.read(botAccount))?.refreshToken}` },
      { status: 500 },
      { body: 'html' },
      { connection: 'cut' },
      { connection: 'stall' },
    ] as const) {
      fixture.twitch.id.faults.next('token', fault);
      await refresher
        .refresh(botAccount, (await store.read(botAccount))?.accessToken ?? '')
        .catch(keepError);
    }
    await logins.logout(botAccount);
  }
});
