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
