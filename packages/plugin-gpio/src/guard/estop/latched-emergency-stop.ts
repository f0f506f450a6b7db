import { Clock, inject, injectable, Logger, messageOf, type Undo } from '@pertybot/core';
import type { StoppableOutputs } from '@pertybot/core/host';
import { refuseWith } from '../../refuse-with.js';
import { PinGuard } from '../pin-guard.js';
import { EstopLatch, type EstopRecord } from './estop-latch.js';

/** How often it is looked whether the latch came or went, in milliseconds: once a second at the latest. */
const interval = 800;
const slack = 200;

/** Longest pause before a latch that could not be written is tried again, in milliseconds. */
const longestPause = 30_000;

const refusal = refuseWith('estop', {});

/**
 * The emergency stop of a running bot: a block on the guard, and a latch file that outlives it. It ends when the
 * owner says so, or takes the latch away where it was seen; never because the latch cannot be read or written.
 */
@injectable()
export class LatchedEmergencyStop implements Omit<StoppableOutputs, 'end'> {
  private readonly listeners = new Set<(record: EstopRecord | undefined) => void>();
  private held: EstopRecord | undefined;
  private unblock: Undo = () => {};
  private cancel: Undo = () => {};
  /** Milliseconds between the last try to write the latch and the next. */
  private pause = 0;
  private nextTry = 0;
  /** What is wrong with the latch, as it was said last. */
  private said: string | undefined;

  constructor(
    @inject(PinGuard) private readonly guard: PinGuard,
    @inject(EstopLatch) private readonly latch: EstopLatch,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  get engaged(): EstopRecord | undefined {
    return this.held;
  }

  /** Stays stopped when the latch says so, or cannot say; and looks at it from now on. */
  restore(): void {
    const record = this.latch.read();
    if (record) {
      this.block(record);
      this.log.warn(`Emergency stop since ${record.at} by ${record.by}: every output stays off.`);
      this.sayOnce(this.latch.look());
    }
    this.watch();
  }

  engage(by: string): void {
    if (this.held) {
      this.guard.makeSafe();
      return;
    }
    const record = { by, at: this.clock.date().toISOString() };
    this.block(record);
    this.log.warn(`Emergency stop by ${by}: every output is off.`);
    this.write(() => this.latch.write(record));
    this.watch();
    this.tell();
  }

  /** @throws GpioError GPIO_LATCH_LOCKED when the latch cannot be taken away: then it stays engaged */
  release(): void {
    if (!this.held) return;
    this.latch.remove();
    this.unblockAll();
  }

  onChange(listener: (record: EstopRecord | undefined) => void): Undo {
    const entry = (record: EstopRecord | undefined) => listener(record);
    this.listeners.add(entry);
    return () => void this.listeners.delete(entry);
  }

  /** Looks at the latch no longer; what it lacks is tried once more. */
  stop(): void {
    this.cancel();
    if (this.latch.isUnwritten) this.write(() => this.latch.rewrite());
  }

  private block(record: EstopRecord): void {
    this.held = record;
    this.unblock = this.guard.block(refusal);
  }

  private unblockAll(): void {
    this.held = undefined;
    this.unblock();
    this.log.warn('The emergency stop is released.');
    this.tell();
  }

  /** `pertybot estop` puts the file there, or takes it away, whether it reaches the bot or not. */
  private watch(): void {
    this.cancel();
    const look = () => {
      this.watch();
      this.look();
    };
    this.cancel = this.clock.after(interval, look, slack);
  }

  private look(): void {
    const seen = this.latch.look();
    if (!this.held) {
      if (seen.state === 'latched' || seen.state === 'unreadable') this.engageByLatch();
      return;
    }
    if (this.latch.isUnwritten) {
      if (this.clock.now() >= this.nextTry) this.write(() => this.latch.rewrite());
    } else if (seen.state === 'clear') this.unblockAll();
    else if (seen.state === 'gone') {
      const record = this.held;
      this.log.error('The folder of the emergency stop has gone; everything stays off.');
      this.write(() => this.latch.write(record));
    } else this.sayOnce(seen);
  }

  private engageByLatch(): void {
    const record = this.latch.read();
    if (!record) return;
    this.block(record);
    this.log.warn(`Emergency stop by ${record.by}: every output is off.`);
    this.sayOnce(this.latch.look());
    this.tell();
  }

  private write(write: () => void): void {
    const before = this.said;
    try {
      write();
      this.said = undefined;
      this.pause = 0;
      if (before !== undefined) this.log.warn('The emergency stop is kept in its file now.');
    } catch (error) {
      const message = `The emergency stop may not outlive the bot: ${messageOf(error)}`;
      if (before !== message) this.log.error(`${message}. It is tried again.`, { error });
      this.said = message;
      this.pause = Math.min(longestPause, Math.max(interval, this.pause * 2));
      this.nextTry = this.clock.now() + this.pause;
    }
  }

  private sayOnce(seen: ReturnType<EstopLatch['look']>): void {
    const message =
      seen.state === 'unreadable'
        ? `The emergency stop's file cannot be read (${seen.reason}); everything stays off.`
        : undefined;
    if (message !== undefined && message !== this.said) this.log.error(message);
    this.said = message;
  }

  private tell(): void {
    const record = this.held;
    for (const listener of [...this.listeners]) listener(record);
  }
}
