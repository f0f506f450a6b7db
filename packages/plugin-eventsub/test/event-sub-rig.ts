import {
  AccessTokens,
  type BotEvents,
  definePlugin,
  Inbox,
  type Plugin,
  type RequestedScope,
  RequestedScopes,
} from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import eventsub, { EventSubHealth } from '../src/index.js';
import { FakeEventSub } from './fake-event-sub.js';
import { FakeTokens, makeToken } from './fake-tokens.js';

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

export interface RigOptions {
  /** Events to which a plugin listens. */
  readonly hears?: readonly (keyof BotEvents)[];
  /** Scopes of alice, whose channel it is; undefined where she is not logged in. @default all */
  readonly scopes?: readonly string[] | undefined;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A bot with the plugin in the channel of alice, a Twitch on loopback, and a clock that stands still. */
export class EventSubRig {
  readonly twitch: FakeEventSub;
  readonly tokens = new FakeTokens();
  /** Scopes that the bot wants. */
  scopes: RequestedScopes | undefined;
  private inbox: Inbox | undefined;
  /** Told of events, as `follow` and its data. */
  readonly heard: [keyof BotEvents, unknown][] = [];
  private running: TestBot | undefined;
  private listen: ((event: keyof BotEvents) => () => void) | undefined;

  private constructor(twitch: FakeEventSub) {
    this.twitch = twitch;
  }

  static async start(options: RigOptions = {}): Promise<EventSubRig> {
    const rig = new EventSubRig(await FakeEventSub.start());
    const { hears = ['follow'], config = {} } = options;
    const scopes = 'scopes' in options ? options.scopes : allScopes;
    rig.tokens.set('bot', makeToken('pertybot'));
    if (scopes) rig.tokens.set('alice', makeToken('alice', 'token-of-alice', scopes));
    const settings = { channels: ['alice'], ...rig.twitch.config, ...config };
    rig.running = await startTestBot([
      rig.login(),
      rig.listener(hears),
      { plugin: eventsub, config: settings },
    ]);
    return rig;
  }

  get bot(): TestBot {
    if (this.running === undefined) throw new Error('The bot does not run.');
    return this.running;
  }

  get health(): EventSubHealth {
    const health = this.bot.find(EventSubHealth);
    if (health === undefined) throw new Error('The plugin does not run.');
    return health;
  }

  get requested(): readonly RequestedScope[] {
    return this.scopes?.list ?? [];
  }

  /** Lets a plugin listen to one event more. @returns the undo */
  hear(event: keyof BotEvents): () => void {
    if (this.listen === undefined) throw new Error('The listener does not run.');
    return this.listen(event);
  }

  /** Whether redemptions of a channel are left to EventSub. */
  isBrought(channel: string): boolean {
    return this.inbox?.isBrought('redeem', channel) ?? false;
  }

  /** Data of the events of a name that were heard. */
  events<Event extends keyof BotEvents>(event: Event): readonly BotEvents[Event][] {
    // What is heard under a name is its data.
    return this.heard.flatMap(([name, data]) => (name === event ? [data as BotEvents[Event]] : []));
  }

  /** Resolves when `condition` holds; meanwhile the bot's clock goes on in steps of `step` milliseconds. */
  async until(condition: () => boolean, what: string, step = 50): Promise<void> {
    const end = performance.now() + 10_000;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
      await this.bot.clock.advance(step);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  /** Resolves when all that is wanted is there. */
  live(): Promise<void> {
    return this.until(() => this.health.state === 'ok', 'all events come');
  }

  /** Lines of the log of a level. */
  log(level: string): readonly string[] {
    return this.bot.log.filter((line) => line.level === level).map(({ message }) => message);
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    await this.twitch.close();
  }

  private login(): Plugin {
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

/** Ids and names of alice's channel, as they stand in every event. */
export const alice = {
  broadcaster_user_id: 'id-of-alice',
  broadcaster_user_login: 'alice',
  broadcaster_user_name: 'Alice',
};

/** A viewer, as he stands in events. */
export const bob = { user_id: '42', user_login: 'bob', user_name: 'Bob' };

/** A follow of bob's. */
export const follow = { ...alice, ...bob, followed_at: '2026-01-01T12:00:00.123456789Z' };
