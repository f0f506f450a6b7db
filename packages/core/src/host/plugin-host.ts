import { isSameState, type PluginState } from '../contracts/bot-events.js';
import { atMost, type Clock } from '../contracts/clock.js';
import type { Consumer, Undo } from '../contracts/consumer.js';
import { toMilliseconds } from '../contracts/duration.js';
import type { InjectionToken } from '../contracts/injection.js';
import { runFor } from '../events/attribution.js';
import type { HostedPlugin } from './hosted-plugin.js';
import { type HostServices, toInjectionError } from './plugin-container.js';
import { type FindService, PluginLife } from './plugin-life.js';

/** How long one plugin may take to stop, milliseconds. */
export const pluginStopLimit = 1_500;

/** How long a plugin may take to stop that asks for more, milliseconds. */
const longestStopLimit = 5_000;

/** One plugin of the bot through its lives. */
export class PluginHost {
  private base: PluginState;
  private life: PluginLife | undefined;
  private ending: Promise<void> | undefined;
  private cancelRestart: Undo = () => {};

  constructor(
    private plugin: HostedPlugin,
    private readonly core: HostServices,
  ) {
    const { enabled, leftOut = false } = plugin;
    this.base = { name: !enabled ? 'disabled' : leftOut ? 'stopped' : 'loaded' };
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
    const reason = this.life?.waitsFor;
    return this.isActive && reason !== undefined ? { name: 'waiting', reason } : this.base;
  }

  /** Whether its services can be used. */
  get isRunning(): boolean {
    return this.base.name === 'running';
  }

  /** Whether it starts or runs, and so holds what must be given back. */
  get isActive(): boolean {
    return this.base.name === 'running' || this.base.name === 'starting';
  }

  /** Whether it is still giving back what it took. */
  get isStopping(): boolean {
    return this.ending !== undefined;
  }

  get needs(): readonly InjectionToken[] {
    return Object.values(this.hosted.plugin.needs ?? {});
  }

  get provides(): readonly InjectionToken[] {
    return this.hosted.plugin.provides ?? [];
  }

  /** How long its stop may take, milliseconds. */
  get stopLimit(): number {
    const { stopTimeout } = this.hosted.plugin;
    if (stopTimeout === undefined) return pluginStopLimit;
    return Math.min(toMilliseconds(stopTimeout), longestStopLimit);
  }

  get enabled(): boolean {
    return this.hosted.enabled;
  }

  /** Sets a state that does not come from starting or stopping. */
  setState(state: PluginState): void {
    if (isSameState(state, this.base)) return;
    this.base = state;
    this.core.onState(this.id, this.state);
  }

  /** Binds and starts the plugin. When it fails, what it took is given back and it is `failed`. */
  async start(find: FindService): Promise<void> {
    let last: PluginState | undefined;
    const life = new PluginLife(this.hosted, this.core, () => {
      if (this.life !== life || (last && isSameState(last, this.state))) return;
      last = this.state;
      this.core.onState(this.id, this.state);
    });
    this.life = life;
    this.setState({ name: 'starting' });
    try {
      await life.start(find);
      if (!life.isEnding) this.setState({ name: 'running' });
    } catch (error) {
      if (life.isEnding) return;
      await this.end(life, { name: 'failed', error: toInjectionError(error, this.id) });
    }
  }

  /**
   * Gives back all that the plugin took. Never throws.
   * @param limit milliseconds after which it is no longer waited for
   */
  async stop(
    state: PluginState = { name: 'stopped' },
    limit: number = this.stopLimit,
  ): Promise<void> {
    this.cancelRestart();
    const { life } = this;
    if (life && this.isActive) return this.end(life, state, limit);
    await this.ending;
    if (this.base.name !== 'disabled') this.setState(state);
  }

  /** Gives the running plugin a new config. Returns whether it took it. */
  async reconfigure(hosted: HostedPlugin): Promise<boolean> {
    const { life, core } = this;
    if (!this.isRunning || life === undefined) return false;
    const attribution = { plugin: this.id, where: 'reconfigure' };
    try {
      const { plugin, config } = hosted;
      const took = await runFor(attribution, () => plugin.reconfigure?.(life.container, config));
      if (took) this.plugin = hosted;
      return took ?? false;
    } catch (error) {
      core.onFault(attribution, error);
      return false;
    }
  }

  /** Starts again later, by `start`. */
  restartAfter(delay: number, start: () => void): void {
    this.cancelRestart();
    this.setState({ name: 'restarting', after: delay });
    this.cancelRestart = this.core.clock.after(delay, start);
  }

  /** A service that the plugin provides, in a version for `consumer` where it makes such. */
  service(token: InjectionToken, consumer?: Consumer): unknown {
    return this.life?.service(token, consumer);
  }

  private async end(
    life: PluginLife,
    state: PluginState,
    limit: number = this.stopLimit,
  ): Promise<void> {
    this.base = state;
    const ending = life.end(limit);
    this.ending = ending;
    await ending;
    this.ending = undefined;
    this.life = undefined;
    this.core.onState(this.id, this.state);
  }
}

/** How long all plugins together may take to stop, milliseconds. */
const stopLimit = 4_500;

/** What a plugin gets although the time of all is over, milliseconds. */
const leastStopLimit = 20;

/**
 * Stops plugins one after the other, all within the time that a bot has. One that asks for more time of its own has
 * it, but does not hold up the others.
 * @param stop stops one within so many milliseconds
 */
export async function stopInTime<Host extends Pick<PluginHost, 'stopLimit'>>(
  hosts: readonly Host[],
  clock: Clock,
  stop: (host: Host, limit: number) => Promise<void>,
): Promise<void> {
  const end = clock.now() + stopLimit;
  const stops: Promise<void>[] = [];
  for (const host of hosts) {
    const left = Math.max(leastStopLimit, end - clock.now());
    const turn = Math.min(left, pluginStopLimit);
    const stopped = stop(host, host.stopLimit > pluginStopLimit ? host.stopLimit : turn);
    stops.push(stopped);
    await atMost(clock, turn, stopped);
  }
  await Promise.all(stops);
}
