import type { Logger } from '@pertybot/core';
import type { Level, OutputLine } from '../drivers/gpio-driver.js';

/** Stands in for a line in dry-run: says what the pin would do, and leaves it alone. */
export class DryRunLine implements OutputLine {
  /** It is no line of the header. */
  readonly offset = -1;
  #level: Level;

  constructor(
    private readonly pin: string,
    initial: Level,
    private readonly log: Logger,
  ) {
    this.#level = initial;
  }

  write(level: Level): void {
    if (level === this.#level) return;
    this.#level = level;
    this.log.info(`Dry run: ${this.pin} would be at ${level === 1 ? '3.3 V' : '0 V'}.`);
  }

  read(): Level {
    return this.#level;
  }

  release(safe: Level): void {
    this.write(safe);
  }
}
