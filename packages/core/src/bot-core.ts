import { isDeepStrictEqual } from 'node:util';
import type { DependencyContainer } from 'tsyringe';
import type { RequestedScope, RequestedScopes } from './access-tokens.js';
import type { Attribution } from './attribution.js';
import type { BotStatus, PluginInfo, RememberedRefusal } from './bot-status.js';
import { Chat, type ChatMessage } from './chat.js';
import type { Clock } from './clock.js';
import type { CommandInfo } from './command.js';
import { type CommandOwner, CommandRegistry } from './command-registry.js';
import { CommandRouter } from './command-router.js';
import type { Composition } from './composition.js';
import { messageOf } from './errors.js';
import { EventHub } from './event-hub.js';
import type { BotEvents } from './events.js';
import { addHelpCommand } from './help-command.js';
import type { HostServices } from './host-services.js';
import type { Inbox } from './inbox.js';
import { StoredKnownUsers } from './known-users.js';
import type { Logger } from './logger.js';
import type { BotFolders, Browser, Prompt } from './owner.js';
import { serviceName } from './plugin-graph.js';
import type { PluginHost } from './plugin-host.js';
import { PluginSupervisor } from './plugin-supervisor.js';
import { applyReload, type ReloadResult } from './reload.js';
import { Replies } from './replies.js';
import { requestedScopesOf } from './requested-scopes.js';
import type { Store } from './store.js';

/** What a {@link BotCore} stands on. */
export interface BotCoreOptions {
  readonly clock: Clock;
  readonly browser: Browser;
  readonly prompt: Prompt;
  readonly folders: BotFolders;
  readonly container: DependencyContainer;
  readonly logger: Logger;
  readonly storeFor: (id: string) => Store;
}

/** Refusals that are remembered. */
const rememberedRefusals = 200;

const handled = Promise.resolve();

/** The running parts of a bot, wired together: events, commands, inbox, plugins. */
export class BotCore implements BotStatus, Inbox, RequestedScopes {
  readonly events = new EventHub((attribution, error) => this.onFault(attribution, error));
  readonly supervisor: PluginSupervisor;
  readonly refusals: RememberedRefusal[] = [];
  state: BotStatus['state'] = 'loaded';
  private readonly registry = new CommandRegistry();
  private readonly router: CommandRouter;
  private readonly known: StoredKnownUsers;
  private readonly scopeListeners = new Set<(list: readonly RequestedScope[]) => void>();
  private replies: Replies;
  private idleListeners: (() => void)[] = [];

  constructor(
    private readonly options: BotCoreOptions,
    private composition: Composition,
  ) {
    const { clock, browser, prompt, folders, logger } = options;
    this.replies = new Replies(composition.replies);
    this.known = new StoredKnownUsers(options.storeFor('core'), logger);
    const shared = { clock, browser, prompt, folders, inbox: this, scopes: this, status: this };
    const services: HostServices = {
      container: options.container,
      shared,
      events: this.events,
      commands: this.registry,
      clock,
      logger,
      storeFor: options.storeFor,
      onFault: (attribution, error) => this.onFault(attribution, error),
      chat: () => this.chat,
      onState: (host) => this.onState(host),
    };
    this.supervisor = new PluginSupervisor(services);
    this.supervisor.load(composition.plugins);
    const common = {
      commands: this.registry,
      known: this.known,
      prefix: () => this.prefix,
      replies: () => this.replies,
    };
    this.router = new CommandRouter({
      ...common,
      events: this.events,
      clock,
      onFault: (attribution, error) => this.onFault(attribution, error),
      isReady: () => this.state === 'ready',
      chat: () => this.chat,
    });
    addHelpCommand(helpOwner(logger), common);
    this.events.on('refusal', (refusal) => {
      this.refusals.push({ ...refusal, time: clock.date().getTime() });
      if (this.refusals.length > rememberedRefusals) this.refusals.shift();
    });
  }

  get prefix(): string {
    return this.composition.prefix;
  }

  get plugins(): readonly PluginInfo[] {
    return this.supervisor.all.map((host) => this.infoOf(host));
  }

  get commands(): readonly CommandInfo[] {
    return this.commandInfos;
  }

  get commandInfos(): readonly CommandInfo[] {
    return this.registry.all.map(toCommandInfo);
  }

  /** Files whose change means a reload: those of local plugins. */
  get pluginFiles(): readonly string[] {
    return this.supervisor.all.flatMap(({ hosted }) => hosted.files);
  }

  /** Scopes that the enabled plugins want, and who wants each. */
  get list(): readonly RequestedScope[] {
    return requestedScopesOf(this.composition.plugins);
  }

