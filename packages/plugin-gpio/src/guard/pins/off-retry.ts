import { type Clock, formatDuration, type Logger, messageOf, type Undo } from '@pertybot/core';

/** Milliseconds before the second try; each further pause is twice as long. */
const shortestPause = 50;

/** Milliseconds between two tries when it has failed for long. */
const longestPause = 5_000;

/** Milliseconds after which it is said again that it is not done. */
const reminder = 60_000;

/** What a {@link OffRetry} stands on. */
export interface OffRetryOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** What has to be off: `"lamp" (GPIO17)`. */
  readonly what: string;
  /** Switches it off, or throws. */
  readonly act: () => void;
  /** Hears that it is off, after it had failed. */
  readonly mended: () => void;
}

/** Switches something off: when that fails it is tried again until it has worked. */
export class OffRetry {
  private reason: string | undefined;
  private since = 0;
  private said = 0;
  private pause = shortestPause;
  private cancel: Undo = () => {};

  constructor(private readonly options: OffRetryOptions) {}

  /** Why it is not done yet; undefined when nothing is left to do. */
  get fault(): string | undefined {
    return this.reason;
  }

  /**
   * Does it now; when that fails, again and again from then on.
   * @throws what the try threw
   */
  switchOff(): void {
    this.cancel();
    try {
      this.options.act();
    } catch (error) {
      this.failed(error);
      throw error;
    }
    const wasFailing = this.reason !== undefined;
    this.reason = undefined;
    this.pause = shortestPause;
    if (wasFailing) this.mended();
  }

  /** As {@link OffRetry.switchOff}, for whoever cannot do more about a failure than this does. */
  trySwitchOff(): void {
    try {
      this.switchOff();
    } catch {
      // It has been told, and is tried again.
    }
  }

  /** Ends the trying: somebody else sees to it from now on. */
  stop(): void {
    this.cancel();
  }

  private failed(error: unknown): void {
    const { clock, log, what } = this.options;
    const now = clock.now();
    if (this.reason === undefined) this.since = now;
    if (this.reason === undefined || now - this.said >= reminder) {
      this.said = now;
      log.error(`${what} could not be switched off, and is tried again: ${messageOf(error)}`);
    }
    this.reason = messageOf(error);
    this.cancel = clock.after(this.pause, () => this.trySwitchOff());
    this.pause = Math.min(longestPause, this.pause * 2);
  }

  private mended(): void {
    const { clock, log, what, mended } = this.options;
    const late = formatDuration(Math.max(1, Math.round(clock.now() - this.since)));
    log.warn(`${what} is off now, ${late} late.`);
    mended();
  }
}
