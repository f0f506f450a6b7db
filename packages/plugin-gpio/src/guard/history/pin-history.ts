import type { SavedHistory } from './history-file.js';

/** A time in which the pin was on, or several of them so near that they are kept as one. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Time on between the two. */
  readonly on: number;
}

/** Into how many parts the memory is divided: what is nearer than that is kept as one stretch. */
const resolution = 1_000;

/** Into how many parts the memory is divided where it is saved. */
const savedResolution = 50;

/** Times of switching on that are kept: more than that in a second is not limited. */
const mostToggles = 1_000;

/** Longer than any window, in milliseconds. */
const longAgo = 1e15;

/**
 * When a pin was on. It outlives the output, the plugin and, saved, the bot, so that what is started
 * again does not begin with a clean slate. All times are milliseconds of one monotonic clock. What it keeps is bounded,
 * however often the pin is switched.
 */
export class PinHistory {
  private onAt: number | undefined;
  private offAt: number | undefined;
  private lastOnAt: number | undefined;
  private count = 0;
  /** Times of switching on, the last ones. */
  private recent: number[] = [];
  private stretches: Stretch[] = [];

  /**
   * @param memory longest window that {@link timeOn} will be asked for
   * @param toggles how many times of switching on {@link lastOnBut} must know, at most 1000
   */
  constructor(
    public memory = 0,
    public toggles = 0,
  ) {}

  /** The history of a pin of which nobody knows what it has done: all that a limit allows. */
  static usedUp(now: number): PinHistory {
    const history = new PinHistory();
    history.count = Number.MAX_SAFE_INTEGER;
    history.offAt = now;
    history.lastOnAt = now;
    history.recent = Array.from({ length: mostToggles }, () => now);
    history.stretches = [stretch(now - longAgo, now)];
    return history;
  }

  /**
   * What {@link PinHistory.save} has made. What was on then counts as on until now.
   * @param times when it was written, and now; on this history's clock
   */
  static restore(
    { timesOn, on, off, lastOn, recent, memory, stretches }: SavedHistory,
    { written, now }: { readonly written: number; readonly now: number },
  ): PinHistory {
    const at = (age: number) => written - age;
    const history = new PinHistory(memory, recent.length);
    history.count = timesOn;
    history.recent = recent.map(at);
    history.stretches = stretches.map((each) => ({
      from: at(each.from),
      to: at(each.to),
      on: each.on,
    }));
    if (off !== undefined) history.offAt = at(off);
    if (lastOn !== undefined) history.lastOnAt = at(lastOn);
    if (on === undefined) return history;
    history.onAt = at(on);
    history.switchedOff(now);
    return history;
  }

  get onSince(): number | undefined {
    return this.onAt;
  }

  /** When it was switched off the last time; undefined before that. */
  get offSince(): number | undefined {
    return this.offAt;
  }

  /** When it was switched on the last time. */
  get lastOn(): number | undefined {
    return this.lastOnAt;
  }

  /** How often it was switched on. */
  get timesOn(): number {
    return this.count;
  }

  /** How many things are kept. */
  get size(): number {
    return this.recent.length + this.stretches.length;
  }

  /** Begins to count anew how often it is switched on. */
  endRun(): void {
    this.count = 0;
  }

  /** What must not be forgotten, as ages in milliseconds. */
  save(now: number): SavedHistory {
    const age = (time: number) => Math.max(0, now - time);
    const optional = (name: 'on' | 'off' | 'lastOn', time: number | undefined) =>
      time === undefined ? {} : { [name]: age(time) };
    return {
      timesOn: this.count,
      ...optional('on', this.onAt),
      ...optional('off', this.offAt),
      ...optional('lastOn', this.lastOnAt),
      recent: this.recent.map(age),
      memory: this.memory,
      stretches: coarse(this.stretches, this.memory / savedResolution).map(({ from, to, on }) => ({
        from: age(from),
        to: age(to),
        on,
      })),
    };
  }

  switchedOn(now: number): void {
    this.onAt = now;
    this.lastOnAt = now;
    this.count++;
    this.recent.push(now);
    if (this.recent.length > Math.min(this.toggles, mostToggles)) this.recent.shift();
  }

  switchedOff(now: number): void {
    if (this.onAt === undefined) return;
    if (this.memory > 0) this.remember(this.onAt, now);
    this.onAt = undefined;
    this.offAt = now;
  }

  /**
   * When it was switched on before it was so `later` more times; undefined when that is not known.
   * @example history.lastOnBut(0) // the last time
   */
  lastOnBut(later: number): number | undefined {
    return this.recent.at(-1 - later);
  }

  /** Time on within the last `window`, up to `now`; never less than it was. */
  timeOn(window: number, now: number): number {
    return this.within(window, now).reduce((sum, { on }) => sum + on, 0);
  }

  /** How long the pin must stay off until `wanted` of the last `window` is free. */
  untilFree(
    window: number,
    free: { readonly wanted: number; readonly allowed: number },
    now: number,
  ): number {
    let surplus = this.timeOn(window, now) + free.wanted - free.allowed;
    if (surplus <= 0) return 0;
    for (const { to, on } of this.within(window, now)) {
      // Where within the stretch it was on is not known: at its end, to be sure.
      if (on >= surplus) return to - on + surplus + window - now;
      surplus -= on;
    }
    return window;
  }

  private remember(from: number, to: number): void {
    add(this.stretches, stretch(from, to), this.memory / resolution);
    const [oldest] = this.stretches;
    if (oldest && oldest.to <= to - this.memory) this.forget(to - this.memory);
  }

  private forget(before: number): void {
    this.stretches = this.stretches.filter(({ to }) => to > before);
  }

  private within(window: number, now: number): readonly Stretch[] {
    const begin = now - window;
    const running = this.onAt === undefined ? [] : [stretch(this.onAt, now)];
    return [...this.stretches, ...running]
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

/** Adds a stretch behind the others, to the last one where both are within `part`. */
function add(stretches: Stretch[], next: Stretch, part: number): void {
  const last = stretches.at(-1);
  if (!last || next.to - last.from >= part) stretches.push(next);
  else stretches[stretches.length - 1] = { ...last, to: next.to, on: last.on + next.on };
}

function coarse(stretches: readonly Stretch[], part: number): readonly Stretch[] {
  const kept: Stretch[] = [];
  for (const each of stretches) add(kept, each, part);
  return kept;
}
