import { ComposedBot } from '../bot/composed-bot.js';
import type { Environment } from '../bot-file/text.js';
import type { PluginInfo, RememberedReaction, RememberedRefusal } from '../contracts/bot-status.js';
import { Chat } from '../contracts/chat.js';
import { type Clock, SystemClock } from '../contracts/clock.js';
import type { CommandInfo } from '../contracts/command.js';
import type { PluginTrace } from '../contracts/declaration.js';
import type { OwnerStop } from '../contracts/emergency-stop.js';
import type { BotEvents } from '../contracts/events.js';
import { createContainer, type InjectionToken } from '../contracts/injection.js';
import type { BotFolders, Browser, Prompt } from '../contracts/owner.js';
import type { OwnerControl } from '../contracts/owner-control.js';
import { isPlugin, type Plugin } from '../contracts/plugin.js';
import type { RedemptionOutcome, WantedRewards } from '../contracts/reward.js';
import type { BorrowedService } from '../host/bind-unstarted.js';
import { loadComposition } from '../host/composition.js';
import { declaredCommands, undeclared } from '../host/declared-commands.js';
import { type TestEntry, type TestFile, toLoaded, toYaml } from './bot-entries.js';
import { makeRedemption, type RedeemOptions } from './channel-events.js';
import { FakeChat, fakeChatPlugin, type HearOptions, makeMessage } from './fake-chat.js';
import { ManualClock } from './manual-clock.js';
import { type LogLine, MemoryLogger, MemoryStore } from './memory.js';

/** How a test bot differs from the ordinary one. */
export interface TestBotOptions extends TestFile {
  readonly env?: Environment;
  /** Runs on the machine's clock, for tests with real sockets. @default false */
  readonly realClock?: boolean;
  readonly browser?: Browser;
  readonly prompt?: Prompt;
  /** What plugins that act for the owner may ask. @default nothing */
  readonly control?: OwnerControl;
  /** Folders that plugins see. @default folders that do not exist */
  readonly folders?: BotFolders;
  /** Whether plugins see that they are only tried. @default false */
  readonly isTrial?: boolean;
  /** Leaves plugins loaded. @default true */
  readonly start?: boolean;
}

/** An event and its data. */
export interface RecordedEvent {
  readonly type: keyof BotEvents;
  readonly data: unknown;
}

/** A bot with the real core, a chat that keeps what is said, and a clock that the test moves. */
export class TestBot {
  /** All that was said or replied, oldest first. */
  readonly replies: string[] = [];
  readonly events: RecordedEvent[] = [];

  constructor(
    private readonly bot: ComposedBot,
    private readonly manual: ManualClock | undefined,
    private readonly logLines: LogLine[],
  ) {
    bot.events.tap((type, data) => void this.events.push({ type, data }));
    bot.events.on('reply', ({ text }) => void this.replies.push(text));
  }

  /** The clock, standing still until `advance` is called. */
  get clock(): ManualClock {
    if (this.manual) return this.manual;
    throw new TypeError('This test bot runs on the real clock.');
  }

  get state(): ComposedBot['state'] {
    return this.bot.state;
  }

  get plugins(): readonly PluginInfo[] {
    return this.bot.plugins;
  }

  get commands(): readonly CommandInfo[] {
    return this.bot.commands;
  }

  get refusals(): readonly RememberedRefusal[] {
    return this.bot.refusals;
  }

  /** What events set off, or why they set nothing off. */
  get reactions(): readonly RememberedReaction[] {
    return this.bot.reactions;
  }

  /** The emergency stop in the owner's hands. */
  get emergencyStop(): OwnerStop {
    return this.bot.emergencyStop;
  }

  /** Lines of the log, oldest first. */
  get log(): readonly LogLine[] {
    return this.logLines;
  }

  /** Says something in chat. Resolves when the bot has handled it. */
  hear(text: string, options?: HearOptions): Promise<void> {
    return this.bot.inbox.hear(makeMessage(text, options));
  }

