import {
  AccessTokens,
  type BotEvents,
  definePlugin,
  Inbox,
  type Plugin,
  RequestedScopes,
} from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import eventsub, { EventSubHealth } from '../src/index.js';
import { FakeTokens } from './fake-tokens.js';

/** Every scope that a broadcaster may have to grant. */
export const allScopes: readonly string[] = [
  'channel:read:redemptions',
  'bits:read',
  'channel:read:subscriptions',
  'moderator:read:followers',
  'moderator:read:shoutouts',
  'channel:read:hype_train',
  'channel:read:polls',
  'channel:read:predictions',
  'channel:read:goals',
  'channel:read:charity',
  'channel:read:ads',
  'moderator:read:shield_mode',
];

/** A bot with the plugin, tokens that the test steers, and a plugin that listens. */
export class PluginRig {
  readonly tokens = new FakeTokens();
  /** Told of events, as `follow` and its data. */
  readonly heard: [keyof BotEvents, unknown][] = [];
  /** Scopes that the bot wants. */
  scopes: RequestedScopes | undefined;
  inbox: Inbox | undefined;
  private running: TestBot | undefined;
  private listen: ((event: keyof BotEvents) => () => void) | undefined;

  get bot(): TestBot {
    if (this.running === undefined) throw new Error('The bot does not run.');
    return this.running;
  }

  get health(): EventSubHealth {
    const health = this.bot.find(EventSubHealth);
    if (health === undefined) throw new Error('The plugin does not run.');
    return health;
  }

  /** Lets a plugin listen to one event more. @returns the undo */
  hear(event: keyof BotEvents): () => void {
    if (this.listen === undefined) throw new Error('The listener does not run.');
    return this.listen(event);
  }

  /** Data of the events of a name that were heard. */
  events<Event extends keyof BotEvents>(event: Event): readonly BotEvents[Event][] {
    // What is heard under a name is its data.
    return this.heard.flatMap(([name, data]) => (name === event ? [data as BotEvents[Event]] : []));
  }

  /**
   * Resolves when `condition` holds; meanwhile a clock that stands still goes on in steps of `step` milliseconds.
   * @param step 0 where time is real
   */
  async until(condition: () => boolean, what: string, step = 0): Promise<void> {
    const end = performance.now() + 20_000;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
      if (step > 0) await this.bot.clock.advance(step);
      await new Promise((resolve) => setTimeout(resolve, step > 0 ? 1 : 5));
    }
  }

  /** Resolves when all that is wanted is there. */
  live(): Promise<void> {
    return this.until(() => this.health.state === 'ok', 'all events come');
  }

  async stop(): Promise<void> {
    await this.running?.stop();
  }

  /** Starts the bot. @param config of the plugin */
  protected async run(
    hears: readonly (keyof BotEvents)[],
    config: Readonly<Record<string, unknown>>,
    options: Parameters<typeof startTestBot>[1] = {},
    others: readonly Plugin[] = [],
  ): Promise<void> {
    this.running = await startTestBot(
      [this.provider(), this.listener(hears), { plugin: eventsub, config }, ...others],
      options,
    );
  }

  private provider(): Plugin {
    const { tokens } = this;
    return definePlugin({
      name: 'login',
      provides: [AccessTokens],
      register: (container) => container.register(AccessTokens, { useValue: tokens }),
    });
  }

  private listener(hears: readonly (keyof BotEvents)[]): Plugin {
    return definePlugin({
      name: 'listener',
      start: ({ on, container }) => {
        this.scopes = container.resolve(RequestedScopes);
        this.inbox = container.resolve(Inbox);
        this.listen = (event) => on(event, (data) => void this.heard.push([event, data]));
        for (const event of hears) this.listen(event);
      },
    });
  }
}
