import {
  type AsyncUndo,
  type Consumer,
  forPlugin,
  type PerPlugin,
  type Undo,
} from '../contracts/consumer.js';
import { formatDuration } from '../contracts/duration.js';
import { messageOf, PluginError } from '../contracts/errors.js';
import type { Container, InjectionToken } from '../contracts/injection.js';
import { runFor } from '../events/attribution.js';
import type { HostedPlugin } from './hosted-plugin.js';
import { bindCoreServices, type HostServices, refuseCircles } from './plugin-container.js';
import { createPluginContext, createRunOwn } from './plugin-context.js';
import { serviceName } from './plugin-graph.js';
import { StartLimit } from './start-limit.js';
import { UndoList } from './undo-list.js';

/** How long a plugin's start may take, milliseconds. */
const defaultStartLimit = 30_000;

/** Gives the services of a plugin's needs. */
export type FindService = (token: InjectionToken, consumer: Consumer) => unknown;

/** One life of a plugin, from its start to its stop, with a container and an undo list of its own. */
export class PluginLife {
  readonly container: Container;
  private readonly abort = new AbortController();
  private readonly undos: UndoList;
  private readonly services = new Map<InjectionToken, unknown>();
  private readonly limit: StartLimit;
  private waits: readonly string[] = [];

  /** @param onWait told when {@link waitsFor} changed */
  constructor(
    private readonly hosted: HostedPlugin,
    private readonly core: HostServices,
    private readonly onWait: () => void,
  ) {
    this.container = core.container.createChildContainer();
    refuseCircles(this.container);
    this.limit = new StartLimit(core.clock, hosted.startTimeout ?? defaultStartLimit);
    this.undos = new UndoList((error) => {
      const message = `The plugin "${hosted.id}" did not stop cleanly: ${messageOf(error)}`;
      core.logger.error(message, { plugin: hosted.id, error });
    });
  }

  /** Whether it is over, or about to be. */
  get isEnding(): boolean {
    return this.abort.signal.aborted;
  }

  /** What the plugin waits for without a time limit, such as `login`. */
  get waitsFor(): string | undefined {
    return this.waits.at(-1);
  }

  /**
   * Binds and starts the plugin.
   * @throws whatever the plugin throws; PluginError when it takes too long or binds too little
   */
  async start(find: FindService): Promise<void> {
    const { id, plugin, config } = this.hosted;
    const { signal } = this.abort;
    const { container, undos } = this;
    const log = this.core.logger.child({ plugin: id });
    const store = this.core.storeFor(id);
    const onStop = (undo: AsyncUndo) => void undos.add(undo);
    const run = createRunOwn(id, this.core);
    const consumer = {
      id,
      log,
      signal,
      onStop,
      run: (where: string, task: () => unknown) => void run(where, task),
    };
    const emergencyStop = this.core.stop[forPlugin](consumer);
    const gadgets = this.core.gadgets[forPlugin](consumer);
    const wantedRewards = this.core.paid.wanted[forPlugin](consumer);
    const own = { log, store, emergencyStop, gadgets, wantedRewards };
    bindCoreServices(container, { ...this.core.shared, ...own });
    const needs = this.bindNeeds(find, consumer);
    const attribution = { plugin: id, where: 'start' };
    runFor(attribution, () => plugin.register?.(container, config));
    this.refuseUnbound();
    const waiting = (reason: string) => this.wait(reason);
    const life = { container, log, store, signal, undos, waiting, run };
    const context = createPluginContext(this.hosted, this.core, life);
    await this.limited(
      runFor(attribution, async () => plugin.start?.({ ...context, ...needs }, config)),
    );
    for (const token of this.hosted.plugin.provides ?? []) this.service(token);
  }

