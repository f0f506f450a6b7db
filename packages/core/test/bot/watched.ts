import { afterEach } from '@jest/globals';
import { Bot, type ReloadResult, watchBot } from '../../src/host.js';
import { MemoryLogger } from '../../src/testing/index.js';
import { BotFolder, type Files } from '../bot-folder.js';

/** What is undone after each test, the last first. */
export const undos: (() => unknown)[] = [];

afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

/** Source of a plugin. */
export const plugin = (about: string, imports = '') =>
  `import { definePlugin } from '@pertybot/core';\n${imports}\nexport default definePlugin({ name: 'a', about: '${about}' });\n`;

/** A plugins.yaml of one plugin. */
export const yaml = 'plugins:\n  - use: ./a.ts\n';

type News = ReloadResult | { readonly error: unknown };

/** A running bot whose files are watched, and what came of each change. */
class Watched {
  private readonly news: News[] = [];
  private readonly waiting: ((news: News) => void)[] = [];

  private constructor(
    readonly bot: Bot,
    readonly files: BotFolder,
  ) {}

  static async start(given: Files): Promise<Watched> {
    const files = await BotFolder.make(given);
    undos.push(() => files.remove());
    const bot = await Bot.load({ folder: files.folder, env: {}, logger: new MemoryLogger() });
    await bot.start();
    undos.push(() => bot.stop());
    const watched = new Watched(bot, files);
    undos.push(
      await watchBot(bot, {
        onReload: (result) => watched.tell(result),
        onError: (error) => watched.tell({ error }),
        quiet: 100,
      }),
    );
    return watched;
  }

  /** The outcome of the next reload. */
  next(): Promise<News> {
    const news = this.news.shift();
    return news ? Promise.resolve(news) : new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Reloads that nobody asked for yet. */
  get unseen(): number {
    return this.news.length;
  }

  get about(): string | undefined {
    return this.bot.plugins[0]?.about;
  }

  private tell(news: News): void {
    const waiting = this.waiting.shift();
    if (waiting) waiting(news);
    else this.news.push(news);
  }
}

/** Starts a bot of `a.ts`, and watches it. */
export const start = (files: Files = {}) =>
  Watched.start({ 'plugins.yaml': yaml, 'a.ts': plugin('one'), ...files });
