import type { ConfigError } from '../bot-file/config-error.js';
import { StoredKnownUsers } from '../commands/allow.js';
import { CommandRegistry } from '../commands/command-registry.js';
import { CommandRouter } from '../commands/command-router.js';
import { addHelpCommand, addStopCommands } from '../commands/core-commands.js';
import { Replies } from '../commands/replies.js';
import { StopSwitch } from '../commands/stop-switch.js';
import type { RequestedScopes } from '../contracts/access-tokens.js';
import type { BotStatus, PluginInfo, RememberedRefusal } from '../contracts/bot-status.js';
import { Chat } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { CommandInfo } from '../contracts/command.js';
import type { CommandTrace, PluginTrace } from '../contracts/declaration.js';
import type { OwnerStop } from '../contracts/emergency-stop.js';
import { messageOf } from '../contracts/errors.js';
import type { BotEvents } from '../contracts/events.js';
import type { Container, InjectionToken } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { BotFolders, Browser, Prompt } from '../contracts/owner.js';
import type { PluginState } from '../contracts/plugin-state.js';
import type { Store } from '../contracts/store.js';
import type { Undo } from '../contracts/undo.js';
import type { Attribution } from '../events/attribution.js';
import { EventHub, type OnFault } from '../events/event-hub.js';
import type { BorrowedService } from '../host/bind-unstarted.js';
import type { Composition } from '../host/composition.js';
import { CommandFaults } from '../host/faults.js';
import { type Foresight, foresee } from '../host/foresee.js';
import { type FoundFault, toFoundError } from '../host/found-fault.js';
import { PluginSupervisor } from '../host/plugin-supervisor.js';
import { nothingChanged, type ReloadResult } from '../host/reload-plan.js';
import { ScopeList } from '../host/scope-list.js';
import { toCommandInfo } from '../host/to-command-info.js';
import { unknownTunings } from '../host/unknown-tunings.js';
import { RefusalLog, toPluginInfo } from './owner-view.js';
import { RoutedInbox } from './routed-inbox.js';

/** What a {@link ComposedBot} has from the program that runs it. */
export interface BotServices {
  readonly clock: Clock;
  readonly browser: Browser;
  readonly prompt: Prompt;
  readonly folders: BotFolders;
  readonly container: Container;
  readonly logger: Logger;
  readonly storeFor: (id: string) => Store;
  /** Whether plugins are only tried. @default false */
  readonly isTrial?: boolean;
}

