import type { Consumer } from '../contracts/consumer.js';
import { formatDuration } from '../contracts/duration.js';
import type { InjectionToken } from '../contracts/injection.js';
import type { PluginState } from '../contracts/plugin-state.js';
import type { Attribution } from '../events/attribution.js';
import { type BorrowedService, borrowService } from './bind-unstarted.js';
import { FaultCounter } from './fault-counter.js';
import type { HostServices } from './host-services.js';
import type { HostedPlugin } from './hosted-plugin.js';
import { providerOf, serviceName } from './plugin-graph.js';
import { PluginHost, pluginStopLimit } from './plugin-host.js';

/** How long all plugins together may take to stop, milliseconds. */
const stopLimit = 4_500;

/** What a plugin gets although the time of all is over, milliseconds. */
const leastStopLimit = 20;

/** Starts plugins when what they need runs, stops them in reverse, and restarts those that fail often. */
export class PluginSupervisor {
  private hosts: readonly PluginHost[] = [];
  /** Hosts in the order in which they started. */
  private started: readonly PluginHost[] = [];
  private readonly counters = new Map<string, FaultCounter>();
  private readonly resting = new Set<PluginHost>();
  private stopping = false;
  /** Whether plugins are being exchanged, so that none may start. */
  private held = false;
  private tail: Promise<unknown> = Promise.resolve();
  private settledListeners: readonly (() => void)[] = [];

  constructor(private readonly core: HostServices) {}

  /** In the order of plugins.yaml. */
  get all(): readonly PluginHost[] {
    return this.hosts;
  }

  /** Adds plugins, in the order of plugins.yaml; they are not started yet. */
  load(plugins: readonly HostedPlugin[]): void {
    this.arrange(plugins);
  }

  /** Puts other plugins in the place of those of the same id, in a new order; all must be stopped. */
  arrange(order: readonly (HostedPlugin | PluginHost)[]): void {
    if (this.stopping) return;
    this.hosts = order.map((each) =>
      each instanceof PluginHost ? each : new PluginHost(each, this.core),
    );
  }

  host(id: string): PluginHost | undefined {
    return this.hosts.find((host) => host.id === id);
  }

  /** Starts all that can start; resolves when each is running, waiting or failed. */
  async start(): Promise<void> {
    const settled = new Promise<void>((resolve) => {
      this.settledListeners = [...this.settledListeners, resolve];
    });
    this.advance();
    this.settle();
    await settled;
  }

  /** The plugins of `ids` and all that need them, in the order in which they started. */
  withDependents(ids: ReadonlySet<string>): readonly PluginHost[] {
    const wanted = new Set(ids);
    for (let before = -1; before !== wanted.size; ) {
      before = wanted.size;
      for (const host of this.hosts) {
        const needsOne = host.needs.some((token) => {
          const provider = providerOf(token, this.hosts);
          return provider !== undefined && wanted.has(provider.id);
        });
        if (needsOne) wanted.add(host.id);
      }
    }
    const others = this.hosts.filter((host) => !this.started.includes(host));
    return [...this.started, ...others].filter((host) => wanted.has(host.id));
  }

  /**
   * Runs `work`, which stops and exchanges plugins. Nothing starts meanwhile, and no other such work
   * runs beside it.
   */
  rearrange(work: () => Promise<void>): Promise<void> {
    const turn = this.tail.then(async () => {
      this.held = true;
      try {
        await work();
      } finally {
        this.held = false;
      }
    });
    this.tail = turn.catch(() => {});
    return turn;
  }

  /** Stops `hosts` in reverse order of their start; leaves it to {@link stopAll} once that has begun. */
  async stop(hosts: readonly PluginHost[], state?: PluginState): Promise<void> {
    for (const host of [...hosts].reverse()) {
      if (this.stopping) return;
      await this.stopOne(host, { limit: host.stopLimit, state });
    }
  }

  /**
   * Stops everything for good, in reverse order of start, within five seconds. A plugin that asks for more
   * time has it, but does not hold up the others.
   */
  async stopAll(): Promise<void> {
    this.stopping = true;
    const end = this.core.clock.now() + stopLimit;
    const late: Promise<void>[] = [];
    const others = this.hosts.filter((host) => !this.started.includes(host));
    for (const host of [...others, ...this.started].reverse()) {
      const left = Math.max(leastStopLimit, end - this.core.clock.now());
      const turn = Math.min(left, pluginStopLimit);
      const hasMore = host.stopLimit > pluginStopLimit;
      const stopped = this.stopOne(host, { limit: hasMore ? host.stopLimit : turn });
      late.push(stopped);
      await this.atMost(turn, stopped);
    }
    await Promise.all(late);
    this.settle();
  }

