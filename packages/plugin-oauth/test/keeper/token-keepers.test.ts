import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessTokens, definePlugin } from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import oauth from '../../src/index.js';
import type { OAuthConfig } from '../../src/twitch/oauth-config.js';
import { eventually, OAuthFixture } from '../oauth-fixture.js';

const chatty = definePlugin({ name: 'chatty', scopes: ['chat:read', 'chat:edit'], start() {} });
const redemptions = 'channel:read:redemptions';
const points = definePlugin({
  name: 'points',
  scopes: [{ scope: redemptions, account: 'broadcaster' }],
  start() {},
});
const streamer = { account: 'broadcaster', channel: 'streamer' } as const;

describe('a bot with two accounts', () => {
  let fixture: OAuthFixture;
  let bot: TestBot | undefined;
  /** Who sits before the browser, login after login. */
  let people: string[];
  let opened: number;

  beforeEach(async () => {
    fixture = await OAuthFixture.start();
    people = [];
    opened = 0;
  });

  afterEach(async () => {
    await bot?.stop();
    bot = undefined;
    await fixture.stop();
  });

  async function startBot(config: Partial<OAuthConfig> = {}): Promise<TestBot> {
    const browser = {
      open: async (url: string) => {
        opened += 1;
        const as = people.shift();
        if (as !== undefined) await fixture.browser({ as }).open(url);
        return true;
      },
    };
    bot = await startTestBot([oauth, chatty, points], {
      realClock: true,
      config: { oauth: JSON.parse(JSON.stringify({ ...fixture.config, ...config })) },
      folders: fixture.folders,
      browser,
      prompt: fixture.prompt,
    });
    return bot;
  }

  const tokensOf = (running: TestBot) => {
    const tokens = running.find(AccessTokens);
    if (tokens === undefined) throw new TypeError('The bot has no tokens.');
    return tokens;
  };
  const live = (token: string) => fixture.twitch.id.describe(token)?.live;

  it('validates the token of a login once, and takes it from the login itself', async () => {
    people = ['pertybot'];
    const running = await startBot();
    expect((await tokensOf(running).get()).login).toBe('pertybot');
    expect(fixture.count('validate')).toBe(1);
    // A second look at the store would have begun by now.
    await running.stop();
    expect(fixture.count('validate')).toBe(1);
  });

  it('asks no broadcaster for anything before somebody wants his token', async () => {
    people = ['pertybot'];
    const running = await startBot();
    const token = await tokensOf(running).get({ scopes: ['chat:edit'] });
    expect(token.scopes).not.toContain(redemptions);
    expect(opened).toBe(1);
    tokensOf(running).onChange(() => {}, streamer);
    expect(running.log.filter(({ level }) => level === 'warn')).toEqual([]);
    expect(opened).toBe(1);
  });

  it('asks the broadcaster then, who has his own scopes and his own file, and chats meanwhile', async () => {
    people = ['pertybot'];
    const running = await startBot();
    const tokens = tokensOf(running);
    const heard: (string | undefined)[] = [];
    tokens.onChange((token) => void heard.push(token?.login), streamer);
    const wanted = tokens.get({ ...streamer, scopes: [redemptions] });
    await eventually(() => opened === 2);
    expect((await tokens.get({ scopes: ['chat:edit'] })).login).toBe('pertybot');
    await fixture.browser({ as: 'streamer' }).open(fixture.config.redirectUri);
    const token = await wanted;
    expect(token).toMatchObject({ login: 'streamer', scopes: [redemptions] });
    expect(live(token.token)).toBe(true);
    expect(heard).toEqual(['streamer']);
    expect(fixture.count('validate')).toBe(2);
    const stored = await fixture.storedFiles();
    expect([...stored.keys()].filter((name) => name.startsWith('tokens')).sort()).toEqual([
      'tokens.json',
      'tokens.streamer.json',
    ]);
  });

  it('needs no login the second time, of either', async () => {
    people = ['pertybot', 'streamer'];
    const first = await startBot();
    const { token } = await tokensOf(first).get(streamer);
    await first.stop();
    const running = await startBot();
    expect((await tokensOf(running).get(streamer)).token).toBe(token);
    expect((await tokensOf(running).get()).login).toBe('pertybot');
    expect(opened).toBe(2);
  });

  it('refuses the wrong account with the name of the right one', async () => {
    people = ['pertybot', 'pertybot'];
    const running = await startBot();
    const wanted = tokensOf(running).get(streamer);
    const refusal = 'You are logged in as "pertybot", but the broadcaster is "streamer".';
    await eventually(() => running.log.some(({ message }) => message === refusal));
    const page = await (await fetch(fixture.config.redirectUri)).text();
    expect(page).toContain('Log in as <strong id="account">streamer</strong>, the broadcaster’s');
    const link = /href="([^"]*authorize[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    await fixture.browser({ as: 'streamer' }).open(link);
    expect((await wanted).login).toBe('streamer');
  });

  it('serves both from one login where the configuration says that they are one account', async () => {
    people = ['streamer'];
    const running = await startBot({ account: 'streamer', broadcasters: ['streamer'] });
    const token = await tokensOf(running).get(streamer);
    expect(token.scopes).toEqual(['channel:read:redemptions', 'chat:edit', 'chat:read']);
    expect((await tokensOf(running).get()).token).toBe(token.token);
    expect(opened).toBe(1);
    expect(fixture.count('validate')).toBe(1);
  });

  it('asks once more, for both, where it finds out only then that they are one account', async () => {
    people = ['streamer', 'streamer'];
    const running = await startBot();
    const heard: (string | undefined)[] = [];
    tokensOf(running).onChange((token) => void heard.push(token?.token), streamer);
    const token = await tokensOf(running).get({ ...streamer, scopes: [redemptions] });
    expect(token.scopes).toEqual(['channel:read:redemptions', 'chat:edit', 'chat:read']);
    expect((await tokensOf(running).get({ scopes: ['chat:read'] })).token).toBe(token.token);
    expect(heard).toEqual([token.token]);
    expect(opened).toBe(2);
  });

  it('tells of a broadcaster’s dead grant, and keeps the bot’s', async () => {
    people = ['pertybot', 'streamer'];
    const running = await startBot();
    const tokens = tokensOf(running);
    const { token } = await tokens.get(streamer);
    const heard: (string | undefined)[] = [];
    tokens.onChange((each) => void heard.push(each?.login), streamer);
    const ofBot: unknown[] = [];
    tokens.onChange((each) => void ofBot.push(each));
    const files = await fixture.storedFiles();
    const { grant } = JSON.parse(files.get('tokens.streamer.json') ?? '');
    fixture.twitch.id.killGrant(grant.refreshToken);
    people = ['streamer'];
    await tokens.invalidate(token);
    expect((await tokens.get(streamer)).login).toBe('streamer');
    expect(heard).toEqual([undefined, 'streamer']);
    expect(ofBot).toEqual([]);
  });

  it('starts from the file that a bot with one account has left', async () => {
    const issued = fixture.twitch.id.issueToken({ login: 'pertybot' });
    await mkdir(fixture.folders.state, { recursive: true });
    await writeFile(
      fixture.tokenFile,
      `{
  "version": 1,
  "grant": {
    "clientId": "${fixture.config.clientId}",
    "accessToken": "${issued.accessToken}",
    "refreshToken": "${issued.refreshToken}",
    "scopes": [
      "chat:edit",
      "chat:read"
    ]
  }
}
`,
    );
    const running = await startBot();
    expect((await tokensOf(running).get()).token).toBe(issued.accessToken);
    expect(opened).toBe(0);
  });

  it('says at once that nobody declares a scope of the broadcaster', async () => {
    people = ['pertybot'];
    const running = await startBot();
    await expect(
      tokensOf(running).get({
        account: 'broadcaster',
        channel: '#Streamer',
        scopes: ['bits:read'],
      }),
    ).rejects.toMatchObject({
      code: 'OAUTH_SCOPE_UNDECLARED',
      hint: `Add { scope: 'bits:read', account: 'broadcaster' } to the "scopes" of the plugin that asks for it.`,
    });
    await expect(
      tokensOf(running).get({ account: 'broadcaster', channel: '../../etc' }),
    ).rejects.toMatchObject({ code: 'OAUTH_CHANNEL_INVALID' });
  });

  it('stops while a broadcaster is waited for', async () => {
    people = ['pertybot'];
    const running = await startBot();
    const wanted = tokensOf(running).get(streamer);
    wanted.catch(() => {});
    await eventually(() => opened === 2);
    await running.stop();
    await expect(fetch(fixture.config.redirectUri)).rejects.toThrow();
  });
});
