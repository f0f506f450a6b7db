/** A time in which the pin was on, or several of them so near that they are kept as one. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Time on between the two. */
  readonly on: number;
}

/** Into how many parts the memory is divided: what is nearer than that is kept as one stretch. */
const resolution = 1_000;

/** Times of switching on that are kept: more than that in a second is not limited. */
const mostToggles = 1_000;

/**
 * When a pin was on. It outlives the output, so that a plugin that is started again does not begin
 * with a clean slate. All times are milliseconds of one monotonic clock. What it keeps is bounded,
 * however often the pin is switched.
 */
export class PinHistory {
  #onSince: number | undefined;
  #offSince: number | undefined;
  #lastOn: number | undefined;
  #timesOn = 0;
  /** Times of switching on, the last ones. */
  #recent: number[] = [];
  #stretches: Stretch[] = [];

  /**
   * @param memory longest window that {@link timeOn} will be asked for
   * @param toggles how many times of switching on {@link lastOnBut} must know, at most 1000
   */
  constructor(
    public memory = 0,
    public toggles = 0,
  ) {}

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

  /** How many things are kept. */
  get size(): number {
    return this.#recent.length + this.#stretches.length;
  }

  switchedOn(now: number): void {
    this.#onSince = now;
    this.#lastOn = now;
    this.#timesOn++;
    this.#recent.push(now);
    if (this.#recent.length > Math.min(this.toggles, mostToggles)) this.#recent.shift();
  }

  switchedOff(now: number): void {
    if (this.#onSince === undefined) return;
    if (this.memory > 0) this.#remember(this.#onSince, now);
    this.#onSince = undefined;
    this.#offSince = now;
  }

  /**
   * When it was switched on before it was so `later` more times; undefined when that is not known.
   * @example history.lastOnBut(0) // the last time
   */
  lastOnBut(later: number): number | undefined {
    return this.#recent.at(-1 - later);
  }

  /** Time on within the last `window`, up to `now`; never less than it was. */
  timeOn(window: number, now: number): number {
    return this.#within(window, now).reduce((sum, { on }) => sum + on, 0);
  }

  /** How long the pin must stay off until `wanted` of the last `window` is free. */
  untilFree(
    window: number,
    free: { readonly wanted: number; readonly allowed: number },
    now: number,
  ): number {
    let surplus = this.timeOn(window, now) + free.wanted - free.allowed;
    if (surplus <= 0) return 0;
    for (const { to, on } of this.#within(window, now)) {
      // Where within the stretch it was on is not known: at its end, to be sure.
      if (on >= surplus) return to - on + surplus + window - now;
      surplus -= on;
    }
    return window;
  }

  #remember(from: number, to: number): void {
    const last = this.#stretches.at(-1);
    const part = this.memory / resolution;
    if (last && to - last.from < part) {
      this.#stretches[this.#stretches.length - 1] = { ...last, to, on: last.on + to - from };
      return;
    }
    this.#stretches.push(stretch(from, to));
    const [oldest] = this.#stretches;
    if (oldest && oldest.to <= to - this.memory) this.#forget(to - this.memory);
  }

  #forget(before: number): void {
    this.#stretches = this.#stretches.filter(({ to }) => to > before);
  }

  #within(window: number, now: number): readonly Stretch[] {
    const begin = now - window;
    const running = this.#onSince === undefined ? [] : [stretch(this.#onSince, now)];
    return [...this.#stretches, ...running]
      .filter(({ to }) => to > begin)
      .map(({ from, to, on }) => ({
        from: Math.max(from, begin),
        to,
        on: Math.min(on, to - Math.max(from, begin)),
      }));
  }
}

function stretch(from: number, to: number): Stretch {
  return { from, to, on: to - from };
}
