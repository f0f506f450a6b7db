import { Backoff } from '../contracts/backoff.js';
import type { Clock } from '../contracts/clock.js';
import { type Refusal, refuse } from '../contracts/command.js';
import { formatDuration } from '../contracts/duration.js';
import type { Logger } from '../contracts/logger.js';
import type { Attribution } from '../events/attribution.js';

/** Faults within {@link faultWindow} after which a rest is due. */
const faultLimit = 10;

/** Milliseconds. */
const faultWindow = 60_000;

/** First pause before a restart, milliseconds; doubled each time. */
const firstDelay = 10_000;

/** Longest pause before a restart, milliseconds. */
const longestDelay = 300_000;

/** Time without a fault after which the pauses begin anew, milliseconds. */
const stableAfter = 60_000;

interface Fault {
  readonly time: number;
  readonly viewer: string | undefined;
}

/** Counts the faults of a plugin, or of one of its commands, and says when that must rest. */
export class FaultCounter {
  /** No more than {@link faultLimit}. */
  private faults: readonly Fault[] = [];
  private readonly backoff = new Backoff({
    first: firstDelay,
    longest: longestDelay,
    random: () => 1,
  });
  /** Time of the last fault, or of the restart behind it. */
  private lastTrouble = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /**
   * Counts a fault.
   * @param viewer id of the viewer whose words or deed brought it about
   * @returns milliseconds of rest, when this fault is one too many
   */
  add(viewer?: string): number | undefined {
    const now = this.clock.now();
    if (now - this.lastTrouble >= stableAfter) this.backoff.reset();
    this.lastTrouble = now;
    this.faults = [...this.recent(now), { time: now, viewer }];
    if (this.faults.length < faultLimit) return undefined;
    const delay = this.backoff.next();
    this.faults = [];
    this.lastTrouble = now + delay;
    return delay;
  }

  /** Times of the last minute's faults that `viewer` brought about, the oldest first. */
  timesOf(viewer: string): readonly number[] {
    return this.recent(this.clock.now())
      .filter((fault) => fault.viewer === viewer)
      .map(({ time }) => time);
  }

  private recent(now: number): readonly Fault[] {
    return this.faults.filter(({ time }) => now - time < faultWindow);
  }
}

/** Faults of one command within a minute after which the viewer who met them waits. */
const viewerLimit = 3;

/** Counts the faults of plugins, of those that one viewer brings about only the first of each minute. */
export class PluginFaults {
  private readonly counters = new Map<string, FaultCounter>();

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /**
   * Counts a fault.
   * @returns milliseconds for which the plugin must rest, when this fault is one too many
   */
  add({ plugin, viewer }: Attribution): number | undefined {
    const counter = this.counters.get(plugin) ?? new FaultCounter(this.clock);
    this.counters.set(plugin, counter);
    if (viewer !== undefined && counter.timesOf(viewer).length > 0) return undefined;
    const delay = counter.add(viewer);
    if (delay === undefined) return undefined;
    this.logger.error(
      `The plugin "${plugin}" failed too often. It starts again after ${formatDuration(delay)}.`,
      { plugin },
    );
    return delay;
  }
}

interface Counted {
  readonly plugin: string;
  readonly counter: FaultCounter;
  /** Monotonic time until which the command rests. */
  until: number;
}

/**
 * Counts the faults of commands. What a viewer can bring about by calling a command must not take the
 * whole plugin away from all others: first that viewer waits, then that command rests.
 */
export class CommandFaults {
  private readonly byCommand = new Map<string, Counted>();

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Counts a fault that a viewer's call brought about. */
  add(attribution: Attribution): void {
    const { plugin, viewer } = attribution;
    const counted = this.of(attribution);
    const delay = counted.counter.add(viewer);
    if (delay === undefined) return;
    counted.until = this.clock.now() + delay;
    this.logger.error(
      `The ${nameOf(attribution)} of the plugin "${plugin}" failed too often. It rests for ${formatDuration(delay)}.`,
      { plugin },
    );
  }

  /** Forgets the faults of a plugin that was started anew. */
  forget(plugin: string): void {
    for (const [key, counted] of this.byCommand) {
      if (counted.plugin === plugin) this.byCommand.delete(key);
    }
  }

  /** Why the command may not run now for the viewer; undefined when it may. */
  refusalFor(attribution: Attribution): Refusal | undefined {
    if (this.byCommand.size === 0) return undefined;
    const counted = this.byCommand.get(keyOf(attribution));
    if (counted === undefined) return undefined;
    const now = this.clock.now();
    const first = counted.counter.timesOf(attribution.viewer ?? '').at(-viewerLimit);
    const ends = Math.max(counted.until, first === undefined ? 0 : first + faultWindow);
    return ends > now ? refuse('fault', { retryAfter: Math.ceil(ends - now) }) : undefined;
  }

  private of(attribution: Attribution): Counted {
    const key = keyOf(attribution);
    const counted = this.byCommand.get(key) ?? {
      plugin: attribution.plugin,
      counter: new FaultCounter(this.clock),
      until: Number.NEGATIVE_INFINITY,
    };
    this.byCommand.set(key, counted);
    return counted;
  }
}

function keyOf(attribution: Attribution): string {
  return `${attribution.plugin} ${nameOf(attribution)}`;
}

function nameOf({ command = '', reward }: Attribution): string {
  return reward === undefined ? `command "${command}"` : `reward "${reward}"`;
}
