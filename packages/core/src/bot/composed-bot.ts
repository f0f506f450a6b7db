import { toCommandInfo } from '../commands/registered-command.js';
import type { RequestedScopes } from '../contracts/access-tokens.js';
import type { PluginState } from '../contracts/bot-events.js';
import type { BotStatus, PluginInfo } from '../contracts/bot-status.js';
import { Chat } from '../contracts/chat.js';
import type { CommandInfo } from '../contracts/command.js';
import type { Undo } from '../contracts/consumer.js';
import type { PluginTrace } from '../contracts/declaration.js';
import type { OwnerStop } from '../contracts/emergency-stop.js';
import { messageOf } from '../contracts/errors.js';
import type { BotEvents } from '../contracts/events.js';
import type { InjectionToken } from '../contracts/injection.js';
import type { WantedRewards } from '../contracts/reward.js';
import type { SharedGadgets } from '../contracts/shared-gadgets.js';
import type { Attribution } from '../events/attribution.js';
import type { EventHub } from '../events/event-hub.js';
import type { BorrowedService, OwnerPlace } from '../host/bind-unstarted.js';
import type { Composition } from '../host/composition.js';
import type { PluginSupervisor } from '../host/plugin-supervisor.js';
import { nothingChanged, type ReloadResult } from '../host/reload-plan.js';
import type { ScopeList } from '../host/scope-list.js';
import type { ChatCommands } from './chat-commands.js';
import {
  logState,
  type RememberedRedemption,
  remember,
  rememberRedemptions,
  toPluginInfo,
} from './owner-view.js';
import type { RoutedInbox } from './routed-inbox.js';
import { type BotServices, wireBot } from './wire-bot.js';

