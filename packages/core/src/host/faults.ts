import type { Clock } from '../contracts/clock.js';
import { formatDuration } from '../contracts/duration.js';
import type { Logger } from '../contracts/logger.js';
import { type Refusal, refuse } from '../contracts/refusal.js';
import type { Attribution } from '../events/attribution.js';
import { FaultCounter, faultWindow } from './fault-counter.js';

/** Faults of one command within a minute after which the viewer who met them waits. */
const viewerLimit = 3;

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
    const { plugin, command = '', viewer } = attribution;
    const counted = this.of(attribution);
    const delay = counted.counter.add(viewer);
    if (delay === undefined) return;
    counted.until = this.clock.now() + delay;
    this.logger.error(
      `The command "${command}" of the plugin "${plugin}" failed too often. It rests for ${formatDuration(delay)}.`,
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

function keyOf({ plugin, command = '' }: Attribution): string {
  return `${plugin} ${command}`;
}
