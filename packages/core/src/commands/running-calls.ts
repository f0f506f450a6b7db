import type { RegisteredCommand } from './command-registry.js';

/** Calls of one command that may run at once. */
const callLimit = 200;

/** Counts the calls of each command that have not ended, so that one which hangs cannot fill the memory. */
export class RunningCalls {
  private readonly counts = new WeakMap<RegisteredCommand, number>();

  /** Whether no more may begin. */
  isFull(command: RegisteredCommand): boolean {
    return this.count(command) >= callLimit;
  }

  /** Counts `call` until it ends. */
  add(command: RegisteredCommand, call: Promise<unknown>): void {
    const count = this.count(command) + 1;
    this.counts.set(command, count);
    if (count === callLimit) {
      command.owner.log.warn(
        `${callLimit} calls of the command "${command.name}" have not ended. More are refused.`,
      );
    }
    const end = () => void this.counts.set(command, this.count(command) - 1);
    call.then(end, end);
  }

  private count(command: RegisteredCommand): number {
    return this.counts.get(command) ?? 0;
  }
}

/**
 * Waits for handlers, but not longer than their plugin runs. One listener on a plugin's signal serves all
 * of its handlers: to add and take away one for each would cost as much as running it.
 */
export class StopWaiters {
  private readonly waiting = new WeakMap<AbortSignal, Set<() => void>>();

  /**
   * @param late is told what `work` failed with after `signal` fired
   * @returns what `work` gives; undefined when `signal` fires first
   */
  wait<Result>(
    work: Promise<Result>,
    signal: AbortSignal,
    late: (error: unknown) => void,
  ): Promise<Result | undefined> {
    const giveUps = this.of(signal);
    return new Promise((resolve, reject) => {
      const giveUp = () => resolve(undefined);
      giveUps.add(giveUp);
      work.then(
        (result) => {
          giveUps.delete(giveUp);
          resolve(result);
        },
        (error: unknown) => {
          giveUps.delete(giveUp);
          if (signal.aborted && error !== signal.reason) late(error);
          reject(error);
        },
      );
    });
  }

  private of(signal: AbortSignal): Set<() => void> {
    const known = this.waiting.get(signal);
    if (known !== undefined) return known;
    const giveUps = new Set<() => void>();
    this.waiting.set(signal, giveUps);
    const giveAllUp = () => {
      for (const giveUp of giveUps) giveUp();
    };
    signal.addEventListener('abort', giveAllUp, { once: true });
    return giveUps;
  }
}
