import type { DependencyContainer, InjectionToken } from 'tsyringe';
import { runFor } from './attribution.js';
import type { Consumer } from './consumer.js';
import { forPlugin, type PerPlugin } from './consumer.js';
import { formatDuration } from './duration.js';
import { messageOf } from './errors.js';
import type { HostedPlugin, HostServices } from './host-services.js';
import { bindCoreServices, toInjectionError } from './plugin-container.js';
import { createPluginContext } from './plugin-context.js';
import { PluginError } from './plugin-error.js';
import type { PluginState } from './plugin-state.js';
import type { AsyncUndo, Undo } from './undo.js';
import { UndoList } from './undo-list.js';

/** How long a plugin's start may take, milliseconds. */
const defaultStartTimeout = 30_000;

/** One plugin of the bot through its lives: each start has a container and an undo list of its own. */
export class PluginHost {
  private base: PluginState;
  private waits: string[] = [];
  private undos = new UndoList();
  private abort = new AbortController();
  private container: DependencyContainer | undefined;
  private readonly services = new Map<InjectionToken, unknown>();
  private restartTimer: (() => void) | undefined;

  constructor(
    private plugin: HostedPlugin,
    private readonly core: HostServices,
  ) {
    this.base = { name: plugin.enabled ? 'loaded' : 'disabled' };
  }

  /** The plugin and what plugins.yaml says of it. */
  get hosted(): HostedPlugin {
    return this.plugin;
  }

  get id(): string {
    return this.hosted.id;
  }

  /** What the owner sees: a running plugin that waits for a person is waiting. */
  get state(): PluginState {
    const reason = this.waits.at(-1);
    const mayWait = this.base.name === 'starting' || this.base.name === 'running';
    return mayWait && reason !== undefined ? { name: 'waiting', reason } : this.base;
  }

  /** Whether its services can be used. */
  get isRunning(): boolean {
    return this.base.name === 'running';
  }

  get needs(): readonly InjectionToken[] {
    return Object.values(this.hosted.plugin.needs ?? {});
  }

  get provides(): readonly InjectionToken[] {
    return this.hosted.plugin.provides ?? [];
  }

  get enabled(): boolean {
    return this.hosted.enabled;
  }

  /** Sets a state that does not come from starting or stopping. */
  setState(state: PluginState): void {
    if (JSON.stringify(state) === JSON.stringify(this.base) && state.name !== 'failed') return;
    this.base = state;
    this.announce();
  }

  /**
   * Binds and starts the plugin. When it fails, what it took is given back and it is `failed`.
   * @param find gives the services of its needs
   */
  async start(find: (token: InjectionToken, consumer: Consumer) => unknown): Promise<void> {
    const life = new AbortController();
    this.abort = life;
    this.undos = new UndoList();
    this.waits = [];
    this.services.clear();
    this.setState({ name: 'starting' });
    try {
      await this.startGuarded(find);
      if (!life.signal.aborted) this.setState({ name: 'running' });
    } catch (error) {
      if (life.signal.aborted) return;
      await this.release();
      this.setState({ name: 'failed', error: toInjectionError(error, this.id) });
    }
  }

  /** Gives back all that the plugin took. Never throws. */
  async stop(state: PluginState = { name: 'stopped' }): Promise<void> {
    this.restartTimer?.();
    this.restartTimer = undefined;
    const active = this.base.name === 'running' || this.base.name === 'starting';
    if (active) {
      this.base = state;
      await this.release();
      this.announce();
      return;
    }
    if (this.base.name !== 'disabled') this.setState(state);
  }

  /** Gives the running plugin a new config. Returns whether it took it. */
  async reconfigure(hosted: HostedPlugin): Promise<boolean> {
    const { container, core } = this;
    if (!this.isRunning || container === undefined) return false;
    const attribution = { plugin: this.id, where: 'reconfigure' };
    try {
      const { plugin, config } = hosted;
      const took = await runFor(attribution, () => plugin.reconfigure?.(container, config));
      if (took) this.plugin = hosted;
      return took ?? false;
    } catch (error) {
      core.onFault(attribution, error);
      return false;
    }
  }

  /** Starts again later, by `start`. */
  restartAfter(delay: number, start: () => void): void {
    this.restartTimer?.();
    this.setState({ name: 'restarting', after: delay });
    this.restartTimer = this.core.clock.after(delay, start);
  }

  /** A service that the plugin provides, in a version for `consumer` where it makes such. */
  service(token: InjectionToken, consumer?: Consumer): unknown {
    if (!this.services.has(token)) this.services.set(token, this.container?.resolve(token));
    const service = this.services.get(token);
    return consumer && isPerPlugin(service) ? service[forPlugin](consumer) : service;
  }

