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

  static async start(config: { readonly account?: string } = {}): Promise<BotAtLogin> {
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
    const isOpen = new Promise<void>((resolve) => {
      opened = resolve;
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
    await isOpen;
    return new BotAtLogin(fixture, bot, started);
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
