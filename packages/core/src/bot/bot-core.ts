import type { ConfigError } from '../bot-file/config-error.js';
import { CommandRegistry } from '../commands/command-registry.js';
import { CommandRouter } from '../commands/command-router.js';
import { addHelpCommand } from '../commands/help-command.js';
import { StoredKnownUsers } from '../commands/known-users.js';
import { Replies } from '../commands/replies.js';
import { addStopCommands } from '../commands/stop-commands.js';
import { StopSwitch } from '../commands/stop-switch.js';
import type { BotStatus, PluginInfo, RememberedRefusal } from '../contracts/bot-status.js';
import { Chat } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { CommandInfo } from '../contracts/command.js';
import type { CommandTrace, PluginTrace } from '../contracts/declaration.js';
import { messageOf } from '../contracts/errors.js';
import type { DependencyContainer } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { BotFolders, Browser, Prompt } from '../contracts/owner.js';
import type { PluginState } from '../contracts/plugin-state.js';
import type { Store } from '../contracts/store.js';
import type { Attribution } from '../events/attribution.js';
import { EventHub, type OnFault } from '../events/event-hub.js';
import { CommandFaults } from '../host/command-faults.js';
import type { Composition } from '../host/composition.js';
import { type Foresight, foresee } from '../host/foresee.js';
import { type FoundFault, toFoundError } from '../host/found-fault.js';
import type { HostServices } from '../host/host-services.js';
import { PluginSupervisor } from '../host/plugin-supervisor.js';
import { applyReload, type ReloadResult } from '../host/reload.js';
import { ScopeList } from '../host/scope-list.js';
import { toCommandInfo } from '../host/to-command-info.js';
import { unknownTunings } from '../host/unknown-tunings.js';
import { toPluginInfo } from './plugin-info.js';
import { RefusalLog } from './refusal-log.js';
import { RoutedInbox } from './routed-inbox.js';

/** What a {@link BotCore} stands on. */
export interface BotCoreOptions {
  readonly clock: Clock;
  readonly browser: Browser;
  readonly prompt: Prompt;
  readonly folders: BotFolders;
  readonly container: DependencyContainer;
  readonly logger: Logger;
  readonly storeFor: (id: string) => Store;
  /** Whether plugins are only tried. @default false */
  readonly isTrial?: boolean;
}

const unchanged: ReloadResult = {
  added: [],
  removed: [],
  changed: [],
  reconfigured: [],
  restarted: [],
};

/** The running parts of a bot, wired together: events, commands, inbox, plugins. */
export class BotCore implements BotStatus {
  readonly events = new EventHub((attribution, error) => this.onFault(attribution, error));
  readonly inbox: RoutedInbox;
  readonly supervisor: PluginSupervisor;
  readonly refusals: readonly RememberedRefusal[];
  state: BotStatus['state'] = 'loaded';
  /** What stops everything, in the owner's hands. */
  readonly emergencyStop: StopSwitch;
  private readonly registry = new CommandRegistry(({ plugin }, error) => {
    this.options.logger.error(messageOf(error), { plugin, error });
  });
  private readonly known: StoredKnownUsers;
  private readonly commandFaults: CommandFaults;
  /** What the enabled plugins together want from the account. */
  readonly scopes: ScopeList;
  private replies: Replies;
  private starting: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(
    private readonly options: BotCoreOptions,
    private composition: Composition,
  ) {
    const { clock, browser, prompt, folders, logger } = options;
    this.replies = new Replies(composition.replies);
    this.commandFaults = new CommandFaults(clock, logger);
    this.known = new StoredKnownUsers(options.storeFor('core'), logger);
    const onFault: OnFault = (attribution, error) => this.onFault(attribution, error);
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
      chat: () => this.chat,
    });
    this.inbox = new RoutedInbox(this.events, router, onFault);
    const { inbox, scopes } = this;
    const shared = { clock, browser, prompt, folders, inbox, scopes, status: this };
    const services: HostServices = {
      container: options.container,
      shared,
      stop,
      events,
      commands,
      clock,
      logger,
      storeFor: options.storeFor,
      onFault,
      chat: () => this.chat,
      isTrial: options.isTrial ?? false,
      placeOf: (id) => this.placeOf(id),
      onState: (id, state) => this.onState(id, state),
    };
    this.supervisor = new PluginSupervisor(services);
    this.supervisor.load(composition.plugins);
    addHelpCommand(logger, common);
    this.refusals = new RefusalLog(this.events, clock).list;
  }

  get prefix(): string {
    return this.composition.prefix;
  }

  /** Whether plugins.yaml wants it to be watched for standing still. */
  get isWatched(): boolean {
    return this.composition.watch;
  }

  get plugins(): readonly PluginInfo[] {
    const { commands } = this;
    return this.supervisor.all.map((host) => toPluginInfo(host, commands));
  }

  get commands(): readonly CommandInfo[] {
    return this.registry.all.map(toCommandInfo);
  }

  /** What was imported of each plugin. */
  get modules(): readonly string[] {
    return this.supervisor.all.map(({ hosted }) => hosted.module);
  }

  /** Files whose change means a reload: those of local plugins. */
  get pluginFiles(): readonly string[] {
    return this.supervisor.all.flatMap(({ hosted }) => hosted.files);
  }

  /** Resolves when each plugin is running, waiting or failed. */
  start(): Promise<void> {
    this.starting ??= this.stopping ?? this.startAll();
    return this.starting;
  }

  /** Stops every plugin for good. */
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
      return unchanged;
    }
    const result = await applyReload(this.supervisor, before, next);
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

  foresee(remembered: (id: string) => readonly CommandTrace[] | undefined): Promise<Foresight> {
    return foresee(this.composition, remembered);
  }

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

  /** Logs and counts what a plugin threw where nobody could catch it. */
  onFault(attribution: Attribution, error: unknown): void {
    const { plugin, where, messageId, command } = attribution;
    const what = plugin === '' ? 'PertyBot' : `The plugin "${plugin}"`;
    const fault = { plugin, where, ...(messageId ? { messageId } : {}), error };
    this.options.logger.error(`${what} failed in ${where}: ${messageOf(error)}`, fault);
    if (command === undefined) this.supervisor.fault(attribution);
    else this.commandFaults.add(attribution);
    // A listener of faults that fails itself must not come here again for ever.
    if (where !== 'listener fault') this.events.emit('fault', fault);
  }

  private get chat(): Chat | undefined {
    // Whoever provides the token binds a Chat to it.
    return this.supervisor.find(Chat) as Chat | undefined;
  }

  private onState(id: string, state: PluginState): void {
    this.events.emit('plugin', { plugin: id, state });
    if (state.name === 'failed') {
      const fields = { plugin: id, error: state.error };
      this.options.logger.error(`The plugin "${id}" failed: ${messageOf(state.error)}`, fields);
    }
    if (state.name === 'running') {
      this.commandFaults.forget(id);
      const hosted = this.supervisor.host(id)?.hosted;
      for (const line of hosted ? unknownTunings(hosted, this.registry) : []) {
        this.options.logger.warn(line, { plugin: id });
      }
    }
    this.supervisor.settle();
  }
}
