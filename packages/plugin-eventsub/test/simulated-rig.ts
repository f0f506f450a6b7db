import {
  AccessTokens,
  type BotEvents,
  Chat,
  definePlugin,
  Inbox,
  type Plugin,
} from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import {
  startTwitchSimulator,
  type TwitchSimulator,
  type TwitchSimulatorOptions,
} from '@pertybot/twitch-simulator';
import eventsub, { EventSubHealth } from '../src/index.js';
import { allScopes } from './event-sub-rig.js';
import { FakeTokens } from './fake-tokens.js';

export interface SimulatedRigOptions {
  readonly hears: readonly (keyof BotEvents)[];
  readonly simulator?: TwitchSimulatorOptions;
  readonly scopes?: readonly string[];
}

/** A bot with the plugin before a simulated Twitch, with real time. */
export class SimulatedRig {
  readonly tokens = new FakeTokens();
  readonly heard: [keyof BotEvents, unknown][] = [];
  inbox: Inbox | undefined;

  private constructor(
    readonly twitch: TwitchSimulator,
    private running: TestBot | undefined,
  ) {}

  static async start(options: SimulatedRigOptions): Promise<SimulatedRig> {
    const twitch = await startTwitchSimulator({
      accounts: [{ login: 'pertybot' }, { login: 'streamer' }],
      ...options.simulator,
    });
    const rig = new SimulatedRig(twitch, undefined);
    await rig.login('streamer', options.scopes);
    await rig.login('pertybot', []);
    const { apiUrl, eventSubUrl: eventsubUrl } = twitch;
    const config = { apiUrl, eventsubUrl, channels: ['streamer'] };
    rig.running = await startTestBot(
      [rig.provider(), rig.listener(options.hears), { plugin: eventsub, config }],
      { realClock: true },
    );
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

  /** Gives an account another token. @returns it */
  async login(login: string, scopes: readonly string[] = allScopes): Promise<string> {
    const { accessToken: token } = this.twitch.id.issueToken({ login, scopes: [...scopes] });
    const answer = await fetch(`${this.twitch.apiUrl}/users`, {
      headers: { authorization: `Bearer ${token}`, 'client-id': 'demo' },
    });
    const { data } = (await answer.json()) as { data: readonly { id: string }[] };
    const userId = data[0]?.id ?? '';
    this.tokens.set(login === 'pertybot' ? 'bot' : login, {
      ...{ token, clientId: 'demo', userId, login, scopes },
    });
    return token;
  }

  events<Event extends keyof BotEvents>(event: Event): readonly BotEvents[Event][] {
    // What is heard under a name is its data.
    return this.heard.flatMap(([name, data]) => (name === event ? [data as BotEvents[Event]] : []));
  }

  async until(condition: () => boolean, what: string): Promise<void> {
    const end = performance.now() + 20_000;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  live(): Promise<void> {
    return this.until(() => this.health.state === 'ok', 'all events come');
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    await this.twitch.stop();
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
      needs: { chat: Chat },
      start: ({ on, container }) => {
        this.inbox = container.resolve(Inbox);
        for (const event of hears) on(event, (data) => void this.heard.push([event, data]));
      },
    });
  }
}
