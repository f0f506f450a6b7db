import type { Logger } from '@pertybot/core';
import type { Level } from '../../drivers/gpio-driver.js';
import type { TonalLine } from '../../pwm/pwm-line.js';

/** Stands in for a line in dry-run: says what the pin would do, and leaves it alone. */
export class DryRunLine implements TonalLine {
  /** It is no line of the header. */
  readonly offset = -1;
  private level: Level;
  private duty = 1;

  constructor(
    private readonly pin: string,
    initial: Level,
    private readonly log: Logger,
  ) {
    this.level = initial;
  }

  write(level: Level): void {
    if (level === this.level) return;
    this.level = level;
    this.log.info(`Dry run: ${this.pin} would be at ${level === 1 ? '3.3 V' : '0 V'}.`);
  }

  get share(): number {
    return this.duty;
  }

  setShare(share: number): void {
    this.duty = share;
  }

  setFrequency(): void {}

  read(): Level {
    return this.level;
  }

  release(safe: Level): void {
    this.write(safe);
  }
}
