import {
  type AccessToken,
  AccessTokens,
  type BotEvents,
  Chat,
  type Container,
  definePlugin,
  type Plugin,
  v,
} from '@pertybot/core';
import { startTestBot, type TestBot } from '@pertybot/core/testing';
import {
  startTwitchSimulator,
  type TwitchSimulator,
  type TwitchSimulatorOptions,
} from '@pertybot/twitch-simulator';
import irc, { ChatHealth, ircConfigSchema } from '../src/index.js';

/** Tokens as the OAuth plugin would hand them out, steered by the test. */
export class FakeTokens implements AccessTokens {
  readonly invalidated: string[] = [];
  private readonly listeners = new Set<(token: AccessToken | undefined) => void>();
  private waiters: (() => void)[] = [];
  /** What the next refresh gives; none is a dead grant. */
  next: AccessToken | undefined;

  constructor(private current: AccessToken | undefined) {}

  async get({ signal }: { readonly signal?: AbortSignal } = {}): Promise<AccessToken> {
    while (this.current === undefined) {
      await new Promise<void>((resolve, reject) => {
        this.waiters.push(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    }
    return this.current;
  }

  async invalidate(token: string): Promise<void> {
    this.invalidated.push(token);
    this.set(this.next);
  }

  onChange(listener: (token: AccessToken | undefined) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** A login, a refresh, or undefined for a grant that died. */
  set(token: AccessToken | undefined): void {
    this.current = token;
    for (const listener of this.listeners) listener(token);
    if (token) for (const wake of this.waiters.splice(0)) wake();
  }
}

export interface RigOptions {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly simulator?: TwitchSimulatorOptions;
  readonly realClock?: boolean;
  /** Starts without a token. */
  readonly loggedOut?: boolean;
  /** Leaves the bot loaded. */
  readonly start?: boolean;
  /** Is called before the bot starts. */
  readonly prepare?: (twitch: TwitchSimulator) => void;
}

export type Seen = { [Event in keyof BotEvents]?: BotEvents[Event][] };

/** A bot with the IRC plugin alone, in a simulated chat. */
export class ChatRig {
  readonly seen: Seen = {};
  /** Texts of the command `!echo`, in order. */
  readonly echoed: string[] = [];
  /** The plugin's own. */
  container: Container | undefined;

  constructor(
    readonly twitch: TwitchSimulator,
    readonly bot: TestBot,
    readonly tokens: FakeTokens,
    private readonly config: Readonly<Record<string, unknown>>,
  ) {}

  /** Gives the running plugin a changed config, as core does on a reload. */
  async reconfigure(changed: Readonly<Record<string, unknown>>): Promise<boolean> {
    if (!this.container) throw new Error('The plugin has no container yet.');
    const config = v.parse(ircConfigSchema, { ...this.config, ...changed });
    return (await irc.reconfigure?.(this.container, config)) ?? false;
  }

  get chat(): Chat {
    return this.service(Chat as never);
  }

  get health(): ChatHealth {
    return this.service(ChatHealth as never);
  }

  /** Starts the bot; when that fails, everything is stopped. */
  async start(): Promise<void> {
    try {
      await this.bot.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Where the IRC plugin is in its life. */
  get state(): string {
    const state = this.bot.plugins.find(({ name }) => name === 'irc')?.state;
    return state?.name === 'waiting' ? `waiting (${state.reason})` : (state?.name ?? 'absent');
  }

  /** The events of a type so far. */
  events<Event extends keyof BotEvents>(event: Event): readonly BotEvents[Event][] {
    return this.seen[event] ?? [];
  }

  /** Resolves when `condition` holds; it is asked again and again. */
  async until(condition: () => boolean, what: string): Promise<void> {
    const end = performance.now() + 5_000;
    while (!condition()) {
      if (performance.now() > end) throw new Error(`Waited in vain until ${what}.`);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Resolves when what was sent to the bot has reached it, by a line sent behind it. */
  async settled(): Promise<void> {
    const [channel = 'somewhere'] = this.chat.channels;
    const { id } = this.twitch.chat.say({ channel, as: { login: 'marker' }, text: 'marker' });
    await this.until(() => this.events('message').some((message) => message.id === id), 'settled');
  }

  token(login = 'pertybot'): AccessToken {
    return issue(this.twitch, login);
  }

  async stop(): Promise<void> {
    await this.bot.stop();
    await this.twitch.stop();
  }

  private service<Service>(token: symbol): Service {
    const service = this.bot.find<Service>(token);
    if (service === undefined) throw new Error(`There is no ${String(token)}.`);
    return service;
  }
}

const watched = [
  'message',
  'reply',
  'cheer',
  'redeem',
  'subscribe',
  'giftSubscription',
  'raid',
  'announcement',
  'join',
  'part',
  'moderation',
  'roomState',
  'notice',
  'connected',
  'disconnected',
  'chatLife',
  'refusal',
  'fault',
] as const;

/** Starts a simulated Twitch and a bot in it. */
export async function startRig(options: RigOptions = {}): Promise<ChatRig> {
  const twitch = await startTwitchSimulator(options.simulator);
  options.prepare?.(twitch);
  const tokens = new FakeTokens(options.loggedOut ? undefined : issue(twitch, 'pertybot'));
  const login = definePlugin({
    name: 'tokens',
    provides: [AccessTokens],
    register: (container) => container.register(AccessTokens, { useValue: tokens }),
  });
  const echo = definePlugin({
    name: 'echo',
    start({ command }) {
      command('echo [text...]', {}, ({ args }) => void rig.echoed.push(args.text ?? ''));
    },
  });
  const { host: server, port } = twitch.chatUrl;
  const config = { channels: ['streamer'], server, port, secure: false, ...options.config };
  const observed: Plugin = {
    ...irc,
    register(container, given) {
      rig.container = container;
      irc.register?.(container, given);
    },
  };
  const bot = await startTestBot([login, { plugin: observed, config }, echo], {
    start: false,
    realClock: options.realClock ?? false,
  });
  const rig = new ChatRig(twitch, bot, tokens, config);
  const { seen } = rig;
  for (const event of watched) {
    const list: unknown[] = [];
    bot.on(event, (data) => void list.push(data));
    // The list under an event's name holds that event's data.
    Object.assign(seen, { [event]: list });
  }
  if (options.start ?? true) await rig.start();
  return rig;
}

function issue(twitch: TwitchSimulator, login: string): AccessToken {
  const { accessToken } = twitch.id.issueToken({ login });
  const scopes = ['chat:read', 'chat:edit'];
  return { token: accessToken, clientId: 'demo', userId: `id-${login}`, login, scopes };
}