  /**
   * Redeems a reward, by its name. Resolves when it is known what became of it: what moves for a time is decided
   * after half of that, so let that pass before you await it.
   */
  redeem(reward: string, options: RedeemOptions = {}): Promise<RedemptionOutcome> {
    return this.bot.inbox.redeem(makeRedemption(reward, options), {
      willMove: options.willMove ?? (() => {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  }

  /** Says whether the stream is live. */
  setLive(isLive: boolean | undefined, channel = 'test'): void {
    this.bot.inbox.setLive(channel, isLive);
  }

  /** The rewards that all plugins together want, and what waits for a moderator. */
  get rewards(): WantedRewards {
    return this.bot.rewards;
  }

  emit<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    this.bot.inbox.emit(event, data);
  }

  on<Event extends keyof BotEvents>(event: Event, listener: (data: BotEvents[Event]) => unknown) {
    return this.bot.on(event, listener);
  }

  /**
   * What differs between the commands that a running plugin declares and those that it registered, a sentence
   * each; none where it declares nothing.
   * @param id of the plugin
   */
  async undeclared(id: string): Promise<readonly string[]> {
    const hosted = this.bot.hosted.find((each) => each.id === id);
    const declared = hosted && (await declaredCommands(hosted));
    return declared ? undeclared(declared, this.bot.traceOf(id).commands) : [];
  }

  /** What a running plugin registered. */
  traceOf(id: string): PluginTrace {
    return this.bot.traceOf(id);
  }

  /** A service of a running plugin. */
  find<Service>(token: InjectionToken<Service>): Service | undefined {
    return this.bot.find(token);
  }

  /** A service of the plugin that provides `provided`, as a program beside the bot gets it. */
  borrow<Service>(
    token: InjectionToken<Service>,
    provided: InjectionToken,
  ): BorrowedService<Service> | undefined {
    return this.bot.borrow(token, provided);
  }

  start(): Promise<void> {
    return this.bot.start();
  }

  restart(id: string): Promise<void> {
    return this.bot.restart(id);
  }

  idle(): Promise<void> {
    return this.bot.idle();
  }

  stop(): Promise<void> {
    return this.bot.stop();
  }
}

/**
 * Starts a bot of the given plugins, without network, hardware or files. It has a chat of its own
 * unless one of the plugins provides {@link Chat}.
 * @throws ConfigError when a config is wrong or a need is not met
 */
export async function startTestBot(
  plugins: readonly (Plugin | TestEntry)[],
  options: TestBotOptions = {},
): Promise<TestBot> {
  const chat = new FakeChat();
  const given = plugins.map((each) => (isPlugin(each) ? { plugin: each } : each));
  const hasChat = given.some(({ plugin }) => plugin.provides?.includes(Chat));
  const entries: readonly TestEntry[] = hasChat
    ? given
    : [{ plugin: fakeChatPlugin(chat) }, ...given];
  const lines: LogLine[] = [];
  const manual = options.realClock ? undefined : new ManualClock();
  const clock: Clock = manual ?? new SystemClock();
  const composition = await loadComposition(toYaml(entries, options), {
    environment: options.env ?? {},
    overlay: {},
    loader: { load: async (use) => toLoaded(entries, use) },
  });
  const stores = new Map<string, MemoryStore>();
  const composed = new ComposedBot(
    {
      clock,
      browser: options.browser ?? { open: async () => false },
      prompt: options.prompt ?? { show() {}, ask: async () => undefined },
      control: options.control,
      folders: options.folders ?? { bot: '/nonexistent', state: '/nonexistent/.pertybot' },
      container: createContainer(),
      logger: new MemoryLogger(lines),
      isTrial: options.isTrial ?? false,
      storeFor: (id) => {
        const store = stores.get(id) ?? new MemoryStore();
        stores.set(id, store);
        return store;
      },
    },
    composition,
  );
  const bot = new TestBot(composed, manual, lines);
  if (options.start ?? true) await bot.start();
  return bot;
}
