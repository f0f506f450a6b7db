import { Clock, inject, injectable, Logger, type Undo } from '@pertybot/core';
import { ClockProbe } from './clock-probe.js';
import type { WallClock } from './wall-clock.js';

/** How often a clock that is not synchronised is looked at again, in milliseconds. */
const interval = 30_000;

/**
 * The machine's time of day, once it was set from the network: a Raspberry Pi has no battery clock,
 * so that it may wake up in the middle of a night that is long over.
 */
@injectable()
export class SyncedWallClock implements WallClock {
  #trusted = false;
  #looking: Promise<void> | undefined;
  #cancel: Undo = () => {};

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(ClockProbe) private readonly probe: ClockProbe,
    @inject(Logger) private readonly log: Logger,
  ) {}

  date(): Date | undefined {
    return this.#trusted ? this.clock.date() : undefined;
  }

  look(): Promise<void> {
    this.#looking ??= this.#probe();
    return this.#looking;
  }

  /** Looks no longer. */
  stop(): void {
    this.#cancel();
  }

  async #probe(): Promise<void> {
    this.#trusted = await this.probe.isSynchronised();
    if (this.#trusted) return;
    this.log.warn('The clock is not synchronised: outputs with quiet hours stay off until it is.');
    this.#lookAgain();
  }

  #lookAgain(): void {
    this.#cancel = this.clock.after(interval, async () => {
      this.#trusted = await this.probe.isSynchronised();
      if (this.#trusted) this.log.info('The clock is synchronised: quiet hours hold.');
      else this.#lookAgain();
    });
  }
}
