import type { RegisteredCommand } from './command-registry.js';

/** Calls of one command that may run at once. */
const callLimit = 200;

/**
 * The calls of each command that have not ended, counted so that one which hangs cannot fill the memory, and waited for
 * no longer than their plugin runs. One listener on a plugin's signal serves all of its calls: to add and take away one
 * for each would cost as much as running it.
 */
export class RunningCalls {
  private readonly counts = new WeakMap<RegisteredCommand, number>();
  private readonly waiting = new WeakMap<AbortSignal, Set<() => void>>();

  /** Whether no more may begin. */
  isFull(command: RegisteredCommand): boolean {
    return this.count(command) >= callLimit;
  }

  /**
   * Counts a call that runs until it ends.
   * @param late is told what `work` failed with after its plugin had stopped
   * @returns what `work` gives; undefined when its plugin stops before
   */
  follow<Result>(
    command: RegisteredCommand,
    work: Promise<Result>,
    late: (error: unknown) => void,
  ): Promise<Result | undefined> {
    const { signal } = command.owner;
    const giveUps = this.of(signal);
    this.begin(command);
    return new Promise((resolve, reject) => {
      const end = () => {
        if (giveUps.delete(giveUp)) this.counts.set(command, this.count(command) - 1);
      };
      const giveUp = () => {
        end();
        resolve(undefined);
      };
      giveUps.add(giveUp);
      work.then(
        (result) => {
          end();
          resolve(result);
        },
        (error: unknown) => {
          end();
          if (signal.aborted && error !== signal.reason) late(error);
          reject(error);
        },
      );
    });
  }

  private begin(command: RegisteredCommand): void {
    const count = this.count(command) + 1;
    this.counts.set(command, count);
    if (count !== callLimit) return;
    command.owner.log.warn(
      `${callLimit} calls of the command "${command.name}" have not ended. More are refused.`,
    );
  }

  private count(command: RegisteredCommand): number {
    return this.counts.get(command) ?? 0;
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
