import { describe, expect, it } from '@jest/globals';
import { ComposedBot } from '../../src/bot/composed-bot.js';
import { createContainer } from '../../src/contracts/injection.js';
import { loadComposition } from '../../src/host/composition.js';
import { SystemClock, silentLogger } from '../../src/host.js';
import { definePlugin, type Plugin, v } from '../../src/index.js';
import { MemoryStore } from '../../src/testing/index.js';

/** One life of a bot whose plugins, reloads, restarts and faults come as chance has it. */
class Turmoil {
  readonly complaints: string[] = [];
  private readonly alive = new Map<string, number>();
  private readonly plugins = Array.from({ length: 7 }, (_, index) => this.makePlugin(index));
  private over = false;

  constructor(private seed: number) {}

  async run(): Promise<void> {
    const bot = await this.makeBot();
    const work: Promise<unknown>[] = [bot.start()];
    let tail: Promise<unknown> = Promise.resolve();
    for (let step = 0; step < 8; step++) {
      await this.pause();
      const what = this.chance(3);
      if (what === 0) tail = tail.then(async () => bot.replace(await this.compose()));
      if (what === 1) work.push(bot.restart(`p${this.chance(7)}`));
      if (what === 2) this.fault(bot, `p${this.chance(7)}`);
      work.push(tail);
    }
    if (this.chance(2)) await Promise.all(work);
    await bot.stop();
    this.over = true;
    await Promise.all(work);
    for (const [name, lives] of this.alive) {
      if (lives !== 0) this.complaints.push(`${name} still lives`);
    }
    for (const { id, state } of bot.plugins) {
      const isOver = state.name === 'stopped' || state.name === 'disabled';
      if (!isOver) this.complaints.push(`${id} is ${state.name}`);
    }
  }

  private fault(bot: ComposedBot, plugin: string): void {
    for (let count = 0; count < 12; count++) {
      bot.fault({ plugin, where: 'test' }, new Error('again'));
    }
  }

  private async makeBot(): Promise<ComposedBot> {
    const options = {
      clock: new SystemClock(),
      browser: { open: async () => false },
      prompt: { show() {}, ask: async () => undefined },
      folders: { bot: '', state: '' },
      container: createContainer(),
      logger: silentLogger,
      storeFor: () => new MemoryStore(),
    };
    return new ComposedBot(options, await this.compose());
  }

  private compose() {
    const entries = this.plugins.map((_, index) => ({
      use: `./${index}`,
      id: `p${index}`,
      enabled: index % 2 === 0 || this.chance(5) > 0,
      config: { count: this.chance(3), fail: this.chance(8) === 0 },
    }));
    const present = entries.filter((_, index) => index % 2 === 0 || this.chance(4) > 0);
    return loadComposition(JSON.stringify({ plugins: present }), {
      environment: {},
      overlay: {},
      loader: {
        load: async (use) => {
          await this.pause();
          const plugin = this.plugins[Number(use.slice(2))];
          if (!plugin) throw new Error(`There is no "${use}".`);
          return { plugin, module: use, resolved: { kind: 'local', file: use }, files: [] };
        },
      },
    });
  }

  /** Even ones provide a service, odd ones need that of the one before. */
  private makePlugin(index: number): Plugin {
    const name = `p${index}`;
    const service = Symbol.for(`pertybot.test.${Math.floor(index / 2)}`);
    const isProvider = index % 2 === 0;
    return definePlugin({
      name,
      config: v.strictObject({ count: v.number(), fail: v.boolean() }),
      needs: isProvider ? {} : { service },
      provides: isProvider ? [service] : [],
      register: (own) => void (isProvider && own.register(service, { useValue: {} })),
      ...(index === 4 ? { reconfigure: async () => this.chance(2) === 0 } : {}),
      start: async ({ onStop }, { fail }) => {
        const lives = (this.alive.get(name) ?? 0) + 1;
        this.alive.set(name, lives);
        if (lives > 1) this.complaints.push(`${name} lives twice`);
        if (this.over) this.complaints.push(`${name} starts after the end`);
        onStop(async () => {
          await this.pause();
          this.alive.set(name, (this.alive.get(name) ?? 0) - 1);
        });
        if (this.chance(3) === 0) await this.pause();
        if (fail || this.chance(6) === 0) throw new Error('no current');
      },
    });
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      if (this.chance(3)) setImmediate(resolve);
      else setTimeout(resolve, this.chance(6));
    });
  }

  /** A whole number below `limit`; the same ones for the same seed, as far as timing allows. */
  private chance(limit: number): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (this.seed >>> 8) % limit;
  }
}

describe('reloads, restarts, faults and a stop at once', () => {
  it.each(Array.from({ length: 40 }, (_, index) => index + 1))(
    'leave no plugin running, and none twice (%i)',
    async (seed) => {
      const turmoil = new Turmoil(seed);
      await turmoil.run();
      expect(turmoil.complaints).toEqual([]);
    },
  );
});
