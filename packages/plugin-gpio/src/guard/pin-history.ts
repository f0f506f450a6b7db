interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * When a pin was on. It outlives the output, so that a plugin that is started again does not begin
 * with a clean slate. All times are milliseconds of one monotonic clock.
 */
export class PinHistory {
  #onSince: number | undefined;
  #offSince: number | undefined;
  #lastOn: number | undefined;
  #timesOn = 0;
  /** Times of switching on within the last second. */
  #recent: number[] = [];
  #stretches: Stretch[] = [];

  /** @param memory longest window that {@link timeOn} will be asked for */
  constructor(public memory = 0) {}

  get onSince(): number | undefined {
    return this.#onSince;
  }

  /** When it was switched off the last time; undefined before that. */
  get offSince(): number | undefined {
    return this.#offSince;
  }

  /** When it was switched on the last time. */
  get lastOn(): number | undefined {
    return this.#lastOn;
  }

  /** How often it was switched on. */
  get timesOn(): number {
    return this.#timesOn;
  }

  switchedOn(now: number): void {
    this.#onSince = now;
    this.#lastOn = now;
    this.#timesOn++;
    this.#recent.push(now);
  }

  switchedOff(now: number): void {
    if (this.#onSince === undefined) return;
    if (this.memory > 0) this.#stretches.push({ from: this.#onSince, to: now });
    this.#onSince = undefined;
    this.#offSince = now;
  }

  /** The times of switching on within the last second, oldest first. */
  togglesWithinSecond(now: number): readonly number[] {
    this.#recent = this.#recent.filter((time) => time > now - 1_000);
    return this.#recent;
  }

  /** Time on within the last `window`, up to `now`. */
  timeOn(window: number, now: number): number {
    return this.#within(window, now).reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** How long the pin must stay off until `wanted` of the last `window` is free. */
  untilFree(
    window: number,
    free: { readonly wanted: number; readonly allowed: number },
    now: number,
  ): number {
    let surplus = this.timeOn(window, now) + free.wanted - free.allowed;
    if (surplus <= 0) return 0;
    for (const { from, to } of this.#within(window, now)) {
      if (to - from >= surplus) return from + surplus + window - now;
      surplus -= to - from;
    }
    return window;
  }

  #within(window: number, now: number): readonly Stretch[] {
    this.#stretches = this.#stretches.filter(({ to }) => to > now - Math.max(this.memory, window));
    const running = this.#onSince === undefined ? [] : [{ from: this.#onSince, to: now }];
    return [...this.#stretches, ...running]
      .filter(({ to }) => to > now - window)
      .map(({ from, to }) => ({ from: Math.max(from, now - window), to }));
  }
}