  /** Stops a plugin and what needs it, and starts them again. */
  async restart(id: string): Promise<void> {
    await this.rearrange(() => this.stop(this.withDependents(new Set([id])), { name: 'loaded' }));
    await this.start();
  }

  /**
   * Counts a fault; one too many stops the plugin, which starts again after a pause. Of those that one
   * viewer brings about only the first of each minute counts.
   */
  fault({ plugin, viewer }: Attribution): void {
    const host = this.host(plugin);
    if (!host?.isRunning || this.stopping || this.resting.has(host)) return;
    const counter = this.counters.get(plugin) ?? new FaultCounter(this.core.clock);
    this.counters.set(plugin, counter);
    if (viewer !== undefined && counter.timesOf(viewer).length > 0) return;
    const delay = counter.add(viewer);
    if (delay !== undefined) void this.rest(host, delay);
  }

  private async rest(host: PluginHost, delay: number): Promise<void> {
    this.resting.add(host);
    this.core.logger.error(
      `The plugin "${host.id}" failed too often. It starts again after ${formatDuration(delay)}.`,
      { plugin: host.id },
    );
    await this.rearrange(async () => {
      // A reload may have come first.
      if (!host.isRunning || !this.hosts.includes(host)) return;
      const dependents = this.withDependents(new Set([host.id])).filter((other) => other !== host);
      await this.stop(dependents, { name: 'loaded' });
      await this.stop([host], { name: 'restarting', after: delay });
      if (this.stopping) return;
      host.restartAfter(delay, () => {
        host.setState({ name: 'loaded' });
        this.advance();
      });
    });
    this.resting.delete(host);
    this.advance();
  }

  /** Starts every plugin whose needs are running, and says what the others wait for. */
  private advance(): void {
    if (this.stopping || this.held) return;
    for (const host of this.hosts) {
      const { name } = host.state;
      const isReady = name === 'loaded' || (name === 'waiting' && !host.isActive);
      if (!isReady || host.isStopping) continue;
      const missing = host.needs.find((token) => this.lacks(token));
      if (missing === undefined) void this.launch(host);
      else host.setState({ name: 'waiting', reason: `needs ${serviceName(missing)}` });
    }
    this.settle();
  }

  /** Whether a plugin provides the service but does not run; what no plugin provides is core's. */
  private lacks(token: InjectionToken): boolean {
    const provider = providerOf(token, this.hosts);
    return provider !== undefined && !provider.isRunning;
  }

  private async launch(host: PluginHost): Promise<void> {
    this.started = [...this.started, host];
    await host.start((token, consumer) => this.find(token, consumer));
    if (host.state.name === 'failed') this.started = this.started.filter((each) => each !== host);
    this.advance();
  }

  /** A service of a running plugin. */
  find(token: InjectionToken, consumer?: Consumer): unknown {
    const provider = providerOf(token, this.hosts);
    return provider?.isRunning ? provider.service(token, consumer) : undefined;
  }

  /** A service of the plugin that provides `provided`, which is bound for it and not started. */
  borrow<Service>(
    token: InjectionToken<Service>,
    provided: InjectionToken,
  ): BorrowedService<Service> | undefined {
    const provider = providerOf(provided, this.hosts);
    return provider && borrowService(token, provider.hosted, this.core);
  }

  /** Tells those who wait for it that nothing is about to change by itself. */
  settle(): void {
    if (!this.stopping && this.hosts.some((host) => this.isBusy(host))) return;
    const listeners = this.settledListeners;
    this.settledListeners = [];
    for (const listener of listeners) listener();
  }

  private isBusy(host: PluginHost): boolean {
    const { name } = host.state;
    if (host.isStopping || name === 'starting' || name === 'loaded') return true;
    return name === 'waiting' && !host.isActive && !host.needs.some((token) => this.lacks(token));
  }

  /** Resolves when `stopped` does, or after `limit` milliseconds. */
  private atMost(limit: number, stopped: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.core.clock.after(limit, resolve);
      void stopped.finally(() => {
        cancel();
        resolve();
      });
    });
  }

  private async stopOne(
    host: PluginHost,
    { limit, state }: { readonly limit: number; readonly state?: PluginState | undefined },
  ): Promise<void> {
    await host.stop(state, limit);
    this.started = this.started.filter((each) => each !== host);
  }
}
