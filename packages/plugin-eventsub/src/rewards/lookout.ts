import type { Clock, Undo } from '@pertybot/core';

/** Milliseconds between two looks at what is open though nothing was told of it: what is lost must not stay open. */
const pause = 300_000;

/** The same while Twitch tells of no redemption at all, as after it has ended the subscription. */
const deafPause = 15_000;

/** What a {@link Lookout} needs. */
export interface LookoutOptions {
  readonly clock: Clock;
  /** Whether redemptions are told of as they come. */
  readonly isTold: () => boolean;
  /** Called when it is time. */
  readonly look: () => void;
}

/** Says when to ask Twitch for what it may not have told. */
export class Lookout {
  private cancel: Undo = () => {};
  /** Whether it called though Twitch tells of what comes. */
  private isDoubt = false;

  constructor(private readonly options: LookoutOptions) {}

  /**
   * Begins anew: Twitch is asked now.
   * @returns whether nothing else than the time gave reason to ask
   */
  begin(): boolean {
    this.rest(this.options.clock.now());
    const { isDoubt } = this;
    this.isDoubt = false;
    return isDoubt;
  }

  stop(): void {
    this.cancel();
  }

  private rest(since: number): void {
    const { clock, isTold, look } = this.options;
    this.cancel();
    this.cancel = clock.after(deafPause, () => {
      if (isTold() && clock.now() - since < pause) return this.rest(since);
      this.isDoubt = isTold();
      look();
    });
  }
}