/** A bot of any composition: events, commands, inbox and plugins, wired together. */
export class ComposedBot implements BotStatus {
  readonly events = new EventHub((attribution, error) => this.fault(attribution, error));
  readonly inbox: RoutedInbox;
  readonly refusals: readonly RememberedRefusal[];
  state: BotStatus['state'] = 'loaded';
  /** The emergency stop in the owner's hands: what runs the bot may release it. */
  readonly emergencyStop: OwnerStop;
  private readonly supervisor: PluginSupervisor;
  private readonly registry = new CommandRegistry(({ plugin }, error) => {
    this.services.logger.error(messageOf(error), { plugin, error });
  });
  private readonly known: StoredKnownUsers;
  private readonly commandFaults: CommandFaults;
  private readonly scopes: ScopeList;
  private replies: Replies;
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly services: BotServices,
    private composition: Composition,
  ) {
    const { clock, browser, prompt, folders, logger } = services;
    this.replies = new Replies(composition.replies);
    this.commandFaults = new CommandFaults(clock, logger);
    this.known = new StoredKnownUsers(services.storeFor('core'), logger);
    const onFault: OnFault = (attribution, error) => this.fault(attribution, error);
    this.scopes = new ScopeList(composition.plugins, onFault);
    const { events, registry: commands } = this;
    const stop = new StopSwitch({ events, clock, logger });
    this.emergencyStop = stop;
    addStopCommands(logger, { commands, stop });
    const common = {
      commands,
      known: this.known,
      prefix: () => this.prefix,
      replies: () => this.replies,
    };
    const router = new CommandRouter({
      ...common,
      events,
      clock,
      onFault,
      unready: () => this.unready,
      rests: (attribution) => this.commandFaults.refusalFor(attribution),
      stops: () => stop.count,
      chat: () => this.find(Chat),
    });
    this.inbox = new RoutedInbox(this.events, router, onFault);
    const { inbox, scopes } = this;
    const shared = { clock, browser, prompt, folders, inbox, scopes, status: this };
    this.supervisor = new PluginSupervisor({
      container: services.container,
      shared,
      stop,
      events,
      commands,
      clock,
      logger,
      storeFor: services.storeFor,
      onFault,
      chat: () => this.find(Chat),
      isTrial: services.isTrial ?? false,
      placeOf: (id) => this.placeOf(id),
      onState: (id, state) => this.onState(id, state),
    });
    this.supervisor.load(composition.plugins);
    addHelpCommand(logger, common);
    this.refusals = new RefusalLog(this.events, clock).list;
  }

  /** What commands begin with, such as `!`. */
  get prefix(): string {
    return this.composition.prefix;
  }

  /** Whether plugins.yaml wants it to be watched for standing still. */
  get isWatched(): boolean {
    return this.composition.watch;
  }

  get plugins(): readonly PluginInfo[] {
    const { commands } = this;
    return this.supervisor.hosts.map((host) => toPluginInfo(host, commands));
  }

  get commands(): readonly CommandInfo[] {
    return this.registry.all.map(toCommandInfo);
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
   * @returns undefined where no plugin provides `provided`
   * @throws PluginError when the service cannot be built
   */
  borrow<Service>(
    token: InjectionToken<Service>,
    provided: InjectionToken,
  ): BorrowedService<Service> | undefined {
    return this.supervisor.borrow(token, provided);
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
    await this.known.load();
    await this.supervisor.start();
    if (this.state === 'starting') this.state = 'ready';
  }

  private async stopAll(): Promise<void> {
    this.state = 'stopping';
    await this.supervisor.stopAll();
    this.state = 'stopped';
  }

  private get unready(): 'starting' | 'stopping' | undefined {
    if (this.state === 'ready') return undefined;
    return this.state === 'stopping' || this.state === 'stopped' ? 'stopping' : 'starting';
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

  /** Variables that the configs of enabled plugins name and that are not set, by plugin. */
  get lacking(): ReadonlyMap<string, readonly string[]> {
    const all = this.hosted.map(({ id, lacks }) => [id, lacks] as const);
    return new Map(all.filter(([, lacks]) => lacks.length > 0));
  }

  /**
   * What is known of the bot's commands without starting it.
   * @param remembered what a plugin brought when it ran last; undefined where that is not known
   */
  foresee(remembered: (id: string) => readonly CommandTrace[] | undefined): Promise<Foresight> {
    return foresee(this.composition, remembered);
  }

  /** The error for faults of plugins.yaml that were found in what its plugins say. */
  toConfigError(faults: readonly FoundFault[]): ConfigError {
    return toFoundError(this.composition, faults);
  }

  /** What the plugin `id` has registered. */
  traceOf(id: string): PluginTrace {
    const commands = this.registry.of(id).map(({ trace }) => trace);
    return { commands, events: this.events.heardBy(id) };
  }

  private use(composition: Composition): void {
    this.composition = composition;
    this.registry.settle();
    this.replies = new Replies(composition.replies);
    this.scopes.update(composition.plugins);
  }

  /** Logs and counts what a plugin threw where nobody could catch it, such as an unhandled rejection. */
  fault(attribution: Attribution, error: unknown): void {
    const { plugin, where, messageId, command } = attribution;
    const what = plugin === '' ? 'PertyBot' : `The plugin "${plugin}"`;
    const fault = { plugin, where, ...(messageId ? { messageId } : {}), error };
    this.services.logger.error(`${what} failed in ${where}: ${messageOf(error)}`, fault);
    if (command === undefined) this.supervisor.fault(attribution);
    else this.commandFaults.add(attribution);
    // A listener of faults that fails itself must not come here again for ever.
    if (where !== 'listener fault') this.events.emit('fault', fault);
  }

  private onState(id: string, state: PluginState): void {
    this.events.emit('plugin', { plugin: id, state });
    if (state.name === 'failed') {
      const fields = { plugin: id, error: state.error };
      this.services.logger.error(`The plugin "${id}" failed: ${messageOf(state.error)}`, fields);
    }
    if (state.name === 'running') {
      this.commandFaults.forget(id);
      const hosted = this.supervisor.host(id)?.hosted;
      for (const { told } of hosted ? unknownTunings(hosted, this.registry) : []) {
        this.services.logger.warn(told, { plugin: id });
      }
    }
    this.supervisor.settle();
  }
}
