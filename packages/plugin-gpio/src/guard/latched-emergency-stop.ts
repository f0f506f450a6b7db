import {
  Clock,
  inject,
  injectable,
  Logger,
  messageOf,
  refuse,
  type StoppableOutputs,
  type Undo,
} from '@pertybot/core';
import { EstopLatch, type EstopRecord } from './estop-latch.js';
import { PinGuard } from './pin-guard.js';

/** How often it is looked whether the owner took the latch away, in milliseconds. */
const interval = 1_000;

const refusal = refuse('estop', {
  text: 'Emergency stop: everything stays off until the owner releases it.',
});

/** The emergency stop of a running bot: a block on the guard, and a latch file that outlives it. */
@injectable()
export class LatchedEmergencyStop implements Omit<StoppableOutputs, 'end'> {
  readonly #listeners = new Set<(record: EstopRecord | undefined) => void>();
  #engaged: EstopRecord | undefined;
  #unblock: Undo = () => {};
  #cancel: Undo = () => {};

  constructor(
    @inject(PinGuard) private readonly guard: PinGuard,
    @inject(EstopLatch) private readonly latch: EstopLatch,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  get engaged(): EstopRecord | undefined {
    return this.#engaged;
  }

  /** Stays stopped when the latch says so. */
  restore(): void {
    const record = this.latch.read();
    if (!record) return;
    this.#block(record);
    this.#watch();
    this.log.warn(`Emergency stop since ${record.at} by ${record.by}: every output stays off.`);
  }

  engage(by: string): void {
    if (this.#engaged) {
      this.guard.makeSafe();
      return;
    }
    const record = { by, at: this.clock.date().toISOString() };
    this.#block(record);
    this.log.warn(`Emergency stop by ${by}: every output is off.`);
    try {
      this.latch.write(record);
      this.#watch();
    } catch (error) {
      this.log.error(`The emergency stop will not outlive the bot: ${messageOf(error)}`, { error });
    }
    this.#tell();
  }

  release(): void {
    if (!this.#engaged) return;
    this.latch.remove();
    this.#unblockAll();
  }

  onChange(listener: (record: EstopRecord | undefined) => void): Undo {
    const entry = (record: EstopRecord | undefined) => listener(record);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** Looks at the latch no longer. */
  stop(): void {
    this.#cancel();
  }

  #block(record: EstopRecord): void {
    this.#engaged = record;
    this.#unblock = this.guard.block(refusal);
  }

  #unblockAll(): void {
    this.#cancel();
    this.#engaged = undefined;
    this.#unblock();
    this.log.warn('The emergency stop is released.');
    this.#tell();
  }

  /** `pertybot estop --release` takes the file away, whether it reaches the bot or not. */
  #watch(): void {
    this.#cancel = this.clock.after(interval, () => {
      if (this.latch.exists) this.#watch();
      else this.#unblockAll();
    });
  }

  #tell(): void {
    const record = this.#engaged;
    for (const listener of [...this.#listeners]) listener(record);
  }
}