  onChange(listener: (list: readonly RequestedScope[]) => void): () => void {
    this.scopeListeners.add(listener);
    return () => this.scopeListeners.delete(listener);
  }

  async start(): Promise<void> {
    this.state = 'starting';
    await this.known.load();
    await this.supervisor.start();
    this.state = 'ready';
  }

  async stop(): Promise<void> {
    if (this.state === 'stopping' || this.state === 'stopped') return;
    this.state = 'stopping';
    await this.supervisor.stopAll();
    this.state = 'stopped';
  }

  /** Brings the bot to another composition, or back when that does not start. */
  async replace(next: Composition): Promise<ReloadResult> {
    const before = this.composition;
    const scopes = this.list;
    this.use(next);
    const result = await applyReload(this.supervisor, before, next);
    if (result.rolledBack !== undefined) this.use(before);
    if (!isDeepStrictEqual(scopes, this.list)) {
      for (const listener of this.scopeListeners) listener(this.list);
    }
    return result;
  }

  private use(composition: Composition): void {
    this.composition = composition;
    this.replies = new Replies(composition.replies);
  }

  hear(message: ChatMessage): Promise<void> {
    this.events.emit('message', message);
    const routed = this.router.route(message);
    const announced = this.events.has('handled');
    if (routed === undefined) {
      if (announced) this.events.emit('handled', { messageId: message.id });
      return handled;
    }
    return routed
      .catch((error: unknown) => this.onFault({ plugin: '', where: 'router' }, error))
      .then(() => {
        if (announced) this.events.emit('handled', { messageId: message.id });
        this.checkIdle();
      });
  }

  emit<Event extends keyof BotEvents>(event: Event, data: BotEvents[Event]): void {
    this.events.emit(event, data);
  }

  /** Resolves when no command runs or waits. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.idleListeners.push(resolve);
      this.checkIdle();
    });
  }

  /** Logs and counts what a plugin threw where nobody could catch it. */
  onFault(attribution: Attribution, error: unknown): void {
    const { plugin, where, messageId } = attribution;
    const what = plugin === '' ? 'PertyBot' : `The plugin "${plugin}"`;
    const fields = { plugin, where, ...(messageId ? { messageId } : {}), error };
    this.options.logger.error(`${what} failed in ${where}: ${messageOf(error)}`, fields);
    this.supervisor.fault(attribution);
    // A listener of faults that fails itself must not come here again for ever.
    if (where !== 'listener fault') this.events.emit('fault', { ...attribution, error });
  }

  private get chat(): Chat | undefined {
    // Whoever provides the token binds a Chat to it.
    return this.supervisor.find(Chat) as Chat | undefined;
  }

  private checkIdle(): void {
    if (this.router.active > 0 || this.idleListeners.length === 0) return;
    const listeners = this.idleListeners;
    this.idleListeners = [];
    for (const listener of listeners) listener();
  }

  private onState(host: PluginHost): void {
    const { state } = host;
    this.events.emit('plugin', { plugin: host.id, state });
    if (state.name === 'failed') {
      const fields = { plugin: host.id, error: state.error };
      this.options.logger.error(
        `The plugin "${host.id}" failed: ${messageOf(state.error)}`,
        fields,
      );
    }
    if (state.name === 'running') this.warnOfUnknownTuning(host);
    this.supervisor.settle();
  }

  private warnOfUnknownTuning({ hosted }: PluginHost): void {
    for (const name of Object.keys(hosted.tuning)) {
      const found = this.registry.all.some(
        ({ owner, signature }) => owner.id === hosted.id && signature.name === name,
      );
      if (found) continue;
      this.options.logger.warn(
        `plugins.yaml tunes the command "${name}" of "${hosted.id}", which has no such command.`,
      );
    }
  }

  private infoOf(host: PluginHost): PluginInfo {
    const { plugin, id, use, version } = host.hosted;
    return {
      id,
      use,
      name: plugin.name,
      about: plugin.about ?? '',
      version,
      state: host.state,
      needs: host.needs.map(serviceName),
      provides: host.provides.map(serviceName),
      scopes: plugin.scopes ?? [],
      commands: this.commandInfos.filter((command) => command.plugin === id),
    };
  }
}

function helpOwner(log: Logger): CommandOwner {
  return { id: 'core', log, signal: new AbortController().signal, tuning: {}, yields: true };
}

function toCommandInfo({
  name,
  aliases,
  usage,
  about,
  allow,
  plugin,
  enabled,
}: CommandInfo): CommandInfo {
  return { name, aliases, usage, about, allow, plugin, enabled };
}