/** A bot of any composition: events, commands, inbox and plugins, wired together. */
export class ComposedBot implements BotStatus {
  readonly events: EventHub;
  readonly inbox: RoutedInbox;
  readonly refusals: BotStatus['refusals'];
  readonly reactions: BotStatus['reactions'];
  /** The last redemptions that moved something, newest last. */
  readonly redemptions: readonly RememberedRedemption[];
  state: BotStatus['state'] = 'loaded';
  /** The emergency stop in the owner's hands: what runs the bot may release it. */
  readonly emergencyStop: OwnerStop;
  /** All gadgets, wherever their pins are. */
  readonly gadgets: SharedGadgets;
  private readonly supervisor: PluginSupervisor;
  private readonly chatCommands: ChatCommands;
  private readonly scopes: ScopeList;
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly services: BotServices,
    protected composition: Composition,
  ) {
    const { clock } = services;
    const { events, scopes, chatCommands, gadgets, supervisor } = wireBot(services, composition, {
      status: this,
      chat: () => this.find(Chat),
      onFault: (attribution, error) => this.fault(attribution, error),
      placeOf: (id) => this.placeOf(id),
      onState: (id, state) => this.onState(id, state),
    });
    this.events = events;
    this.scopes = scopes;
    this.chatCommands = chatCommands;
    this.gadgets = gadgets;
    this.inbox = chatCommands.inbox;
    this.emergencyStop = chatCommands.stop;
    this.supervisor = supervisor;
    this.supervisor.load(composition.plugins);
    this.refusals = remember('refusal', events, clock);
    this.reactions = remember('reaction', events, clock);
    this.redemptions = rememberRedemptions(events, clock);
  }

  /** What commands begin with, such as `!`. */
  get prefix(): string {
    return this.composition.prefix;
  }

  get plugins(): readonly PluginInfo[] {
    const { commands } = this;
    return this.supervisor.hosts.map((host) => toPluginInfo(host, commands));
  }

  get commands(): readonly CommandInfo[] {
    return this.chatCommands.registry.all.map(toCommandInfo);
  }

  /** Takes what the plugins wanted of accounts when the bot ran last, for what is done beside it. */
  protected recallScopes(): Promise<void> {
    return this.scopes.recall();
  }

  /** The rewards that all plugins together want, and what waits for a yes. */
  get rewards(): WantedRewards {
    return this.chatCommands.paid.wanted;
  }

  /** What the enabled plugins together want from the bot's account. */
  get requestedScopes(): RequestedScopes {
    return this.scopes;
  }

  /** The checked config of a plugin, for programs that use its services without the bot. */
  configOf(id: string): unknown {
    return this.supervisor.host(id)?.hosted.config;
  }

  /** What was imported of each plugin. */
  protected get modules(): readonly string[] {
    return this.supervisor.hosts.map(({ hosted }) => hosted.module);
  }

  /** Files whose change means a reload: those of local plugins. */
  get pluginFiles(): readonly string[] {
    return this.supervisor.hosts.flatMap(({ hosted }) => hosted.files);
  }

  /** Listens to an event. */
  on<Event extends keyof BotEvents>(
    event: Event,
    listener: (data: BotEvents[Event]) => unknown,
  ): Undo {
    return this.events.on(event, listener);
  }

  /** A service of a running plugin, or undefined. */
  find<Service>(token: InjectionToken<Service>): Service | undefined {
    // A provider binds to a token what the token's type says.
    return this.supervisor.find(token) as Service | undefined;
  }

  /**
   * A service of the enabled plugin that provides `provided`, for programs that use it beside the bot or without
   * one: the plugin's own `register` binds it, and nothing is started.
   * @param owner where its owner is for whom it is borrowed. @default at the bot's own terminal and browser
   * @returns undefined where no plugin provides `provided`
   * @throws PluginError when the service cannot be built
   */
  borrow<Service>(
    token: InjectionToken<Service>,
    provided: InjectionToken,
    owner?: OwnerPlace,
  ): BorrowedService<Service> | undefined {
    return this.supervisor.borrow(token, provided, owner);
  }

  /** Resolves when no command runs or waits. */
  idle(): Promise<void> {
    return this.inbox.idle();
  }

  /** Stops a plugin and what needs it, and starts them again. */
  restart(id: string): Promise<void> {
    return this.supervisor.restart(id);
  }

  /** Starts every plugin. Resolves when the bot is ready: each is running, waiting or failed. */
  start(): Promise<void> {
    this.starting ??= this.stopping ?? this.startAll();
    return this.starting;
  }

  /** Stops every plugin for good, in reverse order, within five seconds. */
  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  /** Brings the bot to another composition, or back when that does not start. */
  async replace(next: Composition): Promise<ReloadResult> {
    await this.starting;
    const before = this.composition;
    this.use(next);
    if (this.state !== 'ready') {
      if (this.state === 'loaded') this.supervisor.load(next.plugins);
      return nothingChanged;
    }
    const result = await this.supervisor.exchange(before.plugins, next.plugins);
    if (result.rolledBack !== undefined) this.use(before);
    return result;
  }

  private async startAll(): Promise<void> {
    this.state = 'starting';
    this.scopes.begin();
    await this.chatCommands.load();
    await this.supervisor.start();
    if (this.state === 'starting') this.state = 'ready';
  }

  private async stopAll(): Promise<void> {
    this.state = 'stopping';
    this.scopes.end();
    // Before any plugin goes: who brought a redemption is told what became of it while it can still say so.
    this.chatCommands.paid.close();
    await this.supervisor.stopAll();
    this.state = 'stopped';
  }

  /** A plugin that goes stands behind all others. */
  private placeOf(id: string): number {
    const place = this.composition.plugins.findIndex((hosted) => hosted.id === id);
    return place < 0 ? Number.POSITIVE_INFINITY : place;
  }

  /** The plugins as plugins.yaml has them. */
  get hosted(): Composition['plugins'] {
    return this.composition.plugins;
  }

  /** What the plugin `id` has registered. */
  traceOf(id: string): PluginTrace {
    const commands = this.chatCommands.registry.of(id).map(({ trace }) => trace);
    const rewards = this.chatCommands.paid.tracesOf(id);
    return { commands, rewards, events: this.events.heardBy(id) };
  }

  private use(composition: Composition): void {
    this.composition = composition;
    this.chatCommands.use(composition);
    this.scopes.update(composition.plugins);
  }

  /** Logs and counts what a plugin threw where nobody could catch it, such as an unhandled rejection. */
  fault(attribution: Attribution, error: unknown): void {
    const { plugin, where, messageId, command, reward } = attribution;
    const what = plugin === '' ? 'PertyBot' : `The plugin "${plugin}"`;
    const fault = { plugin, where, ...(messageId ? { messageId } : {}), error };
    this.services.logger.error(`${what} failed in ${where}: ${messageOf(error)}`, fault);
    if (command === undefined && reward === undefined) this.supervisor.fault(attribution);
    else this.chatCommands.faults.add(attribution);
    // A listener of faults that fails itself must not come here again for ever.
    if (where !== 'listener fault') this.events.emit('fault', fault);
  }

  private onState(id: string, state: PluginState): void {
    this.events.emit('plugin', { plugin: id, state });
    if (state.name === 'running') {
      this.chatCommands.faults.forget(id);
      this.scopes.forget(id);
    }
    const hosted = this.supervisor.host(id)?.hosted;
    const { registry: commands, paid } = this.chatCommands;
    logState({ id, state, hosted }, { commands, rewards: paid.registry }, this.services.logger);
    this.supervisor.settle();
  }
}
