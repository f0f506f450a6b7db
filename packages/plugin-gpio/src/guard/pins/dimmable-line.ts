import type { Clock, Undo } from '@pertybot/core';
import type { Level, LineHandle, LineWatch, OutputLine } from '../../drivers/gpio-driver.js';
import type { PwmLine } from '../../pwm/pwm-line.js';

/** Length of one turn in milliseconds: 100 turns a second, which an eye does not see. */
const period = 10;

/** What a {@link DimmableLine} stands on. */
export interface DimmableLineOptions {
  /** Level at which nothing happens. */
  readonly off: Level;
  readonly clock: Clock;
  /** Told when the pin cannot be written between two calls. */
  readonly onError: (error: unknown) => void;
}

/**
 * An output whose on may be less than all: it is switched so fast that an LED looks dimmer. The timing
 * is the event loop's, a millisecond or so: good for LEDs, too coarse for servos.
 */
export class DimmableLine implements PwmLine {
  private duty = 1;
  private level: Level;
  private cancel: Undo = () => {};

  constructor(
    private readonly line: OutputLine,
    private readonly options: DimmableLineOptions,
  ) {
    this.level = options.off;
  }

  get offset(): number {
    return this.line.offset;
  }

  get handle(): LineHandle | undefined {
    return this.line.handle;
  }

  get watch(): LineWatch | undefined {
    return this.line.watch;
  }

  get share(): number {
    return this.duty;
  }

  setShare(share: number): void {
    this.duty = Math.min(1, Math.max(0, share));
    this.write(this.level);
  }

  write(level: Level): void {
    this.cancel();
    this.level = level;
    const on = Math.round(period * this.duty);
    if (level === this.options.off || on === 0) this.line.write(this.options.off);
    else if (on === period) this.line.write(level);
    else this.turn(level, on);
  }

  /** The level that was asked for. */
  read(): Level {
    return this.level;
  }

  release(safe: Level): void {
    this.cancel();
    this.line.release(safe);
  }

  private turn(level: Level, on: number): void {
    this.line.write(level);
    this.after(on, () => {
      this.line.write(this.options.off);
      this.after(period - on, () => this.turn(level, on));
    });
  }

  private after(delay: number, task: () => void): void {
    this.cancel = this.options.clock.after(delay, () => {
      try {
        task();
      } catch (error) {
        this.options.onError(error);
      }
    });
  }
}