  private async startGuarded(
    find: (token: InjectionToken, consumer: Consumer) => unknown,
  ): Promise<void> {
    const { plugin, config } = this.hosted;
    const { signal } = this.abort;
    const log = this.core.logger.child({ plugin: this.id });
    const onStop = (undo: AsyncUndo) => this.undos.add(undo);
    const consumer: Consumer = { id: this.id, log, signal, onStop };
    const container = this.core.container.createChildContainer();
    this.container = container;
    const store = this.core.storeFor(this.id);
    bindCoreServices(container, { ...this.core.shared, log, store });
    const needs: Record<string, unknown> = {};
    for (const [name, token] of Object.entries(plugin.needs ?? {})) {
      const service = find(token, consumer);
      container.register(token, { useValue: service });
      needs[name] = service;
    }
    const attribution = { plugin: this.id, where: 'start' };
    runFor(attribution, () => plugin.register?.(container, config));
    this.refuseUnbound(container);
    const context = createPluginContext(this.hosted, this.core, {
      ...{ container, log, store, signal, undos: this.undos },
      waiting: (reason) => this.wait(reason),
    });
    const started = runFor(attribution, async () =>
      plugin.start?.({ ...context, ...needs }, config),
    );
    const undo = await this.withTimeout(started);
    if (typeof undo === 'function') this.undos.add(undo);
    for (const token of this.provides) this.service(token);
  }

  private refuseUnbound(container: DependencyContainer): void {
    for (const token of this.provides) {
      if (container.isRegistered(token)) continue;
      const name = String(typeof token === 'symbol' ? token.description : token);
      throw new PluginError(
        'PLUGIN_NOT_BOUND',
        `The plugin "${this.id}" provides ${name} but binds nothing to it.`,
        {
          hint: `Bind it in register: container.register(${name}, { useToken: … })`,
        },
      );
    }
  }

  /** Waits for `started`; a wait for a person stops the clock. */
  private withTimeout<Result>(started: Promise<Result>): Promise<Result> {
    const limit = this.hosted.startTimeout ?? defaultStartTimeout;
    return new Promise<Result>((resolve, reject) => {
      let ended = false;
      const arm = () =>
        this.core.clock.after(limit, () => {
          if (ended) return;
          if (this.waits.length > 0) disarm = arm();
          else fail();
        });
      const fail = () => {
        reject(this.timeoutError(limit));
        // It may still take something when it comes back: that goes back at once.
        started.then(
          (undo) => typeof undo === 'function' && undo(),
          () => {},
        );
      };
      let disarm: Undo = arm();
      const end = () => {
        ended = true;
        disarm();
      };
      const onAbort = () => reject(this.abort.signal.reason);
      this.abort.signal.addEventListener('abort', onAbort, { once: true });
      started.finally(end).then(resolve, reject);
    });
  }

  private timeoutError(limit: number): PluginError {
    const needs = Object.keys(this.hosted.plugin.needs ?? {}).join(', ') || 'nothing';
    const message = `The plugin "${this.id}" did not finish its start within ${formatDuration(limit)} (it uses: ${needs}).`;
    return new PluginError('PLUGIN_START_TIMEOUT', message, {
      hint: 'Look at its lines in the log, or give it more time with "startTimeout: 60s" in its entry.',
    });
  }

  private wait(reason: string): Undo {
    const before = this.state;
    this.waits.push(reason);
    this.announceChange(before);
    let done = false;
    return () => {
      if (done) return;
      done = true;
      const state = this.state;
      const index = this.waits.lastIndexOf(reason);
      this.waits = this.waits.filter((_, each) => each !== index);
      this.announceChange(state);
    };
  }

  private announceChange(before: PluginState): void {
    if (JSON.stringify(before) !== JSON.stringify(this.state)) this.announce();
  }

  private announce(): void {
    this.core.onState(this);
  }

  private async release(): Promise<void> {
    this.abort.abort(new DOMException(`The plugin "${this.id}" stops.`, 'AbortError'));
    await this.undos.run((error) => {
      this.core.logger.error(`The plugin "${this.id}" did not stop cleanly: ${messageOf(error)}`, {
        error,
      });
    });
    this.waits = [];
    this.services.clear();
    this.container = undefined;
  }
}

function isPerPlugin(service: unknown): service is PerPlugin<unknown> {
  return typeof service === 'object' && service !== null && forPlugin in service;
}