  /**
   * Gives back all that the plugin took. Never throws.
   * @param limit milliseconds after which the rest is given back without waiting for it
   */
  async end(limit: number): Promise<void> {
    const { id } = this.hosted;
    let cancel: Undo = () => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.core.clock.after(limit, () => {
        this.core.logger.error(
          `The plugin "${id}" did not stop within ${formatDuration(limit)}; it goes on without it.`,
          { plugin: id },
        );
        resolve();
      });
    });
    this.limit.disarm();
    await runFor({ plugin: id, where: 'stop' }, () => {
      this.abort.abort(new DOMException(`The plugin "${id}" stops.`, 'AbortError'));
      return this.undos.run(late);
    });
    cancel();
    this.services.clear();
  }

  /** A service that the plugin provides, in a version for `consumer` where it makes such. */
  service(token: InjectionToken, consumer?: Consumer): unknown {
    // Asked for with each reply.
    const made = this.services.get(token);
    if (made !== undefined && consumer === undefined) return made;
    return runFor({ plugin: this.hosted.id, where: 'service' }, () => {
      if (!this.services.has(token)) this.services.set(token, this.container.resolve(token));
      const service = this.services.get(token);
      return consumer && isPerPlugin(service) ? service[forPlugin](consumer) : service;
    });
  }

  private bindNeeds(find: FindService, consumer: Consumer): Readonly<Record<string, unknown>> {
    const needs: Record<string, unknown> = {};
    for (const [name, token] of Object.entries(this.hosted.plugin.needs ?? {})) {
      const service = find(token, consumer);
      // Core's own are bound already; a need of one gives it a name in start.
      const bound = service === undefined && this.container.isRegistered(token);
      if (!bound) this.container.register(token, { useValue: service });
      needs[name] = bound ? this.container.resolve(token) : service;
    }
    return needs;
  }

  private refuseUnbound(): void {
    const { id, plugin } = this.hosted;
    const token = plugin.provides?.find((each) => !this.container.isRegistered(each));
    if (token === undefined) return;
    const name = serviceName(token);
    const message = `The plugin "${id}" provides ${name} but binds nothing to it.`;
    const hint = `Bind it in register: container.register(${name}, { useToken: … })`;
    throw new PluginError('PLUGIN_NOT_BOUND', message, { hint });
  }

  /** Waits for `started` until the time limit, or the stop; what it still takes then goes back at once. */
  private limited(started: Promise<unknown>): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const { signal } = this.abort;
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.limit.arm(() => reject(this.lateError()));
      started
        .finally(() => {
          this.limit.disarm();
          signal.removeEventListener('abort', onAbort);
        })
        .then((undo) => {
          // What start returns is its undo, where it returns anything.
          if (typeof undo === 'function') this.undos.add(undo as AsyncUndo);
          else if (!signal.aborted) this.tellReturned(undo);
          resolve();
        }, reject);
    });
  }

  /** Tells authors whose start returns what nobody takes, such as a timer that then goes on for ever. */
  private tellReturned(value: unknown): void {
    if (value === undefined || value === null) return;
    const { id } = this.hosted;
    const kind = typeof value === 'object' ? 'an object' : `a ${typeof value}`;
    this.core.logger.warn(
      `The start of "${id}" returned ${kind}, which nobody takes. Return nothing, or a function that undoes what start did.`,
      { plugin: id },
    );
  }

  private lateError(): PluginError {
    const { id, plugin } = this.hosted;
    const needs = Object.values(plugin.needs ?? {})
      .map(serviceName)
      .join(', ');
    const uses = needs === '' ? '' : `; it uses ${needs}`;
    const limit = formatDuration(this.limit.duration);
    const message = `The plugin "${id}" did not finish its start within ${limit}${uses}.`;
    return new PluginError('PLUGIN_START_TIMEOUT', message, {
      hint: 'Look at its lines in the log, or give it more time with "startTimeout: 60s" in its entry.',
    });
  }

  private wait(reason: string): Undo {
    this.waits = [...this.waits, reason];
    this.limit.pause();
    this.onWait();
    let done = false;
    return () => {
      if (done) return;
      done = true;
      const index = this.waits.lastIndexOf(reason);
      this.waits = this.waits.filter((_, each) => each !== index);
      if (this.waits.length === 0) this.limit.resume();
      this.onWait();
    };
  }
}

function isPerPlugin(service: unknown): service is PerPlugin<unknown> {
  return typeof service === 'object' && service !== null && forPlugin in service;
}
