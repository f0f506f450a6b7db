import { setTimeout as sleep } from 'node:timers/promises';
import { definePlugin } from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import oauth from '../../src/index.js';
import { OAuthFixture } from '../oauth-fixture.js';

const chatty = definePlugin({ name: 'chatty', scopes: ['chat:read', 'chat:edit'], start() {} });
const wheel = definePlugin({
  name: 'wheel-of-misfortune',
  scopes: ['chat:read', 'channel:read:redemptions', 'moderator:manage:chat_messages'],
  start() {},
});

/** A bot with the real plugin that has just opened its login page, and the Twitch it logs in to. */
export class BotAtLogin {
  private constructor(
    readonly fixture: OAuthFixture,
    readonly bot: TestBot,
    private readonly started: Promise<void>,
  ) {}

  /** The port of the login page is chosen before it is taken: another program may come in between. */
  static async start(config: { readonly account?: string } = {}): Promise<BotAtLogin> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      const bot = await BotAtLogin.attempt(config);
      if (bot) return bot;
    }
    throw new Error('The login page was not opened on any of three ports.');
  }

  private static async attempt(config: {
    readonly account?: string;
  }): Promise<BotAtLogin | undefined> {
    const fixture = await OAuthFixture.start({
      ...config,
      client: { name: 'The lamp bot' },
      simulator: {
        accounts: [
          { login: 'streamer', displayName: 'Streamer' },
          { login: 'pertybot', displayName: 'PertyBot' },
        ],
      },
    });
    let opened = () => {};
    const isOpen = new Promise<boolean>((resolve) => {
      opened = () => resolve(true);
    });
    const bot = await startTestBot([oauth, chatty, wheel], {
      realClock: true,
      start: false,
      config: { oauth: fixture.config },
      folders: fixture.folders,
      prompt: fixture.prompt,
      browser: {
        open: async () => {
          opened();
          return true;
        },
      },
    });
    const started = bot.start();
    const atLogin = new BotAtLogin(fixture, bot, started);
    if (await Promise.race([isOpen, sleep(8_000, false, { ref: false })])) return atLogin;
    await atLogin.stop();
    return undefined;
  }

  /** Address of the login page. */
  get address(): string {
    return this.fixture.config.redirectUri;
  }

  /** Resolves when the plugin runs or waits. @returns its state */
  async settled() {
    await this.started;
    return this.bot.plugins.find(({ id }) => id === 'oauth')?.state;
  }

  async stop(): Promise<void> {
    await this.bot.stop();
    await this.fixture.stop();
  }
}
