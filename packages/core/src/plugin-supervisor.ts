import type { InjectionToken } from 'tsyringe';
import type { Attribution } from './attribution.js';
import { sleep } from './clock.js';
import type { Consumer } from './consumer.js';
import { formatDuration } from './duration.js';
import { FaultCounter } from './fault-counter.js';
import type { HostedPlugin, HostServices } from './host-services.js';
import { providerOf, serviceName } from './plugin-graph.js';
import { PluginHost } from './plugin-host.js';
import type { PluginState } from './plugin-state.js';

/** How long all plugins together may take to stop, milliseconds. */
const stopLimit = 4_500;

/** How long one plugin may take to stop, milliseconds. */
const pluginStopLimit = 1_500;

/** Starts plugins when what they need runs, stops them in reverse, and restarts those that fail often. */
export class PluginSupervisor {
  private hosts: readonly PluginHost[] = [];
  /** Hosts in the order in which they started. */
  private started: PluginHost[] = [];
  private readonly counters = new Map<string, FaultCounter>();
  private stopping = false;
  private settledListeners: (() => void)[] = [];

  constructor(private readonly core: HostServices) {}

  /** In the order of plugins.yaml. */
  get all(): readonly PluginHost[] {
    return this.hosts;
  }

  /** Adds plugins, in the order of plugins.yaml; they are not started yet. */
  load(plugins: readonly HostedPlugin[]): void {
    this.hosts = plugins.map((hosted) => new PluginHost(hosted, this.core));
  }

  /** Puts other plugins in the place of those of the same id, in a new order; all must be stopped. */
  arrange(order: readonly (HostedPlugin | PluginHost)[]): void {
    this.hosts = order.map((each) =>
      each instanceof PluginHost ? each : new PluginHost(each, this.core),
    );
  }

  host(id: string): PluginHost | undefined {
    return this.hosts.find((host) => host.id === id);
  }

  /** Starts all that can start; resolves when each is running, waiting or failed. */
  async start(): Promise<void> {
    this.stopping = false;
    const settled = new Promise<void>((resolve) => this.settledListeners.push(resolve));
    this.advance();
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

  /** Stops `hosts` in reverse order of their start. */
  async stop(hosts: readonly PluginHost[], state?: PluginState): Promise<void> {
    for (const host of [...hosts].reverse()) {
      await this.stopOne(host, { limit: pluginStopLimit, state });
    }
  }

  /** Stops everything, in reverse order of start, within five seconds. */
  async stopAll(): Promise<void> {
    this.stopping = true;
    const end = this.core.clock.now() + stopLimit;
    const others = this.hosts.filter((host) => !this.started.includes(host));
    for (const host of [...others, ...this.started].reverse()) {
      const left = Math.max(100, end - this.core.clock.now());
      await this.stopOne(host, { limit: Math.min(left, pluginStopLimit) });
    }
  }

  /** Stops a plugin and what needs it, and starts them again. */
  async restart(id: string): Promise<void> {
    await this.stop(this.withDependents(new Set([id])), { name: 'loaded' });
    await this.start();
  }

  /** Counts a fault; one too many stops the plugin, which starts again after a pause. */
  fault({ plugin }: Attribution): void {
    const host = this.host(plugin);
    if (!host?.isRunning || this.stopping) return;
    const counter = this.counters.get(plugin) ?? new FaultCounter(this.core.clock);
    this.counters.set(plugin, counter);
    const delay = counter.add();
    if (delay !== undefined) void this.rest(host, delay);
  }

  private async rest(host: PluginHost, delay: number): Promise<void> {
    this.core.logger.error(
      `The plugin "${host.id}" failed too often. It starts again after ${formatDuration(delay)}.`,
    );
    const dependents = this.withDependents(new Set([host.id])).filter((other) => other !== host);
    await this.stop(dependents, { name: 'loaded' });
    await this.stopOne(host, {
      limit: pluginStopLimit,
      state: { name: 'restarting', after: delay },
    });
    if (this.stopping) return;
    host.restartAfter(delay, () => {
      host.setState({ name: 'loaded' });
      this.advance();
    });
    this.advance();
  }

  /** Starts every plugin whose needs are running, and says what the others wait for. */
  private advance(): void {
    if (this.stopping) return;
    for (const host of this.hosts) {
      const { name } = host.state;
      if (name !== 'loaded' && !(name === 'waiting' && !this.started.includes(host))) continue;
      const missing = host.needs.find((token) => !this.isRunning(token));
      if (missing === undefined) void this.launch(host);
      else host.setState({ name: 'waiting', reason: `needs ${serviceName(missing)}` });
    }
    this.settle();
  }

  private isRunning(token: InjectionToken): boolean {
    return providerOf(token, this.hosts)?.isRunning ?? false;
  }

  private async launch(host: PluginHost): Promise<void> {
    this.started.push(host);
    await host.start((token, consumer) => this.find(token, consumer));
    if (host.state.name === 'failed') this.started = this.started.filter((each) => each !== host);
    this.advance();
  }

  /** A service of a running plugin. */
  find(token: InjectionToken, consumer?: Consumer): unknown {
    const provider = providerOf(token, this.hosts);
    return provider?.isRunning ? provider.service(token, consumer) : undefined;
  }

  /** Tells those who wait for it that nothing is about to change by itself. */
  settle(): void {
    const busy = this.hosts.some(({ state: { name } }) => name === 'starting' || name === 'loaded');
    if (busy) return;
    const listeners = this.settledListeners;
    this.settledListeners = [];
    for (const listener of listeners) listener();
  }

  private async stopOne(
    host: PluginHost,
    { limit, state }: { readonly limit: number; readonly state?: PluginState | undefined },
  ): Promise<void> {
    const done = new AbortController();
    const stopped = host.stop(state).finally(() => done.abort());
    const late = sleep(this.core.clock, limit, done.signal).then(
      () =>
        this.core.logger.error(
          `The plugin "${host.id}" did not stop within ${formatDuration(limit)}.`,
        ),
      () => {},
    );
    await Promise.race([stopped, late]);
    this.started = this.started.filter((each) => each !== host);
  }
}
