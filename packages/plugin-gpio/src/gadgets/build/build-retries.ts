import { type Clock, formatDuration, type Logger, messageOf, type Undo } from '@pertybot/core';
import { GpioError } from '../../gpio-error.js';
import { firstRest, longestRest } from './gadget-health.js';

/** Whether hardware does not do what it should, which may pass, rather than the owner's words being wrong. */
export function isHardwareFault(error: unknown): boolean {
  return (
    error instanceof GpioError &&
    (error.code === 'GPIO_DRIVER_FAILED' || error.code === 'GPIO_PIN_LOST')
  );
}

/** Builds gadgets later whose hardware failed: a dead chip behind one costs that one alone. */
export class BuildRetries {
  private readonly waiting = new Map<string, Undo>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  get size(): number {
    return this.waiting.size;
  }

  /** Says that a gadget failed, and tries again, after longer pauses each time. */
  add(name: string, error: unknown, build: () => Promise<void>, pause = firstRest): void {
    const again = formatDuration(pause);
    this.log.error(
      `"${name}" is not there: ${messageOf(error)} It is tried again in ${again}; all else goes on.`,
      { error },
    );
    const cancel = this.clock.after(pause, () => {
      void build().then(
        () => {
          if (this.waiting.delete(name)) this.log.info(`"${name}" is there now.`);
        },
        (fault: unknown) => {
          if (this.waiting.has(name)) {
            this.add(name, fault, build, Math.min(pause * 2, longestRest));
          }
        },
      );
    });
    this.waiting.set(name, cancel);
  }

  /** Gives up the ones of these names. */
  forget(names: readonly string[]): void {
    for (const name of names) {
      this.waiting.get(name)?.();
      this.waiting.delete(name);
    }
  }
}
