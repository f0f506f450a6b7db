import type { PluginState } from '../contracts/bot-events.js';
import type { Consumer } from '../contracts/consumer.js';
import { messageOf } from '../contracts/errors.js';
import type { InjectionToken } from '../contracts/injection.js';
import type { Attribution } from '../events/attribution.js';
import { type BorrowedService, borrowService, type OwnerPlace } from './bind-unstarted.js';
import { PluginFaults } from './faults.js';
import type { HostedPlugin } from './hosted-plugin.js';
import { IdleWaiters } from './idle-waiters.js';
import type { HostServices } from './plugin-container.js';
import { dependentsOf, providerOf, serviceName } from './plugin-graph.js';
import { PluginHost, stopInTime } from './plugin-host.js';
import { planReload, type ReloadPlan, type ReloadResult } from './reload-plan.js';

/** Starts plugins when what they need runs, stops them in reverse, and restarts those that fail often. */
export class PluginSupervisor {
  /** In the order of plugins.yaml. */
  hosts: readonly PluginHost[] = [];
  /** Hosts in the order in which they started. */
  private started: readonly PluginHost[] = [];
  private readonly faults: PluginFaults;
  private readonly resting = new Set<PluginHost>();
  private stopping = false;
  /** Whether plugins are being exchanged, so that none may start. */
  private held = false;
  private tail: Promise<unknown> = Promise.resolve();
  private readonly waiters = new IdleWaiters(
    () => this.stopping || !this.hosts.some((host) => this.isBusy(host)),
  );

  constructor(private readonly core: HostServices) {
    this.faults = new PluginFaults(core.clock, core.logger);
  }

  /** Puts plugins in the place of all others, which must be stopped; those that are new do not start yet. */
  load(order: readonly (HostedPlugin | PluginHost)[]): void {
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
    this.advance();
    await this.waiters.wait();
  }

  /**
   * Brings the running plugins from one composition to another: exactly what changed, and what needs that,
   * is stopped and started. When a new plugin fails, the old ones are brought back.
   */
  async exchange(
    before: readonly HostedPlugin[],
    after: readonly HostedPlugin[],
  ): Promise<ReloadResult> {
    const plan = planReload(before, after);
    const stubborn = await this.reconfigure(plan, after);
    const touched = new Set([...plan.added, ...plan.removed, ...plan.changed, ...stubborn]);
    const isFailed = ({ state }: PluginHost) => state.name === 'failed';
    const failedBefore = this.hosts.filter(isFailed).map(({ id }) => id);
    const restarted = await this.swap(after, touched);
    const failed = this.hosts.find(
      (host) => isFailed(host) && restarted.includes(host.id) && !failedBefore.includes(host.id),
    );
    const result = { ...plan, restarted };
    if (failed?.state.name !== 'failed') return result;
    const rolledBack = `The plugin "${failed.id}" does not start: ${messageOf(failed.state.error)}`;
    await this.swap(before, touched);
    await this.reconfigure(plan, before);
    return { ...result, rolledBack };
  }

  /** Gives plugins their new config while they run; returns those that must be restarted for it. */
  private async reconfigure(
    { reconfigured }: ReloadPlan,
    plugins: readonly HostedPlugin[],
  ): Promise<readonly string[]> {
    const stubborn: string[] = [];
    for (const id of reconfigured) {
      const hosted = plugins.find((each) => each.id === id);
      if (hosted && !(await this.host(id)?.reconfigure(hosted))) stubborn.push(id);
    }
    return stubborn;
  }

  /** Stops what is touched and what needs it, puts the new plugins in place, and starts. */
  private async swap(
    plugins: readonly HostedPlugin[],
    touched: ReadonlySet<string>,
  ): Promise<readonly string[]> {
    const restarted = await this.rearrange(async () => {
      const stopped = this.withDependents(touched);
      await this.stop(stopped, { name: 'stopped' });
      const order = plugins.map((hosted): HostedPlugin | PluginHost => {
        const host = this.host(hosted.id);
        return host && !stopped.includes(host) ? host : hosted;
      });
      this.load(order);
      return plugins.filter((hosted) => order.includes(hosted)).map(({ id }) => id);
    });
    await this.start();
    return restarted;
  }

  /** The plugins of `ids` and all that need them, in the order in which they started. */
  private withDependents(ids: ReadonlySet<string>): readonly PluginHost[] {
    return dependentsOf(ids, [...this.started, ...this.others]);
  }

  /** Hosts that were not started. */
  private get others(): readonly PluginHost[] {
    return this.hosts.filter((host) => !this.started.includes(host));
  }

  /** Runs `work`, which stops and exchanges plugins: nothing starts meanwhile, nor other such work. */
  private rearrange<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.tail.then(async () => {
      this.held = true;
      try {
        return await work();
      } finally {
        this.held = false;
      }
    });
    this.tail = turn.catch(() => {});
    return turn;
  }

  /** Stops `hosts` in reverse order of their start; leaves it to {@link stopAll} once that has begun. */
  private async stop(hosts: readonly PluginHost[], state?: PluginState): Promise<void> {
    for (const host of [...hosts].reverse()) {
      if (this.stopping) return;
      await this.stopOne(host, state);
    }
  }

  /** Stops everything for good, in reverse order of start, within five seconds. */
  async stopAll(): Promise<void> {
    this.stopping = true;
    const hosts = [...this.others, ...this.started].reverse();
    await stopInTime(hosts, this.core.clock, (host, limit) => this.stopOne(host, undefined, limit));
    this.settle();
  }

  /** Stops a plugin and what needs it, and starts them again. */
  async restart(id: string): Promise<void> {
    await this.rearrange(() => this.stop(this.withDependents(new Set([id])), { name: 'loaded' }));
    await this.start();
  }

  /** Counts a fault; one too many stops the plugin, which starts again after a pause. */
  fault(attribution: Attribution): void {
    const host = this.host(attribution.plugin);
    if (!host?.isRunning || this.stopping || this.resting.has(host)) return;
    const delay = this.faults.add(attribution);
    if (delay !== undefined) void this.rest(host, delay);
  }

  private async rest(host: PluginHost, delay: number): Promise<void> {
    this.resting.add(host);
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
    owner?: OwnerPlace,
  ): BorrowedService<Service> | undefined {
    const provider = providerOf(provided, this.hosts);
    return provider && borrowService(token, provider.hosted, this.core, owner);
  }

  /** Tells those who wait for it that nothing is about to change by itself. */
  settle(): void {
    this.waiters.check();
  }

  private isBusy(host: PluginHost): boolean {
    const { name } = host.state;
    if (host.isStopping || name === 'starting' || name === 'loaded') return true;
    return name === 'waiting' && !host.isActive && !host.needs.some((token) => this.lacks(token));
  }

  private async stopOne(host: PluginHost, state?: PluginState, limit?: number): Promise<void> {
    await host.stop(state, limit);
    this.started = this.started.filter((each) => each !== host);
  }
}
